import { describe, expect, it } from "vitest";
import { builtInResponse } from "./instrument.ts";

const { redistribution, ancillary } = builtInResponse();
const { edges, groupOffset, groupLength, values } = redistribution;
const energies = edges.length - 1;
const rowOf = (e: number) => values.subarray(groupOffset[e], groupOffset[e] + groupLength[e]);
const energyOf = (e: number) => (edges[e] + edges[e + 1]) / 2;
const described = Array.from({ length: energies }, (_, e) => e).filter((e) => energyOf(e) < 13);

describe("built-in instrument", () => {
  it("has ascending energies from 0.1 to 20 keV, 3451 bins, and 1501 channels of 10 eV", () => {
    expect(energies).toBe(3451);
    expect(edges[0]).toBe(Math.fround(0.1));
    expect(edges[energies]).toBe(20);
    expect(edges.every((edge, e) => e === 0 || edge > edges[e - 1])).toBe(true);
    expect(redistribution.channelHigh[1500]).toBe(Math.fround(15.01));
    expect(ancillary.edges).toBe(edges);
  });

  it("loses few photons: rows sum to at most one, and to nearly one away from the lowest channels", () => {
    for (const e of described) {
      const sum = rowOf(e).reduce((total, value) => total + value, 0);
      // float32 values, 1500 of them.
      expect(sum).toBeLessThanOrEqual(1 + 1e-5);
      // Below 0.2 keV the Gaussian reaches below channel 0; elsewhere only values below 2e-7 are cut off.
      expect(sum).toBeGreaterThan(energyOf(e) < 0.2 ? 0.999 : 1 - 1e-5);
    }
  });

  it("stores no negative and no useless values, and nothing above 13 keV", () => {
    expect(values.every((value) => value >= 0)).toBe(true);
    for (const e of described) expect(rowOf(e)[groupLength[e] - 1]).toBeGreaterThanOrEqual(Math.fround(2e-7));
    for (let e = 0; e < energies; e++) if (energyOf(e) > 13) expect(groupLength[e]).toBe(0);
  });

  it("has NICER's resolution: lines of 86 eV at 1 keV and 138 eV at 6 keV, 5 eV above their energy", () => {
    for (const [energy, width] of [
      [1, 85.6],
      [6, 137.9],
    ]) {
      const e = edges.findIndex((edge) => edge > energy) - 1;
      const row = rowOf(e);
      const peak = row.indexOf(Math.max(...row));
      const half = row[peak] / 2;
      const crossing = (from: number, step: number) => {
        let i = from;
        while (row[i] > half) i += step;
        return i - step + (step * (row[i - step] - half)) / (row[i - step] - row[i]);
      };
      const fwhm = 10 * (crossing(peak, 1) - crossing(peak, -1));
      // Channels of 10 eV widen the line by 10^2/12 in variance (0.3 eV); linear crossings cost as much; the tail lifts one side.
      expect(Math.abs(fwhm - width)).toBeLessThan(1.5);
      const centre = 0.01 * ((crossing(peak, 1) + crossing(peak, -1)) / 2 + 0.5);
      expect(Math.abs(centre - energyOf(e) - 0.0048)).toBeLessThan(0.002);
    }
  });

  it("splits a line between tail and peak in the published proportions", () => {
    // At 5 keV the fraction in the tail is exp(-3.4724) = 0.031; all of it but the top 0.35 keV (6 sigma) counts here.
    const e = edges.findIndex((edge) => edge > 5) - 1;
    const below = rowOf(e).subarray(0, 465);
    const tail = below.reduce((total, value) => total + value, 0);
    const fraction = Math.exp(-3.4724);
    const flat = 1 / (1 + Math.exp(0.9054));
    const tau = Math.exp(-2.0099) * 2.5 ** -0.0458;
    const expected = fraction * (flat * (4.65 / 5) + (1 - flat) * Math.exp(-(energyOf(e) - 4.65) / tau));
    expect(tail / expected).toBeCloseTo(1, 2);
  });

  it("has NICER's effective area: 1751 cm2 at 1.1 keV, the edges of C and Au, falling steeply to 10 keV", () => {
    const at = (energy: number) => ancillary.area[edges.findIndex((edge) => edge > energy) - 1];
    // Interpolation is good to 1.2 % everywhere in the band.
    expect(Math.abs(at(1.1) / 1751 - 1)).toBeLessThan(0.012);
    expect(Math.abs(at(6.1) / 375 - 1)).toBeLessThan(0.012);
    expect(at(0.279) / at(0.287)).toBeGreaterThan(1.6);
    expect(at(2.1) / at(2.6)).toBeGreaterThan(1.5);
    expect(at(10) / at(1.5)).toBeLessThan(0.05);
    expect(ancillary.area.every((area) => area > 0)).toBe(true);
  });
});
