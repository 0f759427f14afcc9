export { builtInData, publishedData } from "./data.ts";
export { type ReproduceOptions, reproduce, type Witness } from "./engine.ts";
export { experiments } from "./experiments/index.ts";
export { selectExperiments } from "./select.ts";
export type { DataSource, Experiment, ExperimentRecord, Outcome, ReproduceIo, Store } from "./types.ts";
