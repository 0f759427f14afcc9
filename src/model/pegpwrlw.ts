import { norm, parameter, photonIndex } from "./parameter.ts";
import { powerlaw } from "./powerlaw.ts";
import type { Model } from "./types.ts";

/** erg in 1e-12 a keV, times 1e12 x 1e-12: XSPEC's constants of this model. */
const picoergPerKev = 1.602e3;
const microjanskyPhotons = 1.509e-3;

/**
 * Power law whose norm is the unabsorbed energy flux between eMin and eMax in 1e-12 erg/cm2/s (XSPEC's constant is
 * 1 keV = 1.602e-9 erg), or the flux density in microjansky at eMin where the two are equal. Limits that are not positive:
 * the plain `powerlaw`. XSPEC `pegpwrlw`.
 */
export const pegpwrlw: Model = {
  kind: "additive",
  name: "pegpwrlw",
  summary: "power law, norm = energy flux in a band",
  formula: "norm E^-PhoIndex / (1.602e3 int_eMin^eMax E^(1-PhoIndex) dE)",
  reference: "",
  parameters: [
    photonIndex("PhoIndex", 1),
    parameter("eMin", "keV", 2, [-100, -100, 1e10, 1e10], -0.01),
    parameter("eMax", "keV", 10, [-100, -100, 1e10, 1e10], -0.01),
    norm("1e-12 erg/cm2/s"),
  ],
  prepare(edges, settings) {
    const plain = powerlaw.prepare(edges, settings);
    const inner = new Float64Array(2);
    return (out, theta) => {
      inner[0] = theta[0];
      inner[1] = theta[3] * scale(theta[0], theta[1], theta[2]);
      plain(out, inner);
    };
  },
};

function scale(index: number, low: number, high: number): number {
  if (low <= 0 || high <= 0) return 1;
  if (low === high) return microjanskyPhotons / low ** (1 - index);
  const slope = 2 - index;
  const log = Math.log(high / low);
  const mean = slope === 0 ? 1 : Math.expm1(slope * log) / (slope * log);
  return 1 / (picoergPerKev * low ** slope * log * mean);
}
