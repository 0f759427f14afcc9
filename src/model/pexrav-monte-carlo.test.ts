import { describe, expect, it } from "vitest";
import { type Rng, stream } from "../math/index.ts";
import { plainVectorMath } from "../math/vector.ts";
import { coldAlbedo } from "./cold-albedo.ts";
import { pexrav } from "./index.ts";
import { kleinNishina } from "./klein-nishina.ts";

const settings = { abund: "angr", xsect: "vern", vector: plainVectorMath };
const index = 2;
const fold = 300;
/** Directions that count, around cosIncl = 0.45. */
const [low, high] = [0.3, 0.6];
const edges = [6, 10, 20, 45, 100];

/** Cosine of the angle of Compton scattering at w electron masses: Klein and Nishina by rejection. */
function scatteringCosine(w: number, rng: Rng): number {
  for (;;) {
    const cosine = 2 * rng.uniform() - 1;
    const ratio = 1 / (1 + w * (1 - cosine));
    if (2 * rng.uniform() < ratio * ratio * (ratio + 1 / ratio - 1 + cosine * cosine)) return cosine;
  }
}

/** Reflected over direct photons per steradian in each bin, from photons of an isotropic source above a half-space. */
function reflectedByMonteCarlo(photons: number): number[] {
  const albedo = coldAlbedo(settings)(1, 1);
  const rng = stream(1, "slab");
  const reflected = new Array<number>(edges.length - 1).fill(0);
  for (let photon = 0; photon < photons; photon++) {
    let energy = 5 * 300 ** rng.uniform();
    let weight = energy ** (1 - index) * Math.exp(-energy / fold) * Math.log(300);
    let cosine = -rng.uniform();
    // in Thomson depths; the whole opacity is scattering over the albedo
    let depth = 0;
    while (weight > 1e-6 && energy > edges[0]) {
      const opacity = kleinNishina(energy / 511) / albedo(energy);
      depth += (Math.log(1 - rng.uniform()) * cosine) / opacity;
      if (depth < 0) {
        const bin = edges.findLastIndex((edge) => energy >= edge);
        if (cosine > low && cosine < high && bin < reflected.length) reflected[bin] += weight / photons;
        break;
      }
      weight *= albedo(energy);
      const turn = scatteringCosine(energy / 511, rng);
      energy /= 1 + (energy / 511) * (1 - turn);
      const sines = Math.sqrt((1 - turn * turn) * (1 - cosine * cosine));
      cosine = cosine * turn + sines * Math.cos(2 * Math.PI * rng.uniform());
    }
  }
  return reflected.map((value) => value / (high - low));
}

describe("pexrav", () => {
  it("reflects what a Monte Carlo of Compton scattering reflects", () => {
    const obtained = new Float64Array(edges.length - 1);
    pexrav.prepare(Float64Array.from(edges), settings)(obtained, [index, fold, -1, 0, 1, 1, 0.45, 1]);
    const expected = reflectedByMonteCarlo(60_000);
    expected.forEach((value, i) => {
      // the mean energy loss costs up to 5 %, a bin of some thousand photons of unequal weight has 2 % noise
      expect(Math.abs((obtained[i] * Math.exp(-1 / fold)) / value - 1)).toBeLessThan(0.1);
    });
  });
});
