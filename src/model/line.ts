import { lastAtMost } from "../math/index.ts";

/** A symmetric line. `shape` of distance/width is the fraction of a side within that distance; a side holds flux/2. */
export interface Line {
  centre: number;
  width: number;
  flux: number;
}

/**
 * Fills out (E) with a line, bin by bin outward from its centre on either side, XSPEC's way: when less than `stop` of a
 * side remains, the bin gets all of it and those beyond nothing. A centre outside the grid leaves its tail inside; a line
 * of no width goes into one bin.
 */
export function fillLine(
  out: Float64Array,
  edges: Float64Array,
  { centre, width, flux }: Line,
  shape: (x: number) => number,
  stop: number,
): void {
  const bins = out.length;
  const home = lastAtMost(edges, centre);
  out.fill(0);
  if (width <= 0) {
    if (home >= 0 && home < bins) out[home] = flux;
    return;
  }
  const side = 0.5 * flux;
  let within = home < 0 ? shape((edges[0] - centre) / width) : 0;
  for (let i = Math.max(home, 0); i < bins; i++) {
    const next = shape((edges[i + 1] - centre) / width);
    const last = 1 - next < stop;
    out[i] += side * ((last ? 1 : next) - within);
    if (last) break;
    within = next;
  }
  within = home >= bins ? shape((centre - edges[bins]) / width) : 0;
  for (let i = Math.min(home, bins - 1); i >= 0; i--) {
    const next = shape((centre - edges[i]) / width);
    const last = 1 - next < stop;
    out[i] += side * ((last ? 1 : next) - within);
    if (last) break;
    within = next;
  }
}
