import { describe, expect, it } from "vitest";
import { stream } from "../math/index.ts";
import { constantGrouping, groupChannels, readSpectrum, writeSpectrum } from "../ogip/index.ts";
import { deviation, expectedCstat } from "./expected.ts";
import { channelRates, fakeSpectrum } from "./fake.ts";
import { buildFolding, fold } from "./folding.ts";
import { builtInResponse } from "./instrument.ts";
import { observe } from "./observation.ts";
import { statistic } from "./statistic.ts";
import { irregularMatrix, makeAncillary, makeRedistribution, makeSpectrum } from "./test-spectra.ts";

const redistribution = makeRedistribution(irregularMatrix(40, 12), { firstChannel: 1 });
const ancillary = makeAncillary(redistribution, (energy) => 30 / energy);
const photons = Float64Array.from({ length: 40 }, (_, e) => 0.2 + 0.1 * Math.sin(e));

describe("fakeSpectrum", () => {
  it("draws counts whose mean and variance are exposure times rate", () => {
    const rate = channelRates(photons, redistribution, ancillary);
    const exposure = 0.3;
    const draws = 4000;
    const sum = new Float64Array(12);
    const squares = new Float64Array(12);
    for (let i = 0; i < draws; i++) {
      const { source } = fakeSpectrum({
        photons,
        redistribution,
        ancillary,
        exposure,
        rng: stream(5, "fake", i),
      });
      source.counts.forEach((n, h) => {
        sum[h] += n;
        squares[h] += (n - exposure * rate[h]) ** 2;
      });
    }
    for (let h = 0; h < 12; h++) {
      const mu = exposure * rate[h];
      // 12 means and 12 variances (of variance mu + 2 mu^2) within 5 standard errors: false alarms once in 7e4 seeds.
      expect(Math.abs(sum[h] / draws - mu)).toBeLessThan(5 * Math.sqrt(mu / draws));
      expect(Math.abs(squares[h] / draws - mu)).toBeLessThan(5 * Math.sqrt((mu + 2 * mu * mu) / draws));
    }
  });

  it("gives spectra whose C-stat at the true model is the expected one", () => {
    const exposure = 0.3;
    const draws = 1000;
    const mu = channelRates(photons, redistribution, ancillary).map((rate) => exposure * rate);
    const expected = expectedCstat(mu);
    const deviations = Array.from({ length: draws }, (_, i) => {
      const rng = stream(6, "fake", i);
      const { source } = fakeSpectrum({ photons, redistribution, ancillary, exposure, rng });
      const seen = observe({ spectrum: source, redistribution, ancillary }, groupChannels(source));
      return deviation(statistic("cstat", seen).value(mu), expected);
    });
    const moment = (power: number) => deviations.reduce((sum, one) => sum + one ** power, 0) / draws;
    // Mean 0 and variance 1 within 5 standard errors: false alarms once in 9e5 seeds.
    expect(Math.abs(moment(1))).toBeLessThan(5 / Math.sqrt(draws));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt((moment(4) - 1) / draws));
  });

  it("folds as an observation does", () => {
    const bins = Int32Array.from({ length: 12 }, (_, h) => h);
    const folding = buildFolding(redistribution, bins, 12, ancillary);
    const skipped = redistribution.edges.indexOf(folding.edges[0]);
    const out = new Float64Array(12);
    fold(out, folding, photons.slice(skipped, skipped + folding.edges.length - 1));
    const rate = channelRates(photons, redistribution, ancillary);
    for (let h = 0; h < 12; h++) expect(Math.abs(rate[h] / out[h] - 1)).toBeLessThan(1e-13);
  });

  it("gives the same spectrum for the same random numbers", () => {
    const fake = () => fakeSpectrum({ photons, redistribution, exposure: 9, rng: stream(1, "fake") });
    expect(fake()).toEqual(fake());
    expect(fake().source.counts).not.toEqual(
      fakeSpectrum({ photons, redistribution, exposure: 9, rng: stream(2, "fake") }).source.counts,
    );
  });

  it("adds the background scaled to the source's exposure and region, and draws it anew with its own", () => {
    const background = makeSpectrum(new Array(12).fill(1e8), {
      exposure: 1000,
      backscal: new Float64Array(12).fill(4),
      channels: redistribution.channelLow.map((_, h) => h + 1) as unknown as Int32Array,
    });
    const dark = new Float64Array(40);
    const fake = fakeSpectrum({
      photons: dark,
      redistribution,
      exposure: 250,
      backscal: 2,
      background,
      backgroundExposure: 500,
      rng: stream(3, "fake"),
    });
    // Means 1.25e7 and 5e7: 24 values within 5 standard deviations, false alarms once in 7e4 seeds.
    for (const n of fake.source.counts) expect(Math.abs(n - 1.25e7)).toBeLessThan(5 * Math.sqrt(1.25e7));
    for (const n of fake.background!.counts) expect(Math.abs(n - 5e7)).toBeLessThan(5 * Math.sqrt(5e7));
    expect(fake.background!.exposure).toBe(500);
    expect(fake.source.backscal[0]).toBe(2);
    expect(fake.background!.backscal[0]).toBe(4);
    const same = fakeSpectrum({
      photons: dark,
      redistribution,
      exposure: 250,
      background,
      rng: stream(3, "fake"),
    });
    expect(same.source.backscal[0]).toBe(4);
  });

  it("groups by what the drawn background leaves of the source, and takes exposure and scales of each as they are given", () => {
    const field = makeSpectrum(new Array(12).fill(30), { file: "field.pha", exposure: 50 });
    let given: { readonly counts: Float64Array; readonly variance: Float64Array } | undefined;
    const { source, background } = fakeSpectrum({
      ...{ photons, redistribution, ancillary, exposure: 10, background: field },
      ...{ backgroundExposure: 200, areascal: 0.5, backscal: 3 },
      group: (counts, behind) => {
        given = behind;
        return constantGrouping(5, counts.length);
      },
      rng: stream(7, "fake"),
    });
    expect([source.exposure, source.areascal[0], source.backscal[0]]).toEqual([10, 0.5, 3]);
    expect([background?.exposure, background?.areascal[0], background?.backscal[0]]).toEqual([200, 1, 1]);
    const ratio = (10 * 0.5 * 3) / 200;
    expect(Array.from(given?.counts ?? [])).toEqual(Array.from(background?.counts ?? [], (b) => b * ratio));
    // 12 x 120 background counts are expected: within 5 standard deviations but once in 2e6 seeds.
    const total = background?.counts.reduce((sum, b) => sum + b, 0) ?? 0;
    expect(Math.abs(total - 1440)).toBeLessThan(5 * Math.sqrt(1440));
  });

  it("groups after the draw: flags change, counts stay per channel", () => {
    const options = { photons, redistribution, exposure: 9 };
    const plain = fakeSpectrum({ ...options, rng: stream(1, "fake") });
    const grouped = fakeSpectrum({
      ...options,
      group: (counts) => constantGrouping(5, counts.length),
      rng: stream(1, "fake"),
    });
    expect(grouped.source.counts).toEqual(plain.source.counts);
    expect(Array.from(grouped.source.grouping)).toEqual([1, -1, -1, -1, -1, 1, -1, -1, -1, -1, 1, -1]);
    expect(plain.source.grouping.every((flag) => flag === 1)).toBe(true);
  });

  it("survives a file: written and read, it is the same spectrum, with its companions' names", async () => {
    const background = makeSpectrum(new Array(12).fill(30), { file: "old.pha" });
    const { source, background: drawn } = fakeSpectrum({
      photons,
      redistribution,
      ancillary,
      exposure: 123.5,
      background,
      file: "dir/my.fak",
      rng: stream(4, "fake"),
    });
    expect(drawn!.file).toBe("dir/my_bkg.fak");
    const again = await readSpectrum(writeSpectrum(source), source.file);
    expect(again.counts).toEqual(source.counts);
    expect(again.channels).toEqual(source.channels);
    expect(again.exposure).toBe(123.5);
    expect([again.responseFile, again.ancillaryFile, again.backgroundFile]).toEqual([
      "test.rmf",
      "test.arf",
      "my_bkg.fak",
    ]);
  });

  it("sees a flat spectrum through the built-in instrument with the area's shape", () => {
    const { redistribution: matrix, ancillary: area } = builtInResponse();
    const flat = Float64Array.from(
      { length: matrix.edges.length - 1 },
      (_, e) => matrix.edges[e + 1] - matrix.edges[e],
    );
    const rate = channelRates(flat, matrix, area);
    // A flat spectrum of 1 photon/cm2/s/keV: the rate per keV is the area, smeared by 0.1 keV; tails of harder photons add per cents.
    expect(rate[500] / 0.01 / 570).toBeGreaterThan(0.97);
    expect(rate[500] / 0.01 / 570).toBeLessThan(1.05);
  });

  it("refuses exposures and models that cannot be", () => {
    const rng = stream(1, "fake");
    expect(() => fakeSpectrum({ photons, redistribution, exposure: 0, rng })).toThrow(/the exposure is 0 s/);
    const negative = photons.map((value) => -value);
    expect(() => fakeSpectrum({ photons: negative, redistribution, exposure: 1, rng })).toThrow(
      /cannot be drawn/,
    );
    expect(() => fakeSpectrum({ photons: photons.slice(1), redistribution, exposure: 1, rng })).toThrow(
      /internal/,
    );
  });
});
