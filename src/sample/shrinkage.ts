import { logSumExp } from "../math/log-sum-exp.ts";

/** Points of one or several runs in ascending order of likelihood, with the chain of replacements each belongs to. */
export interface OrderedPoints {
  readonly count: number;
  readonly logLike: Float64Array;
  /** 0 ... threads - 1. */
  readonly thread: Int32Array;
  readonly threads: number;
  /** 1 for the last point of its chain: after its death the number of live points falls. */
  readonly last: Uint8Array;
}

/**
 * out (N) = ln(L_i w_i), w_i the prior volume between a point and the one before it; returns ln Z = ln sum_i L_i w_i.
 * Each death among n live points shrinks the volume by exp(-1/n), starting at exp(logVolume); the last one takes what is
 * left. Tied points die together before their successors are born. `copies` (threads): how often each chain counts
 * (bootstrap); default once.
 */
export function evidenceWeights(
  out: Float64Array,
  points: OrderedPoints,
  logVolume: number,
  copies?: ArrayLike<number>,
): number {
  const { count, logLike, thread, last } = points;
  let live = 0;
  for (let t = 0; t < points.threads; t++) live += copies === undefined ? 1 : copies[t];
  let volume = logVolume;
  let reborn = 0;
  for (let i = 0; i < count; i++) {
    const times = copies === undefined ? 1 : copies[thread[i]];
    if (last[i] === 0) reborn += times;
    let shrinkage = 0;
    for (let k = 0; k < times; k++) shrinkage += 1 / live--;
    if (times > 0 && live + reborn === 0) shrinkage = Infinity;
    out[i] = times === 0 ? -Infinity : Math.log(-Math.expm1(-shrinkage)) + volume + logLike[i];
    volume -= shrinkage;
    if (i + 1 === count || logLike[i + 1] !== logLike[i]) {
      live += reborn;
      reborn = 0;
    }
  }
  return logSumExp(out);
}
