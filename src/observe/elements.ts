import type { Redistribution } from "../ogip/index.ts";

/** Visits every stored element of a redistribution matrix: fn(energy row, EBOUNDS row, value). */
export function forEachElement(
  { edges, groupStart, groupChannel, groupLength, groupOffset, values }: Redistribution,
  fn: (energy: number, channel: number, value: number) => void,
): void {
  for (let e = 0; e + 1 < edges.length; e++) {
    for (let g = groupStart[e]; g < groupStart[e + 1]; g++) {
      const channel = groupChannel[g];
      const offset = groupOffset[g];
      for (let i = 0; i < groupLength[g]; i++) fn(e, channel + i, values[offset + i]);
    }
  }
}
