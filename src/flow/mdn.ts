import type { FlowKind } from "./flow-kind.ts";

/**
 * Mixture density network (Bishop 1994) of normal components with full covariances. Preset: sbi's sizes, 10 components, three layers of 50
 * ReLU units.
 */
export const mdn: FlowKind = {
  kind: "mdn",
  summary: "mixture of normal densities",
  preset: (targets, features) => ({
    kind: "mdn",
    targets,
    features,
    components: 10,
    hidden: 50,
    blocks: 2,
    activation: "relu",
  }),
};
