import { insertionOrder } from "../diagnose/insertion-order.ts";
import type { Refined } from "../npe/refine.ts";
import type { NestedResult } from "../sample/nested-result.ts";
import type { FitConfig } from "./types.ts";

/** Below this efficiency, or above this Pareto k, weights no longer repair what the flow missed. */
const LIMITS = { efficiency: 0.02, paretoK: 0.7, ess: 400 };

/** What the user should know, and do, about the importance weights. */
export function adviseImportance(
  { efficiency, paretoK, ess }: Refined,
  config: Pick<FitConfig, "simulations" | "samples">,
): string[] {
  const { simulations, samples } = config;
  const remedy = `raise --simulations (now ${simulations}), narrow the priors, or take --method nested as exact reference`;
  if (paretoK > LIMITS.paretoK || efficiency < LIMITS.efficiency)
    return [
      `the network is not good enough for this spectrum: importance efficiency ${percent(efficiency)}, Pareto k ${paretoK.toFixed(2)} ` +
        `(trust needs above ${percent(LIMITS.efficiency)} and below ${LIMITS.paretoK}); ${remedy}`,
    ];
  if (ess < LIMITS.ess)
    return [
      `only ${Math.round(ess)} effective posterior draws: intervals are rough; raise --samples (now ${samples}) or ${remedy}`,
    ];
  return [];
}

/** A sound run is warned about once in 10 000. */
const FALSE_ALARM = 1e-4;

/** What the user should know about a nested sampling run. */
export function adviseNested({ insertion }: NestedResult): string[] {
  const { pValue } = insertionOrder(insertion);
  if (!(pValue < FALSE_ALARM)) return [];
  return [
    `the insertion order of nested sampling is not uniform (p = ${pValue.toExponential(1)}): the evidence may be off; raise --live-points`,
  ];
}

const percent = (x: number) => `${(100 * x).toPrecision(2)} %`;
