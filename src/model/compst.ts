import { lnGamma } from "../math/index.ts";
import { comptonTail } from "./compton-tail.ts";
import { norm, parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/** Electron mass, keV. */
const electronMass = 511;

/**
 * Comptonisation of cool photons in a sphere of hot electrons, by XSPEC's trapezoid rule:
 *
 *   N(E) = K Gamma(a) a (a + 3)/Gamma(2a + 4) kT^-a x^2 exp(-x)/kT int_0^inf t^(a-1) exp(-t) (1 + t/x)^(a+3) dt,  x = E/kT
 *   a (a + 3) = pi^2 511 keV/(3 kT (tau + 2/3)^2)
 *
 * The shape is that of Sunyaev & Titarchuk; the factor in front is XSPEC's, inferred from its values at kT = 2, tau = 10,
 * which it meets to 5e-4. XSPEC `compST`.
 */
export const compst: Model = {
  kind: "additive",
  name: "compst",
  summary: "Comptonisation of cool photons",
  formula:
    "norm f x^2 exp(-x) int t^(a-1) exp(-t) (1 + t/x)^(a+3) dt, x = E/kT, a(a+3) = pi^2 511/(3 kT (tau + 2/3)^2)",
  reference: "Sunyaev & Titarchuk 1980, A&A 86, 121",
  parameters: [
    parameter("kT", "keV", 2, [0.001, 0.01, 100, 100], 0.001),
    parameter("tau", "", 10, [1e-4, 0.001, 100, 200], 1e-4),
    norm("photon/cm2/s"),
  ],
  prepare(edges, { vector }) {
    const logEdges = edges.map(Math.log);
    const work = vector.alloc(edges.length);
    const tail = comptonTail();
    return (out, theta) => {
      const [kT, tau, scale] = theta as readonly number[];
      const gamma = (Math.PI ** 2 * electronMass) / (3 * kT * (tau + 2 / 3) ** 2);
      // the positive root without cancellation
      const alpha = gamma / (1.5 + Math.sqrt(2.25 + gamma));
      const logFactor =
        lnGamma(alpha) + Math.log(gamma / (2 * alpha + 3)) - alpha * Math.log(kT) - Math.log(kT);
      for (let i = 0; i < work.length; i++) {
        const logX = logEdges[i] - Math.log(kT);
        work[i] = Math.max(-700, logFactor - (alpha + 1) * logX + tail(logX, alpha));
      }
      vector.exp(work, work);
      for (let i = 0; i < out.length; i++) {
        out[i] = 0.5 * scale * (work[i] + work[i + 1]) * (edges[i + 1] - edges[i]);
      }
    };
  },
};
