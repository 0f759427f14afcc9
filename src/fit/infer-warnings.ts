import type { CountsWindow } from "../npe/window.ts";
import type { Observation } from "../observe/types.ts";
import { adviseGoodness } from "./advice.ts";
import { adviseCoverage } from "./bank-coverage.ts";
import type { InferredSpectrum } from "./infer-types.ts";
import type { NetworkFile } from "./network-file.ts";

/** As for fits: below this efficiency, or above this Pareto k, weights no longer repair what the network missed. */
const LIMITS = { efficiency: 0.02, paretoK: 0.7, even: 0.9, ess: 400 };
/** Standard deviations of the counts beyond the window that was simulated. */
const OUTSIDE = 3;

interface Judged extends Pick<InferredSpectrum, "statistic" | "importance"> {
  readonly observations: readonly Observation[];
  /** What the network was shown (C). */
  readonly seen: Float64Array;
}

/** What the user should know about one spectrum's posterior by a network. */
export function inferWarnings(
  { origin: { window, coverage }, posterior }: NetworkFile,
  { observations, seen, statistic, importance }: Judged,
): string[] {
  const out =
    coverage === undefined
      ? adviseWindow(observations, window)
      : adviseCoverage(coverage, posterior.features, seen);
  out.push(...adviseGoodness(statistic));
  if (importance === undefined) return out;
  const { efficiency, paretoK, ess } = importance;
  const remedy = "fit it alone (xnpe fit), or train the network with more simulations";
  if ((paretoK > LIMITS.paretoK && efficiency < LIMITS.even) || efficiency < LIMITS.efficiency)
    out.push(
      `the network is not good enough for this spectrum: importance efficiency ${(100 * efficiency).toPrecision(2)} %, ` +
        `Pareto k ${paretoK.toFixed(2)} (trust needs above 2 % and below 0.7); ${remedy}`,
    );
  else if (ess < LIMITS.ess)
    out.push(`only ${Math.round(ess)} effective draws: intervals are rough; raise --samples, or ${remedy}`);
  return out;
}

/** For networks without coverage: counts beyond those that were simulated. */
function adviseWindow(observations: readonly Observation[], { lower, upper }: CountsWindow): string[] {
  const { net, sd } = netCounts(observations);
  if (net + OUTSIDE * sd >= lower && net - OUTSIDE * sd <= upper) return [];
  return [
    `its ${net.toPrecision(4)} net counts lie outside of what the network was trained on, ${lower.toPrecision(4)} to ` +
      `${upper.toPrecision(4)} expected counts; train a network that covers them (xnpe train), or fit it alone (xnpe fit)`,
  ];
}

/** Counts less the expected background, and their standard deviation. */
function netCounts(observations: readonly Observation[]): { net: number; sd: number } {
  let net = 0;
  let variance = 1;
  for (const { counts, scale, background } of observations)
    for (let c = 0; c < counts.length; c++) {
      net += counts[c];
      variance += counts[c];
      if (background === undefined) continue;
      const ratio = scale[c] / background.scale[c];
      net -= ratio * background.counts[c];
      variance += ratio * ratio * background.counts[c];
    }
  return { net, sd: Math.sqrt(variance) };
}
