// Kernels of the simulator: exp and log, banded fold, random numbers and Poisson draws, projections, C-stat.
// Plain SIMD only, every function of its own, no order of summation that depends on the batch: the same bits
// in every engine and on every machine.
export { expArray } from "./physics-exp";
export {
  foldFloat32,
  foldFloat64,
  foldOne,
  packFloat32,
  packFloat64,
  unpackFloat32,
  unpackFloat64,
} from "./physics-fold";
export { logArray } from "./physics-log";

/** First address behind the tables of constants. */
export function heapBase(): usize {
  return __heap_base;
}
export { deviances } from "./physics-cstat";
export { uniformArray } from "./physics-philox";
export { poissonRows } from "./physics-poisson";
export { drawAndProjectRows, projectRows } from "./physics-project";
