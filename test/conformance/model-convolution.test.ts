import { existsSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { plainVectorMath } from "../../src/math/vector.ts";
import { gaussian, models, powerlaw } from "../../src/model/index.ts";

const file = new URL("../../../shared/data/reference/xspec_models.json", import.meta.url);
const present = existsSync(file);
if (!present)
  console.warn("skipped: XSPEC's values of its convolutions (../shared/data/reference is absent)");

interface Case {
  readonly model: string;
  readonly type: string;
  readonly params: readonly number[];
  readonly values: Readonly<Record<string, readonly number[]>>;
}
const reference: { grids: Readonly<Record<string, readonly number[]>>; cases: readonly Case[] } = present
  ? JSON.parse(readFileSync(file, "utf8"))
  : { grids: {}, cases: [] };
const cases = reference.cases.filter(({ type }) => type === "con");
const known = cases.filter(({ model }) => models.some(({ name }) => name === model));

const settings = { abund: "angr", xsect: "bcmc", vector: plainVectorMath };
/** The reference convolves powerlaw(1.7), and a line besides in these. */
const WITH_LINE = ["gsmooth", "lsmooth", "rdblur", "kdblur", "zashift", "zmshift", "vashift"];

/** Largest deviation allowed, relative to the value: float32, but for rdblur, which has a quadrature of its own. */
const LIMITS: Readonly<Record<string, number>> = { rdblur: 1e-2 };

const table: string[] = [];
afterAll(() => {
  const left = cases.filter((one) => !known.includes(one)).map(({ model }) => model);
  if (table.length > 0) console.log([...table, `not covered: ${left.join(", ")}`].join("\n"));
});

describe.skipIf(!present)("convolutions give XSPEC's values", () => {
  it.each(known.map((one) => [`${one.model}(${one.params.join(", ")})`, one] as const))(
    "%s",
    (title, one) => {
      const model = models.find(({ name }) => name === one.model)!;
      let worst = 0;
      for (const [grid, expected] of Object.entries(one.values)) {
        const edges = Float64Array.from(reference.grids[grid]);
        const out = new Float64Array(edges.length - 1);
        powerlaw.prepare(edges, settings)(out, [1.7, 1]);
        if (WITH_LINE.includes(one.model)) {
          const line = new Float64Array(out.length);
          gaussian.prepare(edges, settings)(line, [6.4, 0.05, 0.05]);
          for (let i = 0; i < out.length; i++) out[i] += line[i];
        }
        model.prepare(edges, settings)(out, one.params);
        out.forEach((v, i) => {
          worst = Math.max(worst, Math.abs(v - expected[i]) / Math.max(Math.abs(expected[i]), 1e-37));
        });
      }
      table.push(`${title}: ${worst.toExponential(1)}`);
      expect(worst).toBeLessThanOrEqual(LIMITS[one.model] ?? 1e-5);
    },
  );
});
