import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { columnBackground } from "./background.ts";
import { channelRows } from "./channels.ts";
import { checkFittable, checkPoisson } from "./check.ts";
import { parseFileName } from "./filename.ts";
import { readRedistribution } from "./redistribution.ts";
import { groupedScale } from "./scale.ts";
import { readSpectrum } from "./spectrum.ts";
import type { Spectrum } from "./types.ts";
import { writeSpectrum } from "./write-spectrum.ts";

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/ogip/${name}`, import.meta.url)));
const load = (name: string) => {
  const { path, ...choice } = parseFileName(name);
  return readSpectrum(fixture(path), path, choice);
};
const counts = (JSON.parse(new TextDecoder().decode(fixture("golden.json"))) as { counts: number[] }).counts;

describe("a spectrum", () => {
  it("gives counts, flags, exposure and companions as the file states them", async () => {
    const s = await load("grouped.pha");
    expect(Array.from(s.counts)).toEqual(counts);
    expect(Array.from(s.quality)).toEqual([1, 0, 0, 0, 0, 5, 5, 0]);
    expect(s.poissonErrors).toBe(true);
    expect([s.exposure, s.detchans, s.telescope]).toEqual([100, 8, "NONE"]);
    expect([s.responseFile, s.ancillaryFile, s.backgroundFile]).toEqual([
      "variable.rmf",
      "toy.arf",
      "back.pha",
    ]);
  });

  it("has no companion where the header says none", async () => {
    const s = await load("back.pha");
    expect([s.responseFile, s.ancillaryFile, s.backgroundFile]).toEqual([undefined, undefined, undefined]);
  });

  it("in rates is multiplied by the exposure, errors too, and rounded where it is whole within float32", async () => {
    const s = await load("rate-subset.pha");
    expect(s.fromRate).toBe(true);
    expect(Array.from(s.counts)).toEqual(counts.slice(2, 7));
    const errors = Array.from(s.statErr as Float64Array, (e) => Math.round(e * e));
    expect(errors).toEqual(counts.slice(2, 7));
  });

  it("has scales of 1 where the file holds zero, with a warning", async () => {
    const s = await load("rate-subset.pha");
    expect(Array.from(s.areascal)).toEqual([1, 2, 1, 1, 1]);
    expect(s.warnings).toEqual([
      "rate-subset.pha[SPECTRUM]: AREASCAL is not positive in 1 channels; 1 is used there",
    ]);
  });

  it("reads unsigned counts", async () => {
    expect(Array.from((await load("unsigned.pha")).counts)).toEqual([40000, 1, 2, 3, 4, 5, 6, 65535]);
  });

  it("is a row of a type II file, chosen by its number", async () => {
    const s = await load("two.pha2{2}");
    expect(Array.from(s.counts)).toEqual(counts.toReversed().map((c) => 3 * c));
    expect(s.file).toBe("two.pha2{2}");
    await expect(load("two.pha2")).rejects.toThrow(
      "holds 2 spectra; choose one by its row, two.pha2{1} to {2}",
    );
    await expect(load("two.pha2{3}")).rejects.toThrow("row 3 was asked for, but there are rows 1 to 2");
    await expect(load("back.pha{2}")).rejects.toThrow("this file holds one spectrum");
  });

  it("of a grating adds up its two background columns and their scales", async () => {
    const background = columnBackground(await load("two.pha2{1}")) as Spectrum;
    expect(Array.from(background.counts)).toEqual(new Array(8).fill(3));
    expect(Array.from(background.backscal)).toEqual(new Array(8).fill(7));
  });

  it("is the one that is not a background, unless another HDU is asked for", async () => {
    expect(Array.from((await load("pair.pha")).counts)).toEqual(counts.toReversed());
    expect(Array.from((await load("pair.pha[2]")).counts)).toEqual(counts.map((c) => 2 * c));
    await expect(load("pair.pha[3]")).rejects.toThrow("pair.pha[3]: expected a spectrum");
  });

  it("survives writing and reading", async () => {
    for (const name of ["grouped.pha", "rate-subset.pha", "two.pha2{1}", "unsigned.pha"]) {
      const { backgroundColumns: _, warnings: __, fromRate: ___, ...spectrum } = await load(name);
      const again = await readSpectrum(
        writeSpectrum({ ...spectrum, fromRate: false, warnings: [] }),
        spectrum.file,
      );
      expect(again).toMatchObject({ ...spectrum, filter: "none" });
    }
  });

  it("keeps counts that are not whole, and rates too small to be counts", async () => {
    const s = await load("grouped.pha");
    const halves = { ...s, counts: s.counts.map((c) => c + 0.5) };
    expect((await readSpectrum(writeSpectrum(halves), "h")).counts).toEqual(halves.counts);
    expect((await readSpectrum(writeSpectrum(halves), "h")).warnings[0]).toContain(
      "COUNTS are not whole numbers",
    );
  });
});

describe("a spectrum to be fitted", () => {
  const changed = async (change: Partial<Spectrum>) => ({ ...(await load("grouped.pha")), ...change });
  const withCount = (value: number) => Float64Array.from(counts, (c, i) => (i === 3 ? value : c));

  it("needs an exposure and numbers of at least zero where its quality is good", async () => {
    expect(() => checkFittable({ ...({} as Spectrum), exposure: 0, counts: new Float64Array(1) })).toThrow(
      InputError,
    );
    const negative = await changed({ counts: withCount(-1) });
    expect(() => checkFittable(negative)).toThrow("grouped.pha[SPECTRUM] COUNTS: row 4 holds -1 counts");
    const nan = await changed({ counts: withCount(Number.NaN) });
    expect(() => checkFittable(nan)).toThrow("grouped.pha[SPECTRUM] COUNTS: row 4 holds NaN");
    expect(() => checkFittable({ ...nan, quality: Int16Array.of(0, 0, 0, 5, 0, 0, 0, 0) })).not.toThrow();
  });

  it("may have negative rates, or counts with errors of their own, for chi-squared, but not for Poisson statistics", async () => {
    const net = await changed({ counts: withCount(-1.5), fromRate: true });
    expect(() => checkFittable(net)).not.toThrow();
    expect(() => checkPoisson(net)).toThrow("RATE: row 4 is negative (-1.5 counts)");
    const subtracted = await changed({ counts: withCount(-2), statErr: new Float64Array(8).fill(1) });
    expect(() => checkFittable(subtracted)).not.toThrow();
    expect(() => checkPoisson(subtracted)).toThrow("COUNTS: row 4 is negative (-2 counts)");
  });
});

describe("rows of the spectrum and channels of the response", () => {
  const rmf = () => readRedistribution(fixture("variable.rmf"), "variable.rmf");
  const rows = async (change: Partial<Spectrum>) =>
    Array.from(channelRows({ ...(await load("grouped.pha")), ...change }, await rmf()));

  it("are matched by channel number in a file with fewer rows", async () => {
    expect(Array.from(channelRows(await load("rate-subset.pha"), await rmf()))).toEqual([2, 3, 4, 5, 6]);
  });

  it("are matched in order where both have all channels, from whatever number either counts", async () => {
    expect(await rows({ channels: Int32Array.from({ length: 8 }, (_, i) => i) })).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7,
    ]);
  });

  it("are matched by channel number where DETCHANS merely counts rows that start later", async () => {
    expect(await rows({ detchans: 3, channels: Int32Array.of(4, 5, 6) })).toEqual([3, 4, 5]);
  });

  it("must be as many", async () => {
    await expect(rows({ detchans: 16, channels: new Int32Array(16) })).rejects.toThrow(
      "variable.rmf[MATRIX]: 8 channels, but the spectrum grouped.pha has 16; is this the matching response?",
    );
    await expect(rows({ detchans: 4, channels: Int32Array.of(1, 2, 3, 4) })).rejects.toThrow(
      "has 4; is this",
    );
    await expect(rows({ channels: Int32Array.of(0, 1, 2, 2, 3, 4, 5, 6) })).rejects.toThrow(
      "channel 2 follows 2",
    );
    await expect(rows({ channels: Int32Array.of(90, 91), counts: new Float64Array(2) })).rejects.toThrow(
      "channels 90 to 91 do not fit into the 8 channels",
    );
  });
});

it("the scale of a group is the counts-weighted harmonic mean, the harmonic mean without counts, the plain mean of net ones", () => {
  const span = { first: 0, last: 2, use: (row: number) => row !== 1 };
  expect(groupedScale(Float64Array.of(1, 99, 4), Float64Array.of(2, 50, 8), span)).toBe(10 / (2 / 1 + 8 / 4));
  expect(groupedScale(Float64Array.of(1, 99, 4), new Float64Array(3), span)).toBe(2 / (1 + 1 / 4));
  expect(groupedScale(Float64Array.of(1, 99, 4), Float64Array.of(2, 50, 8), { ...span, net: true })).toBe(
    2.5,
  );
});
