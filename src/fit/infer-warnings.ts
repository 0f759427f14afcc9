import type { Observation } from "../observe/types.ts";
import { adviseGoodness } from "./advice.ts";
import type { InferredSpectrum } from "./infer-types.ts";
import type { NetworkFile } from "./network-file.ts";

/** As for fits: below this efficiency, or above this Pareto k, weights no longer repair what the network missed. */
const LIMITS = { efficiency: 0.02, paretoK: 0.7, even: 0.9, ess: 400 };
/** Standard deviations of the counts beyond the window that was simulated. */
const OUTSIDE = 3;

/** What the user should know about one spectrum's posterior by a network. */
export function inferWarnings(
  { origin: { window } }: NetworkFile,
  observations: readonly Observation[],
  { statistic, importance }: Pick<InferredSpectrum, "statistic" | "importance">,
): string[] {
  const out: string[] = [];
  const { net, sd } = netCounts(observations);
  if (net + OUTSIDE * sd < window.lower || net - OUTSIDE * sd > window.upper)
    out.push(
      `its ${net.toPrecision(4)} net counts lie outside what the network was trained for, ${window.lower.toPrecision(4)} to ` +
        `${window.upper.toPrecision(4)} expected counts; train a network that covers them (xnpe train), or fit it alone (xnpe fit)`,
    );
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
