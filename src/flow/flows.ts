import type { FlowSpec } from "./spec.ts";
import { affineTransform } from "./transforms/affine.ts";
import { splineTransform } from "./transforms/spline.ts";
import type { Transform } from "./transforms/transform.ts";

/** A named flow: which transform a specification asks for, and specifications that others use. */
export interface FlowKind {
  readonly kind: FlowSpec["kind"];
  readonly summary: string;
  transform(spec: FlowSpec): Transform;
  preset(targets: number, features: number): FlowSpec;
}

const maf: FlowKind = {
  kind: "maf",
  summary: "masked autoregressive flow, affine",
  transform: () => affineTransform,
  /** As sbi's defaults: 5 layers, 50 hidden units, 2 blocks, tanh. */
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

const nsf: FlowKind = {
  kind: "nsf",
  summary: "neural spline flow, autoregressive rational-quadratic",
  transform(spec) {
    if (spec.kind !== "nsf") throw new Error(`internal: ${spec.kind} has no splines`);
    return splineTransform(spec);
  },
  /** As sbi's: 5 layers, 50 hidden units, 2 blocks, ReLU, 10 bins on [-3, 3]; but autoregressive, sbi's is a coupling flow. */
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

/** All flows. To add one: a transform, its specification and an entry here. */
export const flows: readonly FlowKind[] = [maf, nsf];

export function flowKind(kind: string): FlowKind {
  const found = flows.find((flow) => flow.kind === kind);
  if (!found) throw new Error(`internal: no flow called ${kind}`);
  return found;
}
