import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseExpression } from "../model/expression.ts";
import { dataLength } from "../npe/background.ts";
import { loadObservations, problemOf } from "./load.ts";
import { backgroundLaw, networkData } from "./network-data.ts";
import { formatNetwork, parseNetwork } from "./network-file.ts";
import { networkOrigin } from "./network-origin.ts";
import { openPosterior } from "./npe.ts";
import { spawnNodeWorker } from "./platform-node.ts";
import { createPool, type Pool } from "./pool.ts";
import { binCount, problemPrior } from "./problem.ts";
import { sampleFlow } from "./proposal.ts";
import { simulateBank } from "./simulate.ts";
import { smallFit } from "./small.fixture.ts";
import { type Trained, trainNetwork } from "./train.ts";
import type { Estimator, Features } from "./types.ts";

const window = { lower: 100, upper: 20_000 };
const TESTS = 60;
/** Small, short and quick. */
const PLAN = {
  layers: 2,
  hidden: 16,
  embedding: { hidden: 24, blocks: 1, outputs: 8 },
  batch: 100,
  steps: 120,
  warmup: 10,
  learningRate: 1e-2,
};

interface Choice {
  readonly features?: Features;
  readonly estimator?: Estimator;
  readonly ensemble?: number;
}

/** A pool with two spectra, one with a background, and what is needed to train on them. */
async function opened(size: number) {
  const { config, readFile } = smallFit([{ background: 300 }, { file: "second.pha", exposure: 1 }]);
  const observations = await loadObservations(config, readFile);
  const problem = problemOf(config, observations);
  const prior = problemPrior(parseExpression(problem.model), problem.free);
  const pool = createPool({ size, ...(size > 1 && { spawn: spawnNodeWorker }) });
  await pool.all({ kind: "open", problem });
  const bins = binCount(observations);
  const simulate = (simulations: number, seed: number) =>
    simulateBank(pool, { simulations, dimensions: 2, bins, seed, window });
  const tests = await simulate(TESTS, 2);
  const background = backgroundLaw([observations], problem.statistic);
  const counts = Float64Array.from(
    await pool.run(0, { kind: "counts", seed: 2, name: "tests", from: 0, to: TESTS, background }),
  );
  const bank = await simulate(400, 1);
  const train = async ({ features = "sufficient", ...rest }: Choice): Promise<Trained> => {
    const input = {
      bank,
      bins,
      priors: prior.priors,
      preset: "default",
      features,
      seed: 1,
      ...(background && { background }),
      ...rest,
    } as const;
    const trained = await trainNetwork(pool, { ...input, build: "plain", plan: PLAN });
    await openPosterior(pool, trained.posterior, trained.flows, "plain");
    return trained;
  };
  return {
    config,
    problem,
    observations,
    prior,
    pool,
    bins: dataLength(bins, background),
    tests,
    counts,
    train,
  };
}

const draws = (pool: Pool, counts: Float64Array) => sampleFlow(pool, counts, 300, 7);

describe("of two spectra, one with a background, a network", () => {
  let session: Awaited<ReturnType<typeof opened>>;
  beforeAll(async () => {
    session = await opened(1);
  });
  afterAll(() => session.pool.close());

  /** Mean of ln q(theta | x) - ln p(theta) at the truth of spectra that the network has not seen. */
  async function gain(): Promise<number> {
    const { pool, prior, tests, counts, bins } = session;
    let sum = 0;
    for (let i = 0; i < TESTS; i++) {
      const theta = tests.theta.slice(2 * i, 2 * i + 2);
      const own = counts.slice(i * bins, (i + 1) * bins);
      const [logProb] = await pool.run(0, { kind: "logProb", counts: own, theta });
      sum += logProb - prior.logPdf(theta);
    }
    return sum / TESTS;
  }

  const choices: [string, Choice][] = [
    ...(["raw", "sqrt", "pca(0.9)", "summary", "bands", "autoencoder", "embedding"] as const).map(
      (features): [string, Choice] => [`${features} inputs`, { features }],
    ),
    ["a spline flow", { estimator: "nsf" }],
    ["a mixture", { estimator: "mdn" }],
    ["three members", { ensemble: 3 }],
  ];
  it.each(choices)("with %s learns in 120 steps, and its file gives it back", async (_, choice) => {
    const { pool, observations, problem, config, train } = session;
    const { posterior, flows, recipe } = await train(choice);
    // The posterior is some ten times narrower than the prior in both parameters: 4 nats. Half of that is learnt in no time.
    expect(await gain()).toBeGreaterThan(2);
    const given = { origin: await networkOrigin(problem, config, { window, recipe }), posterior, flows };
    const before = await draws(pool, networkData(posterior.features.background, observations));
    const back = await parseNetwork(await formatNetwork(given), "net");
    await openPosterior(pool, back.posterior, back.flows, "plain");
    expect(await draws(pool, networkData(posterior.features.background, observations))).toEqual(before);
  });

  it("alone is the first member of an ensemble, whose others differ from it", async () => {
    const { train } = session;
    const [alone] = (await train({})).flows;
    const { flows } = await train({ ensemble: 2 });
    expect(flows[0]).toEqual(alone);
    const [first, second] = flows.map(({ arrays }) => Array.from(arrays["context.weight"].data));
    expect(second).not.toEqual(first);
  });
});

it("an auto-encoder and an ensemble of mixtures on it have the same bits on one thread and on two", async () => {
  const found: Trained[] = [];
  for (const size of [1, 2]) {
    const { pool, train } = await opened(size);
    found.push(await train({ features: "autoencoder", estimator: "mdn", ensemble: 2 }));
    pool.close();
  }
  expect(found[1]).toEqual(found[0]);
});
