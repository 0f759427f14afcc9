import type { Redistribution } from "./types.ts";

/**
 * Full width at half maximum of the response around each channel, in channels (C): of the matrix row whose energy is
 * the channel's centre, the contiguous region about the largest value, with linear interpolation between channels. 1
 * where the row is empty or the energy is off the grid, and never below 1.
 */
export function resolution(response: Redistribution): Float64Array {
  const { channelLow, channelHigh } = response;
  const row = new Float64Array(channelLow.length + 2);
  return channelLow.map((low, channel) => {
    const energy = energyBin(response.edges, (low + channelHigh[channel]) / 2);
    return energy < 0 || !fillRow(row, response, energy) ? 1 : Math.max(1, halfWidth(row));
  });
}

/** Bin of the grid that holds the energy; -1 outside. */
function energyBin(edges: Float64Array, energy: number): number {
  if (!(energy >= edges[0] && energy < edges[edges.length - 1])) return -1;
  let low = 0;
  let high = edges.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (edges[middle] <= energy) low = middle;
    else high = middle;
  }
  return low;
}

/** out = matrix row of the energy with a zero at both ends; false where it is empty. */
function fillRow(out: Float64Array, response: Redistribution, energy: number): boolean {
  const { groupStart, groupChannel, groupLength, groupOffset, values } = response;
  out.fill(0);
  for (let g = groupStart[energy]; g < groupStart[energy + 1]; g++)
    for (let i = 0; i < groupLength[g]; i++) out[groupChannel[g] + i + 1] += values[groupOffset[g] + i];
  return out.some((value) => value > 0);
}

function halfWidth(row: Float64Array): number {
  const peak = row.reduce((best, value, i) => (value > row[best] ? i : best), 0);
  const half = row[peak] / 2;
  let left = peak;
  while (row[left - 1] >= half) left--;
  let right = peak;
  while (row[right + 1] >= half) right++;
  const before = (row[left] - half) / (row[left] - row[left - 1]);
  const after = (row[right] - half) / (row[right] - row[right + 1]);
  return right - left + before + after;
}
