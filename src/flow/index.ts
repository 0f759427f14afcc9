export type { DensityEstimator, DrawOptions, Draws } from "./estimator.ts";
export { decodeFlow, decodeFlows, encodeFlow, encodeFlows } from "./file.ts";
export { createEstimator, createFlow, type Flow } from "./flow.ts";
export type { FlowKind } from "./flow-kind.ts";
export { flowKind, flows } from "./flows.ts";
export { flopsPerSample } from "./network.ts";
export { type ArrayFile, decodeSafetensors, encodeSafetensors, type NamedArray } from "./safetensors.ts";
export { learningRate, type Schedule } from "./schedule.ts";
export type {
  AutoencoderSpec,
  AutoregressiveSpec,
  EmbeddingSpec,
  FlowSpec,
  FlowWeights,
  MafSpec,
  MdnSpec,
  NetworkSpec,
  NetworkWeights,
  NsfSpec,
} from "./spec.ts";
export { type EpochReport, type TrainingHistory, type TrainOptions, train } from "./train.ts";
export {
  createTrainer,
  requiredBytes,
  type Trainer,
  type TrainerInput,
} from "./trainer.ts";
export type { TrainingOptions, TrainingRows } from "./training-options.ts";
export { checkWeights, initialWeights } from "./weights.ts";
