import type { VectorMath } from "../math/vector.ts";
import type { PhysicsCore, PhysicsExports } from "./physics-core.ts";
import { doubles, isPlaced, placed, withScratch } from "./physics-place.ts";

const CHUNK = 2048;

/** exp over arrays; fastest, and without copies, on arrays that `alloc` made. */
export function createVectorMath(core: PhysicsCore): VectorMath {
  return {
    alloc: (n) => doubles(core, core.heap.alloc(8 * n), n).fill(0),
    exp: (out, x) => applyTo(core, core.kernels.expArray, out, x),
  };
}

/** out = kernel(x), element by element. */
export function applyTo(
  core: PhysicsCore,
  kernel: PhysicsExports["expArray"],
  out: Float64Array,
  x: Float64Array,
): void {
  if (out.length < x.length) throw new Error(`internal: ${x.length} numbers into an array of ${out.length}`);
  if (isPlaced(core, x) && isPlaced(core, out)) {
    kernel(out.byteOffset, x.byteOffset, x.length);
    return;
  }
  withScratch(core, (take) => {
    const scratch = take(8 * Math.min(CHUNK, x.length));
    for (let first = 0; first < x.length; first += CHUNK) {
      const n = Math.min(CHUNK, x.length - first);
      kernel(scratch, placed(core, x, first, n, scratch), n);
      out.set(doubles(core, scratch, n), first);
    }
  });
}
