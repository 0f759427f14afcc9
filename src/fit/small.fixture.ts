import { parseExpression } from "../model/expression.ts";
import { builtInResponse } from "../observe/instrument.ts";
import { constantGrouping } from "../ogip/regroup.ts";
import type { Spectrum } from "../ogip/types.ts";
import { writeAncillary, writeRedistribution } from "../ogip/write-response.ts";
import { writeSpectrum } from "../ogip/write-spectrum.ts";
import { CONFIG_DEFAULTS } from "./config-defaults.ts";
import { fakeSpectrum } from "./fake.ts";
import type { FitConfig } from "./types.ts";

/** Spectra of the built-in instrument that a test can fit within a second or two. */

const built = builtInResponse();
const redistribution = { ...built.redistribution, file: "small.rmf" };
const ancillary = { ...built.ancillary, file: "small.arf" };

/** What the spectra are drawn from. */
export const TRUTH = { "tbabs.nH": 0.2, "powerlaw.PhoIndex": 1.7, "powerlaw.norm": 1 };

export interface SmallSpectrum {
  readonly file?: string;
  /** Seconds; 1 gives about 1800 counts. */
  readonly exposure?: number;
  /** Background counts in all of the spectrum. */
  readonly background?: number;
  readonly seed?: number;
}

/** Files of spectra in groups of 25 channels, 39 bins in 0.3-10 keV. */
function smallFiles(spectra: readonly SmallSpectrum[]): Map<string, Uint8Array> {
  const files = new Map([
    ["small.rmf", writeRedistribution(redistribution)],
    ["small.arf", writeAncillary(ancillary, redistribution)],
  ]);
  spectra.forEach(({ file = "small.pha", exposure = 0.5, background, seed = 1 }, i) => {
    const input = {
      file,
      redistribution,
      ancillary,
      exposure,
      settings: { abund: "wilm", xsect: "vern" },
      group: () => constantGrouping(25, redistribution.channelLow.length),
    };
    const draw = (model: string, theta: readonly number[], other?: Spectrum) =>
      fakeSpectrum({
        ...input,
        expression: parseExpression(model),
        theta,
        seed: seed + 100 * i,
        ...(other && { background: other }),
      });
    if (background === undefined) {
      files.set(file, writeSpectrum(draw("tbabs*powerlaw", Object.values(TRUTH)).source));
      return;
    }
    const flat = draw("powerlaw", [0, 0]).source;
    const each = background / flat.counts.length;
    const field = {
      ...flat,
      file: `bkg-${file}`,
      counts: flat.counts.map((_, c) => Math.round((c + 1) * each) - Math.round(c * each)),
    };
    const { source, background: drawn } = draw("tbabs*powerlaw", Object.values(TRUTH), field);
    files.set(file, writeSpectrum(source));
    if (drawn !== undefined) files.set(field.file, writeSpectrum(drawn));
  });
  return files;
}

/** A configuration with two free parameters, and the door to its files. */
export function smallFit(spectra: readonly SmallSpectrum[], changes: Partial<FitConfig> = {}) {
  const files = smallFiles(spectra);
  const config: FitConfig = {
    ...CONFIG_DEFAULTS,
    spectra: spectra.map(({ file = "small.pha" }) => ({ file })),
    notice: [[0.3, 10]],
    model: "tbabs*powerlaw",
    priors: { "powerlaw.PhoIndex": "uniform(0.5, 3)", "powerlaw.norm": "loguniform(0.1, 10)" },
    fixed: { "tbabs.nH": 0.2 },
    simulations: 1000,
    samples: 4000,
    livePoints: 100,
    seed: 1,
    workers: 1,
    ...changes,
  };
  return { config, readFile: async (name: string) => files.get(name) };
}
