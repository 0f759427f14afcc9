import { flowKind } from "../flow/flows.ts";
import type { FlowSpec } from "../flow/spec.ts";
import type { Recipe } from "./recipe.ts";

/** The density estimator of a recipe for D targets and F features. */
export function estimatorSpec(
  { flow, layers, hidden, blocks, embedding }: Recipe,
  D: number,
  F: number,
): FlowSpec {
  const preset = flowKind(flow).preset(D, F);
  return {
    ...preset,
    ...("layers" in preset && { layers }),
    hidden,
    blocks,
    ...(embedding && { embedding: { ...embedding, activation: "silu" as const } }),
  };
}
