import { describe, expect, it, vi } from "vitest";
import { parseExpression } from "../model/expression.ts";
import { everything } from "../npe/window.ts";
import { priorCube } from "../prior/joint.ts";
import { runFit } from "./analysis.ts";
import { loadObservations, problemOf } from "./load.ts";
import { priorDraws } from "./npe.ts";
import { createPool, type Pool } from "./pool.ts";
import { binCount, problemPrior } from "./problem.ts";
import { restrictPrior } from "./restrict.ts";
import { countsCriterion, type Label, statisticCriterion } from "./restrict-criteria.ts";
import { simulateBank } from "./simulate.ts";
import { smallFit } from "./small.fixture.ts";

vi.mock("../npe/recipe.ts", async (original) => {
  const real = await original<typeof import("../npe/recipe.ts")>();
  const { shortened } = await import("./short-training.fixture.ts");
  return { recipe: (...given: Parameters<typeof real.recipe>) => shortened(real.recipe(...given)) };
});

const SEED = 1;
const PLAN = { simulations: 500, rounds: 3, stop: 0.99 };

/** The problem of two parameters, open on one rank. */
async function open() {
  const { config, readFile } = smallFit([{}]);
  const observations = await loadObservations(config, readFile);
  const problem = problemOf(config, observations);
  const prior = problemPrior(parseExpression(problem.model), problem.free);
  const pool = createPool({ size: 1 });
  await pool.all({ kind: "open", problem });
  const bins = binCount(observations);
  return {
    pool,
    observations,
    prior,
    input: { prior, bins, seed: SEED, build: "plain", plan: PLAN } as const,
  };
}

/** Of theta (n, D), the share that the open region does not hold. */
async function lost(pool: Pool, theta: Float64Array): Promise<number> {
  const holds = await pool.run(0, { kind: "regionHolds", theta });
  return 1 - holds.reduce((sum, h) => sum + h, 0) / holds.length;
}

describe("a prior restricted by a classifier", () => {
  const shapes: readonly [string, (u: Float64Array) => boolean][] = [
    ["a disc", (u) => Math.hypot(u[0] - 0.4, u[1] - 0.6) < 0.25],
    ["a band", (u) => Math.abs(u[0] - 0.5 * u[1] ** 2 - 0.3) < 0.1],
  ];
  for (const [name, inside] of shapes)
    it(`holds ${name} that a function of one's own describes, and little else`, async () => {
      const { pool, prior, input } = await open();
      const u = new Float64Array(2);
      const label: Label = (theta) => {
        priorCube(u, prior, theta);
        return inside(u);
      };
      const { rounds } = await restrictPrior(pool, { ...input, label });
      expect(rounds.length).toBeGreaterThan(1);
      expect(rounds[rounds.length - 1].valid).toBeGreaterThan(0.75);
      const draws = priorDraws(prior, 20_000, 5);
      const members = Array.from({ length: 20_000 }, (_, i) => draws.subarray(2 * i, 2 * i + 2)).filter(
        (theta) => label(theta, new Float32Array(0)),
      );
      // About a hundred held-out members in three rounds: 1 % at most, on average.
      expect(await lost(pool, Float64Array.from(members.flatMap((theta) => Array.from(theta))))).toBeLessThan(
        0.01,
      );
    });

  it("covers the prior restricted exactly to a range of counts, the last round being learnt from too", async () => {
    const { pool, input } = await open();
    const window = { lower: 500, upper: 1500 };
    const { bins } = input;
    const { rounds } = await restrictPrior(pool, { ...input, label: countsCriterion(bins, 500, 1500) });
    const size = { simulations: 5000, dimensions: 2, bins, seed: 2 };
    const exact = await simulateBank(pool, { ...size, window });
    expect(await lost(pool, exact.theta)).toBeLessThan(0.01);
    const learnt = await simulateBank(pool, {
      ...size,
      window: everything,
      restricted: true,
      name: "learnt",
    });
    const totals = Float64Array.from({ length: 5000 }, (_, i) =>
      learnt.mu.subarray(i * bins, (i + 1) * bins).reduce((sum, m) => sum + m, 0),
    );
    const valid = totals.filter((t) => t >= 500 && t <= 1500).length / 5000;
    expect(valid).toBeGreaterThan(0.8);
    expect(rounds[0]).toEqual({ simulations: 500, valid: rounds[0].valid, accepted: 1 });
    expect(rounds[1].accepted).toBeLessThan(0.5);
  });

  it("keeps the nearest fraction of each round by the statistic, until what is left is the posterior's reach", async () => {
    const { pool, observations, prior, input } = await open();
    const label = statisticCriterion(pool, 2, 0.25, [observations]);
    const plan = { ...PLAN, rounds: 6, stop: 0.8 };
    const { rounds } = await restrictPrior(pool, { ...input, label, plan });
    const shares = rounds.map(({ accepted }) => accepted);
    // Each round keeps a quarter, and a margin around it that classifiers of a few hundred draws need.
    for (let r = 1; r < 3; r++) expect(shares[r]).toBeLessThan(0.5 * shares[r - 1]);
    const cuts = rounds.map(({ threshold = Number.NaN }) => threshold);
    expect(cuts).toEqual(cuts.toSorted((a, b) => b - a));
    // All of the posterior is inside: whatever of the prior has a likelihood to speak of.
    const theta = priorDraws(prior, 20_000, 5);
    const logLike = await pool.run(0, { kind: "logLike", theta });
    const best = logLike.reduce((a, b) => Math.max(a, b));
    const some = Array.from(logLike.keys()).filter((i) => logLike[i] > best - 12);
    expect(some.length).toBeGreaterThan(10);
    const rows = Float64Array.from(some.flatMap((i) => [theta[2 * i], theta[2 * i + 1]]));
    expect(await lost(pool, rows)).toBe(0);
  });

  it("is the same for the same seed", async () => {
    const run = async (seed: number) => {
      const { pool, input } = await open();
      const plan = { ...PLAN, rounds: 1 };
      return restrictPrior(pool, { ...input, seed, plan, label: countsCriterion(input.bins, 500, 1500) });
    };
    const first = await run(1);
    expect(await run(1)).toEqual(first);
    expect(await run(2)).not.toEqual(first);
  });

  it("is refused where nothing of the prior is left, and left whole where all of it is wanted or too little is known", async () => {
    const { pool, input } = await open();
    const plan = { ...PLAN, rounds: 2 };
    await expect(restrictPrior(pool, { ...input, plan, label: () => false })).rejects.toThrow(
      /keeps nothing of the prior: none of 1000 draws meets it .the given condition.; widen/,
    );
    await expect(
      restrictPrior(pool, { ...input, plan, label: countsCriterion(input.bins, 1e7, 1e8) }),
    ).rejects.toThrow(/expected counts from 10000000 to 100000000/);
    const all = await restrictPrior(pool, { ...input, label: () => true });
    expect(all).toMatchObject({ rounds: [{ valid: 1, accepted: 1 }], warnings: [] });
    expect(all.region).toBeUndefined();
    let seen = 0;
    const few = await restrictPrior(pool, { ...input, plan, label: () => seen++ % 200 === 0 });
    expect(few.region).toBeUndefined();
    expect(few.warnings.join()).toContain("the prior was not restricted");
  });
});

describe("a fit with a restriction", () => {
  const size = { method: "npe", simulations: 1500, samples: 4000, restriction: PLAN } as const;

  it("has the posterior and the evidence of the whole prior, and says what was simulated", async () => {
    const restrict = { kind: "classifier", lower: 500, upper: 2000 } as const;
    const restricted = smallFit([{}], { ...size, restrict });
    const { result } = await runFit(restricted.config, restricted);
    const plain = smallFit([{}], size);
    const { result: auto } = await runFit(plain.config, plain);
    const [one, other] = [result, auto].map(({ evidence = { logZ: Number.NaN, logZError: 0 } }) => evidence);
    // Four standard errors: once in 16 000 seeds.
    expect(Math.abs(one.logZ - other.logZ)).toBeLessThan(4 * Math.hypot(one.logZError, other.logZError));
    expect(result.restriction).toMatchObject({ kind: "classifier", outside: 0 });
    expect(result.restriction?.acceptance).toBeLessThan(0.6);
    expect(result.restriction?.rounds?.length).toBeGreaterThan(0);
    expect(result.warnings).toEqual([]);
    expect(auto.restriction).toMatchObject({ kind: "auto", outside: 0 });
  });

  it("is refused where the restriction leaves the observation out, and warned about where it cuts the posterior", async () => {
    const refused = smallFit([{}], { ...size, restrict: { kind: "counts", lower: 2000, upper: 4000 } });
    await expect(runFit(refused.config, refused)).rejects.toThrow(
      /the observation has \d+ counts, but the spectra simulated under restrict counts\(2000, 4000\) have \d+ to \d+/,
    );
    const observed = (await open()).observations[0].counts.reduce((sum, n) => sum + n, 0);
    const cut = smallFit([{}], {
      ...size,
      restrict: { kind: "counts", lower: observed, upper: 2 * observed },
    });
    const { result } = await runFit(cut.config, cut);
    expect(result.restriction?.outside).toBeGreaterThan(0.1);
    expect(result.warnings.join()).toContain("of the posterior lies outside the part of the prior");
  });
});
