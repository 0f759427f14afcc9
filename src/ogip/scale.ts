import type { Fields } from "./fields.ts";

/**
 * AREASCAL or BACKSCAL, one a channel: column, keyword, or 1. A value that is not a positive number becomes 1, with a
 * warning unless the channel has quality 1 (zero marks dead channels in grating spectra).
 */
export function readScale(
  fields: Fields,
  name: "AREASCAL" | "BACKSCAL",
  quality: Int16Array,
  warnings: string[],
): Float64Array {
  const scale = fields.vector(name) ?? new Float64Array(fields.channels).fill(fields.scalar(name) ?? 1);
  let replaced = 0;
  const out = scale.map((value, i) => {
    if (value > 0 && value < Infinity) return value;
    if (quality[i] !== 1) replaced++;
    return 1;
  });
  if (replaced > 0) warnings.push(`${name} is not positive in ${replaced} channels; 1 is used there`);
  return out;
}

/** Rows `first`..`last` for which `use` holds; `net` for background-subtracted counts. */
export interface ScaleRows {
  readonly first: number;
  readonly last: number;
  readonly use: (row: number) => boolean;
  readonly net?: boolean;
}

/**
 * Scale of a group of channels: counts-weighted harmonic mean sum(c)/sum(c/a), or n/sum(1/a) without counts, as XSPEC.
 * Net counts, which may be negative, are no weights: the plain mean then.
 */
export function groupedScale(
  scale: Float64Array,
  counts: Float64Array,
  { first, last, use, net = false }: ScaleRows,
): number {
  let sum = 0;
  let weighted = 0;
  let inverse = 0;
  let plain = 0;
  let n = 0;
  for (let i = first; i <= last; i++) {
    if (!use(i)) continue;
    sum += counts[i];
    weighted += counts[i] / scale[i];
    inverse += 1 / scale[i];
    plain += scale[i];
    n++;
  }
  if (net) return plain / n;
  return sum > 0 && weighted > 0 ? sum / weighted : n / inverse;
}
