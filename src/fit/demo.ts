import { parseExpression } from "../model/index.ts";
import { builtInResponse } from "../observe/instrument.ts";
import { constantGrouping, writeAncillary, writeRedistribution, writeSpectrum } from "../ogip/index.ts";
import { expectedChannelCounts, fakeSpectrum } from "./fake.ts";
import type { OutputFile } from "./output-entries.ts";

/** The reference spectrum of Barret & Dupourque (2024): absorbed power law, about 20 000 counts in 0.3-10 keV. */
export const DEMO = {
  model: "tbabs*powerlaw",
  truth: { "tbabs.nH": 0.2, "powerlaw.PhoIndex": 1.7, "powerlaw.norm": 1 },
  priors: {
    "tbabs.nH": "uniform(0.1, 0.3)",
    "powerlaw.PhoIndex": "uniform(0.5, 2.5)",
    "powerlaw.norm": "loguniform(0.01, 100)",
  },
  band: [0.3, 10],
  counts: 20_000,
  grouping: 5,
  files: { spectrum: "demo.pha", response: "demo.rmf", arf: "demo.arf" },
} as const;

/** The reference spectrum seen with the built-in instrument, as PHA, RMF and ARF files, and its exposure in seconds. */
export function demoFiles(seed: number): {
  readonly files: readonly OutputFile[];
  readonly exposure: number;
} {
  const { redistribution, ancillary } = builtInResponse();
  const { model, truth, files, band, counts, grouping } = DEMO;
  const expression = parseExpression(model);
  const values: Readonly<Record<string, number>> = truth;
  const input = {
    file: files.spectrum,
    redistribution: { ...redistribution, file: files.response },
    ancillary: { ...ancillary, file: files.arf },
    expression,
    theta: expression.parameters.map((parameter) => values[parameter.path] ?? parameter.default),
    settings: { abund: "wilm", xsect: "vern" },
    exposure: 1,
    group: () => constantGrouping(grouping, redistribution.channelLow.length),
    seed,
  };
  const inBand = (c: number) =>
    redistribution.channelLow[c] >= band[0] && redistribution.channelHigh[c] <= band[1];
  const rate = expectedChannelCounts(input).reduce((sum, mean, c) => (inBand(c) ? sum + mean : sum), 0);
  const exposure = Number((counts / rate).toPrecision(4));
  const { source } = fakeSpectrum({ ...input, exposure });
  return {
    files: [
      { name: files.spectrum, bytes: writeSpectrum(source) },
      { name: files.response, bytes: writeRedistribution(redistribution) },
      { name: files.arf, bytes: writeAncillary(ancillary, redistribution) },
    ],
    exposure,
  };
}
