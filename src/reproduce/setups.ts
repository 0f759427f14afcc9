/** A spectrum with the model and the priors that it is fitted with (Barret & Dupourque 2024, table 1). */
export interface Setup {
  readonly name: string;
  readonly what: string;
  /** PHA file of the release. */
  readonly file: string;
  readonly model: string;
  readonly priors: Readonly<Record<string, string>>;
  readonly fixed: Readonly<Record<string, number>>;
  /** Expected counts that are simulated. */
  readonly window: readonly [number, number];
  /** What a fake is made with where the file is absent, and how many counts it has. */
  readonly truth: Readonly<Record<string, number>>;
  readonly counts: number;
}

/** The authors' RMFs are not public; this one follows the measured resolution. */
export const RESPONSE = "nicer_reconstructed.rmf.gz";
export const BAND = [0.3, 10] as const;

const POWERLAW = "Reference_pha_tbabs_powerlaw_";
const powerlaw = {
  model: "tbabs*powerlaw",
  priors: {
    "tbabs.nH": "uniform(0.1, 0.3)",
    "powerlaw.PhoIndex": "uniform(0.5, 2.5)",
    "powerlaw.norm": "loguniform(0.01, 100)",
  },
  fixed: {},
  truth: { "tbabs.nH": 0.2, "powerlaw.PhoIndex": 1.7, "powerlaw.norm": 1 },
};
/** The demo runs of the release take N_H log-uniform. */
const logarithmic = { ...powerlaw.priors, "tbabs.nH": "loguniform(0.1, 0.3)" };

const both = "tbabs*(powerlaw+bbodyrad)";
const persistent = {
  model: both,
  file: "pre_burst_spectrum_opt.pha",
  priors: {
    "tbabs.nH": "uniform(0.15, 0.35)",
    "powerlaw.PhoIndex": "uniform(1, 3)",
    "powerlaw.norm": "uniform(0.1, 10)",
    "bbodyrad.kT": "uniform(0.3, 3)",
    "bbodyrad.norm": "uniform(100, 1000)",
  },
  fixed: {},
  window: [2e5, 2.5e5],
  truth: {
    "tbabs.nH": 0.242,
    "powerlaw.PhoIndex": 1.63,
    "powerlaw.norm": 0.845,
    "bbodyrad.kT": 0.56,
    "bbodyrad.norm": 580,
  },
  counts: 224_138,
} as const;
const logarithmicNorms = {
  ...persistent.priors,
  "powerlaw.norm": "loguniform(0.1, 10)",
  "bbodyrad.norm": "loguniform(100, 1000)",
};

const burst = {
  model: both,
  priors: {
    "powerlaw.norm": "loguniform(0.1, 10)",
    "bbodyrad.kT": "uniform(0.1, 4.5)",
    "bbodyrad.norm": "loguniform(0.1, 100000)",
  },
  fixed: { "tbabs.nH": 0.2, "powerlaw.PhoIndex": 1.7 },
  window: [100, 10_000],
} as const;

export const SETUPS = {
  bright: {
    ...powerlaw,
    name: "bright",
    what: "Spectrum20000, Model 1",
    file: `${POWERLAW}20000counts_groupconstant_5.pha`,
    window: [1e4, 1e5],
    counts: 21_363,
  },
  faint: {
    ...powerlaw,
    name: "faint",
    what: "Spectrum2000, Model 1",
    file: `${POWERLAW}2000counts_groupconstant_5.pha`,
    window: [1e3, 1e4],
    counts: 2146,
  },
  brightLog: {
    ...powerlaw,
    name: "bright-log",
    what: "Spectrum20000, Model 1, N_H log-uniform",
    file: `${POWERLAW}20000counts_groupconstant_5.pha`,
    priors: logarithmic,
    window: [1e4, 1e5],
    counts: 21_363,
  },
  faintLog: {
    ...powerlaw,
    name: "faint-log",
    what: "Spectrum2000, Model 1, N_H log-uniform",
    file: `${POWERLAW}2000counts_groupconstant_5.pha`,
    priors: logarithmic,
    window: [1e3, 1e4],
    counts: 2146,
  },
  persistent: { ...persistent, name: "persistent", what: "persistent emission of 4U 1820-303, Model 2" },
  persistentLog: {
    ...persistent,
    name: "persistent-log",
    what: "persistent emission of 4U 1820-303, Model 2, norms log-uniform",
    priors: logarithmicNorms,
  },
  burst: {
    ...burst,
    name: "burst",
    what: "0.25 s of the burst (b_008), Model 3",
    file: "b_008_0.25s_raw_opt.pha",
    truth: { "powerlaw.norm": 4.7, "bbodyrad.kT": 0.87, "bbodyrad.norm": 4000 },
    counts: 3929,
  },
  burstFaint: {
    ...burst,
    name: "burst-faint",
    what: "0.25 s of the burst (b_004), Model 3",
    file: "b_004_0.25s_raw_opt.pha",
    truth: { "powerlaw.norm": 1.1, "bbodyrad.kT": 1.8, "bbodyrad.norm": 30 },
    counts: 574,
  },
  /** Local minima: Model 2 on the grid of the simulated two-component spectrum. */
  twoComponents: {
    ...persistent,
    name: "two-components",
    what: "simulated spectra of Model 2",
    file: "Reference_pha_tbabs_powerlaw_bbodyrad_20000counts_groupconstant_5.pha",
    priors: logarithmicNorms,
    window: [1e4, 1e5],
    counts: 24_938,
  },
} as const satisfies Record<string, Setup>;
