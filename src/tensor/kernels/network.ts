// The kernels of tape, optimiser, flows and generators: one line a file.

export { activate, activateBackward } from "./activation";
export { affineBackward, affineForward, affineInverse } from "./affine";
export { gemm, gemmTransposed } from "./gemm";
export { add, gather, toRows } from "./layout";
export { mixtureBackward, mixtureForward } from "./mixture";
export { normalEnergy, normalEnergyBackward } from "./normal";
export { adam } from "./optimiser";
export { biasGradient, weightGradient } from "./outer";
export { peak } from "./peak";
export { poissonEnergy, poissonEnergyBackward } from "./poisson-energy";
export { normals, philoxBlock, shuffle, uniforms } from "./random";
export { splineForward, splineBackward, splineInverse } from "./spline";
