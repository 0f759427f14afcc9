import type { Engine, ParameterStore } from "../tensor/index.ts";
import type { Lookup } from "./modules/made.ts";
import type { NetworkSpec } from "./spec.ts";

/** A network's parameters and permutations in an engine's memory. */
export interface Network<S extends NetworkSpec = NetworkSpec> {
  readonly engine: Engine;
  readonly spec: S;
  readonly store: ParameterStore;
  readonly parameter: Lookup;
  /** Place of the permutation of each layer, where there are layers. */
  readonly permutations: readonly number[];
}

/** Values that the last layers start from; all else starts at random. */
export interface Start {
  /** Whether an array belongs to a last layer, whose weights start at a tenth of the usual. */
  isLast(name: string): boolean;
  /** Bias of the last layers, repeated where it is shorter. */
  readonly bias: ArrayLike<number>;
}
