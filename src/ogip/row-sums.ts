import type { Redistribution } from "./types.ts";

/** Sum of the matrix over the channels, for each energy (E): 1 for a pure redistribution, cm2 where area is included. */
export function rowSums({
  edges,
  groupStart,
  groupOffset,
  groupLength,
  values,
}: Redistribution): Float64Array {
  return Float64Array.from({ length: edges.length - 1 }, (_, e) => {
    let sum = 0;
    for (let g = groupStart[e]; g < groupStart[e + 1]; g++)
      for (let i = 0; i < groupLength[g]; i++) sum += values[groupOffset[g] + i];
    return sum;
  });
}

/** Largest row sum of the matrix. */
export function largestRowSum(rmf: Redistribution): number {
  return rowSums(rmf).reduce((most, sum) => Math.max(most, sum), 0);
}
