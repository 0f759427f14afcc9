import { diskLineProfile, fractionBelow, type LineProfile } from "./disk-line-profile.ts";
import { norm, parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/**
 * Line from a disc around a black hole that does not rotate, emissivity per area r^Betor10, radii in GM/c^2; the norm is
 * all its photons. `diskLineProfile` gives the formula; light is not bent, as in XSPEC, which is met to 0.4 %. The profile costs a
 * few milliseconds, when Betor10, a radius or the inclination changes; the line's energy and norm are free. XSPEC `diskline`.
 */
export const diskline: Model = {
  kind: "additive",
  name: "diskline",
  summary: "line from a disc around a Schwarzschild black hole",
  formula:
    "norm int r^(Betor10+1) g^3 delta(E - g LineE) dr dphi/int r^(Betor10+1) g^3 dr dphi, g(r, phi, Incl)",
  reference: "Fabian, Rees, Stella & White 1989, MNRAS 238, 729",
  parameters: [
    parameter("LineE", "keV", 6.7, [0, 0, 100, 100], 0.05),
    parameter("Betor10", "", -2, [-10, -10, 20, 20], -0.01),
    parameter("Rin_M", "GM/c2", 10, [6, 6, 1000, 10000], -0.1),
    parameter("Rout_M", "GM/c2", 1000, [0, 0, 1e6, 1e7], -1),
    parameter("Incl", "deg", 30, [0, 0, 90, 90], 0.05),
    norm("photon/cm2/s"),
  ],
  prepare(edges) {
    const logEdges = edges.map(Math.log);
    let current = "";
    let profile: LineProfile | undefined;
    return (out, theta) => {
      const [line, emissivity, inner, outer, inclination] = theta as readonly number[];
      const key = `${emissivity} ${inner} ${outer} ${inclination}`;
      if (profile === undefined || key !== current) {
        profile = diskLineProfile({ emissivity, inner, outer, inclination });
        current = key;
      }
      const logLine = Math.log(line);
      let left = fractionBelow(profile, logEdges[0] - logLine);
      for (let i = 0; i < out.length; i++) {
        const right = fractionBelow(profile, logEdges[i + 1] - logLine);
        out[i] = theta[5] * (right - left);
        left = right;
      }
    };
  },
};
