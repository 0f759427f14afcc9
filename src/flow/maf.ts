import type { FlowKind } from "./flow-kind.ts";

/** Masked autoregressive flow (Papamakarios, Pavlakou & Murray 2017). Preset: sbi's, 5 layers of 50 tanh units, 2 blocks. */
export const maf: FlowKind = {
  kind: "maf",
  summary: "masked autoregressive flow, affine",
  preset: (targets, features) => ({
    kind: "maf",
    targets,
    features,
    layers: 5,
    hidden: 50,
    blocks: 2,
    activation: "tanh",
  }),
};
