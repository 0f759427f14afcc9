import { CONFIG_DEFAULTS } from "../../src/fit/config-defaults.ts";
import { formatRange } from "../../src/fit/config-ranges.ts";
import type { FitConfig } from "../../src/fit/types.ts";

/** A spectrum with the settings of its fit, and what its answer must be. */
export interface ValidationCase {
  readonly name: string;
  readonly what: string;
  /** Files within the data folder. */
  readonly spectrum: string;
  readonly response?: string;
  readonly settings: Pick<FitConfig, "notice" | "bins" | "model" | "priors" | "fixed">;
  /** Range of expected counts from which simulated spectra are drawn (Barret & Dupourque 2024, section 4 and demo runs). */
  readonly counts?: readonly [number, number];
  readonly expected: {
    readonly bins?: number;
    /** Least C-stat with this response, 0.3 either way. */
    readonly best?: number;
    /** Largest |C - expected| in standard deviations. */
    readonly deviation?: number;
    /** Least ESS/N of the flow's own draws. */
    readonly efficiency?: number;
  };
}

const RESPONSE = "nicer/nicer_reconstructed.rmf.gz";

/** Table 1 of Barret & Dupourque (2024), Model 1 with a log-uniform normalisation. */
const powerlaw: ValidationCase["settings"] = {
  notice: [[0.3, 10]],
  bins: "inside",
  model: "tbabs*powerlaw",
  priors: {
    "tbabs.nH": "uniform(0.1, 0.3)",
    "powerlaw.PhoIndex": "uniform(0.5, 2.5)",
    "powerlaw.norm": "loguniform(0.01, 100)",
  },
  fixed: {},
};

/** The same, Model 3. */
const burst: ValidationCase["settings"] = {
  notice: [[0.3, 10]],
  bins: "inside",
  model: "tbabs*(powerlaw+bbodyrad)",
  priors: {
    "powerlaw.norm": "loguniform(0.1, 10)",
    "bbodyrad.kT": "uniform(0.1, 4.5)",
    "bbodyrad.norm": "loguniform(0.1, 1e5)",
  },
  fixed: { "tbabs.nH": 0.2, "powerlaw.PhoIndex": 1.7 },
};

export const VALIDATION_CASES: readonly ValidationCase[] = [
  {
    name: "nicer-20000",
    what: "simulated NICER spectrum, 20 000 counts",
    spectrum: "nicer/Reference_pha_tbabs_powerlaw_20000counts_groupconstant_5.pha",
    response: RESPONSE,
    settings: powerlaw,
    counts: [1e4, 1e5],
    expected: { bins: 193, best: 221.9, efficiency: 0.8 },
  },
  {
    name: "nicer-2000",
    what: "simulated NICER spectrum, 2000 counts",
    spectrum: "nicer/Reference_pha_tbabs_powerlaw_2000counts_groupconstant_5.pha",
    response: RESPONSE,
    settings: powerlaw,
    counts: [1e3, 1e4],
    expected: { bins: 193, best: 193.2, efficiency: 0.8 },
  },
  {
    name: "nicer-burst",
    what: "0.25 s of an X-ray burst of 4U 1820-303, NICER",
    spectrum: "nicer/b_008_0.25s_raw_opt.pha",
    response: RESPONSE,
    settings: burst,
    counts: [1e2, 1e4],
    expected: { bins: 95, best: 110.7, efficiency: 0.4 },
  },
  {
    name: "chandra-aciss",
    what: "XSPEC's fakeit of Chandra ACIS-S, 40 ks",
    spectrum: "chandra_aciss_fakeit/aciss.fak",
    settings: {
      notice: [[0.5, 7]],
      bins: "xspec",
      model: "tbabs*powerlaw",
      priors: {
        "tbabs.nH": "uniform(0, 0.5)",
        "powerlaw.PhoIndex": "uniform(0.5, 3)",
        "powerlaw.norm": "loguniform(1e-6, 1e-3)",
      },
      fixed: {},
    },
    expected: { deviation: 1 },
  },
];

export type RunChoice = Partial<
  Pick<FitConfig, "method" | "preset" | "features" | "restrict" | "seed" | "livePoints" | "workers">
>;

/** The configuration of a case with its files in the folder `data`. */
export function caseConfig(
  { spectrum, response, settings }: ValidationCase,
  data: string,
  choice: RunChoice = {},
): FitConfig {
  return {
    ...CONFIG_DEFAULTS,
    seed: 1,
    workers: 1,
    ...settings,
    ...choice,
    spectra: [{ file: `${data}/${spectrum}`, ...(response && { response: `${data}/${response}` }) }],
  };
}

/** The command that makes the same run, with files as in the data folder. */
export function caseCommand(
  { spectrum, response, settings }: ValidationCase,
  options: readonly string[],
): string {
  const { notice, bins, model, priors, fixed } = settings;
  const words = [
    `xnpe fit ${spectrum}`,
    ...(response ? [`--response ${response}`] : []),
    ...notice.map((range) => `--notice ${formatRange(range)}`),
    ...(bins === "xspec" ? [] : [`--bins ${bins}`]),
    `--model "${model}"`,
    ...Object.entries(fixed).map(([path, value]) => `--set ${path}=${value}`),
    ...Object.entries(priors).map(([path, prior]) => `--prior "${path}=${prior.replaceAll(" ", "")}"`),
    ...options,
  ];
  return words.join(" \\\n  ");
}
