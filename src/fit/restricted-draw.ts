import type { Rng } from "../math/rng.ts";
import { scalesWithNorms } from "../model/scales-with-norms.ts";
import type { ModelExpression } from "../model/types.ts";
import type { CountsWindow } from "../npe/window.ts";
import { samplePrior } from "../prior/joint.ts";
import type { JointPrior } from "../prior/types.ts";

/**
 * Index in theta of the norm that the whole spectrum is proportional to: that of the only additive component, if it is
 * free with a log-uniform prior. Undefined where there is none, or where a convolution sets the flux.
 */
export function soleNorm(expression: ModelExpression, prior: JointPrior): number | undefined {
  const additive = expression.components.filter(({ model }) => model.kind === "additive");
  if (additive.length !== 1 || !scalesWithNorms(expression)) return undefined;
  const index = prior.names.indexOf(`${additive[0].label}.norm`);
  return prior.priors[index]?.kind === "loguniform" ? index : undefined;
}

/**
 * Tries one draw of the prior restricted to the window of expected counts; undefined where it is rejected. Fills `point` (D) and
 * returns the factor by which the spectrum that `total` has evaluated is to be multiplied to belong to it.
 *
 * Plainly, a draw of the prior is kept if its expected counts lie in the window. Where the spectrum is proportional to a norm n
 * with a log-uniform prior on [a, b], that would waste most spectra: their norm alone is off. There the other parameters
 * are drawn, the counts g of n = 1 evaluated, and the draw is kept with the probability that some norm fits,
 *
 *   ln(to / from) / most,   [from, to] = [a, b] intersected with [lower, upper] / g,   most = min(ln(b/a), ln(upper/lower)),
 *
 * the norm then being log-uniform on [from, to]: the same restricted prior, since `most` is the largest value that
 * ln(to / from) can have.
 */
export function drawRestricted(
  point: Float64Array,
  prior: JointPrior,
  window: CountsWindow,
  norm: number | undefined,
  rng: Rng,
  total: (point: Float64Array) => number,
): number | undefined {
  samplePrior(point, prior, rng);
  if (norm === undefined || !(window.lower > 0) || window.upper === Number.POSITIVE_INFINITY) {
    const counts = total(point);
    return counts >= window.lower && counts <= window.upper ? 1 : undefined;
  }
  point[norm] = 1;
  const counts = total(point);
  const { lower, upper } = prior.priors[norm];
  const from = Math.max(lower, window.lower / counts);
  const to = Math.min(upper, window.upper / counts);
  const most = Math.min(Math.log(upper / lower), Math.log(window.upper / window.lower));
  if (!(from < to) || rng.uniform() * most > Math.log(to / from)) return undefined;
  point[norm] = from * (to / from) ** rng.uniform();
  return point[norm];
}
