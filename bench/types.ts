/** A limit that a number should keep: in its own unit (medians), or as a share of the ceiling (best runs). */
export interface Budget {
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly share?: number;
}

/** One measured number. */
export interface BenchRecord {
  readonly name: string;
  /** Median of the runs. */
  readonly value: number;
  readonly unit: Unit;
  /** Least and greatest of the runs. */
  readonly low?: number;
  readonly high?: number;
  /** What this machine could reach at most (rates) or at best (times), the best of runs in the same session. */
  readonly ceiling?: number;
  readonly budget?: Budget;
}

/** Units in which less is better, and those in which more is. */
export const COSTS = ["s", "ms", "us", "ns", "MB"] as const;
export const RATES = [
  "/s",
  "GFLOP/s",
  "times",
  "draws/s",
  "samples/s",
  "spectra/s",
  "evaluations/s",
] as const;
/** Plain facts that set the scale of others. */
export const FACTS = ["", "%"] as const;

export type Unit = (typeof COSTS)[number] | (typeof RATES)[number] | (typeof FACTS)[number];

/** How much is measured: `quick` sizes only show that a benchmark works. */
export interface Effort {
  readonly quick: boolean;
  /** Says on stderr what is under way. */
  readonly note: (text: string) => void;
}

export interface Benchmark {
  readonly name: string;
  readonly summary: string;
  run(effort: Effort): Promise<readonly BenchRecord[]>;
}
