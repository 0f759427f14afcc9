import { describe, expect, it } from "vitest";
import { ess } from "../diagnose/ess.ts";
import { LN_SQRT_2PI, normalCdf } from "../math/normal.ts";
import { stream } from "../math/random.ts";
import { jointPrior } from "../prior/joint.ts";
import { uniform } from "../prior/uniform.ts";
import { type Refined, type RefineInput, refine } from "./refine.ts";
import { targetMap } from "./targets.ts";

const D = 2;
const MEAN = [0.5, -0.2];
const SD = [0.3, 0.6];
/** ln of the likelihood's integral over the plane. */
const LOG_INTEGRAL = -7;
const standard = { kind: "standard", logarithmic: false, mean: 0, sd: 1 } as const;

interface Proposal {
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}

const exact: Proposal = { mean: MEAN, sd: SD };
const gaussian = ({ mean, sd }: Proposal, theta: Float64Array) =>
  Float64Array.from({ length: theta.length / D }, (_, i) =>
    mean.reduce(
      (sum, m, d) => sum - 0.5 * ((theta[i * D + d] - m) / sd[d]) ** 2 - Math.log(sd[d]) - LN_SQRT_2PI,
      0,
    ),
  );

/** Refines draws of a Gaussian proposal to the Gaussian likelihood under a uniform prior (x from `left` to 5, y -5 to 5). */
function run(
  proposal: Proposal,
  { left = -5, samples = 8000, seed = 1, ...changes }: Partial<RefineInput> & { left?: number } = {},
) {
  const priors = [uniform(left, 5), uniform(-5, 5)];
  const prior = jointPrior(priors.map((one, d) => ({ name: `p${d}`, prior: one })));
  return refine({
    dimensions: D,
    targets: targetMap([standard, standard], priors),
    async sample(first, count) {
      const theta = new Float64Array(count * D);
      for (let i = 0; i < count; i++) {
        const rng = stream(seed, "flow", first + i);
        for (let d = 0; d < D; d++) theta[i * D + d] = proposal.mean[d] + proposal.sd[d] * rng.normal();
      }
      return { theta, logProb: gaussian(proposal, theta) };
    },
    logProb: async (theta) => gaussian(proposal, theta),
    logLike: async (theta) => gaussian(exact, theta).map((l) => l + LOG_INTEGRAL),
    logPrior: prior.logPdf,
    samples,
    seed,
    ...changes,
  });
}

/** ln Z under the whole prior: the Gaussian lies within it. */
const LOG_Z = LOG_INTEGRAL - Math.log(100);

/** Weighted mean and standard deviation of each parameter, with the standard errors that the ESS gives. */
function expectExact({ theta, weight, ess: effective, logZ, logZError }: Refined): void {
  // Five statistics within 4 errors: false alarms once in 3000 seeds, and the seeds are fixed.
  expect(Math.abs(logZ - LOG_Z)).toBeLessThan(4 * logZError + 1e-12);
  for (let d = 0; d < D; d++) {
    const mean = weight.reduce((sum, w, m) => sum + w * theta[m * D + d], 0);
    const variance = weight.reduce((sum, w, m) => sum + w * (theta[m * D + d] - MEAN[d]) ** 2, 0);
    expect(Math.abs(mean - MEAN[d])).toBeLessThan((4 * SD[d]) / Math.sqrt(effective));
    expect(Math.abs(variance / SD[d] ** 2 - 1)).toBeLessThan(4 * Math.sqrt(2 / effective));
  }
}

describe("refinement of a perfect flow", () => {
  it("changes nothing: equal weights, the evidence without error", async () => {
    const refined = await run(exact);
    expect(refined.logZ).toBeCloseTo(LOG_Z, 10);
    expect(refined.efficiency).toBeCloseTo(1, 10);
    expect(refined.efficiencyFlow).toBeCloseTo(1, 10);
    expect(refined.source.every((kind) => kind === 0)).toBe(true);
    expectExact(refined);
  });

  it("keeps draws outside the prior, with weight zero and no likelihood asked for", async () => {
    const asked: number[] = [];
    const half = await run(exact, {
      left: MEAN[0],
      logLike: async (theta) => {
        for (let i = 0; i < theta.length; i += D) asked.push(theta[i]);
        return gaussian(exact, theta).map((l) => l + LOG_INTEGRAL);
      },
    });
    expect(Math.min(...asked)).toBeGreaterThanOrEqual(MEAN[0]);
    const outside = half.theta.filter((v, i) => i % D === 0 && v < MEAN[0]).length;
    expect(outside).toBeGreaterThan(0);
    half.weight.forEach((w, m) => {
      expect(w > 0).toBe(half.theta[m * D] >= MEAN[0]);
    });
    // Half of the likelihood's integral, over a prior of 4.5 x 10.
    expect(Math.abs(half.logZ - (LOG_INTEGRAL + Math.log(0.5 / 45)))).toBeLessThan(4 * half.logZError);
    // Of the flow's draws half are worth something; 5 binomial standard deviations.
    expect(Math.abs(half.efficiencyFlow - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / 4000));
  });
});

describe("refinement of a flow that is wrong", () => {
  const wrong: Readonly<Record<string, Proposal>> = {
    "a little too wide": { mean: MEAN, sd: [0.36, 0.72] },
    "too narrow": { mean: MEAN, sd: [0.15, 0.3] },
    shifted: { mean: [0.95, -1.1], sd: SD },
    "narrow and shifted": { mean: [0.8, 0.2], sd: [0.2, 0.4] },
    "far too wide": { mean: [0, 0], sd: [3, 3] },
  };

  it.each(Object.keys(wrong))("%s gives the exact evidence and moments", async (name) => {
    expectExact(await run(wrong[name]));
  });

  it("leaves a flow alone that serves well enough", async () => {
    const { source } = await run(wrong["a little too wide"]);
    expect(source.every((kind) => kind === 0)).toBe(true);
  });

  it("leaves a flow alone whose weights are even, though their largest have a heavy tail", async () => {
    // w = 1 + 0.002 u^-0.9, u uniform: a Pareto tail of k = 0.9 with a hundredth of the weight.
    const { source, efficiency, paretoK } = await run(exact, {
      logLike: async (theta) =>
        gaussian(exact, theta).map((l, i) => {
          const u = normalCdf((theta[i * D] - MEAN[0]) / SD[0]);
          return l + Math.log1p(0.002 * u ** -0.9);
        }),
    });
    expect(paretoK).toBeGreaterThan(0.7);
    expect(efficiency).toBeGreaterThan(0.9);
    expect(source.every((kind) => kind === 0)).toBe(true);
  });

  it("brings in the Student t where the flow serves badly, for half of the draws", async () => {
    for (const name of ["too narrow", "shifted", "far too wide"]) {
      const { source, efficiency, efficiencyFlow, logProb, logProposal } = await run(wrong[name]);
      expect(source.length).toBe(8000);
      expect(source.reduce((sum, kind) => sum + kind, 0)).toBe(4000);
      expect(efficiency).toBeGreaterThan(efficiencyFlow);
      // ln (q/2 + t/2) is at least ln q - ln 2.
      logProposal.forEach((l, m) => {
        expect(l).toBeGreaterThanOrEqual(logProb[m] - Math.LN2 - 1e-12);
      });
    }
  });

  it("reports the efficiency of the flow's own draws: their ESS over their number", async () => {
    for (const name of ["a little too wide", "shifted"]) {
      const { theta, logProb, source, efficiencyFlow } = await run(wrong[name]);
      const own = Array.from(source.keys()).filter((m) => source[m] === 0);
      const weights = own.map((m) => {
        const [target] = gaussian(exact, theta.slice(m * D, (m + 1) * D));
        return Math.exp(target - logProb[m]);
      });
      expect(efficiencyFlow).toBeCloseTo(ess(weights) / own.length, 10);
    }
  });

  it("has weights that sum to one", async () => {
    for (const proposal of Object.values(wrong)) {
      const { weight } = await run(proposal, { samples: 1001 });
      expect(weight.length).toBe(1001);
      expect(weight.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 12);
    }
  });
});

it("a likelihood that is zero everywhere gives weights of zero and no evidence", async () => {
  const refined = await run(exact, {
    samples: 200,
    logLike: async (theta) => new Float64Array(theta.length / D).fill(Number.NEGATIVE_INFINITY),
  });
  expect(refined.weight.every((w) => w === 0)).toBe(true);
  expect(refined.logZ).toBe(Number.NEGATIVE_INFINITY);
});
