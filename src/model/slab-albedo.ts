import { gaussLegendre } from "./quadrature.ts";

/** Most scatterings that are followed. */
export const mostScatterings = 40;

const rule = gaussLegendre(24);
const cosines = rule.nodes.map((node) => 0.5 * (1 + node));
const weights = rule.weights.map((weight) => 0.5 * weight);

/**
 * h_n, n = 1 .. 40: photons that leave a half-space towards cosine mu after n scatterings, per steradian, over those that an
 * isotropic source above it sends into a steradian. They are the coefficients of H(mu) - 1 = sum_n h_n w^n in powers of
 * the scattering albedo w, Chandrasekhar's function
 *
 *   H(mu) = 1 + (w/2) mu H(mu) int_0^1 H(t)/(mu + t) dt
 *
 * for isotropic scattering (Radiative Transfer, 1950, section 38); h_1 with Thomson's phase function. The integrals have 24
 * Gauss-Legendre points. Index 0 is unused.
 */
export function scatteringOrders(mu: number): Float64Array {
  const points = cosines.length;
  const orders = new Float64Array(mostScatterings + 1);
  orders[0] = 1;
  const inside = [new Float64Array(points).fill(1)];
  const integrals: Float64Array[] = [];
  const atMu: number[] = [];
  for (let n = 1; n <= mostScatterings; n++) {
    const before = inside[n - 1];
    integrals.push(Float64Array.from(cosines, (cosine) => overCosines(before, cosine)));
    atMu.push(overCosines(before, mu));
    const next = new Float64Array(points);
    for (let k = 0; k < n; k++) {
      for (let j = 0; j < points; j++) next[j] += 0.5 * cosines[j] * inside[k][j] * integrals[n - 1 - k][j];
      orders[n] += 0.5 * mu * orders[k] * atMu[n - 1 - k];
    }
    inside.push(next);
  }
  const thomson = Float64Array.from(cosines, (t) => (3 / 8) * (3 - mu * mu + (3 * mu * mu - 1) * t * t));
  orders[1] = 0.5 * mu * overCosines(thomson, mu);
  return orders;
}

/** int_0^1 f(t)/(mu + t) dt. */
function overCosines(f: Float64Array, mu: number): number {
  let sum = 0;
  for (let j = 0; j < f.length; j++) sum += (weights[j] * f[j]) / (mu + cosines[j]);
  return sum;
}
