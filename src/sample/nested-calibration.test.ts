import { describe, expect, it } from "vitest";
import { gammaP, gammaQ } from "../math/incomplete-gamma.ts";
import { initNested, nestedResult, stepNested } from "./index.ts";
import { knownProblems } from "./nested-problems.fixture.ts";

const RUNS = 200;

describe.skipIf(process.env.XNPE_LONG !== "1")("over 200 seeds", () => {
  it.each(knownProblems)(
    "$name: the quoted error of ln Z is its scatter",
    { timeout: 900_000 },
    (problem) => {
      const pulls: number[] = [];
      let shift = 0;
      let inserted = 0;
      for (let seed = 0; seed < RUNS; seed++) {
        const state = initNested(problem, { livePoints: 200, seed: 1000 + seed });
        while (!state.done) stepNested(state, problem);
        const { logZ, logZError, insertion } = nestedResult(state);
        pulls.push((logZ - problem.logZ) / logZError);
        shift += insertion.reduce((sum, x) => sum + x - 0.5, 0);
        inserted += insertion.length;
      }
      const mean = pulls.reduce((sum, pull) => sum + pull, 0) / RUNS;
      const square = pulls.reduce((sum, pull) => sum + pull * pull, 0);
      console.log(
        `${problem.name}: pull ${mean.toFixed(3)} +- ${Math.sqrt(square / RUNS - mean * mean).toFixed(3)}, ` +
          `insertion ${((shift / inserted) * Math.sqrt(12 * inserted)).toFixed(2)} sigma`,
      );
      // Mean within 4 sigma of 0 plus the 10 % of an error that 200 bootstraps and finite n may bias (false alarm 6e-5);
      // sum of squares at chi-square probabilities above 1e-4 once errors may be off by 10 %.
      expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(RUNS) + 0.1);
      expect(gammaQ(RUNS / 2, square / 1.21 / 2)).toBeGreaterThan(1e-4);
      expect(gammaP(RUNS / 2, square / 0.81 / 2)).toBeGreaterThan(1e-4);
    },
  );
});
