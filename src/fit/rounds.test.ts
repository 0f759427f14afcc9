import { describe, expect, it, vi } from "vitest";
import { parseExpression } from "../model/expression.ts";
import { loadObservations, problemOf } from "./load.ts";
import { runNpe } from "./npe.ts";
import { spawnNodeWorker } from "./platform-node.ts";
import { createPool } from "./pool.ts";
import { problemPrior } from "./problem.ts";
import { smallFit } from "./small.fixture.ts";
import { summarise } from "./summary.ts";
import type { FitConfig } from "./types.ts";

// Worker threads run the compiled twin of these sources, which `npm test` builds first.

/** Trainings of a fraction of a second: weights make up for what networks lack. */
const BRIEF = { steps: 150, warmup: 15 };
vi.mock("./rounds-network.ts", async (original) => ({
  ...(await original<typeof import("./rounds-network.ts")>()),
  shortPlan: () => BRIEF,
}));
vi.mock("../npe/recipe.ts", async (original) => {
  const real = await original<typeof import("../npe/recipe.ts")>();
  const { shortened } = await import("./short-training.fixture.ts");
  return { recipe: (...given: Parameters<typeof real.recipe>) => shortened(real.recipe(...given)) };
});

const { config, readFile } = smallFit([{}], { simulations: 500, samples: 2000 });
const observations = await loadObservations(config, readFile);
const problem = problemOf(config, observations);
const prior = problemPrior(parseExpression(problem.model), problem.free);

async function run(changes: Partial<FitConfig>, size = 1, notes: string[] = []) {
  const pool = createPool({ size, ...(size > 1 && { spawn: spawnNodeWorker }) });
  try {
    await pool.all({ kind: "open", problem });
    const input = { config: { ...config, ...changes }, observations, prior, build: "plain" as const };
    const onProgress = ({ note }: { readonly note?: string }) => {
      if (note !== undefined) notes.push(note);
    };
    return await runNpe(pool, input, { onProgress }, () => 0);
  } finally {
    pool.close();
  }
}

/** Mean and deviation of each parameter, in log10 for the norm. */
function moments({ refined: { theta, weight } }: Awaited<ReturnType<typeof run>>) {
  const facts = prior.priors.map((each, d) => ({ name: prior.names[d], unit: "", prior: each, best: 1 }));
  return summarise(facts, { theta, weight }).map(({ mean, sd, log10 }) => log10 ?? { mean, sd });
}

const ROUNDS = { rounds: 2 } as const;
const once = await run({});
const truncated = await run(ROUNDS);

describe("two truncated rounds", () => {
  it("have the posterior of one: 2000 draws of efficiency > 0.3 know a mean to 0.04 deviations and a deviation to 3 %", () => {
    const [a, b] = [moments(once), moments(truncated)];
    for (const [d, { mean, sd }] of a.entries()) {
      expect(Math.abs(b[d].mean - mean) / sd).toBeLessThan(0.2);
      expect(Math.abs(b[d].sd / sd - 1)).toBeLessThan(0.15);
    }
    expect(once.refined.efficiency).toBeGreaterThan(0.3);
    expect(truncated.refined.efficiency).toBeGreaterThan(0.3);
  });

  it("are on record, and the best network is the one that is used", () => {
    const { rounds = [], trained } = truncated;
    expect(rounds.map(({ simulations }) => simulations)).toEqual([500, 500]);
    for (const { acceptance, efficiency, leakage } of rounds) {
      for (const share of [acceptance, efficiency, 1 - leakage]) {
        expect(share).toBeGreaterThan(0);
        expect(share).toBeLessThanOrEqual(1);
      }
    }
    const best = rounds.reduce((a, b) => (b.efficiency > a.efficiency ? b : a));
    expect(trained.validationLoss).toBe(best.validationLoss);
  });

  it("have the same bits with two workers", async () => {
    const { bank, trained, refined, rounds } = await run(ROUNDS, 2);
    expect(bank.theta).toEqual(truncated.bank.theta);
    expect(trained.flows).toEqual(truncated.trained.flows);
    expect(refined.weight).toEqual(truncated.refined.weight);
    expect(rounds).toEqual(truncated.rounds);
  });
});

describe("rounds by atomic loss", () => {
  it("have the posterior of one round, the same bits with two workers, and say which round it is", async () => {
    const notes: string[] = [];
    const changes = { rounds: 2, proposal: "apt", atoms: 3, combinedLoss: true, simulations: 300 } as const;
    const atomic = await run(changes, 1, notes);
    for (const [d, { mean, sd }] of moments(once).entries())
      expect(Math.abs(moments(atomic)[d].mean - mean) / sd).toBeLessThan(0.2);
    expect(atomic.rounds).toEqual((await run(changes, 2)).rounds);
    expect(notes.some((note) => note.startsWith("round 2 of 2"))).toBe(true);
  });
});

describe("a coarse restriction", () => {
  it("truncates the prior and leaves the posterior as it is", async () => {
    const coarse = await run({ restrict: { kind: "coarse", simulations: 500 } });
    for (const [d, { mean, sd }] of moments(once).entries()) {
      expect(Math.abs(moments(coarse)[d].mean - mean) / sd).toBeLessThan(0.2);
      expect(Math.abs(moments(coarse)[d].sd / sd - 1)).toBeLessThan(0.15);
    }
    const width = (theta: Float64Array) => {
      const slopes = theta.filter((_, i) => i % 2 === 0);
      return slopes.reduce((a, b) => Math.max(a, b)) - slopes.reduce((a, b) => Math.min(a, b));
    };
    expect(width(coarse.bank.theta)).toBeLessThan(0.7 * width(once.bank.theta));
  });
});

describe("rounds of fewer simulations than a batch", () => {
  it("are trained on what there is", async () => {
    const { rounds = [] } = await run({ rounds: 2, simulations: 100 });
    expect(rounds.length).toBe(2);
  });
});
