import type { FlowSpec } from "./spec.ts";

/** A named conditional density, and the specification that others use by default. */
export interface FlowKind {
  readonly kind: FlowSpec["kind"];
  readonly summary: string;
  preset(targets: number, features: number): FlowSpec;
}
