import { affine } from "../../tensor/index.ts";
import type { Transform } from "./transform.ts";

/** z = s x + shift with s = softplus(u) + 1e-3 (Papamakarios et al. 2017; the floor as sbi). Raw: u, shift. */
export const affineTransform: Transform = {
  raw: 2,
  scratch: 0,
  identity: [Math.log(Math.expm1(1 - 1e-3)), 0],
  forward: affine,
  inverse(kernels, { x, z, raw, logDet, permutation, dims, dim, tiles }) {
    kernels.affineInverse(x, z, raw, logDet, permutation, dims, dim, tiles);
  },
};
