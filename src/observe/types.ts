/**
 * Response restricted to the kept bins: mu_rate[c] = sum_e matrix[c, e] photons[e], as one contiguous run of energies a
 * bin (zeros inside a run are stored). Energies that reach no kept bin are cut off.
 */
export interface Folding {
  /** keV, E+1 entries: the part of the response's grid that reaches a kept bin. */
  readonly edges: Float64Array;
  /** First energy and number of energies of each bin's run (C). */
  readonly start: Int32Array;
  readonly length: Int32Array;
  /** Offset of each run in `values` (C+1). */
  readonly offset: Int32Array;
  /** cm2 (effective area x redistribution, summed over the bin's channels). */
  readonly values: Float64Array;
}

/** Background counts in the source's bins. */
export interface BackgroundCounts {
  readonly file: string;
  /** Raw counts (C). */
  readonly counts: Float64Array;
  /** t_b = exposure_b * areascal_b * backscal_b / backscal_s (C), so that expected = scale * rate. */
  readonly scale: Float64Array;
  /** Variance of the counts (C), for pgstat and chi. */
  readonly variance: Float64Array;
}

/** Where chi takes the variance of the counts from: the data, or the folded model. */
export type Weight = "standard" | "gehrels" | "churazov" | "model";

/** What of chi's variance depends on the model. */
export interface ModelVariance {
  /** Weight `model`: the part of the source's variance that stays beside the expected counts, (SYS_ERR counts)^2 (C). */
  readonly besides?: Float64Array;
  /** Fraction of the expected counts that is added in quadrature. */
  readonly systematic: number;
}

/** One spectrum, ready for comparison with a model: grouped, selected, with its folding. */
export interface Observation {
  readonly file: string;
  /** Source counts in each kept bin (C). */
  readonly counts: Float64Array;
  /** Variance of the counts (C), for chi: by its weight, with systematics. */
  readonly variance: Float64Array;
  /** Absent: chi's variance does not depend on the model. */
  readonly modelVariance?: ModelVariance;
  /** exposure * areascal (C): expected counts = scale * folded model. */
  readonly scale: Float64Array;
  readonly exposure: number;
  /** Nominal energies of the bins, keV (C). */
  readonly energyLow: Float64Array;
  readonly energyHigh: Float64Array;
  /** EBOUNDS rows first..last of each bin (C). */
  readonly firstChannel: Int32Array;
  readonly lastChannel: Int32Array;
  /** XSPEC's bin numbers (C). */
  readonly binNumber: Int32Array;
  readonly folding: Folding;
  readonly background?: BackgroundCounts;
  /** Background that is fitted jointly: besides the source, `ratio` (C) times what is expected in the bins of the observation that follows. */
  readonly behind?: { readonly ratio: Float64Array };
  /** True for a background spectrum, which the background's model alone is compared with. */
  readonly isBackground?: boolean;
  /** Response and ARF used, for the record. */
  readonly responseFile: string;
  readonly ancillaryFile?: string;
  readonly warnings: readonly string[];
}

/** A statistic that a fit minimises: -2 log L up to a constant of the data. */
export type StatisticName = "cstat" | "wstat" | "pgstat" | "pstat" | "lstat" | "chi";

/** Mean and variance of C-stat where the model is true. */
export interface ExpectedCstat {
  readonly expected: number;
  readonly variance: number;
}
