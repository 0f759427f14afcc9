import { describe, expect, it, vi } from "vitest";
import { columnMeans, covariance } from "../math/moments.ts";
import { parseExpression } from "../model/expression.ts";
import { loadObservations, problemOf } from "./load.ts";
import type { NetworkFile } from "./network-file.ts";
import { networkOrigin } from "./network-origin.ts";
import { openNetwork } from "./open-network.ts";
import { createPool } from "./pool.ts";
import { observedCounts, problemPrior } from "./problem.ts";
import { simulateBank } from "./simulate.ts";
import { smallFit } from "./small.fixture.ts";
import { trainNetwork } from "./train.ts";

vi.mock("../npe/recipe.ts", async (original) => {
  const real = await original<typeof import("../npe/recipe.ts")>();
  const { shortened } = await import("./short-training.fixture.ts");
  return { ...real, recipe: (...given: Parameters<typeof real.recipe>) => shortened(real.recipe(...given)) };
});

const { config, readFile } = smallFit([{}]);
const observations = await loadObservations(config, readFile);
const pool = createPool({ size: 1 });

async function train(): Promise<NetworkFile> {
  const problem = problemOf(config, observations);
  const { priors } = problemPrior(parseExpression(problem.model), problem.free);
  await pool.all({ kind: "open", problem });
  const window = { lower: 300, upper: 3000 };
  const bins = observations[0].counts.length;
  const bank = await simulateBank(pool, { simulations: 1000, dimensions: 2, bins, seed: 1, window });
  const shared = { preset: "default", features: "sufficient", seed: 1, build: "plain" } as const;
  const { posterior, flows, recipe } = await trainNetwork(pool, { bank, bins, priors, ...shared });
  return { origin: await networkOrigin(problem, config, { window, recipe }), posterior, flows };
}

const network = await train();
const wanted = { samples: 2000, seed: 3 };

describe("an open network", () => {
  it("refines the posterior of any counts of its set-up by their own likelihood", async () => {
    // Another draw of the same model, twice as bright.
    const other = smallFit([{ seed: 5 }], { fixed: { "tbabs.nH": 0.2 } });
    const [shown] = await loadObservations(other.config, other.readFile);
    const counts = shown.counts.map((n) => 2 * n);
    const here = await openNetwork(pool, network, observations);
    const there = await openNetwork(pool, network, [{ ...shown, counts, variance: counts }]);
    const first = await here.refineCounts(counts, wanted);
    const second = await there.refineCounts(counts, wanted);
    // The counts of the observations that a network is opened with do not matter.
    expect(first).toEqual(second);
    const [, norm] = columnMeans(first.theta, first.weight.length, 2, first.weight);
    const sd = Math.sqrt(covariance(first.theta, first.weight.length, 2, first.weight)[3]);
    // The posterior of twice the counts of norm 1; beyond four sigma for one seed in 16 000.
    expect(Math.abs(norm - 2)).toBeLessThan(4 * sd);
    expect(first.efficiency).toBeGreaterThan(0.3);
  });

  it("draws without correction what it draws in a fit", async () => {
    const open = await openNetwork(pool, network, observations);
    const counts = observedCounts(observations);
    const draws = await open.posteriorOf(counts, wanted);
    expect(draws.theta).toHaveLength(2 * wanted.samples);
    // Draws in two parts are the same draws.
    const some = await open.posteriorOf(counts, { ...wanted, samples: 700 });
    expect(draws.theta.subarray(0, 1400)).toEqual(some.theta);
  });

  it("answers the same on one rank", async () => {
    const open = await openNetwork(pool, network, observations);
    const counts = observedCounts(observations);
    expect(await open.onRank(0).refineCounts(counts, wanted)).toEqual(
      await open.refineCounts(counts, wanted),
    );
  });
});

describe("a spectrum of another set-up is refused", () => {
  const refused = async (
    change: Parameters<typeof smallFit>[0][number],
    more: Parameters<typeof smallFit>[1] = {},
  ) => {
    const other = smallFit([change], more);
    const opened = openNetwork(pool, network, await loadObservations(other.config, other.readFile));
    return opened.then(
      () => "opened",
      (error: Error) => error.message,
    );
  };

  it("with the exposures", async () => {
    expect(await refused({ exposure: 0.7 })).toMatch(
      /small\.pha: .*exposure 0\.7 s instead of 0\.5 s; train a network/,
    );
  });

  it("with the numbers of bins and the bands", async () => {
    const message = await refused({}, { notice: [[0.5, 8]] });
    expect(message).toMatch(/31 bins instead of 39 bins/);
    expect(message).toMatch(/0\.25-8 keV instead of 0\.25-10 keV/);
  });

  it("with its background", async () => {
    expect(await refused({ background: 400 })).toMatch(/a background instead of none/);
  });

  it("where only the response differs, by its checksum", async () => {
    const { folding, ...rest } = observations[0];
    const values = folding.values.map((v) => 1.01 * v);
    const opened = openNetwork(pool, network, [{ ...rest, folding: { ...folding, values } }]);
    await expect(opened).rejects.toThrow(/response or effective area .*small\.rmf and small\.arf; checksum/);
  });

  it("where there are more of them than were trained together", async () => {
    const opened = openNetwork(pool, network, [observations[0], observations[0]]);
    await expect(opened).rejects.toThrow(/trained on 1 spectra fitted together, but 2/);
  });
});
