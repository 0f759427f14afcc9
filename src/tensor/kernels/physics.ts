// Kernels of the simulator: exp and log, banded fold, random numbers and Poisson draws, projections, C-stat. Plain SIMD only, every
// function of its own, no order of summation that depends on the batch: the same bits in every engine and on every machine.
export { expArray } from "./physics-exp";
export { logArray } from "./physics-log";
export { packFloat32, packFloat64, unpackFloat32, unpackFloat64, foldFloat32, foldFloat64, foldOne } from "./physics-fold";

/** First address behind the tables of constants. */
export function heapBase(): usize {
  return __heap_base;
}
export { uniformArray } from "./physics-philox";
export { poissonRows } from "./physics-poisson";
export { projectRows, drawAndProjectRows } from "./physics-project";
export { deviances } from "./physics-cstat";
