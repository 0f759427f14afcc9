import { InputError } from "../errors.ts";
import { type AncillaryResponse, checkSameGrid, type Redistribution } from "../ogip/index.ts";
import { forEachElement } from "./elements.ts";
import type { Folding } from "./types.ts";

/**
 * Matrix that turns a photon spectrum into count rates of C bins:
 *
 *   rate[c] = sum_e A[c, e] photons[e],   A[c, e] = area[e] sum_{channels h of bin c} R[h, e]
 *
 * `photons` (E) in photon/cm2/s per energy bin, `rate` (C) in counts/s, A in cm2. `binOfChannel` gives the bin 0..C-1
 * of every EBOUNDS row, -1 where the row is in none. Without an ancillary response the area is 1 (or already in the matrix).
 * Each bin stores one contiguous run of energies. Energies that reach no bin are cut off at both ends, which
 * changes no rate. OGIP memo CAL/GEN/92-002.
 */
export function buildFolding(
  redistribution: Redistribution,
  binOfChannel: Int32Array,
  bins: number,
  ancillary?: AncillaryResponse,
): Folding {
  if (ancillary !== undefined) checkSameGrid(ancillary, redistribution);
  const energies = redistribution.edges.length - 1;
  const area = ancillary?.area ?? new Float64Array(energies).fill(1);

  const first = new Int32Array(bins).fill(energies);
  const last = new Int32Array(bins).fill(-1);
  forEachElement(redistribution, (e, channel, value) => {
    const c = binOfChannel[channel];
    if (c < 0 || value * area[e] === 0) return;
    if (e < first[c]) first[c] = e;
    last[c] = e;
  });

  let lowest = energies;
  let highest = -1;
  const offset = new Int32Array(bins + 1);
  for (let c = 0; c < bins; c++) {
    offset[c + 1] = offset[c] + Math.max(0, last[c] - first[c] + 1);
    if (first[c] < lowest) lowest = first[c];
    if (last[c] > highest) highest = last[c];
  }
  if (highest < 0) {
    throw new InputError(
      "no photon of any energy reaches the kept bins (the matrix or the effective area is zero there); choose another energy range or response",
      { file: redistribution.file, hdu: redistribution.hdu },
    );
  }

  const values = new Float64Array(offset[bins]);
  forEachElement(redistribution, (e, channel, value) => {
    const c = binOfChannel[channel];
    if (c < 0 || e < first[c] || e > last[c]) return;
    values[offset[c] + e - first[c]] += value * area[e];
  });

  return {
    edges: redistribution.edges.slice(lowest, highest + 2),
    start: first.map((e, c) => (last[c] < 0 ? 0 : e - lowest)),
    length: first.map((e, c) => Math.max(0, last[c] - e + 1)),
    offset,
    values,
  };
}

/**
 * out (C) = rate of every bin, counts/s, for `photons` (E) on `folding.edges`. The plain reference: sums run in blocks
 * of 128 with four partial sums, so that a sum of n terms of one sign is good to about (32 + n/128) * 1e-16.
 */
export function fold(out: Float64Array, folding: Folding, photons: Float64Array): void {
  const { start, length, offset, values } = folding;
  for (let c = 0; c < start.length; c++) {
    const shift = start[c] - offset[c];
    const end = offset[c] + length[c];
    let total = 0;
    for (let block = offset[c]; block < end; block += 128) {
      total += blockSum(values, photons, block, Math.min(block + 128, end), shift);
    }
    out[c] = total;
  }
}

function blockSum(
  values: Float64Array,
  photons: Float64Array,
  from: number,
  to: number,
  shift: number,
): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = from;
  for (; i + 3 < to; i += 4) {
    s0 += values[i] * photons[i + shift];
    s1 += values[i + 1] * photons[i + 1 + shift];
    s2 += values[i + 2] * photons[i + 2 + shift];
    s3 += values[i + 3] * photons[i + 3 + shift];
  }
  for (; i < to; i++) s0 += values[i] * photons[i + shift];
  return s0 + s1 + (s2 + s3);
}
