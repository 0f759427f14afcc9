import { gammaP, lnGamma } from "../math/index.ts";
import { comptonTail } from "./compton-tail.ts";
import { norm, parameter, redshift } from "./parameter.ts";
import type { Model } from "./types.ts";

/** Electron mass, keV. */
const electronMass = 511;

/** XSPEC's norm in terms of the formula below; see there. */
const perNorm = 0.4958;

/**
 * Comptonisation of photons with a Wien spectrum of temperature T0 in electrons of temperature kT, by XSPEC's trapezoid rule:
 *
 *   N(E) = 0.4958 K a(a + 3)/(2a + 3) (kT/T0) [x^2 exp(-x)/(a + 3) + x^(-a - 1) gamma(a + 3, x) R(E/kT)],  x = E (1+z)/T0
 *   a (a + 3) = beta 511 keV/kT
 *   disc:   beta = pi^2/(12 (tau + 2/3)^2) (1 - exp(-1.35 tau)) + 0.45 exp(-3.7 tau) ln(10/(3 tau))
 *   sphere: beta = pi^2/(3 (tau + 2/3)^2) (1 - exp(-0.7 tau)) + exp(-1.4 tau) ln(4/(3 tau))
 *
 * with tau the half-thickness or radius, gamma the lower incomplete gamma function, and R the cut-off of `comptonTail`. The
 * two terms are photons at the energy of the seed and those scattered up from lower energies; the formula and the number in
 * front are inferred from XSPEC's values at T0 = 0.1, kT = 50, tau = 1 for a disc, which they meet to 0.6 % up to 3 keV;
 * XSPEC's cut-off is steeper, by 4 % at 8 keV and 11 % at 18 keV there. `approx`: disc up to 1, sphere above; beta is always
 * that of the formulas, which are good to 7 %. XSPEC `compTT`.
 */
export const comptt: Model = {
  kind: "additive",
  name: "comptt",
  summary: "Comptonisation of Wien photons in a disc or sphere",
  formula:
    "norm f [x^2 exp(-x)/(a+3) + x^(-a-1) gamma(a+3, x) R(E (1+z)/kT)], x = E (1+z)/T0, a(a+3) = beta(taup) 511/kT",
  reference: "Titarchuk 1994, ApJ 434, 570, eqs. 27, 28; Sunyaev & Titarchuk 1980, A&A 86, 121",
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
      const gamma = (escapeRate(depth, approx > 1) * electronMass) / kT;
      // the positive root without cancellation
      const alpha = gamma / (1.5 + Math.sqrt(2.25 + gamma));
      const logFactor = lnGamma(alpha + 3);
      for (let i = 0; i < wien.length; i++) {
        const logX = logEdges[i] + Math.log1p(z) - Math.log(T0);
        const x = Math.exp(logX);
        wien[i] = Math.max(-700, 2 * logX - x);
        // 1 to every digit beyond
        const share = x > 40 + 2 * alpha ? 1 : gammaP(alpha + 3, x);
        const scattered = logFactor + Math.log(share);
        const fall = cutOff(logX + Math.log(T0 / kT), alpha);
        tail[i] = Math.max(-700, scattered - (alpha + 1) * logX + fall);
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
