import { expect, it } from "vitest";
import { coarseFolding, groupEnergies } from "./coarse-folding.ts";
import { fold } from "./folding.ts";
import type { Folding } from "./types.ts";

const ENERGIES = 600;
const BINS = 40;

/** Gaussian lines on 0.2-10 keV. */
const folding: Folding = (() => {
  const edges = Float64Array.from({ length: ENERGIES + 1 }, (_, e) => 0.2 + (9.8 * e) / ENERGIES);
  const start = new Int32Array(BINS);
  const length = new Int32Array(BINS).fill(100);
  const offset = Int32Array.from({ length: BINS + 1 }, (_, c) => 100 * c);
  const values = new Float64Array(100 * BINS);
  for (let c = 0; c < BINS; c++) {
    start[c] = Math.round((c * (ENERGIES - 100)) / (BINS - 1));
    for (let i = 0; i < 100; i++) values[100 * c + i] = (300 + c) * Math.exp(-0.5 * ((i - 50) / 12) ** 2);
  }
  return { edges, start, length, offset, values };
})();

const groups = groupEnergies(folding, 0.05);
const G = groups.edges.length - 1;

/** Photons of an absorbed power law in each energy bin, by the midpoint. */
const spectrum = (edges: Float64Array, index: number, column: number) =>
  Float64Array.from({ length: edges.length - 1 }, (_, e) => {
    const energy = 0.5 * (edges[e] + edges[e + 1]);
    return energy ** -index * Math.exp(-column * energy ** -3) * (edges[e + 1] - edges[e]);
  });

const rates = (of: Folding, photons: Float64Array) => {
  const out = new Float64Array(BINS);
  fold(out, of, photons);
  return out;
};

it("groups cover the energies, each as wide as said or of one energy", () => {
  expect(groups.edges[0]).toBe(folding.edges[0]);
  expect(groups.edges[G]).toBe(folding.edges[ENERGIES]);
  expect(G).toBeLessThan(100);
  for (let g = 0; g < G; g++) {
    const members = groups.group.filter((group) => group === g).length;
    const wide = groups.edges[g + 1] - groups.edges[g];
    expect(members === 1 || wide <= 0.05 * groups.edges[g]).toBe(true);
  }
});

it("rates of the weighting spectrum are those of the fine folding, whatever the model gives on the groups", () => {
  const photons = spectrum(folding.edges, 1.7, 0.05);
  const grouped = spectrum(groups.edges, 1.7, 0.05);
  const coarse = coarseFolding(folding, groups, photons, grouped);
  const exact = rates(folding, photons);
  rates(coarse, grouped).forEach((rate, c) => {
    expect(Math.abs(rate / exact[c] - 1)).toBeLessThan(1e-12);
  });
});

it("rates of a similar spectrum are nearly those of the fine folding", () => {
  const coarse = coarseFolding(
    folding,
    groups,
    spectrum(folding.edges, 1.7, 0.05),
    spectrum(groups.edges, 1.7, 0.05),
  );
  const exact = rates(folding, spectrum(folding.edges, 1.9, 0.06));
  // Groups of 5 % in energy and a slope that differs by 0.2: (0.05 x 0.2)^2 and, from absorption at 0.2 keV, ten times that.
  rates(coarse, spectrum(groups.edges, 1.9, 0.06)).forEach((rate, c) => {
    expect(Math.abs(rate / exact[c] - 1)).toBeLessThan(2e-3);
  });
});

it("where the weighting spectrum has no photons widths are the weights, so that a flat spectrum keeps its rates", () => {
  const coarse = coarseFolding(folding, groups, new Float64Array(ENERGIES), new Float64Array(G));
  const widths = (edges: Float64Array) =>
    Float64Array.from({ length: edges.length - 1 }, (_, e) => edges[e + 1] - edges[e]);
  const exact = rates(folding, widths(folding.edges));
  rates(coarse, widths(groups.edges)).forEach((rate, c) => {
    expect(Math.abs(rate / exact[c] - 1)).toBeLessThan(1e-12);
  });
});
