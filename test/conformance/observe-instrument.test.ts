import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { builtInResponse } from "../../src/observe/index.ts";
import { normalisation } from "../../src/observe/instrument-constants.ts";
import { readAncillary, readRedistribution } from "../../src/ogip/index.ts";

const folder = new URL("../../../shared/data/nicer/", import.meta.url);
const present = existsSync(folder);
if (!present) console.warn(`skipped: ${folder.pathname} is absent`);
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));

describe("built-in instrument beside the files that it stands for", () => {
  it.skipIf(!present)("has their energies and channels, and their matrix", async () => {
    const file = await readRedistribution(read("nicer_reconstructed.rmf.gz"), "nicer_reconstructed.rmf.gz");
    const { redistribution } = builtInResponse();
    expect(redistribution.edges).toEqual(file.edges);
    expect(redistribution.channelLow).toEqual(file.channelLow);
    expect(redistribution.channelHigh).toEqual(file.channelHigh);
    expect(redistribution.firstChannel).toBe(file.firstChannel);
    let worst = 0;
    for (let e = 0; e + 1 < file.edges.length; e++) {
      expect(file.groupStart[e + 1] - file.groupStart[e]).toBeLessThanOrEqual(1);
      const own = new Float64Array(1501);
      const other = new Float64Array(1501);
      for (let i = 0; i < redistribution.groupLength[e]; i++)
        own[i] = normalisation * redistribution.values[redistribution.groupOffset[e] + i];
      for (let g = file.groupStart[e]; g < file.groupStart[e + 1]; g++)
        for (let i = 0; i < file.groupLength[g]; i++)
          other[file.groupChannel[g] + i] = file.values[file.groupOffset[g] + i];
      // The file keeps 9 bits of each value (2^-9 = 2e-3, less in the mean) and drops values below 2e-7.
      for (let i = 0; i < 1501; i++)
        worst = Math.max(worst, Math.abs(own[i] - other[i]) / (2e-3 * other[i] + 2.1e-7));
    }
    expect(worst).toBeLessThan(1);
  });

  it.skipIf(!present)("has their effective area within 0.25 % rms in 0.3-10 keV", async () => {
    const file = await readAncillary(read("pre_burst_Tint200_raw.arf"), "pre_burst_Tint200_raw.arf");
    const { ancillary } = builtInResponse();
    let sum = 0;
    let bins = 0;
    for (let e = 0; e < file.area.length; e++) {
      if (file.edges[e] < 0.3 || file.edges[e + 1] > 10) continue;
      const error = ancillary.area[e] / normalisation / file.area[e] - 1;
      expect(Math.abs(error)).toBeLessThan(0.012);
      sum += error ** 2;
      bins++;
    }
    expect(Math.sqrt(sum / bins)).toBeLessThan(0.0025);
  });
});
