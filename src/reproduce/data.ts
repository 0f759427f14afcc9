import { expectedChannelCounts, fakeSpectrum } from "../fit/fake.ts";
import { parseExpression } from "../model/expression.ts";
import { builtInResponse } from "../observe/instrument.ts";
import { constantGrouping, writeAncillary, writeRedistribution, writeSpectrum } from "../ogip/index.ts";
import type { ReadFile, Redistribution } from "../ogip/types.ts";
import { BAND, RESPONSE, SETUPS, type Setup } from "./setups.ts";
import type { DataSource } from "./types.ts";

/** The published files in a folder. */
export function publishedData(folder: string, readFile: ReadFile): DataSource {
  return { published: true, path: (file) => `${folder}/${file}`, readFile };
}

const FILES = { response: RESPONSE, arf: "built-in.arf" };

/**
 * Fakes of the built-in instrument under the names of the published files, made with the truth of their set-ups, in groups of
 * `grouping` channels (5, as the published simulated spectra).
 */
export function builtInData(seed: number, grouping = 5): DataSource {
  const made = new Map<string, Uint8Array>();
  const built = builtInResponse();
  const redistribution = { ...built.redistribution, file: FILES.response };
  const ancillary = { ...built.ancillary, file: FILES.arf };
  const make = (name: string): Uint8Array | undefined => {
    if (name === FILES.response) return writeRedistribution(redistribution);
    if (name === FILES.arf) return writeAncillary(ancillary, redistribution);
    const setup: Setup | undefined = Object.values(SETUPS).find(({ file }) => file === name);
    return setup && writeSpectrum(fakeOf(setup, redistribution, ancillary, { seed, grouping }));
  };
  return {
    published: false,
    path: (file) => file,
    async readFile(name) {
      const bytes = made.get(name) ?? make(name);
      if (bytes !== undefined) made.set(name, bytes);
      return bytes;
    },
  };
}

function fakeOf(
  { file, model, truth, fixed, counts }: Setup,
  redistribution: Redistribution,
  ancillary: ReturnType<typeof builtInResponse>["ancillary"],
  { seed, grouping }: { readonly seed: number; readonly grouping: number },
) {
  const expression = parseExpression(model);
  const values: Readonly<Record<string, number>> = { ...fixed, ...truth };
  const input = {
    file,
    redistribution,
    ancillary,
    expression,
    theta: expression.parameters.map((parameter) => values[parameter.path] ?? parameter.default),
    settings: { abund: "wilm", xsect: "vern" },
    exposure: 1,
    grouping: constantGrouping(grouping, redistribution.channelLow.length),
    seed,
  };
  const { channelLow, channelHigh } = redistribution;
  const rate = expectedChannelCounts(input).reduce(
    (sum, mean, c) => (channelLow[c] >= BAND[0] && channelHigh[c] <= BAND[1] ? sum + mean : sum),
    0,
  );
  return fakeSpectrum({ ...input, exposure: Number((counts / rate).toPrecision(4)) }).source;
}
