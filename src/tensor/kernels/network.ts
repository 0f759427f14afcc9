// The kernels of tape, optimiser, flows and generators: one line a file.

export { activate, activateBackward } from "./activation";
export { affineBackward, affineForward, affineInverse } from "./affine";
export { gemm, gemmTransposed } from "./gemm";
export { add, gather, toRows } from "./layout";
export { normalEnergy, normalEnergyBackward } from "./normal";
export { adam } from "./optimiser";
export { biasGradient, weightGradient } from "./outer";
export { peak } from "./peak";
export { normals, philoxBlock, shuffle, uniforms } from "./random";
export { splineForward, splineBackward, splineInverse } from "./spline";
