import type { FlowKind } from "./flow-kind.ts";

/**
 * Neural spline flow (Durkan, Bekasov, Murray & Papamakarios 2019), autoregressive. Preset: sbi's sizes, 5 layers of 50 ReLU
 * units, 2 blocks, 10 bins on [-3, 3]; sbi's own is a coupling flow.
 */
export const nsf: FlowKind = {
  kind: "nsf",
  summary: "neural spline flow, autoregressive rational-quadratic",
  preset: (targets, features) => ({
    kind: "nsf",
    targets,
    features,
    layers: 5,
    hidden: 50,
    blocks: 2,
    activation: "relu",
    bins: 10,
    tail: 3,
  }),
};
