export { type Build, bestBuild, createEngine, type Engine, type EngineOptions } from "./engine.ts";
export type { KernelFunctions } from "./kernel-functions.ts";
export { measuringEngine } from "./measure.ts";
export { ARENA_START, type Arena, createArena, createMemory, floats, words } from "./memory.ts";
export * from "./ops/index.ts";
export { type Adam, type AdamOptions, adam, gradientNorm } from "./optimiser.ts";
export {
  clearStore,
  createStore,
  type Declaration,
  type Parameter,
  type ParameterStore,
  readParameter,
  writeParameter,
} from "./parameters.ts";
export { runPeak } from "./peak.ts";
export {
  type BandFold,
  type BandMatrix,
  createPhysicsKernels,
  type FoldOptions,
  foldBytes,
  type PhysicsKernels,
  type PhysicsOptions,
  type Projection,
  type StreamKey,
} from "./physics.ts";
export { type Share, shareJobs } from "./share.ts";
export { type RandomKey, randomKey } from "./streams.ts";
export { createTape, valuePlace, view } from "./tape.ts";
export type { Backward, Operation, Tape, Tensor, WeightJob } from "./tape-types.ts";
export { createTeam, cut, TEAM_PLACE, type Team } from "./team.ts";
