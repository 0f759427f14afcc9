import { parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/**
 * Cubic through given values and slopes at two energies, 1 outside, exact mean over the bin:
 *
 *   f(E) = Ystart + d u + (3 D - 2 d - e) u^2 + (d + e - 2 D) u^3,   u = (E - Estart)/L,  L = Eend - Estart
 *
 * with D = Yend - Ystart and the rises d = L YPstart, e = L YPend of the tangents. It may be negative. XSPEC `spline`.
 */
export const spline: Model = {
  kind: "multiplicative",
  name: "spline",
  summary: "cubic in energy between two points",
  formula: "cubic from (Estart, Ystart) with slope YPstart to (Eend, Yend) with slope YPend, 1 outside",
  reference: "",
  parameters: [
    parameter("Estart", "keV", 0.1, [0, 0, 100, 100], 0.05),
    parameter("Ystart", "", 1, [-1e6, -1e6, 1e6, 1e6], 0.05),
    parameter("Yend", "", 1, [-1e6, -1e6, 1e6, 1e6], 0.05),
    parameter("YPstart", "keV-1", 0, [-1e6, -1e6, 1e6, 1e6], 0.05),
    parameter("YPend", "keV-1", 0, [-1e6, -1e6, 1e6, 1e6], 0.05),
    parameter("Eend", "keV", 15, [0, 0, 100, 100], 0.05),
  ],
  prepare: (edges) => (out, theta) => {
    const [start, first, last, slopeStart, slopeEnd, end] = theta as readonly number[];
    const length = end - start;
    const rise = last - first;
    const d = length * slopeStart;
    const e = length * slopeEnd;
    // of the integral over u, by powers of u
    const c = [first, d / 2, rise - (2 * d + e) / 3, (d + e - 2 * rise) / 4];
    const integral = (u: number) => u * (c[0] + u * (c[1] + u * (c[2] + u * c[3])));
    for (let i = 0; i < out.length; i++) {
      const from = Math.max(edges[i], start);
      const to = Math.min(edges[i + 1], end);
      out[i] = 1;
      if (to <= from) continue;
      const width = edges[i + 1] - edges[i];
      const inside = length * (integral((to - start) / length) - integral((from - start) / length));
      out[i] += (inside - (to - from)) / width;
    }
  },
};
