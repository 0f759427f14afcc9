import { diskLineProfile, fractionBelow, type LineProfile } from "./disk-line-profile.ts";
import { parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/**
 * Smears a spectrum by a disc around a black hole that does not rotate: the photons of every bin are spread from its middle as diskline spreads a line. As
 * there, light is not bent. Photons beyond the grid are lost. XSPEC `rdblur`.
 */
export const rdblur: Model = {
  kind: "convolution",
  name: "rdblur",
  summary: "smearing by a disc around a Schwarzschild black hole",
  formula: "int M(E0) diskline(E | LineE = E0) dE0",
  reference: "Fabian, Rees, Stella & White 1989, MNRAS 238, 729",
  operand: "additive",
  parameters: [
    parameter("Betor10", "", -2, [-10, -10, 20, 20], -0.01),
    parameter("Rin_M", "GM/c2", 10, [6, 6, 1000, 10000], -0.1),
    parameter("Rout_M", "GM/c2", 1000, [0, 0, 1e6, 1e7], -1),
    parameter("Incl", "deg", 30, [0, 0, 90, 90], 0.05),
  ],
  prepare(edges) {
    const logEdges = edges.map(Math.log);
    const bins = edges.length - 1;
    const old = new Float64Array(bins);
    const middle = old.map((_, i) => Math.log(0.5 * (edges[i] + edges[i + 1])));
    let current = "";
    let profile: LineProfile | undefined;
    return (out, theta) => {
      const [emissivity, inner, outer, inclination] = theta as readonly number[];
      const key = `${emissivity} ${inner} ${outer} ${inclination}`;
      if (profile === undefined || key !== current) {
        profile = diskLineProfile({ emissivity, inner, outer, inclination });
        current = key;
      }
      const lowest = profile.from;
      const highest = profile.from + profile.step * profile.below.length;
      old.set(out);
      out.fill(0);
      let first = 0;
      for (let i = 0; i < bins; i++) {
        while (first < bins && logEdges[first + 1] - middle[i] < lowest) first++;
        if (old[i] === 0) continue;
        let left = fractionBelow(profile, logEdges[first] - middle[i]);
        for (let j = first; j < bins && logEdges[j] - middle[i] < highest; j++) {
          const right = fractionBelow(profile, logEdges[j + 1] - middle[i]);
          out[j] += old[i] * (right - left);
          left = right;
        }
      }
    };
  },
};
