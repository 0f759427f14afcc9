import { stream } from "../math/random.ts";
import { addBackground } from "../npe/background.ts";
import { type FeatureMap, features } from "../npe/features.ts";
import { standardise } from "../npe/features-moments.ts";
import { sufficientFeatures } from "../npe/features-sufficient.ts";
import { type Handlers, problemOf, type RankState, simulatorOf } from "./handler-state.ts";
import type { Noise } from "./jobs.ts";

/** Different backgrounds that simulations are given. */
const BACKGROUNDS = 1024;

/**
 * Expected background counts in the source region, drawn anew for each row (BACKGROUNDS, C). Drawing one takes longer than all else that
 * a simulation needs, so that simulations share this many; their Poisson noise is their own.
 */
function backgroundTable(state: RankState, seed: number): Float64Array {
  const simulator = simulatorOf(state);
  const { bins, background } = simulator;
  const { backgrounds } = state;
  if (backgrounds?.simulator === simulator && backgrounds.seed === seed) return backgrounds.table;
  const table = new Float64Array(BACKGROUNDS * bins);
  if (background !== undefined)
    for (let i = 0; i < BACKGROUNDS; i++) {
      const row = table.subarray(i * bins, (i + 1) * bins);
      addBackground(row, background.counts, background.ratio, stream(seed, "background", i));
    }
  state.backgrounds = { simulator, seed, table };
  return table;
}

/** Expected counts (n, C) of rows of the bank, with one of the backgrounds for each where there are any. */
function expected(state: RankState, { seed, name, from, to }: Noise): Float32Array {
  const { bins, background } = simulatorOf(state);
  if (state.bank === undefined) throw new Error("internal: no bank of simulations");
  const rows = state.bank.slice(from * bins, to * bins);
  if (background === undefined) return rows;
  const table = backgroundTable(state, seed);
  for (let i = 0; i < to - from; i++) {
    const which = Math.floor(BACKGROUNDS * stream(seed, `${name}/background`, from + i).uniform());
    for (let c = 0; c < bins; c++) rows[i * bins + c] += table[which * bins + c];
  }
  return rows;
}

/** Counts (n, C) of fresh noise on rows of the bank. */
export function drawCounts(state: RankState, noise: Noise): Float32Array {
  const mu = expected(state, noise);
  const { seed, name, from, to } = noise;
  const out = new Float32Array(mu.length);
  simulatorOf(state).kernels.poisson(out, mu, to - from, { seed, name, firstIndex: from });
  return out;
}

function project(state: RankState, noise: Noise, basis: Float64Array) {
  const { kernels, bins } = simulatorOf(state);
  const { seed, name, from, to } = noise;
  const n = to - from;
  const out = { features: new Float64Array((n * basis.length) / bins), totals: new Float64Array(n) };
  kernels.drawAndProject(out, expected(state, noise), basis, n, { seed, name, firstIndex: from });
  return { projections: out.features, totals: out.totals };
}

/** Standardised features (n, F) of fresh noise on rows of the bank. */
export function noisyFeatures(state: RankState, noise: Noise, map: FeatureMap): Float64Array {
  if (map.kind === "pca") return standardise(project(state, noise, map.basis).projections, map);
  if (map.kind !== "sufficient") return features(map, drawCounts(state, noise));
  const { projections, totals } = project(state, noise, map.basis);
  return standardise(sufficientFeatures(projections, totals, map.basis.length / map.bins), map);
}

export const bankHandlers: Pick<Handlers, "bank" | "counts" | "features" | "energies"> = {
  bank(state, { mu }) {
    state.bank = mu;
    return undefined;
  },
  counts: (state, noise) => drawCounts(state, noise),
  features: (state, { map, ...noise }) => noisyFeatures(state, noise, map),
  energies: (state) =>
    problemOf(state).observations.map(({ energyLow, energyHigh }) => ({ energyLow, energyHigh })),
};
