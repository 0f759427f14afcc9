export { jointPrior, priorCube, samplePrior } from "./joint.ts";
export { loguniform } from "./loguniform.ts";
export { lognormal, normal, type Truncation } from "./normal.ts";
export { parsePrior } from "./parse.ts";
export type { JointPrior, Prior } from "./types.ts";
export { uniform } from "./uniform.ts";
