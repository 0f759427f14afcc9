import { InputError } from "../errors.ts";
import { stream } from "../math/random.ts";
import { type BackgroundLaw, drawStrength } from "../npe/background.ts";
import { formatRestriction } from "./config-words.ts";
import { lawOf, type NpeInput } from "./npe-input.ts";
import { observedCounts } from "./problem.ts";
import type { Bank } from "./simulate.ts";

/** Restrictions that say where to simulate, whatever the observation. */
const EXPLICIT = new Set(["counts", "classifier", "cstat"]);

/** Total source counts, with noise and background, of the first `rows` simulations of a bank. */
export function noisyTotals(
  bank: Bank,
  rows: number,
  background: BackgroundLaw | undefined,
  seed: number,
): Float64Array {
  const C = bank.mu.length / bank.rows;
  const strength = new Float64Array(C);
  return Float64Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    if (background !== undefined) {
      strength.set(background.mean);
      drawStrength(strength, background, stream(seed, "noise/totals/background", i));
      for (let c = 0; c < C; c++) sum += background.ratio[c] * strength[c];
    }
    for (let c = 0; c < C; c++) sum += bank.mu[i * C + c];
    return stream(seed, "noise/totals", i).poisson(sum);
  });
}

/**
 * InputError where an explicit restriction leaves the observation out: its counts lie beyond those of all simulations, noise included. An observation that is like the
 * simulations is refused with probability 2 / N.
 */
export function checkCovered(
  { config, observations, label }: Pick<NpeInput, "config" | "observations" | "label">,
  bank: Bank,
): void {
  const { restrict, seed } = config;
  if (label === undefined && !EXPLICIT.has(restrict.kind)) return;
  const observed = observedCounts(observations).reduce((sum, n) => sum + n, 0);
  const { background } = lawOf({ config, observations });
  const totals = noisyTotals(bank, bank.rows, background, seed);
  const lower = totals.reduce((a, b) => Math.min(a, b));
  const upper = totals.reduce((a, b) => Math.max(a, b));
  if (observed >= lower && observed <= upper) return;
  const what = label === undefined ? `restrict ${formatRestriction(restrict)}` : "the given condition";
  throw new InputError(
    `the observation has ${observed} counts, but the spectra simulated under ${what} have ${lower} to ${upper}; a network cannot tell about ` +
      "what it has not seen: widen the restriction or the priors so that they cover the observation, or use --restrict auto",
    { key: "restrict" },
  );
}
