import type { FittedLine, OriginSlope, Stretch } from "../diagnose/index.ts";
import type { CountsWindow } from "../npe/window.ts";
import type { AmortisedGoodness } from "./infer-types.ts";

/** good: may be trusted; fair: with the precaution that is named; poor: not. */
export type Grade = "good" | "fair" | "poor";

/** One thing that was looked at, in words. */
export interface Finding {
  readonly subject: string;
  /** The number. */
  readonly value: string;
  readonly grade: Grade;
  readonly meaning: string;
  /** What to do; absent where nothing is. */
  readonly advice?: string;
}

export interface Verdict {
  readonly grade: Grade;
  readonly sentence: string;
}

/** A test of uniform ranks, without the ranks. */
export interface TestSummary {
  readonly name: string;
  readonly kind: "parameter" | "joint";
  readonly shift: number;
  readonly spread: number;
  readonly pValue: number;
  readonly adjusted: number;
}

export interface ParameterCheck {
  readonly name: string;
  readonly unit: string;
  /** True: bias, lines and widths are in log10. */
  readonly logarithmic: boolean;
  /** Share of true values inside central intervals of 68 and 90 %, and what their half-widths must be multiplied by. */
  readonly network: readonly Stretch[];
  readonly refined?: readonly Stretch[];
  /** Medians against true values: the line through the origin as published, and the ordinary one. */
  readonly throughOrigin?: OriginSlope;
  readonly line?: FittedLine;
}

/** Where spectra are that the network does not serve. */
export interface Failure {
  /** `counts`, or the parameter whose posterior median sorts the spectra. */
  readonly by: string;
  /** Absent: without limit on that side. */
  readonly low?: number;
  readonly high?: number;
  readonly what: "calibration" | "importance";
  readonly spectra: number;
  readonly text: string;
}

/** What is found for one spectrum that was given. */
export interface SpectrumCheck {
  readonly file: string;
  readonly counts: number;
  readonly bins: number;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly predictive: readonly {
    readonly name: string;
    readonly pValue: number;
    readonly error: number;
    readonly adjusted: number;
  }[];
  readonly goodness?: AmortisedGoodness;
  /** Distance of its features from those of the test spectra, and the share of these that lie nearer, 0 to 100. */
  readonly distance: { readonly value: number; readonly percentile: number };
  /** ESS / M where the network sees the counts themselves, and where it sees them projected on the model. */
  readonly importance?: {
    readonly efficiencyRaw: number;
    readonly efficiency: number;
    readonly paretoK: number;
  };
}

/** Everything that a check finds; plain data, what check.json holds. */
export interface CheckResult {
  readonly xnpe: string;
  readonly seed: number;
  readonly model: string;
  /** Simulated spectra and draws of each. */
  readonly spectra: number;
  readonly draws: number;
  /** Expected source counts that the network was trained on; no upper limit where absent. */
  readonly region: { readonly lower: number; readonly upper?: number };
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly parameters: readonly ParameterCheck[];
  readonly network: { readonly pValue: number; readonly tests: readonly TestSummary[] };
  /** Importance sampling with each spectrum's likelihood; absent for chi. */
  readonly refined?: {
    readonly pValue: number;
    readonly tests: readonly TestSummary[];
    readonly spectra: number;
  };
  /** Over the test spectra: 5th, 25th and 50th percentile of ESS / M, 50th, 75th and 95th of Pareto k, share that cannot be refined. */
  readonly importance?: {
    readonly efficiency: readonly number[];
    readonly paretoK: readonly number[];
    readonly unreliable: number;
  };
  /** Mean share of draws outside of the region, and spectra with (almost) none inside. */
  readonly outside: number;
  readonly lost: number;
  readonly failures: readonly Failure[];
  readonly observed: readonly SpectrumCheck[];
  /** What these tests cannot see. */
  readonly blind: readonly string[];
  readonly warnings: readonly string[];
}

/** The window as JSON holds it. */
export function regionOf({ lower, upper }: CountsWindow): CheckResult["region"] {
  return { lower, ...(upper < Number.POSITIVE_INFINITY && { upper }) };
}
