import { VALIDATION_CASES, type ValidationCase } from "../validate/cases.ts";

/** Table 1 of Barret & Dupourque (2024), Model 2 with linear norms: section 8.2. */
const persistent: ValidationCase = {
  name: "nicer-persistent",
  what: "persistent emission of 4U 1820-303, NICER, 224 000 counts",
  spectrum: "nicer/pre_burst_spectrum_opt.pha",
  response: "nicer/nicer_reconstructed.rmf.gz",
  settings: {
    notice: [[0.3, 10]],
    bins: "inside",
    model: "tbabs*(powerlaw+bbodyrad)",
    priors: {
      "tbabs.nH": "uniform(0.15, 0.35)",
      "powerlaw.PhoIndex": "uniform(1, 3)",
      "powerlaw.norm": "uniform(0.1, 10)",
      "bbodyrad.kT": "uniform(0.3, 3)",
      "bbodyrad.norm": "uniform(100, 1000)",
    },
    fixed: {},
  },
  expected: { bins: 133 },
};

/** The paper's experiments that compare inputs: numbers 5, 9 (with 13) and 15. */
export const FEATURE_CASES: readonly ValidationCase[] = [
  ...["nicer-20000", "nicer-2000"].flatMap((name) => VALIDATION_CASES.filter((one) => one.name === name)),
  persistent,
];

/** One row of a table: what is varied. */
export interface Variant {
  readonly name: string;
  readonly features:
    | "sufficient"
    | "raw"
    | "sqrt"
    | "summary"
    | "bands"
    | "autoencoder"
    | "embedding"
    | "pca(0.9)";
  readonly estimator?: "maf" | "nsf" | "mdn";
  readonly ensemble?: number;
}

/** The first is also where fits and exact posteriors start from. */
export const VARIANTS: readonly Variant[] = [
  { name: "sufficient", features: "sufficient" },
  { name: "raw", features: "raw" },
  { name: "sqrt", features: "sqrt" },
  { name: "pca(0.9)", features: "pca(0.9)" },
  { name: "summary", features: "summary" },
  { name: "bands", features: "bands" },
  { name: "autoencoder", features: "autoencoder" },
  { name: "embedding", features: "embedding" },
  { name: "sufficient, nsf", features: "sufficient", estimator: "nsf" },
  { name: "sufficient, mdn", features: "sufficient", estimator: "mdn" },
  { name: "sufficient, 3 networks", features: "sufficient", ensemble: 3 },
];
