import { InputError } from "../errors.ts";
import type { Spectrum } from "./types.ts";

/**
 * The background with one row for each row of the source, matched by channel number (or by position, where both
 * have the same number of rows). InputError where channels of the source are missing.
 */
export function alignBackground(background: Spectrum, source: Spectrum): Spectrum {
  if (background.channels.length === source.channels.length) return background;
  const rowOf = new Map(Array.from(background.channels, (channel, row) => [channel, row]));
  const rows = Array.from(source.channels, (channel) => rowOf.get(channel));
  const missing = rows.indexOf(undefined);
  if (missing >= 0 || background.detchans !== source.detchans)
    throw new InputError(
      `the background has ${background.channels.length} channels, but the spectrum ${source.file} has ${source.channels.length}; do they belong together?`,
      { file: background.file, hdu: background.hdu },
    );
  return pickRows(background, rows as number[]);
}

function pickRows(spectrum: Spectrum, rows: readonly number[]): Spectrum {
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]);
  return {
    ...spectrum,
    channels: Int32Array.from(rows, (row) => spectrum.channels[row]),
    counts: pick(spectrum.counts),
    quality: Int16Array.from(rows, (row) => spectrum.quality[row]),
    grouping: Int16Array.from(rows, (row) => spectrum.grouping[row]),
    areascal: pick(spectrum.areascal),
    backscal: pick(spectrum.backscal),
    ...(spectrum.statErr === undefined ? {} : { statErr: pick(spectrum.statErr) }),
    ...(spectrum.sysErr === undefined ? {} : { sysErr: pick(spectrum.sysErr) }),
  };
}

/** The background that grating spectra carry in their own columns; undefined where there is none. */
export function columnBackground(source: Spectrum): Spectrum | undefined {
  const { backgroundColumns: columns, statErr: _e, sysErr: _s, backgroundColumns: _b, ...rest } = source;
  if (columns === undefined || !(columns.backscal > 0)) return undefined;
  return {
    ...rest,
    counts: columns.counts,
    poissonErrors: true,
    backscal: new Float64Array(source.channels.length).fill(columns.backscal),
    warnings: [],
  };
}
