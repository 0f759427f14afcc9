import type { ConfidenceEnd } from "../search/confidence.ts";
import type { BestFitParameter, BestFitResult } from "./mle-types.ts";

/** Confidence range of one parameter. */
export interface ErrorRange extends Pick<BestFitParameter, "name" | "unit" | "best" | "error"> {
  /** 0 where the search came to a limit, as XSPEC reports it. */
  readonly lower: number;
  readonly upper: number;
  readonly lowerStatus: ConfidenceEnd["status"];
  readonly upperStatus: ConfidenceEnd["status"];
  /**
   * XSPEC's nine letters T or F: new minimum found; not monotonic; minimisation in trouble; lower, upper hard limit hit; frozen;
   * search failed below, above; reduced chi-square too high. The third, sixth and ninth are always F, since such searches are refused.
   */
  readonly flags: string;
}

/** What `xnpe error` prints as JSON. */
export interface ErrorResult
  extends Pick<BestFitResult, "xnpe" | "seed" | "model" | "spectra" | "statistic" | "warnings"> {
  readonly delta: number;
  readonly parameters: readonly ErrorRange[];
  /** How often a lower minimum was met on the way. */
  readonly newMinima: number;
}
