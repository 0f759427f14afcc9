import { InputError } from "../errors.ts";
import { stream } from "../math/random.ts";
import { resample } from "../sample/resample.ts";
import type { PosteriorDraws } from "./types.ts";

/** Draws of equal weight. */
export interface EqualDraws {
  readonly names: readonly string[];
  /** (M, D). */
  readonly theta: Float64Array;
  readonly logLike: Float64Array;
  readonly logPrior: Float64Array;
}

/**
 * `draws` equally weighted draws by systematic resampling, in random order (stream "export"); a draw of large weight comes more than once.
 */
export function equalDraws(draws: PosteriorDraws, wanted: number, seed: number): EqualDraws {
  const { names, theta, weight } = draws;
  const D = names.length;
  if (weight.length === 0) throw new InputError("the run has no draws");
  const rng = stream(seed, "export", 0);
  const rows = resample(weight, wanted, rng);
  for (let i = rows.length - 1; i > 0; i--) {
    const j = Math.floor((i + 1) * rng.uniform());
    [rows[i], rows[j]] = [rows[j], rows[i]];
  }
  const out = new Float64Array(wanted * D);
  rows.forEach((row, m) => {
    out.set(theta.subarray(row * D, (row + 1) * D), m * D);
  });
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]);
  return { names, theta: out, logLike: pick(draws.logLike), logPrior: pick(draws.logPrior) };
}

/** Values of parameter d (M). */
export function parameterValues(
  { names, theta }: Pick<EqualDraws, "names" | "theta">,
  d: number,
): Float64Array {
  return Float64Array.from({ length: theta.length / names.length }, (_, m) => theta[m * names.length + d]);
}
