import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { caseConfig, VALIDATION_CASES } from "../../bench/validate/cases.ts";
import {
  BEST_TOLERANCE,
  differences,
  REFINED_LIMITS,
  type Reference,
  refinedMoments,
} from "../../bench/validate/measure.ts";
import { runFit } from "../../src/fit/analysis.ts";
import type { FitConfig } from "../../src/fit/types.ts";
import { readFile, spawnNodeWorker } from "../../src/node.ts";

/** The short form of `npm run validate`: one seed, and its stored exact answers instead of long nested sampling. */

const data = fileURLToPath(new URL("../../../shared/data", import.meta.url));
const present = existsSync(data);
if (!present) console.warn(`skipped: ${data} is absent`);
const long = process.env.XNPE_LONG !== undefined;

const stored = JSON.parse(
  readFileSync(new URL("../../fixtures/validation/nested.json", import.meta.url), "utf8"),
) as { readonly cases: Readonly<Record<string, Reference>> };

const infer = async (config: FitConfig) =>
  (await runFit(config, { readFile, spawn: spawnNodeWorker, clock: () => 0 })).result;

function found(name: string) {
  const one = VALIDATION_CASES.find((each) => each.name === name);
  const exact = stored.cases[name];
  if (one === undefined || exact === undefined) throw new Error(`internal: no case ${name}`);
  return { one, exact };
}

describe.each(["nicer-20000", "nicer-2000", "nicer-burst"])("%s", (name) => {
  it.skipIf(!present)(
    "by npe: the known bins, best C and exact posterior, from an efficient flow",
    async () => {
      const { one, exact } = found(name);
      const { expected } = one;
      const result = await infer(caseConfig(one, data, { seed: 1, workers: 2 }));
      expect(result.statistic.bins).toBe(expected.bins);
      expect(Math.abs(result.statistic.best - expected.best!)).toBeLessThan(BEST_TOLERANCE);
      // 20 000 draws of such efficiency leave errors of 0.01 sigma, 1 % and 0.01; the exact run's are 0.01, 1 % and 0.03.
      for (const { shift, ratio } of differences(refinedMoments(result), exact)) {
        expect(Math.abs(shift)).toBeLessThan(REFINED_LIMITS.shift);
        expect(Math.abs(ratio - 1)).toBeLessThan(REFINED_LIMITS.ratio);
      }
      expect(Math.abs(result.evidence!.logZ - exact.logZ)).toBeLessThan(REFINED_LIMITS.logZ);
      // Measured over three seeds: above 0.97 where 0.8 is asked for, 0.58 to 0.84 where 0.4 is.
      expect(result.importance?.efficiencyFlow).toBeGreaterThan(expected.efficiency!);
      expect(result.importance?.paretoK).toBeLessThan(0.7);
    },
  );
});

const nestedCases = long ? VALIDATION_CASES.map(({ name }) => name) : ["chandra-aciss"];

describe.each(nestedCases)("%s", (name) => {
  it.skipIf(!present)(
    "by nested sampling: the statistic that is expected, and the stored posterior",
    async () => {
      const { one, exact } = found(name);
      const config = caseConfig(one, data, { method: "nested", livePoints: 2000, seed: 5, workers: 2 });
      const result = await infer(config);
      const { bins, best, deviation } = one.expected;
      if (bins !== undefined) expect(result.statistic.bins).toBe(bins);
      if (best !== undefined) expect(Math.abs(result.statistic.best - best)).toBeLessThan(BEST_TOLERANCE);
      if (deviation !== undefined) expect(Math.abs(result.statistic.deviation!)).toBeLessThan(deviation);
      // About 9000 effective draws: 0.011 sigma and 0.8 %, so that 5 standard errors are within 0.06 and 4 %.
      for (const { shift, ratio } of differences(refinedMoments(result), exact)) {
        expect(Math.abs(shift)).toBeLessThan(0.06);
        expect(Math.abs(ratio - 1)).toBeLessThan(0.04);
      }
      const error = Math.hypot(result.evidence!.logZError, exact.logZError);
      expect(Math.abs(result.evidence!.logZ - exact.logZ)).toBeLessThan(4 * error);
    },
  );
});
