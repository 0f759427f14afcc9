import { existsSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import {
  type Case,
  convolutionDeviation,
  convolutionLimit,
  deviation,
  type Reference,
  reasonToSkip,
  rule,
} from "../../bench/validate/model-cases.ts";
import { type Model, models } from "../../src/model/index.ts";

const file = new URL("../../../shared/data/reference/xspec_models.json", import.meta.url);
const present = existsSync(file);
if (!present) console.warn("skipped: XSPEC's values of its models (../shared/data/reference is absent)");

const reference: Reference = present
  ? JSON.parse(readFileSync(file, "utf8"))
  : { grids: {}, cases: [{ model: "none", type: "con", params: [], abund: "", xsect: "", values: {} }] };

const table: string[] = [];
const uncovered: string[] = [];
afterAll(() => {
  if (table.length > 0) console.log(["worst deviation from XSPEC 12.9.1", ...table].join("\n"));
  if (uncovered.length > 0) console.log(["not covered:", ...uncovered].join("\n"));
});

describe.skipIf(!present)("models give XSPEC's values", () => {
  for (const entry of reference.cases) {
    const model = models.find((candidate) => candidate.name === entry.model.toLowerCase());
    const title = `${entry.model}(${entry.params.join(", ")}) with ${entry.abund}, ${entry.xsect}`;
    const reason = entry.type === "con" && model !== undefined ? undefined : reasonToSkip(entry);
    if (reason !== undefined) uncovered.push(`${title}: ${reason}`);
    if (model === undefined || reason !== undefined) continue;
    it(title, () => compare(title, model, entry));
  }
});

function compare(title: string, model: Model, entry: Case): void {
  const convolution = entry.type === "con";
  const limit = convolution ? convolutionLimit(entry) : rule(entry).limit;
  expect(entry.params).toHaveLength(model.parameters.length - (entry.type === "add" ? 1 : 0));
  for (const grid of Object.keys(entry.values)) {
    const found = (convolution ? convolutionDeviation : deviation)(model, entry, grid, reference);
    table.push(
      `${title.padEnd(56)} ${found.worst.toExponential(1)} at ${found.at.toFixed(3)} keV (limit ${limit})`,
    );
    expect(found.worst, `at ${found.at} keV: ${found.obtained}, XSPEC ${found.expected}`).toBeLessThanOrEqual(
      limit,
    );
  }
}
