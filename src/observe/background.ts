import { InputError } from "../errors.ts";
import { alignBackground, type Group, type Spectrum } from "../ogip/index.ts";
import { type Grouped, groupSums } from "./grouped.ts";
import type { BackgroundCounts, Weight } from "./types.ts";

/**
 * Background in the source's bins (C).  scale = exposure_b areascal_b backscal_b / backscal_s  [s], so that a background of
 * rate f per source extraction region is expected to give scale * f counts. Counts stay raw: nothing is subtracted.
 */
export function backgroundCounts(
  background: Spectrum,
  source: Spectrum,
  groups: readonly Group[],
  grouped: Grouped,
  weight: Weight = "standard",
): BackgroundCounts {
  checkExposure(background);
  const { counts, variance, areascal, backscal } = groupSums(
    alignBackground(background, source),
    groups,
    source.quality,
    weight,
  );
  const scale = counts.map((_, c) => (background.exposure * areascal[c] * backscal[c]) / grouped.backscal[c]);
  return { file: background.file, counts, scale, variance };
}

/** A spectrum must have been exposed, or no rate can be compared with it. */
export function checkExposure({ exposure, file, hdu }: Spectrum): void {
  if (exposure > 0 && Number.isFinite(exposure)) return;
  throw new InputError(`the exposure is ${exposure} s, expected a positive number; correct the keyword`, {
    file,
    hdu,
    key: "EXPOSURE",
  });
}
