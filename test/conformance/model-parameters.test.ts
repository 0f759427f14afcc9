import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { models } from "../../src/model/index.ts";

const file = new URL("../../../shared/data/coefficients/model_dat_12.9.1.json", import.meta.url);
const present = existsSync(file);
if (!present) console.warn("skipped: XSPEC's parameter table (../shared/data/coefficients is absent)");

interface Entry {
  readonly name: string;
  readonly type: string;
  /** A parameter that is a scale or a switch has its line in `raw` alone. */
  readonly params: readonly {
    readonly name?: string;
    readonly raw?: string;
    readonly default: number;
    readonly hard_min: number;
    readonly soft_min: number;
    readonly soft_max: number;
    readonly hard_max: number;
    readonly delta: number;
  }[];
}
const table: readonly Entry[] = present ? JSON.parse(readFileSync(file, "utf8")).models : [];

describe.skipIf(!present)("parameters have XSPEC's names, defaults, limits and steps", () => {
  it.each(models.map((model) => [model.name, model] as const))("%s", (name, model) => {
    const entry = table.find((candidate) => candidate.name.toLowerCase() === name);
    expect(entry, "XSPEC has no such model").toBeDefined();
    expect(model.kind.slice(0, 3)).toBe(entry!.type);
    const own = model.kind === "additive" ? model.parameters.slice(0, -1) : model.parameters;
    expect(own).toHaveLength(entry!.params.length);
    entry!.params.forEach((expected, k) => {
      if (expected.raw !== undefined) return;
      const { name: parameter, default: value, min, softMin, softMax, max, delta } = own[k];
      expect({ parameter, value, min, softMin, softMax, max, delta }).toEqual({
        parameter: expected.name,
        value: expected.default,
        min: expected.hard_min,
        softMin: expected.soft_min,
        softMax: expected.soft_max,
        max: expected.hard_max,
        delta: expected.delta,
      });
    });
    if (model.kind === "additive") {
      expect(model.parameters.at(-1)).toMatchObject({
        name: "norm",
        default: 1,
        min: 0,
        softMin: 0,
        softMax: 1e20,
        max: 1e24,
        delta: 0.01,
      });
    }
  });
});
