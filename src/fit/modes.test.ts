import { describe, expect, it } from "vitest";
import { LN_SQRT_2PI } from "../math/normal.ts";
import { stream } from "../math/random.ts";
import type { PosteriorSpec } from "../npe/posterior.ts";
import type { Draws } from "../npe/refine.ts";
import { jointPrior } from "../prior/joint.ts";
import { uniform } from "../prior/uniform.ts";
import type { Job } from "./jobs.ts";
import { missedModes } from "./modes.ts";
import { refineObservation } from "./npe.ts";
import { polish } from "./polish.ts";
import type { Pool } from "./pool.ts";
import { flowProposal } from "./proposal.ts";

/** Two parameters in a box of side 10; the counts that the "flow" is shown are the centre that it answers with. */
const D = 2;
const SD = 0.1;
const prior = jointPrior(["a", "b"].map((name) => ({ name, prior: uniform(-5, 5) })));
const FIRST = Float64Array.of(-2, 1);
const SECOND = Float64Array.of(3, -2);

const gaussian = (theta: ArrayLike<number>, at: number, centre: Float64Array, sd: number) =>
  -0.5 * (((theta[at] - centre[0]) / sd) ** 2 + ((theta[at + 1] - centre[1]) / sd) ** 2) -
  2 * (LN_SQRT_2PI + Math.log(sd));

/** A pool whose likelihood is a sum of Gaussians of weight 1 at `modes`, and whose flow is a Gaussian 1.2 times as wide at the counts. */
function fakePool(modes: readonly Float64Array[]): Pool {
  const logLike = (theta: Float64Array) =>
    Float64Array.from({ length: theta.length / D }, (_, i) =>
      Math.log(modes.reduce((sum, mode) => sum + Math.exp(gaussian(theta, i * D, mode, SD)), 1e-300)),
    );
  const logProb = (theta: Float64Array, counts: Float64Array) =>
    Float64Array.from({ length: theta.length / D }, (_, i) => gaussian(theta, i * D, counts, 1.2 * SD));
  const answer = (job: Job): unknown => {
    if (job.kind === "logLike") return logLike(job.theta);
    if (job.kind === "logProb") return logProb(job.theta, job.counts);
    if (job.kind === "polish") return polish({ logLike }, prior, job.start, job.sd);
    if (job.kind !== "sample") throw new Error(`internal: ${job.kind}`);
    const { counts, seed, first, count } = job;
    const theta = new Float64Array(count * D);
    for (let i = 0; i < count; i++) {
      const rng = stream(seed, "posterior", first + i);
      for (let d = 0; d < D; d++) theta[i * D + d] = counts[d] + 1.2 * SD * rng.normal();
    }
    return { theta, logProb: logProb(theta, counts) } satisfies Draws;
  };
  const pool = {
    size: 1,
    run: async (_: number, job: Job) => answer(job),
    map: async (jobs: readonly Job[]) => jobs.map(answer),
    all: async (job: Job) => [answer(job)],
    close: () => {},
  };
  return pool as unknown as Pool;
}

const candidates = Float64Array.from({ length: 2000 * D }, (_, i) => -5 + 10 * stream(1, "box", i).uniform());

function search(modes: readonly Float64Array[], shown: readonly Float64Array[]) {
  const pool = fakePool(modes);
  return missedModes(pool, { prior, candidates, proposal: flowProposal(pool, shown, D, 1) });
}

describe("the search for missed modes", () => {
  it("finds the mode that the flow does not see", async () => {
    const found = await search([FIRST, SECOND], [FIRST]);
    expect(found).toHaveLength(1);
    // The minimiser stops where the statistic changes by 1e-7: 3e-4 standard deviations of 0.1.
    for (let d = 0; d < D; d++) expect(Math.abs(found[0][d] - SECOND[d])).toBeLessThan(1e-3);
  });

  it("finds nothing where the flow sees both, or where there is one", async () => {
    expect(await search([FIRST, SECOND], [FIRST, SECOND])).toEqual([]);
    expect(await search([FIRST], [FIRST])).toEqual([]);
  });
});

describe("draws for several spectra", () => {
  const proposal = flowProposal(fakePool([FIRST]), [FIRST, SECOND, Float64Array.of(0, 0)], D, 7);
  const sorted = ({ theta }: Draws) => Array.from(theta).sort((a, b) => a - b);

  it("are the same however they are cut", async () => {
    const whole = await proposal.sample(0, 100);
    const parts = [await proposal.sample(0, 37), await proposal.sample(37, 63)];
    expect(sorted(whole)).toEqual(
      sorted({
        theta: Float64Array.from(parts.flatMap(({ theta }) => [...theta])),
        logProb: new Float64Array(),
      }),
    );
  });

  it("have the density of the mixture in equal shares, which integrates to one", async () => {
    const { theta, logProb } = await proposal.sample(5, 10);
    expect(await proposal.logProb(theta)).toEqual(logProb);
    const side = 400;
    const grid = Float64Array.from({ length: side * side * D }, (_, i) => {
      const cell = Math.floor(i / D);
      return -5 + (10 * ((i % D === 0 ? cell % side : Math.floor(cell / side)) + 0.5)) / side;
    });
    const density = await proposal.logProb(grid);
    const total = density.reduce((sum, l) => sum + Math.exp(l) * (10 / side) ** 2, 0);
    // The midpoint rule on cells of 0.2 standard deviations is exact to far more digits for Gaussians.
    expect(total).toBeCloseTo(1, 6);
  });
});

it("the evidence of two equal modes is twice that of the one that the flow sees alone, with a good efficiency in both cases", async () => {
  const standard = { kind: "standard", logarithmic: false, mean: 0, sd: 1 } as const;
  const posterior = { targets: [standard, standard] } as unknown as PosteriorSpec;
  const input = { seen: FIRST, prior, posterior, samples: 4001, seed: 3 };
  const pool = fakePool([FIRST, SECOND]);
  const alone = await refineObservation(pool, input);
  const both = await refineObservation(pool, { ...input, others: [SECOND] });
  // Each mode has integral 1 under a prior of density 1/100. Five standard errors: false alarm 6e-7 a comparison.
  expect(Math.abs(both.logZ - Math.log(2 / 100))).toBeLessThan(5 * both.logZError);
  expect(Math.abs(alone.logZ - Math.log(1 / 100))).toBeLessThan(5 * alone.logZError);
  for (const { efficiency, paretoK } of [alone, both]) {
    expect(efficiency).toBeGreaterThan(0.7);
    expect(paretoK).toBeLessThan(0.7);
  }
  const share = both.weight.reduce((sum, w, m) => (both.theta[m * D] > 0 ? sum + w : sum), 0);
  // Half of the weight, to five standard errors of a share among 2800 effective draws.
  expect(Math.abs(share - 0.5)).toBeLessThan((5 * 0.5) / Math.sqrt(2800));
});
