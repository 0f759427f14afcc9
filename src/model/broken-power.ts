import { lastAtMost } from "../math/index.ts";
import type { VectorMath } from "../math/vector.ts";
import { binLogs, sinhc } from "./bin-logs.ts";

/**
 * Fills out (E) with the integrals of a continuous broken power law that is E^-index[0] below the first break:
 *
 *   int E^-index[k] prod_{j<k} breaks[j]^(index[j+1] - index[j]) dE   between breaks[k-1] and breaks[k]
 *
 * Bins that hold a break are split there. `index` has one entry more than `breaks`, which ascend.
 */
export function brokenPower(
  edges: Float64Array,
  vector: VectorMath,
): (out: Float64Array, breaks: ArrayLike<number>, index: ArrayLike<number>, norm: number) => void {
  const { middle, width } = binLogs(edges);
  const slope = new Float64Array(middle.length);
  return (out, breaks, index, norm) => {
    let piece = 0;
    let offset = 0;
    for (let i = 0; i < out.length; i++) {
      while (piece < breaks.length && breaks[piece] <= edges[i]) {
        offset += (index[piece + 1] - index[piece]) * Math.log(breaks[piece]);
        piece++;
      }
      slope[i] = 1 - index[piece];
      out[i] = slope[i] * middle[i] + offset;
    }
    vector.exp(out, out);
    for (let i = 0; i < out.length; i++) {
      const half = 0.5 * slope[i] * width[i];
      out[i] *= norm * width[i] * sinhc(half * half);
    }
    for (let k = 0; k < breaks.length; k++) {
      const bin = lastAtMost(edges, breaks[k]);
      if (bin >= 0 && bin < out.length) out[bin] = norm * splitBin(edges[bin], edges[bin + 1], breaks, index);
    }
  };
}

/** Integral over [low, high] piece by piece. */
function splitBin(low: number, high: number, breaks: ArrayLike<number>, index: ArrayLike<number>): number {
  let sum = 0;
  let from = low;
  let log = 0;
  for (let k = 0; k < index.length; k++) {
    const to = k < breaks.length ? Math.min(Math.max(breaks[k], low), high) : high;
    if (to > from) sum += Math.exp(log) * powerIntegral(from, to, index[k]);
    if (k < breaks.length) log += (index[k + 1] - index[k]) * Math.log(breaks[k]);
    from = to;
  }
  return sum;
}

/** int_low^high E^-index dE. */
function powerIntegral(low: number, high: number, index: number): number {
  const width = Math.log1p((high - low) / low);
  const half = 0.5 * (1 - index) * width;
  return Math.exp((1 - index) * (Math.log(low) + 0.5 * width)) * width * sinhc(half * half);
}
