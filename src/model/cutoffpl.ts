import { panelNodes, sumPanels } from "./panel-nodes.ts";
import { norm, parameter, photonIndex } from "./parameter.ts";
import type { Model } from "./types.ts";

/**
 * Power law with an exponential cut-off, integrated over each bin:  N(E) = K E^-G exp(-E/Ec).
 *
 * The integral is done numerically (see `panelNodes`), which has no trouble at any G; XSPEC's difference of incomplete
 * gamma functions loses digits near G = 1. XSPEC `cutoffpl`.
 */
export const cutoffpl: Model = {
  kind: "additive",
  name: "cutoffpl",
  summary: "power law with exponential cut-off",
  formula: "norm E^-PhoIndex exp(-E/HighECut)",
  reference: "",
  parameters: [
    photonIndex("PhoIndex", 1),
    parameter("HighECut", "keV", 15, [0.01, 1, 500, 500], 0.01),
    norm("photon/keV/cm2/s"),
  ],
  prepare(edges, { vector }) {
    const nodes = panelNodes(edges);
    const { energy, logEnergy } = nodes;
    const work = vector.alloc(energy.length);
    return (out, theta) => {
      const inverse = 1 / theta[1];
      for (let k = 0; k < work.length; k++) work[k] = -theta[0] * logEnergy[k] - energy[k] * inverse;
      vector.exp(work, work);
      sumPanels(out, nodes, work, theta[2]);
    };
  },
};
