import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { groupChannels, sumGroups } from "./grouping.ts";
import { optimalGrouping } from "./optimal-grouping.ts";
import { constantGrouping, minimumGrouping } from "./regroup.ts";
import { resolution } from "./resolution.ts";
import type { Redistribution } from "./types.ts";

const CHANNELS = 200;
const rows = Int32Array.from({ length: CHANNELS }, (_, i) => i);

/** A response of Gaussian lines of width sigma (channels), one energy a channel. */
function gaussian(sigma: number): Redistribution {
  const edges = Float64Array.from({ length: CHANNELS + 1 }, (_, i) => (i + 1) / 10);
  const values = Float32Array.from({ length: CHANNELS * CHANNELS }, (_, k) => {
    const distance = Math.floor(k / CHANNELS) - (k % CHANNELS);
    return Math.exp(-(distance ** 2) / (2 * sigma ** 2));
  });
  return {
    file: "gauss",
    hdu: "MATRIX",
    edges,
    channelLow: edges.slice(0, -1),
    channelHigh: edges.slice(1),
    firstChannel: 0,
    groupStart: Int32Array.from({ length: CHANNELS + 1 }, (_, e) => e),
    groupChannel: new Int32Array(CHANNELS),
    groupLength: new Int32Array(CHANNELS).fill(CHANNELS),
    groupOffset: Int32Array.from({ length: CHANNELS }, (_, e) => e * CHANNELS),
    values,
    telescope: "",
    instrument: "",
    warnings: [],
  };
}

const flat = (perChannel: number) => ({
  counts: new Float64Array(CHANNELS).fill(perChannel),
  quality: new Int16Array(CHANNELS),
});
const sizes = (grouping: Int16Array) =>
  groupChannels({ grouping, quality: new Int16Array(grouping.length) }).map((g) => g.last - g.first + 1);

it("constant groups have that many channels, but for the last", () => {
  expect(sizes(constantGrouping(4, 10))).toEqual([4, 4, 2]);
});

describe("groups of a minimum of counts", () => {
  it("all have it, the rest at the end joining the last, and none could be split", () => {
    const spectra = fc.array(fc.tuple(fc.nat(9), fc.constantFrom(0, 0, 0, 0, 5)), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(spectra, fc.integer({ min: 1, max: 20 }), (channels, least) => {
        const spectrum = {
          counts: Float64Array.from(channels, (c) => c[0]),
          quality: Int16Array.from(channels, (c) => c[1]),
        };
        const groups = groupChannels({ ...spectrum, grouping: minimumGrouping(spectrum, least) });
        const sums = sumGroups(spectrum.counts, groups, spectrum.quality);
        for (const [i, group] of groups.entries()) {
          if (group.quality !== 0) continue;
          const runEnds = groups[i + 1]?.quality !== 0;
          const runBegins = groups[i - 1]?.quality !== 0;
          if (!(runEnds && runBegins)) expect(sums[i]).toBeGreaterThanOrEqual(least);
          if (!runEnds) expect(sums[i] - spectrum.counts[group.last]).toBeLessThan(least);
        }
      }),
      { seed: 3 },
    );
  });

  it("need a positive number", () => {
    expect(() => minimumGrouping(flat(1), 0)).toThrow(InputError);
  });
});

describe("the resolution", () => {
  it("of Gaussian lines is 2.3548 sigma, within the error of linear interpolation", () => {
    // The second derivative of the line bounds that error by 1/(8 sigma) channels at each crossing.
    for (const sigma of [2, 5, 10]) {
      const middle = resolution(gaussian(sigma)).slice(60, 140);
      for (const width of middle) expect(Math.abs(width - 2.3548 * sigma)).toBeLessThan(1 / (4 * sigma));
    }
  });

  it("is one channel for a diagonal matrix and for empty rows", () => {
    const sharp = gaussian(1e-3);
    expect(Array.from(resolution(sharp))).toEqual(new Array(CHANNELS).fill(1));
    const empty = { ...sharp, groupStart: new Int32Array(CHANNELS + 1) };
    expect(Array.from(resolution(empty))).toEqual(new Array(CHANNELS).fill(1));
  });
});

describe("optimal groups", () => {
  const response = gaussian(5);

  it("are as wide as the resolution, rounded up to whole channels, where there are few counts", () => {
    const middle = sizes(optimalGrouping(flat(0.01), response, { rows })).slice(5, -5);
    expect(new Set(middle)).toEqual(new Set([12]));
  });

  it("follow the paper's equation where there are many", () => {
    const perChannel = 1e4;
    const fwhm = resolution(response);
    const elements = 1 + fwhm.reduce((sum, f) => sum + 1 / f, 0);
    const x = Math.log(1.314 * perChannel * fwhm[100] * (1 + 0.2 * Math.log(elements)));
    const width = Math.ceil((fwhm[100] * (0.08 * x + 7 + 1.8 / x)) / (x + 5.9));
    expect(width).toBeLessThan(9);
    const middle = sizes(optimalGrouping(flat(perChannel), response, { rows })).slice(8, -8);
    expect(new Set(middle)).toEqual(new Set([width]));
  });

  it("grow until they hold the least counts asked for", () => {
    const spectrum = flat(1);
    const grouping = optimalGrouping(spectrum, response, { rows, least: 30 });
    for (const size of sizes(grouping)) expect(size).toBeGreaterThanOrEqual(30);
  });

  it("leave bad channels alone", () => {
    const quality = Int16Array.from({ length: CHANNELS }, (_, i) => (i >= 50 && i < 60 ? 5 : 0));
    const grouping = optimalGrouping({ ...flat(1), quality }, response, { rows });
    expect(Array.from(grouping.subarray(50, 61))).toEqual(new Array(11).fill(1));
  });
});
