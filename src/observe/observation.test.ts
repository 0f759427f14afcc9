import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { fold } from "./folding.ts";
import { observe } from "./observation.ts";
import { statistic } from "./statistic.ts";
import { makeAncillary, makeGroups, makeRedistribution, makeSpectrum } from "./test-spectra.ts";

const identity = (size: number) =>
  Array.from({ length: size }, (_, e) => Array.from({ length: size }, (_, h) => (e === h ? 1 : 0)));
const redistribution = makeRedistribution(identity(6));
const ancillary = makeAncillary(redistribution, () => 10);
const spectrum = makeSpectrum([1, 2, 3, 4, 5, 6]);

describe("observe", () => {
  it("sums counts over the kept groups and gives their energies, rows and numbers", () => {
    const groups = makeGroups(0, 5, 2).slice(1);
    const seen = observe({ spectrum, redistribution, ancillary }, groups);
    expect(Array.from(seen.counts)).toEqual([7, 11]);
    expect(Array.from(seen.variance)).toEqual([7, 11]);
    expect(Array.from(seen.scale)).toEqual([100, 100]);
    expect(seen.energyLow[0]).toBeCloseTo(0.7, 12);
    expect(seen.energyHigh[1]).toBeCloseTo(1.1, 12);
    expect(Array.from(seen.firstChannel)).toEqual([2, 4]);
    expect(Array.from(seen.lastChannel)).toEqual([3, 5]);
    expect(Array.from(seen.binNumber)).toEqual([2, 3]);
    const rate = new Float64Array(2);
    fold(rate, seen.folding, Float64Array.from([1, 2, 3, 4]));
    expect(Array.from(rate)).toEqual([30, 70]);
  });

  it("leaves rows of quality 1 out of the data and of the model alike", () => {
    const dead = makeSpectrum([1, 2, 3, 4, 5, 6], { quality: Int16Array.from([0, 1, 0, 0, 0, 0]) });
    const seen = observe({ spectrum: dead, redistribution }, makeGroups(0, 5, 3));
    expect(Array.from(seen.counts)).toEqual([4, 15]);
    const rate = new Float64Array(2);
    fold(rate, seen.folding, new Float64Array(6).fill(1));
    expect(Array.from(rate)).toEqual([2, 3]);
  });

  it("drops groups whose rows are all dead", () => {
    const dead = makeSpectrum([1, 2, 3, 4, 5, 6], { quality: Int16Array.from([1, 1, 0, 0, 0, 0]) });
    const seen = observe({ spectrum: dead, redistribution }, makeGroups(0, 5, 2));
    expect(Array.from(seen.binNumber)).toEqual([2, 3]);
  });

  it("finds the response's rows by channel number where the file starts later", () => {
    const late = makeSpectrum([1, 1, 1], { channels: Int32Array.from([4, 5, 6]) });
    const seen = observe(
      { spectrum: late, redistribution: { ...redistribution, firstChannel: 1 } },
      makeGroups(0, 2),
    );
    expect(Array.from(seen.firstChannel)).toEqual([3, 4, 5]);
  });

  it("matches by position where both have as many rows but another first number", () => {
    const fromOne = makeSpectrum([1, 2, 3, 4, 5, 6], { channels: Int32Array.from([1, 2, 3, 4, 5, 6]) });
    const seen = observe({ spectrum: fromOne, redistribution }, makeGroups(0, 5));
    expect(Array.from(seen.firstChannel)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("passes on the warnings of all files", () => {
    const noisy = { ...redistribution, warnings: ["odd matrix"] };
    const background = makeSpectrum([1, 1, 1, 1, 1, 1], { warnings: ["odd background"] });
    const seen = observe({ spectrum, redistribution: noisy, background }, makeGroups(0, 5));
    expect(seen.warnings).toEqual(["odd matrix", "odd background"]);
  });

  it("takes the variance from STAT_ERR and adds the largest systematic error of the group", () => {
    const withErrors = makeSpectrum([10, 20], {
      poissonErrors: false,
      statErr: Float64Array.from([3, 4]),
      sysErr: Float64Array.from([0.2, 0.1]),
    });
    const response = makeRedistribution(identity(2));
    const seen = observe({ spectrum: withErrors, redistribution: response }, makeGroups(0, 1, 2));
    expect(seen.variance[0]).toBeCloseTo(9 + 16 + (0.2 * 30) ** 2, 12);
    const poisson = makeSpectrum([10, 20], { sysErr: Float64Array.from([0.1, 0.2]) });
    const second = observe({ spectrum: poisson, redistribution: response }, makeGroups(0, 1, 2));
    expect(second.variance[0]).toBeCloseTo(30 + 36, 12);
  });

  it("combines scales by the harmonic mean weighted by counts, so that corrected counts add up", () => {
    const areascal = Float64Array.from([0.5, 2, 1, 1, 1, 1]);
    const scaled = makeSpectrum([4, 8, 0, 0, 1, 1], { areascal });
    const [pair, empty] = observe({ spectrum: scaled, redistribution }, makeGroups(0, 5, 2)).scale;
    expect(pair / 100).toBeCloseTo(12 / (4 / 0.5 + 8 / 2), 12);
    expect(empty).toBeCloseTo(100, 10);
    // Background-subtracted counts are no weights, so the mean of 0.5 and 2 is taken.
    const net = observe({ spectrum: { ...scaled, net: true }, redistribution }, makeGroups(0, 5, 2));
    expect(net.scale[0] / net.exposure).toBeCloseTo(1.25, 12);
    const none = makeSpectrum([0, 0, 0, 0, 1, 1], { areascal });
    const [unweighted] = observe({ spectrum: none, redistribution }, makeGroups(0, 5, 2)).scale;
    expect(unweighted / 100).toBeCloseTo(2 / (1 / 0.5 + 1 / 2), 12);
  });

  it("keeps background counts raw and puts every scale into its exposure", () => {
    const background = makeSpectrum([2, 2, 2, 2, 2, 2], {
      file: "back.pha",
      exposure: 50,
      areascal: new Float64Array(6).fill(3),
      backscal: new Float64Array(6).fill(8),
    });
    const source = makeSpectrum([1, 2, 3, 4, 5, 6], { backscal: new Float64Array(6).fill(2) });
    const seen = observe({ spectrum: source, redistribution, background }, makeGroups(0, 5, 3));
    expect(Array.from(seen.background?.counts ?? [])).toEqual([6, 6]);
    expect(Array.from(seen.background?.scale ?? [])).toEqual([50 * 3 * 4, 50 * 3 * 4]);
    expect(Array.from(seen.background?.variance ?? [])).toEqual([6, 6]);
  });

  it("finds the source's channels in a longer background and refuses one that lacks some", () => {
    const part = makeSpectrum([1, 2, 3], { channels: Int32Array.from([2, 3, 4]), detchans: 6 });
    const background = makeSpectrum([0, 1, 2, 3, 4, 5], { file: "back.pha" });
    const seen = observe({ spectrum: part, redistribution, background }, makeGroups(0, 2));
    expect(Array.from(seen.background?.counts ?? [])).toEqual([2, 3, 4]);
    const short = makeSpectrum([1, 1, 1], { file: "back.pha" });
    expect(() => observe({ spectrum, redistribution, background: short }, makeGroups(0, 5))).toThrow(
      /back.pha.*do they belong together/,
    );
  });

  it("warns of a background that was estimated, not counted", () => {
    const background = makeSpectrum([0.3, 1, 2, 3, 4, 5], { file: "back.pha" });
    const seen = observe({ spectrum, redistribution, background }, makeGroups(0, 5));
    expect(seen.warnings.join()).toMatch(/back.pha: bin 1 holds 0.3 counts.*pgstat/);
    expect(() => statistic("wstat", seen)).not.toThrow();
  });

  it("works for a spectrum without a single count", () => {
    const seen = observe({ spectrum: makeSpectrum([0, 0, 0, 0, 0, 0]), redistribution }, makeGroups(0, 5));
    const mu = new Float64Array(6).fill(0.5);
    expect(statistic("cstat", seen).value(mu)).toBeCloseTo(6, 12);
    expect(statistic("chi", seen).value(mu)).toBeCloseTo(6 * 0.25, 12);
  });

  it("refuses a zero exposure, a foreign response, no bins, and counts that are not numbers", () => {
    const wrong = makeSpectrum([1], { exposure: 0 });
    expect(() => observe({ spectrum: wrong, redistribution }, makeGroups(0, 0))).toThrow(
      /test.pha\[SPECTRUM\] EXPOSURE: the exposure is 0 s/,
    );
    const long = makeSpectrum(new Array(9).fill(1));
    expect(() => observe({ spectrum: long, redistribution }, makeGroups(0, 8))).toThrow(/matching response/);
    expect(() => observe({ spectrum, redistribution }, [])).toThrow(InputError);
    const broken = makeSpectrum([1, Number.NaN, 1, 1, 1, 1]);
    expect(() => observe({ spectrum: broken, redistribution }, makeGroups(0, 5))).toThrow(/bin 2 holds NaN/);
  });
});
