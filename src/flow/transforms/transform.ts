import type { KernelFunctions, Tape, Tensor, Transformed } from "../../tensor/index.ts";

/** Where one dimension of a batch is inverted; places of whole tensors [t][feature][8]. */
export interface InverseStep {
  readonly x: number;
  readonly z: number;
  readonly raw: number;
  /** Room for `Transform.scratch` features. */
  readonly scratch: number;
  /** log |det dz/dx|, added to. */
  readonly logDet: number;
  readonly permutation: number;
  readonly dims: number;
  readonly dim: number;
  readonly tiles: number;
}

/** A monotone function of one dimension, with R raw parameters that may depend on anything before it. */
export interface Transform {
  /** R */
  readonly raw: number;
  /** Features of room that `inverse` needs. */
  readonly scratch: number;
  /** Raw parameters at which the transform is close to the identity. */
  readonly identity: readonly number[];
  /** z[permutation[d]] = f_d(x_d) for all dimensions at once, and the sum of the log-derivatives added to logDet. */
  forward(tape: Tape, x: Tensor, raw: Tensor, permutation: number, logDet?: Tensor): Transformed;
  /** x_d = f_d^-1(z[permutation[d]]) for one dimension. */
  inverse(kernels: KernelFunctions, step: InverseStep): void;
}
