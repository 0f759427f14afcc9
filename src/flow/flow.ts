import { type Engine, floats, randomKey } from "../tensor/index.ts";
import { createContext, createDensityEach, createDensityGiven, TILES } from "./density.ts";
import { type DensityEstimator, type Draws, type Numbers, rowsOf, wrongLength } from "./estimator.ts";
import { createInverseSpace, invert } from "./inverse.ts";
import { createMixture } from "./mixture-estimator.ts";
import { createNetwork } from "./network.ts";
import type { AutoregressiveSpec, FlowWeights, NetworkWeights } from "./spec.ts";
import { setWeights } from "./weights.ts";

/** A trained flow, whose draws come from a latent normal variable. */
export interface Flow extends DensityEstimator {
  readonly spec: AutoregressiveSpec;
  /** z of each row of theta (n, D) for one x (F): standard normal where theta follows q. */
  toLatent(theta: Numbers, x: Numbers): Float32Array;
  /** The theta whose latent is z (n, D), and their densities. */
  fromLatent(z: Numbers, x: Numbers): Draws;
}

/** A trained density of any kind on an engine's memory, which keeps its room until the engine goes. Errors: the weights do not fit their spec. */
export function createEstimator(engine: Engine, weights: FlowWeights): DensityEstimator {
  const { spec } = weights;
  return spec.kind === "mdn"
    ? createMixture(engine, { ...weights, spec })
    : createFlow(engine, { ...weights, spec });
}

/** A flow on an engine's memory. Errors: the weights do not fit their spec. */
export function createFlow(engine: Engine, weights: NetworkWeights<AutoregressiveSpec>): Flow {
  const { spec } = weights;
  const { kernels, memory, arena } = engine;
  const network = createNetwork(engine, spec);
  setWeights(network, weights);
  const context = createContext(network);
  const given = createDensityGiven(network, context.layers);
  const each = createDensityEach(network);
  const space = createInverseSpace(network, TILES);
  const z = arena.floats(TILES * 8 * spec.targets);
  const logDet = arena.floats(TILES * 8);
  const minusLog = arena.floats(TILES * 8);
  const rows = arena.floats(TILES * 8 * spec.targets);
  const spare = arena.floats(8);
  const D = spec.targets;

  /** theta and log q of the `tiles` tiles at z. */
  const invertChunk = (tiles: number): { theta: Float32Array; energy: Float32Array } => {
    kernels.add(logDet, 8, 0, 0, 0, 0, 1, tiles);
    const theta = invert(network, space, context.layers, z, logDet, tiles);
    kernels.normalEnergy(minusLog, z, logDet, D, tiles);
    kernels.toRows(rows, D, theta, 8 * D, D, tiles);
    return { theta: floats(memory, rows, tiles * 8 * D), energy: floats(memory, minusLog, tiles * 8) };
  };
  return {
    spec,
    logProb(theta, x) {
      const n = rowsOf(theta, D, "theta");
      const one = x.length === spec.features;
      if (!one && x.length !== n * spec.features) throw wrongLength("x", x.length, `${n} x ${spec.features}`);
      if (one) context.set(x);
      const out = new Float64Array(n);
      const density = one ? given : each;
      for (let i = 0; i < n; i += 8 * TILES) {
        const count = Math.min(8 * TILES, n - i);
        const part = one ? x : x.subarray(i * spec.features, (i + count) * spec.features);
        const energies = density.run(theta.subarray(i * D, (i + count) * D), part, count).energy;
        for (let j = 0; j < count; j++) out[i + j] = -energies[j];
      }
      return out;
    },
    sample(x, n, { seed, name = "flow.draws", index = 0, first = 0 }) {
      context.set(x);
      const { key0, key1, c2, c3 } = randomKey(seed, name, index);
      const out = { theta: new Float32Array(n * D), logProb: new Float64Array(n) };
      const end = first + n;
      for (let tile = Math.floor(first / 8); 8 * tile < end; tile += TILES) {
        const tiles = Math.min(TILES, Math.ceil(end / 8) - tile);
        kernels.normals(z, D, tiles, tile, c2, c3, key0, key1, spare);
        const low = Math.max(first, 8 * tile);
        const high = Math.min(end, 8 * (tile + tiles));
        copyDraws(out, low - first, invertChunk(tiles), low - 8 * tile, high - low, D);
      }
      return out;
    },
    toLatent(theta, x) {
      const n = rowsOf(theta, D, "theta");
      context.set(x);
      const out = new Float32Array(n * D);
      for (let i = 0; i < n; i += 8 * TILES) {
        const count = Math.min(8 * TILES, n - i);
        const latent = given.run(theta.subarray(i * D, (i + count) * D), x, count).z;
        kernels.toRows(rows, D, latent, 8 * D, D, Math.ceil(count / 8));
        out.set(floats(memory, rows, count * D), i * D);
      }
      return out;
    },
    fromLatent(latent, x) {
      const n = rowsOf(latent, D, "z");
      context.set(x);
      const out = { theta: new Float32Array(n * D), logProb: new Float64Array(n) };
      const order = given.order;
      for (let i = 0; i < n; i += 8 * TILES) {
        const count = Math.min(8 * TILES, n - i);
        const tiles = Math.ceil(count / 8);
        floats(memory, rows, count * D).set(latent.subarray(i * D, (i + count) * D));
        kernels.gather(z, rows, D, order, tiles);
        copyDraws(out, i, invertChunk(tiles), 0, count, D);
      }
      return out;
    },
  };
}

function copyDraws(
  out: Draws,
  to: number,
  from: { theta: Float32Array; energy: Float32Array },
  start: number,
  count: number,
  D: number,
): void {
  out.theta.set(from.theta.subarray(start * D, (start + count) * D), to * D);
  for (let j = 0; j < count; j++) out.logProb[to + j] = -from.energy[start + j];
}
