export { type Activation, activation } from "./activation.ts";
export { add } from "./add.ts";
export { affine, type Transformed } from "./affine.ts";
export { gather } from "./gather.ts";
export { linear } from "./linear.ts";
export { mixtureEnergy, mixtureRaw } from "./mixture-energy.ts";
export { normalEnergy } from "./normal-energy.ts";
export { poissonEnergy } from "./poisson-energy.ts";
export { type SplineShape, spline, splineRaw } from "./spline.ts";
