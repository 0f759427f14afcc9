import { measureSimulation } from "./simulate.ts";
import type { Benchmark, BenchRecord, Effort } from "./types.ts";

export const kernels: Benchmark = {
  name: "kernels",
  summary: "the simulator's kernels one by one, best of many rounds",
  async run({ note }: Effort): Promise<readonly BenchRecord[]> {
    note("exp, log, fold, Poisson, statistics on one core");
    return measureSimulation();
  },
};
