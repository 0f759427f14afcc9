import { lnGamma } from "./gamma.ts";

/**
 * One draw of a Poisson variable, given a source of uniforms in (0, 1).
 *
 * mean < 10: inversion. One uniform u; k = 0, p = cdf = exp(-mean); while u > cdf: k += 1, p *= mean / k, cdf += p (ends
 * also where p no longer changes cdf).
 * mean >= 10: the transformed rejection PTRS of Hoermann 1993 (Insurance: Math. and Econ. 12, 39), two uniforms a trial.
 * Internal error where the mean is negative, NaN or infinite.
 */
export function drawPoisson(uniform: () => number, mean: number): number {
  if (!(mean >= 0 && mean < Infinity)) throw new Error(`internal: Poisson mean ${mean}`);
  return mean < 10 ? invert(uniform(), mean) : transformedRejection(uniform, mean);
}

function invert(u: number, mean: number): number {
  let k = 0;
  let p = Math.exp(-mean);
  let cdf = p;
  while (u > cdf) {
    k++;
    p *= mean / k;
    const next = cdf + p;
    if (next === cdf) break;
    cdf = next;
  }
  return k;
}

function transformedRejection(uniform: () => number, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  const logMean = Math.log(mean);
  for (;;) {
    const u = uniform() - 0.5;
    const v = uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= squeeze) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
    const logRatio = Math.log((v * inverseAlpha) / (a / (us * us) + b));
    if (logRatio <= k * logMean - mean - lnGamma(k + 1)) return k;
  }
}
