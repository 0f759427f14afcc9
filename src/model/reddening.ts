import type { VectorMath } from "../math/vector.ts";

/** XSPEC's constants: h c in keV micron, and the magnitude as a base-10 exponent. */
const keVMicron = 12.3963e-4;
const magnitude = 2.512;

/**
 * Fills out (E) with 10^(-E(B-V) extinction(x)/2.512), x = stretch E/(h c) the wave number in 1/micron: the mean of the
 * values at a bin's two edges, weighted with the square of the energy. The extinction is computed again when `stretch` or
 * `variant` changes.
 */
export function reddening(
  edges: Float64Array,
  vector: VectorMath,
  extinction: (waveNumber: number, variant: number) => number,
): (out: Float64Array, colourExcess: number, stretch: number, variant: number) => void {
  const magnitudes = new Float64Array(edges.length);
  const work = vector.alloc(edges.length);
  let currentStretch = Number.NaN;
  let currentVariant = Number.NaN;
  return (out, colourExcess, stretch, variant) => {
    if (stretch !== currentStretch || variant !== currentVariant) {
      for (let i = 0; i < edges.length; i++) {
        magnitudes[i] = extinction((stretch * edges[i]) / keVMicron, variant);
      }
      currentStretch = stretch;
      currentVariant = variant;
    }
    const factor = (-colourExcess * Math.LN10) / magnitude;
    for (let i = 0; i < work.length; i++) work[i] = factor * magnitudes[i];
    vector.exp(work, work);
    for (let i = 0; i < out.length; i++) {
      const low = edges[i] * edges[i];
      const high = edges[i + 1] * edges[i + 1];
      out[i] = (low * work[i] + high * work[i + 1]) / (low + high);
    }
  };
}
