import { InputError } from "../errors.ts";
import type { AncillaryResponse, Group, Redistribution } from "../ogip/index.ts";
import { type ObserveInput, type ObserveOptions, observe } from "./observation.ts";
import type { Observation } from "./types.ts";

/**
 * A spectrum and its background in the same bins, as two observations that are fitted jointly: the background's is compared with the model of the
 * background, folded by `response`, and the source's expects besides the source
 *
 *   ratio mu_b,   ratio = exposure areascal backscal / (exposure_b areascal_b backscal_b)   (C)
 *
 * of the background's expected counts mu_b. Both have a Poisson likelihood of their own. InputError where there is no background.
 */
export function observeWithBackground(
  input: ObserveInput,
  response: { readonly redistribution: Redistribution; readonly ancillary?: AncillaryResponse },
  kept: readonly Group[],
  options: ObserveOptions = {},
): readonly [Observation, Observation] {
  const { spectrum, background } = input;
  const { background: counted, ...source } = observe(input, kept, options);
  if (background === undefined || counted === undefined)
    throw new InputError(
      "has no background spectrum that the background model could be fitted to; name one with --background FILE",
      { file: spectrum.file },
    );
  const { quality, grouping } = spectrum;
  const { energyLow, energyHigh } = source;
  const own = observe({ spectrum: { ...background, quality, grouping }, ...response }, kept, options);
  return [
    { ...source, behind: { ratio: source.scale.map((scale, c) => scale / counted.scale[c]) } },
    { ...own, energyLow, energyHigh, isBackground: true },
  ];
}
