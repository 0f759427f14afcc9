import { stream } from "../math/random.ts";
import { type BackgroundLaw, dataLength, drawShape, drawStrength, isShown } from "../npe/background.ts";
import { type FeatureMap, features, featuresOfProjections } from "../npe/features.ts";
import { standardise } from "../npe/features-moments.ts";
import { type Handlers, problemOf, type RankState, simulatorOf } from "./handler-state.ts";
import type { Noise } from "./jobs.ts";

/** Different shapes of the background that simulations are given. */
const SHAPES = 1024;

/**
 * Shapes of the background's expected counts (SHAPES, C). Drawing one takes longer than all else that a simulation needs, so that simulations share
 * this many; the strength and the Poisson noise of each are its own.
 */
function shapesOf(state: RankState, seed: number, law: BackgroundLaw): Float64Array {
  const { backgrounds } = state;
  if (backgrounds?.seed === seed && sameShapes(backgrounds.law, law)) return backgrounds.shapes;
  const C = law.mean.length;
  const shapes = new Float64Array(SHAPES * C);
  for (let i = 0; i < SHAPES; i++)
    drawShape(shapes.subarray(i * C, (i + 1) * C), law, stream(seed, "background", i));
  state.backgrounds = { law, seed, shapes };
  return shapes;
}

function sameShapes(a: BackgroundLaw, b: BackgroundLaw): boolean {
  const same = (x: Float64Array | undefined, y: Float64Array | undefined) =>
    x === y || (x !== undefined && x.length === y?.length && x.every((v, c) => v === y[c]));
  return a.kind === b.kind && same(a.mean, b.mean) && same(a.ratio, b.ratio) && same(a.variance, b.variance);
}

/** Expected data (n, L) of rows of the bank, each with a background of its own where there is one. */
function expected(
  state: RankState,
  { seed, name, from, to }: Noise,
  law: BackgroundLaw | undefined,
): Float32Array {
  const { bins: C } = simulatorOf(state);
  if (state.bank === undefined) throw new Error("internal: no bank of simulations");
  const rows = state.bank.slice(from * C, to * C);
  if (law === undefined) return rows;
  const shapes = shapesOf(state, seed, law);
  const L = dataLength(C, law);
  const out = new Float32Array((to - from) * L);
  for (let i = 0; i < to - from; i++) {
    const rng = stream(seed, `${name}/background`, from + i);
    const which = Math.floor(SHAPES * rng.uniform());
    const g = shapes.slice(which * C, (which + 1) * C);
    drawStrength(g, law, rng);
    for (let c = 0; c < C; c++) out[i * L + c] = rows[i * C + c] + law.ratio[c] * g[c];
    if (isShown(law)) out.set(g, i * L + C);
  }
  return out;
}

/** Data (n, L) of fresh noise on rows of the bank. */
export function drawData(state: RankState, noise: Noise, law: BackgroundLaw | undefined): Float32Array {
  const mu = expected(state, noise, law);
  const { seed, name, from, to } = noise;
  const n = to - from;
  const key = { seed, name, firstIndex: from };
  const { kernels, bins: C } = simulatorOf(state);
  const out = new Float32Array(mu.length);
  const variance = law?.kind === "gaussian" ? law.variance : undefined;
  if (variance === undefined) {
    kernels.poisson(out, mu, n, key);
    return out;
  }
  const sources = new Float32Array(n * C);
  for (let i = 0; i < n; i++) sources.set(mu.subarray(2 * i * C, (2 * i + 1) * C), i * C);
  kernels.poisson(sources, sources.slice(), n, key);
  for (let i = 0; i < n; i++) {
    out.set(sources.subarray(i * C, (i + 1) * C), 2 * i * C);
    const rng = stream(seed, `${name}/measured`, from + i);
    for (let c = 0, at = (2 * i + 1) * C; c < C; c++, at++)
      out[at] = mu[at] + Math.sqrt(variance[c]) * rng.normal();
  }
  return out;
}

/** Standardised features (n, F) of fresh noise on rows of the bank. */
export function noisyFeatures(state: RankState, noise: Noise, map: FeatureMap): Float64Array {
  const { background: law } = map;
  const linear = map.kind === "pca" || map.kind === "sufficient";
  if (!linear || law?.kind === "gaussian") return features(map, drawData(state, noise, law));
  const { seed, name, from, to } = noise;
  const n = to - from;
  const out = { features: new Float64Array((n * map.basis.length) / map.bins), totals: new Float64Array(n) };
  const key = { seed, name, firstIndex: from };
  simulatorOf(state).kernels.drawAndProject(out, expected(state, noise, law), map.basis, n, key);
  return standardise(featuresOfProjections(map, { projections: out.features, totals: out.totals }), map);
}

export const bankHandlers: Pick<Handlers, "bank" | "counts" | "features" | "energies"> = {
  bank(state, { mu }) {
    state.bank = mu;
    return undefined;
  },
  counts: (state, { background, ...noise }) => drawData(state, noise, background),
  features: (state, { map, ...noise }) => noisyFeatures(state, noise, map),
  energies: (state) =>
    problemOf(state).observations.map(({ energyLow, energyHigh }) => ({ energyLow, energyHigh })),
};
