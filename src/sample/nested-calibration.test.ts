import { describe, expect, it } from "vitest";
import { kolmogorovUniform } from "../math/kolmogorov.ts";
import { initNested, nestedResult, stepNested } from "./index.ts";
import { type KnownProblem, knownProblems } from "./nested-problems.fixture.ts";

const RUNS = 200;

/** Pulls (ln Z - exact)/error of runs of many seeds, and the places of all new points among the live ones. */
function runs(problem: KnownProblem, livePoints: number, seeds: number) {
  const pulls: number[] = [];
  const inserted: number[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    const state = initNested(problem, { livePoints, seed: 1000 + seed });
    while (!state.done) stepNested(state, problem);
    const { logZ, logZError, insertion } = nestedResult(state);
    pulls.push((logZ - problem.logZ) / logZError);
    for (const place of insertion) inserted.push(place);
  }
  const mean = pulls.reduce((sum, pull) => sum + pull, 0) / seeds;
  const sd = Math.sqrt(pulls.reduce((sum, pull) => sum + (pull - mean) ** 2, 0) / (seeds - 1));
  return { mean, sd, chance: kolmogorovUniform(inserted).pValue, inserted: inserted.length };
}

describe.skipIf(process.env.XNPE_LONG !== "1")("over 200 seeds", () => {
  it.each(knownProblems)(
    "$name: the quoted error of ln Z is its scatter, and new points lie anywhere among the live ones",
    { timeout: 900_000 },
    (problem) => {
      const { mean, sd, chance, inserted } = runs(problem, 200, RUNS);
      console.log(
        `${problem.name}: pull ${mean.toFixed(3)} +- ${sd.toFixed(3)}; ${inserted} places, uniform with chance ${chance.toPrecision(2)}`,
      );
      // The mean within 4 standard errors of 0, and 10 % of an error that 200 bootstraps and finite n may bias.
      expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(RUNS) + 0.1);
      // The standard deviation of 200 pulls has a standard error of 0.05: 4 of them.
      expect(sd).toBeGreaterThan(0.8);
      expect(sd).toBeLessThan(1.2);
      expect(chance).toBeGreaterThan(1e-4);
    },
  );
});

// The same with so few seeds that it takes no time: 12 pulls have a sum of squares outside 1.1 to 42 once in 10^4 (chi-square, 12).
it("over 12 seeds of the Poisson-gamma problem pulls and places are in order", () => {
  const problem = knownProblems.find(({ name }) => name === "Poisson-gamma, D = 1")!;
  const { mean, sd, chance } = runs(problem, 100, 12);
  const square = 11 * sd * sd + 12 * mean * mean;
  expect(square).toBeGreaterThan(1.1);
  expect(square).toBeLessThan(42);
  expect(chance).toBeGreaterThan(1e-4);
});
