import type { FlowSpec } from "./spec.ts";
import type { Transform } from "./transforms/transform.ts";

/** A named flow: which transform its specification asks for, and the specification that others use by default. */
export interface FlowKind {
  readonly kind: FlowSpec["kind"];
  readonly summary: string;
  transform(spec: FlowSpec): Transform;
  preset(targets: number, features: number): FlowSpec;
}
