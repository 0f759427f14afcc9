import { describe, expect, it } from "vitest";
import { parseExpression } from "../model/index.ts";
import { builtInResponse } from "../observe/instrument.ts";
import { DEMO, demoFiles } from "./demo.ts";
import { expectedChannelCounts, fakeSpectrum } from "./fake.ts";

const { redistribution, ancillary } = builtInResponse();
const expression = parseExpression("powerlaw");
const input = {
  file: "fake.pha",
  redistribution,
  ancillary,
  expression,
  theta: [1.7, 1],
  settings: { abund: "wilm", xsect: "vern" },
  exposure: 10,
  seed: 1,
};

describe("a fake spectrum", () => {
  it("has the model's expected counts on average: its total is Poisson about theirs", () => {
    const mean = expectedChannelCounts(input).reduce((sum, mu) => sum + mu, 0);
    for (const seed of [1, 2, 3]) {
      const total = fakeSpectrum({ ...input, seed }).source.counts.reduce((sum, n) => sum + n, 0);
      // 5 sigma: false alarm once in 600 000 for three seeds
      expect(Math.abs(total - mean)).toBeLessThan(5 * Math.sqrt(mean));
    }
  });

  it("expects twice the counts in twice the time", () => {
    const once = expectedChannelCounts(input);
    const twice = expectedChannelCounts({ ...input, exposure: 20 });
    twice.forEach((mu, c) => {
      expect(mu).toBeCloseTo(2 * once[c], 9);
    });
  });

  it("scales a background to its exposure, and draws a new one", () => {
    const background = { ...fakeSpectrum({ ...input, exposure: 100, seed: 9 }).source, file: "b.pha" };
    const blank = { ...input, theta: [1.7, 0], background };
    const { source, background: drawn } = fakeSpectrum(blank);
    const total = (counts: Float64Array) => counts.reduce((sum, n) => sum + n, 0);
    const there = total(background.counts);
    expect(Math.abs(total(source.counts) - there / 10)).toBeLessThan(5 * Math.sqrt(there / 10));
    expect(Math.abs(total(drawn!.counts) - there)).toBeLessThan(5 * Math.sqrt(there));
    expect(drawn!.counts).not.toEqual(background.counts);
    expect(source.backgroundFile).toBe("b.pha");
  });
});

describe("the demo's spectrum", () => {
  it("is the same for the same seed, and exposed for about 20 000 counts in its band", () => {
    const { files, exposure } = demoFiles(1);
    expect(files.map((file) => file.name)).toEqual(Object.values(DEMO.files));
    expect(demoFiles(1).files[0]).toEqual(files[0]);
    expect(demoFiles(2).files[0]).not.toEqual(files[0]);
    // The paper's exposure for as many counts with NICER is 11.1 s
    expect(exposure).toBeGreaterThan(9);
    expect(exposure).toBeLessThan(13);
  });
});
