import { InputError } from "../errors.ts";
import type { Rng } from "../math/rng.ts";
import { requireWeights } from "./calibration-case.ts";
import { DISCREPANCIES, type Discrepancy } from "./discrepancies.ts";
import { ess } from "./ess.ts";

export interface PredictiveInput {
  /** Observed counts (C). */
  readonly counts: ArrayLike<number>;
  /** Expected counts (M, C) at posterior draws, row-major, background included. M = 1000: p good to 0.016. */
  readonly mu: Float64Array;
  /** Weights of the draws (M), any scale; default equal. */
  readonly weights?: ArrayLike<number>;
  /** Source of the Poisson noise. */
  readonly rng: Rng;
  readonly discrepancies?: readonly Discrepancy[];
}

export interface PredictiveCheck {
  readonly name: string;
  /** Posterior predictive p-value: chance that data of this posterior fit it worse than the observed ones do. */
  readonly pValue: number;
  /** Its Monte-Carlo error. */
  readonly error: number;
  /** Discrepancy of the observed and of the predicted data at each draw (M). */
  readonly observed: Float64Array;
  readonly predicted: Float64Array;
}

/**
 * Posterior predictive checks with discrepancies that may depend on parameters: at each posterior draw theta_m, data are drawn
 * anew from the model, y_m ~ Poisson(mu_m), and both they and the observed ones y are compared with mu_m,
 *
 *   p = sum_m w_m [ T(y_m, mu_m) > T(y, mu_m) ] / sum w,   ties by half
 *
 * Close to 0: the model does not make data like these. As the data are used twice, p of a right model crowds around 1/2
 * (conservative). Gelman, Meng & Stern 1996, Stat. Sinica 6, 733.
 */
export function predictiveChecks({
  counts,
  mu,
  weights,
  rng,
  discrepancies = DISCREPANCIES,
}: PredictiveInput): PredictiveCheck[] {
  const c = counts.length;
  const m = mu.length / c;
  if (!(Number.isInteger(m) && m > 0)) {
    throw new InputError(`expected rows of ${c} expected counts, found ${mu.length} numbers`);
  }
  requireWeights("posterior draws", m, weights);
  const replica = new Float64Array(c);
  const results = discrepancies.map(() => ({
    observed: new Float64Array(m),
    predicted: new Float64Array(m),
  }));
  for (let i = 0; i < m; i++) {
    const row = mu.subarray(i * c, (i + 1) * c);
    for (let j = 0; j < c; j++) replica[j] = rng.poisson(row[j]);
    discrepancies.forEach(({ value }, k) => {
      results[k].observed[i] = value(counts, row);
      results[k].predicted[i] = value(replica, row);
    });
  }
  const effective = weights === undefined ? m : ess(weights);
  return results.map(({ observed, predicted }, k) => {
    const pValue = shareWorse(observed, predicted, weights);
    const error = Math.sqrt((pValue * (1 - pValue)) / effective);
    return { name: discrepancies[k].name, pValue, error, observed, predicted };
  });
}

function shareWorse(observed: Float64Array, predicted: Float64Array, weights?: ArrayLike<number>): number {
  let total = 0;
  let worse = 0;
  for (let i = 0; i < observed.length; i++) {
    const weight = weights === undefined ? 1 : weights[i];
    total += weight;
    if (predicted[i] > observed[i]) worse += weight;
    else if (predicted[i] === observed[i]) worse += 0.5 * weight;
  }
  return worse / total;
}

export interface GoodnessPercentile {
  /** Percentage of simulations with a lower statistic than the observed one, ties by half; about 50 for a good fit. */
  readonly percentile: number;
  /** Its Monte-Carlo error. */
  readonly error: number;
  /** Chance of a statistic as bad as the observed one, never 0: (1 + number as large) / (n + 1). */
  readonly pValue: number;
}

/**
 * Where an observed statistic lies among those of simulated data sets, as XSPEC's `goodness`: simulations at the best fit
 * or from the posterior, refitted or not, are the caller's. p-value: Davison & Hinkley 1997,
 * Bootstrap Methods and their Application, section 4.2.
 */
export function goodnessPercentile(observed: number, simulated: ArrayLike<number>): GoodnessPercentile {
  const n = simulated.length;
  if (n === 0) throw new InputError("expected the statistic of at least one simulation, found none");
  let [below, ties] = [0, 0];
  for (let i = 0; i < n; i++) {
    if (simulated[i] < observed) below++;
    else if (simulated[i] === observed) ties++;
  }
  const share = (below + 0.5 * ties) / n;
  return {
    percentile: 100 * share,
    error: 100 * Math.sqrt((share * (1 - share)) / n),
    pValue: (1 + n - below) / (n + 1),
  };
}
