import type { FitConfig, Preset } from "./types.ts";

/** Defaults of a run; the one place that states them. */
export const CONFIG_DEFAULTS = {
  notice: [],
  ignore: [],
  bins: "xspec",
  abund: "wilm",
  xsect: "vern",
  method: "npe",
  preset: "default",
  features: "sufficient",
  ensemble: 1,
  restrict: { kind: "auto" },
  restriction: { simulations: 2000, rounds: 10, stop: 0.95 },
  simulations: 10_000,
  rounds: 1,
  proposal: "truncated",
  atoms: 10,
  combinedLoss: false,
  samples: 20_000,
  livePoints: 1000,
  starts: 10,
} as const satisfies Partial<FitConfig>;

/** What a preset changes; a setting given by the user wins over it. */
export const PRESETS: Readonly<Record<Preset, Partial<Pick<FitConfig, "features" | "restrict">>>> = {
  default: {},
  /** Barret & Dupourque 2024: raw counts, simulations from the whole prior. */
  paper: { features: "raw", restrict: { kind: "none" } },
};

/** Ranges of the numbers of a run: below, nothing can be learnt; above, no machine of today has the memory. */
export const CONFIG_LIMITS = {
  simulations: [200, 10_000_000],
  samples: [100, 10_000_000],
  livePoints: [20, 100_000],
  rounds: [1, 100],
  restrictSimulations: [200, 10_000_000],
  restrictRounds: [1, 100],
  atoms: [2, 1000],
  ensemble: [1, 100],
  steps: [100, 10_000_000],
  batch: [8, 100_000],
  walkers: [4, 100_000],
  burn: [0, 1_000_000_000],
  length: [100, 1_000_000_000],
  starts: [1, 10_000],
  workers: [1, 1024],
  seed: [0, Number.MAX_SAFE_INTEGER],
} as const;

export const STATISTICS = ["cstat", "wstat", "pgstat", "pstat", "lstat", "chi"] as const;
export const WEIGHTS = ["standard", "gehrels", "churazov", "model"] as const;
export const METHODS = ["npe", "nested", "mcmc", "mle"] as const;
export const ESTIMATORS = ["maf", "nsf", "mdn"] as const;
export const PROPOSALS = ["truncated", "apt"] as const;
