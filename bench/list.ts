import { ceiling } from "./ceiling.ts";
import { classical } from "./classical.ts";
import { endToEnd, memory } from "./end-to-end.ts";
import { kernels } from "./kernels.ts";
import { nested } from "./nested.ts";
import { posterior } from "./posterior.ts";
import { sampling } from "./sampling.ts";
import { simulation } from "./simulation.ts";
import { training } from "./training.ts";
import type { Benchmark } from "./types.ts";

/** Every benchmark, in the order of the table. A new one is one file and one line here. */
export const benchmarks: readonly Benchmark[] = [
  ceiling,
  kernels,
  simulation,
  training,
  sampling,
  posterior,
  classical,
  nested,
  endToEnd,
  memory,
];
