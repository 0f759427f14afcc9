import { gammaP, lnGamma } from "../math/index.ts";
import { comptonTail } from "./compton-tail.ts";
import { norm, parameter, redshift } from "./parameter.ts";
import type { Model } from "./types.ts";

/** Electron mass, keV. */
const electronMass = 511;

/** XSPEC's norm in terms of the formula below; see there. */
const perNorm = 0.5;

/**
 * Comptonisation of photons with a Wien spectrum of temperature T0 in electrons of temperature kT, by XSPEC's trapezoid rule:
 *
 *   N(E) = K/2 a(a + 3)/(2a + 3) (kT/T0) [x^2 exp(-x)/(a + 3) + x^(-a - 1) gamma(a + 3, x) R(E/kT)/(1 + 4.6 e + 1.1 e^2)]
 *   a = beta/ln(1 + (a + 3) t/(1 + t) + 4 d^(1/a) t^2),  d = 3 ((a + 3) a + 4) Gamma(2a + 2)/((a + 3)(a + 2)^2),  t = kT/511 keV
 *   disc:   beta = pi^2/(12 (tau + 2/3)^2) (1 - exp(-1.35 tau)) + 0.45 exp(-3.7 tau) ln(10/(3 tau))
 *   sphere: beta = pi^2/(3 (tau + 2/3)^2) (1 - exp(-0.7 tau)) + exp(-1.4 tau) ln(4/(3 tau))
 *
 * at x = E (1+z)/T0, e = E (1+z)/511 keV, with tau the half-thickness or radius, gamma the lower incomplete gamma function, R the
 * cut-off of `comptonTail`, and the reduced recoil of Cooper 1971 (Phys. Rev. D 3, 2312) for the rest of the cut-off. The two
 * terms are photons at the energy of the seed and those scattered up from lower energies. Their form and the half in front are
 * inferred from XSPEC's values, which are met to 0.6 % at T0 = 0.1, kT = 50, tau = 1 for a disc from 0.1 to 20 keV. `approx`:
 * disc up to 1, sphere above; beta is always that of the formulas, which are good to 7 %. XSPEC `compTT`.
 */
export const comptt: Model = {
  kind: "additive",
  name: "comptt",
  summary: "Comptonisation of Wien photons in a disc or sphere",
  formula: "norm f [x^2 exp(-x)/(a+3) + x^(-a-1) gamma(a+3, x) R(E (1+z)/kT)], x = E (1+z)/T0, a(kT, taup)",
  reference: "Titarchuk 1994, ApJ 434, 570; Titarchuk & Lyubarskij 1995, ApJ 450, 876",
  parameters: [
    redshift,
    parameter("T0", "keV", 0.1, [0.001, 0.01, 100, 100], 0.01),
    parameter("kT", "keV", 50, [2, 2, 500, 500], 0.1),
    parameter("taup", "", 1, [0.01, 0.01, 100, 200], 0.1),
    parameter("approx", "", 1, [0, 0, 5, 200], -0.1),
    norm("photon/cm2/s"),
  ],
  prepare(edges, { vector }) {
    const logEdges = edges.map(Math.log);
    const wien = vector.alloc(edges.length);
    const tail = vector.alloc(edges.length);
    const cutOff = comptonTail();
    return (out, theta) => {
      const [z, T0, kT, depth, approx] = theta as readonly number[];
      const alpha = spectralIndex(escapeRate(depth, approx > 1), kT / electronMass);
      const gamma = alpha * (alpha + 3);
      const logFactor = lnGamma(alpha + 3);
      for (let i = 0; i < wien.length; i++) {
        const logX = logEdges[i] + Math.log1p(z) - Math.log(T0);
        const x = Math.exp(logX);
        wien[i] = Math.max(-700, 2 * logX - x);
        // 1 to every digit beyond
        const share = x > 40 + 2 * alpha ? 1 : gammaP(alpha + 3, x);
        const scattered = logFactor + Math.log(share);
        const fall = cutOff(logX + Math.log(T0 / kT), alpha);
        const e = (edges[i] * (1 + z)) / electronMass;
        tail[i] = Math.max(-700, scattered - (alpha + 1) * logX + fall - Math.log1p(e * (4.6 + 1.1 * e)));
      }
      vector.exp(wien, wien);
      vector.exp(tail, tail);
      const scale = (0.5 * perNorm * theta[5] * gamma * kT) / ((2 * alpha + 3) * T0);
      const density = (i: number) => wien[i] / (alpha + 3) + tail[i];
      for (let i = 0; i < out.length; i++) {
        out[i] = scale * (density(i) + density(i + 1)) * (edges[i + 1] - edges[i]);
      }
    };
  },
};

/** beta, the rate at which photons escape, for a disc or a sphere. */
function escapeRate(depth: number, sphere: boolean): number {
  const diffusion = (Math.PI / (depth + 2 / 3)) ** 2;
  if (sphere) {
    return (diffusion / 3) * -Math.expm1(-0.7 * depth) + Math.exp(-1.4 * depth) * Math.log(4 / (3 * depth));
  }
  return (
    (diffusion / 12) * -Math.expm1(-1.35 * depth) + 0.45 * Math.exp(-3.7 * depth) * Math.log(10 / (3 * depth))
  );
}

/**
 * Energy index of the spectrum for the escape rate beta and the temperature theta in electron masses, Titarchuk & Lyubarskij
 * 1995: where a ln(1 + ...) = beta, by bisection of ln a.
 */
function spectralIndex(beta: number, theta: number): number {
  const first = theta / (1 + theta);
  const excess = (a: number) => {
    const logD = Math.log((3 * ((a + 3) * a + 4)) / ((a + 3) * (a + 2) ** 2)) + lnGamma(2 * a + 2);
    return a * Math.log1p((a + 3) * first + 4 * Math.exp(logD / a) * theta * theta) - beta;
  };
  let [low, high] = [-12, 8];
  for (let k = 0; k < 52; k++) {
    const middle = 0.5 * (low + high);
    if (excess(Math.exp(middle)) < 0) low = middle;
    else high = middle;
  }
  return Math.exp(0.5 * (low + high));
}
