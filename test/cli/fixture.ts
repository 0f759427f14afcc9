import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fakeSpectrum } from "../../src/fit/fake.ts";
import { parseExpression } from "../../src/model/index.ts";
import {
  constantGrouping,
  writeAncillary,
  writeRedistribution,
  writeSpectrum,
} from "../../src/ogip/index.ts";
import type { AncillaryResponse, Redistribution, Spectrum } from "../../src/ogip/types.ts";

/** Channels of 0.1 keV from 0.1 keV, and as many energies: small enough for a fit of seconds. */
const CHANNELS = 80;

/** A detector that puts 80 % of the photons into their own channel and 20 % into the one below. */
function smallResponse(channels = CHANNELS): Redistribution {
  const edges = Float64Array.from({ length: channels + 1 }, (_, e) => Math.fround(0.1 + 0.1 * e));
  const first = (e: number) => Math.max(0, e - 1);
  return {
    file: "small.rmf",
    hdu: "MATRIX",
    edges,
    channelLow: edges.slice(0, -1),
    channelHigh: edges.slice(1),
    firstChannel: 0,
    groupStart: Int32Array.from({ length: channels + 1 }, (_, e) => e),
    groupChannel: Int32Array.from({ length: channels }, (_, e) => first(e)),
    groupLength: Int32Array.from({ length: channels }, (_, e) => (e === 0 ? 1 : 2)),
    groupOffset: Int32Array.from({ length: channels }, (_, e) => (e === 0 ? 0 : 2 * e - 1)),
    values: Float32Array.from({ length: 2 * channels - 1 }, (_, i) =>
      i === 0 ? 1 : i % 2 === 1 ? 0.2 : 0.8,
    ),
    telescope: "TEST",
    instrument: "SMALL",
    warnings: [],
  };
}

function smallArea({ edges }: Redistribution): AncillaryResponse {
  const area = Float64Array.from(
    { length: edges.length - 1 },
    (_, e) => 500 * Math.exp(-(((edges[e] - 1.5) / 3) ** 2)),
  );
  return { file: "small.arf", edges, area, warnings: [] };
}

/** What the fixture's spectrum was drawn with. */
export const TRUTH = { "tbabs.nH": 0.2, "powerlaw.PhoIndex": 1.7, "powerlaw.norm": 0.1 };

/** Model and priors as options. */
export const MODEL = ["--model", "tbabs*powerlaw", "--notice", "0.3-7"];
export const PRIORS = [
  ...["--prior", "tbabs.nH=uniform(0,1)"],
  ...["--prior", "powerlaw.PhoIndex=uniform(0.5,3)"],
  ...["--prior", "powerlaw.norm=loguniform(0.01,1)"],
];

/** A folder with small.pha (about 1500 counts), small.rmf and small.arf, and other.rmf of half the channels. */
export async function makeFixture(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "xnpe-cli-"));
  const response = smallResponse();
  await writeFile(join(folder, "small.pha"), writeSpectrum(smallSpectrum()));
  await writeFile(join(folder, "small.rmf"), writeRedistribution(response));
  await writeFile(join(folder, "small.arf"), writeAncillary(smallArea(response), response));
  await writeFile(join(folder, "other.rmf"), writeRedistribution(smallResponse(CHANNELS / 2)));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

export function smallSpectrum(): Spectrum {
  const redistribution = smallResponse();
  const expression = parseExpression("tbabs*powerlaw");
  return fakeSpectrum({
    file: "small.pha",
    redistribution,
    ancillary: smallArea(redistribution),
    expression,
    theta: Object.values(TRUTH),
    settings: { abund: "wilm", xsect: "vern" },
    exposure: 50,
    group: () => constantGrouping(2, CHANNELS),
    seed: 1,
  }).source;
}

/** Writes a changed copy of the spectrum into a folder. */
export async function writeVariant(
  folder: string,
  name: string,
  change: (spectrum: Spectrum) => Spectrum,
): Promise<void> {
  await writeFile(join(folder, name), writeSpectrum(change(smallSpectrum())));
}
