import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { companionPaths } from "./companion.ts";
import { describeFile } from "./describe.ts";
import { parseFileName } from "./filename.ts";
import { type CompanionNames, loadSpectrum } from "./load.ts";
import { readRedistribution } from "./redistribution.ts";
import { readSpectrum } from "./spectrum.ts";
import type { Spectrum } from "./types.ts";
import { writeRedistribution } from "./write-response.ts";
import { writeSpectrum } from "./write-spectrum.ts";

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/ogip/${name}`, import.meta.url)));
const NAMES = [
  "grouped.pha",
  "back.pha",
  "pair.pha",
  "rate-subset.pha",
  "two.pha2",
  "variable.rmf",
  "toy.arf",
];
const disk = (extra: Record<string, Uint8Array> = {}, without: readonly string[] = []) => {
  const files = new Map<string, Uint8Array>(
    NAMES.filter((n) => !without.includes(n)).map((n) => [`data/${n}`, fixture(n)]),
  );
  for (const [name, bytes] of Object.entries(extra)) files.set(name, bytes);
  return async (path: string) => files.get(path);
};
const load = (name: string, names: CompanionNames = {}, readFile = disk()) =>
  loadSpectrum(`data/${name}`, readFile, names);
const renamed = async (change: Partial<Spectrum>) =>
  writeSpectrum({ ...(await readSpectrum(fixture("grouped.pha"), "x")), ...change });

describe("a spectrum with its companions", () => {
  it("is loaded from the header's names, looked for beside it", async () => {
    const loaded = await load("grouped.pha");
    expect(loaded.redistribution.file).toBe("data/variable.rmf");
    expect(loaded.ancillary?.file).toBe("data/toy.arf");
    expect(loaded.background?.exposure).toBe(400);
    expect(Array.from(loaded.rows)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(loaded.warnings).toEqual([]);
  });

  it("goes on without a background that only the header names, with a warning", async () => {
    const loaded = await load("rate-subset.pha");
    expect(loaded.background).toBeUndefined();
    expect(loaded.warnings.at(-1)).toContain(
      "the background absent.pha is not beside the spectrum; going on without",
    );
    expect((await load("rate-subset.pha", { background: "none" })).warnings.join()).not.toContain(
      "absent.pha",
    );
  });

  it("stops at a background that the user names and that is not there", async () => {
    await expect(load("grouped.pha", { background: "typo.pha" })).rejects.toThrow(
      "typo.pha: there is no such",
    );
  });

  it("takes only the source's channels of the background", async () => {
    const loaded = await load("rate-subset.pha", { background: "data/back.pha" });
    expect(Array.from(loaded.background?.channels ?? [])).toEqual([3, 4, 5, 6, 7]);
    expect(Array.from(loaded.background?.counts ?? [])).toEqual([2, 5, 11, 7, 0]);
  });

  it("may be its own background file, in a second table", async () => {
    const { spectrum, background } = await load("pair.pha");
    expect(Array.from(background?.counts ?? [])).toEqual(
      Array.from(spectrum.counts)
        .toReversed()
        .map((c) => 2 * c),
    );
  });

  it("takes the table that is marked as background from a file of both", async () => {
    const { spectrum, background } = await load("grouped.pha", { background: "data/pair.pha" });
    expect(Array.from(background?.counts ?? [])).toEqual(Array.from(spectrum.counts, (c) => 2 * c));
  });

  it("that names itself as background must hold a second table", async () => {
    const bytes = await renamed({ backgroundFile: "new.pha" });
    await expect(load("new.pha", {}, disk({ "data/new.pha": bytes }))).rejects.toThrow(
      "BACKFILE: names itself as background, but holds no second spectrum",
    );
  });

  it("may carry its background in columns, which is said", async () => {
    const { background, warnings } = await load("two.pha2{1}");
    expect(background?.backscal[0]).toBe(7);
    expect(warnings).toEqual([expect.stringContaining("BACKGROUND_UP and BACKGROUND_DOWN")]);
  });

  it("without a response says which option names one", async () => {
    await expect(load("back.pha")).rejects.toThrow(
      "data/back.pha[SPECTRUM] RESPFILE: the header names no response; give one with --response FILE",
    );
    await expect(load("grouped.pha", {}, disk({}, ["variable.rmf"]))).rejects.toThrow(
      "the response variable.rmf is not beside the spectrum; put it there or give one with --response FILE",
    );
    await expect(load("grouped.pha", { response: "none" })).rejects.toThrow("a fit needs a response");
  });

  it("without its ARF says how to go on, and does so when told", async () => {
    const readFile = disk({}, ["toy.arf"]);
    await expect(load("grouped.pha", {}, readFile)).rejects.toThrow("--arf FILE, or say --arf none");
    expect((await load("grouped.pha", { arf: "none" }, readFile)).ancillary).toBeUndefined();
  });

  it("finds companions in other places: compressed, with a directory, by %match%, absolute", async () => {
    const rmf = fixture("variable.rmf");
    const cases: [string, string][] = [
      ["other.rmf", "data/other.rmf.gz"],
      ["deep/er/other.rmf", "data/deep/er/other.rmf"],
      ["deep/er/other.rmf", "data/other.rmf"],
      ["%match%", "data/new.rsp"],
      ["/abs/other.rmf", "/abs/other.rmf"],
      ["/abs/other.rmf", "data/other.rmf"],
    ];
    for (const [responseFile, place] of cases) {
      const readFile = disk({ [place]: rmf, "data/new.pha": await renamed({ responseFile }) });
      expect((await load("new.pha", {}, readFile)).redistribution.file).toBe(place);
    }
  });

  it("has its area from one place: a second one, or none, is a warning", async () => {
    const rmf = await readRedistribution(fixture("variable.rmf"), "r");
    const large = { "data/big.rmf": writeRedistribution({ ...rmf, values: rmf.values.map((v) => 100 * v) }) };
    const both = await load("grouped.pha", { response: "data/big.rmf" }, disk(large));
    expect(both.warnings).toEqual([
      expect.stringContaining("rows sum up to 100, so it seems to include the area"),
    ]);
    expect(
      (await load("grouped.pha", { response: "data/big.rmf", arf: "none" }, disk(large))).warnings,
    ).toEqual([]);
    const neither = await load("grouped.pha", { arf: "none" });
    expect(neither.warnings).toEqual([expect.stringContaining("there is no ARF; is one missing?")]);
  });

  it("with a response of other channels is refused", async () => {
    const bytes = await renamed({ detchans: 16 });
    await expect(load("new.pha", {}, disk({ "data/new.pha": bytes }))).rejects.toThrow(
      "data/variable.rmf[MATRIX]: 8 channels, but the spectrum data/new.pha has 16",
    );
  });

  it("that is not there, or is no spectrum, is refused", async () => {
    await expect(load("nothing.pha")).rejects.toThrow("data/nothing.pha: there is no such spectrum file");
    await expect(load("toy.arf")).rejects.toThrow("data/toy.arf: expected a spectrum");
  });
});

it("a file name may choose an HDU and a row", () => {
  expect(parseFileName("d/a.pha")).toEqual({ path: "d/a.pha" });
  expect(parseFileName("d/a.pha{3}")).toEqual({ path: "d/a.pha", row: 3 });
  expect(parseFileName("d/a.pha[2]")).toEqual({ path: "d/a.pha", hdu: 2 });
  expect(parseFileName("d/a.pha[SPECTRUM]{12}")).toEqual({ path: "d/a.pha", hdu: "SPECTRUM", row: 12 });
  expect(parseFileName("a{b}.pha")).toEqual({ path: "a{b}.pha" });
});

it("a companion is looked for beside the spectrum, never in the working directory", () => {
  expect(companionPaths("x/r.rmf", "d/a.pha")).toEqual([
    "d/x/r.rmf",
    "d/x/r.rmf.gz",
    "d/r.rmf",
    "d/r.rmf.gz",
  ]);
  expect(companionPaths("%match%", "a.b.pha.gz")).toEqual(["a.b.rsp", "a.b.rsp.gz"]);
});

describe("the description of a file", () => {
  it("states what a spectrum holds and what looks odd", async () => {
    const description = await describeFile(fixture("grouped.pha"), "grouped.pha");
    expect(description).toMatchObject({
      kind: "spectrum",
      warnings: [],
      spectra: [
        { counts: 33, exposure: 100, channels: 8, groups: 4, dropped: 1, bad: 2, response: "variable.rmf" },
      ],
    });
    const odd = await renamed({
      poissonErrors: false,
      counts: Float64Array.of(0, 1, -1, Number.NaN, 0, 0, 0, 0),
    });
    const { warnings } = await describeFile(odd, "odd.pha");
    expect(warnings.join("\n")).toMatch(
      /1 good channels are negative[\s\S]*1 good channels hold no number[\s\S]*STAT_ERR/,
    );
  });

  it("lists the rows of a type II file and both tables of a pair", async () => {
    expect(await describeFile(fixture("two.pha2"), "two.pha2")).toMatchObject({
      spectra: [
        { row: 1, order: -1, counts: 33 },
        { row: 2, order: 1, counts: 99 },
      ],
    });
    expect(await describeFile(fixture("pair.pha"), "pair.pha")).toMatchObject({
      spectra: [{ background: false }, { background: true }],
    });
  });

  it("states grid, channels and area of a response and of an ARF", async () => {
    expect(await describeFile(fixture("variable.rmf"), "r")).toMatchObject({
      kind: "response",
      response: { energies: 6, energyRange: [0.5, 6], channels: 8, elements: 14, largestRowSum: 1 },
    });
    expect(await describeFile(fixture("toy.arf"), "a")).toMatchObject({
      kind: "ancillary",
      ancillary: { peakArea: 40, peakEnergy: 1.75 },
    });
    expect(await describeFile(fixture("every.fits"), "e")).toMatchObject({ kind: "other" });
  });
});
