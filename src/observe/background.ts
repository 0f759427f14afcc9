import { InputError } from "../errors.ts";
import type { Group, Spectrum } from "../ogip/index.ts";
import { type Grouped, groupSums } from "./grouped.ts";
import type { BackgroundCounts } from "./types.ts";

/**
 * Background in the source's bins (C).  scale = exposure_b areascal_b backscal_b / backscal_s  [s], so that a background of
 * rate f per source extraction region is expected to give scale * f counts. Counts stay raw: nothing is subtracted.
 */
export function backgroundCounts(
  background: Spectrum,
  source: Spectrum,
  groups: readonly Group[],
  grouped: Grouped,
): BackgroundCounts {
  checkExposure(background);
  const { counts, variance, areascal, backscal } = groupSums(
    alignedWith(background, source),
    groups,
    source.quality,
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

/** The background's rows put in the order of the source's channels. */
function alignedWith(background: Spectrum, source: Spectrum): Spectrum {
  const sameOrder =
    background.channels.length === source.channels.length &&
    source.channels.every((channel, row) => background.channels[row] === channel);
  if (sameOrder) return background;
  const rowOf = new Map(Array.from(background.channels, (channel, row) => [channel, row]));
  const rows = Array.from(source.channels, (channel, row) => {
    const found = rowOf.get(channel);
    if (found !== undefined) return found;
    if (source.quality[row] === 1) return 0;
    throw new InputError(
      `channel ${channel} of ${source.file} is missing; a background must have the channels of its source`,
      { file: background.file, hdu: background.hdu },
    );
  });
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]);
  return {
    ...background,
    channels: source.channels,
    counts: pick(background.counts),
    areascal: pick(background.areascal),
    backscal: pick(background.backscal),
    ...(background.statErr && { statErr: pick(background.statErr) }),
    ...(background.sysErr && { sysErr: pick(background.sysErr) }),
  };
}
