import { binFeatures } from "./features-bins.ts";
import { type Standardisation, standardise } from "./features-moments.ts";

/** One layer y = W^T x + b, weight (inputs, outputs) row-major. */
export interface DenseLayer {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
}

/**
 * The latent variables of an auto-encoder that reproduces expected counts from noisy ones (after SIXSA III, A&A 708 A280): its encoder, a
 * dense network of SiLU units on the standardised Anscombe counts, 2 sqrt(x + 3/8), of the bins that vary.
 */
export interface AutoencoderFeatures extends Standardisation {
  readonly kind: "autoencoder";
  readonly used: Int32Array;
  /** Standardisation of the encoder's inputs (U). */
  readonly inputs: { readonly mean: Float64Array; readonly sd: Float64Array };
  readonly layers: readonly DenseLayer[];
}

/** Unstandardised latent variables (n, latents) of counts (n, C). */
export function encode(
  { used, bins, inputs, layers }: AutoencoderFeatures,
  counts: ArrayLike<number>,
): Float64Array {
  const n = counts.length / bins;
  let h = standardise(binFeatures("sqrt", used, counts, bins), inputs);
  for (const [i, layer] of layers.entries()) {
    h = applyLayer(layer, h, n);
    if (i + 1 < layers.length) for (let k = 0; k < h.length; k++) h[k] /= 1 + Math.exp(-h[k]);
  }
  return h;
}

function applyLayer({ weight, bias }: DenseLayer, x: Float64Array, n: number): Float64Array {
  const outputs = bias.length;
  const inputs = weight.length / outputs;
  const y = new Float64Array(n * outputs);
  const sums = new Float64Array(outputs);
  for (let row = 0; row < n; row++) {
    sums.set(bias);
    for (let i = 0, w = 0; i < inputs; i++) {
      const v = x[row * inputs + i];
      for (let j = 0; j < outputs; j++, w++) sums[j] += v * weight[w];
    }
    y.set(sums, row * outputs);
  }
  return y;
}
