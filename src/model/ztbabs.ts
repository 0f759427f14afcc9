import { standardMolecular } from "./absorption/grains.ts";
import { tbabsSigma } from "./absorption/tbabs-sigma.ts";
import { transmission } from "./absorption/transmission.ts";
import { columnDensity, redshift } from "./parameter.ts";
import type { Model } from "./types.ts";

/**
 * Interstellar absorption at a redshift: bin edges times 1+z. Gas and molecules, but no grains, so that it differs from
 * `tbabs` even at z = 0; so it is in XSPEC, whose values at z = 0.5 show it. The cross-sections are computed again when
 * z changes. XSPEC `ztbabs`.
 */
export const ztbabs: Model = {
  kind: "multiplicative",
  name: "ztbabs",
  summary: "interstellar absorption at a redshift, without grains",
  formula: "exp(-nH sigma(E (1+z)))",
  reference: "Wilms, Allen & McCray 2000, ApJ 542, 914",
  parameters: [columnDensity, redshift],
  prepare(edges, settings) {
    const sigmaAt = tbabsSigma(edges, settings, { molecular: standardMolecular });
    return (out, theta) => transmission(out, theta[0], sigmaAt(theta[1]), settings.vector);
  },
};
