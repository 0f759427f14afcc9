import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { optimalGrouping, readRedistribution, readSpectrum } from "../../src/ogip/index.ts";

const data = new URL("../../../shared/data/nicer/", import.meta.url);
const present = existsSync(data);
if (!present) console.warn(`skipped: ${data.pathname} is absent, so optimal groups are not compared`);
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, data)));

/** Channels between which the reconstructed response's resolution is that of the detector. */
const RANGE = [60, 1000];

/** The response is reconstructed, and its width is known to some per cent only, as is then the number of groups. */
it
  .skipIf(!present)
  .each(["pre_burst_spectrum_opt.pha", "b_008_0.25s_raw_opt.pha", "b_004_0.25s_raw_opt.pha"])(
  "%s: optimal groups are within 6 % as many as those that the published file was made with",
  async (file) => {
    const response = await readRedistribution(read("nicer_reconstructed.rmf.gz"), "nicer.rmf");
    const spectrum = await readSpectrum(read(file), file);
    const rows = Int32Array.from(spectrum.counts, (_, c) => c);
    const starts = (grouping: Int16Array) =>
      grouping.reduce((n, flag, c) => n + (flag === 1 && c >= RANGE[0] && c <= RANGE[1] ? 1 : 0), 0);
    const ratio = starts(optimalGrouping(spectrum, response, { rows })) / starts(spectrum.grouping);
    expect(ratio).toBeGreaterThan(0.94);
    expect(ratio).toBeLessThan(1.06);
  },
);
