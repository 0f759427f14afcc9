import {
  CONFIG_DEFAULTS as DEFAULTS,
  ESTIMATORS,
  METHODS,
  PROPOSALS,
  STATISTICS,
  WEIGHTS,
} from "../fit/config-defaults.ts";
import { COMPANIONS } from "../fit/config-files.ts";
import type { CommandOption } from "./command.ts";

/** Options that several commands share; what each means is said here alone. */

const JSON_OPTION: CommandOption = { flags: "--json", description: "print JSON for machines" };

export const COMMON_OPTIONS: readonly CommandOption[] = [
  JSON_OPTION,
  { flags: "--quiet", description: "no progress, no remarks" },
];

export const SEED_OPTION: CommandOption = {
  flags: "--seed <number>",
  description: "seed of all random numbers; drawn and shown where absent",
};

export const DATA_OPTIONS: readonly CommandOption[] = [
  {
    flags: "--response <file>",
    description: "response (RMF); default: as named in the PHA's header",
    repeat: true,
  },
  {
    flags: "--arf <file>",
    description: 'ancillary response, or "none"; default: as named in the header',
    repeat: true,
  },
  {
    flags: "--background <file>",
    description: 'background, or "none"; default: as named in the header',
    repeat: true,
  },
  {
    flags: "--notice <range>",
    description: "keep this range: 0.3-10 (keV), ch30-800 (channels), 2:0.5-8 (of spectrum 2)",
    repeat: true,
  },
  { flags: "--ignore <range>", description: "drop this range", repeat: true },
  {
    flags: "--bins <rule>",
    description: `which bins a range keeps: xspec, inside; default ${DEFAULTS.bins}`,
  },
];

/** The model of a background that is fitted jointly. */
export const BACKGROUND_OPTIONS: readonly CommandOption[] = [
  {
    flags: "--background-model <expr>",
    description:
      'model of the background, fitted jointly with its spectrum; its parameters: "bkg:powerlaw.norm"',
  },
  {
    flags: "--background-response <file>",
    description:
      "response (RMF) of the background's model; default: as the background's header, else the source's",
    repeat: true,
  },
  {
    flags: "--background-arf <file>",
    description: 'its ancillary response; "none" for a background of particles',
    repeat: true,
  },
];

/** The files that belong to a spectrum. */
export const COMPANION_OPTIONS: readonly CommandOption[] = [...DATA_OPTIONS, ...BACKGROUND_OPTIONS].filter(
  ({ flags }) => Object.keys(COMPANIONS).some((key) => flags.startsWith(`--${key} `)),
);

export const MODEL_OPTIONS: readonly CommandOption[] = [
  { flags: "--model <expression>", description: 'as in XSPEC, "tbabs*(powerlaw+bbodyrad)"' },
  {
    flags: "--define <name=formula>",
    description:
      'a model of your own for the expression, "dpl(a=1.7) = E^-a + f*E^-b"; ": mul" behind a factor',
    repeat: true,
  },
  { flags: "--set <name=value>", description: 'fix a parameter, "powerlaw.PhoIndex=1.7"', repeat: true },
  { flags: "--abund <table>", description: `abundances; default ${DEFAULTS.abund}` },
  { flags: "--xsect <table>", description: `photoionisation cross-sections; default ${DEFAULTS.xsect}` },
];

export const CONFIG_OPTION: CommandOption = {
  flags: "--config <file>",
  description: "settings from a YAML file or an XSPEC script (.xcm); options given here win",
};

export const STATISTIC_OPTION: CommandOption = {
  flags: "--statistic <name>",
  description: `${STATISTICS.join(", ")}; default: wstat with a background file, else cstat`,
};

export const WEIGHT_OPTIONS: readonly CommandOption[] = [
  { flags: "--weight <name>", description: `chi: its variance, ${WEIGHTS.join(", ")}; default standard` },
  {
    flags: "--systematic <f>",
    description: "chi: systematic error of the model, a fraction of it; default 0",
  },
];

export const INFERENCE_OPTIONS: readonly CommandOption[] = [
  {
    flags: "--prior <name=prior>",
    description: 'free a parameter, "tbabs.nH=uniform(0.15,0.35)"',
    repeat: true,
  },
  STATISTIC_OPTION,
  ...WEIGHT_OPTIONS,
  { flags: "--method <name>", description: `${METHODS.join(", ")}; default ${DEFAULTS.method}` },
  { flags: "--preset <name>", description: "default, paper (the paper's network and training)" },
  {
    flags: "--features <name>",
    description: `what the network sees: sufficient, raw, sqrt, pca(f), summary, bands, autoencoder, embedding; default ${DEFAULTS.features}`,
  },
  { flags: "--estimator <name>", description: `density estimator: ${ESTIMATORS.join(", ")}; default maf` },
  { flags: "--steps <n>", description: "training: steps; more for a network that is used often" },
  { flags: "--batch <n>", description: "training: rows a step" },
  { flags: "--ensemble <n>", description: `networks that are averaged; default ${DEFAULTS.ensemble}` },
  { flags: "--simulations <n>", description: `simulated spectra; default ${DEFAULTS.simulations}` },
  { flags: "--rounds <n>", description: `rounds of so many simulations each; default ${DEFAULTS.rounds}` },
  {
    flags: "--proposal <rule>",
    description: `where later rounds simulate: ${PROPOSALS.join(", ")}; default ${DEFAULTS.proposal}`,
  },
  { flags: "--atoms <n>", description: `apt: atoms of the loss; default ${DEFAULTS.atoms}` },
  { flags: "--combined-loss", description: "apt: add the plain loss on draws of the prior" },
  {
    flags: "--restrict <rule>",
    description: `part of the prior to simulate: auto, none, counts(lo,hi), classifier(lo,hi), cstat(f), coarse(n); default ${DEFAULTS.restrict.kind}`,
  },
  {
    flags: "--restrict-simulations <n>",
    description: `classifier: simulations a round; default ${DEFAULTS.restriction.simulations}`,
  },
  {
    flags: "--restrict-rounds <n>",
    description: `classifier: most rounds; default ${DEFAULTS.restriction.rounds}`,
  },
  {
    flags: "--restrict-stop <f>",
    description: `classifier: valid fraction at which to stop; default ${DEFAULTS.restriction.stop}`,
  },
  { flags: "--samples <n>", description: `draws of the posterior; default ${DEFAULTS.samples}` },
  { flags: "--live-points <n>", description: `nested sampling: live points; default ${DEFAULTS.livePoints}` },
  { flags: "--walkers <n>", description: "mcmc: walkers" },
  { flags: "--burn <n>", description: "mcmc: states of all walkers that are dropped" },
  {
    flags: "--length <n>",
    description: "mcmc: states of all walkers that are kept; default: until the chains agree",
  },
  {
    flags: "--bayes",
    description: "mle, error, steppar: add -2 ln prior to the statistic, as XSPEC's bayes on",
  },
  { flags: "--starts <n>", description: `mle: starting points; default ${DEFAULTS.starts}` },
  {
    flags: "--start <name=value>",
    description: "mle: where the first starts; default: the prior's median",
    repeat: true,
  },
  SEED_OPTION,
  {
    flags: "--workers <n>",
    description: "parallel workers; default: all cores. The result is the same for any",
  },
];

const CLASSICAL = /^--(prior|statistic|weight|systematic|bayes|starts?|seed)( |$)/;

/** What a classical fit takes: data, model, and of the inference's options those that it has a use for. */
export const CLASSICAL_OPTIONS: readonly CommandOption[] = [
  CONFIG_OPTION,
  ...DATA_OPTIONS,
  ...BACKGROUND_OPTIONS,
  ...MODEL_OPTIONS,
  ...INFERENCE_OPTIONS.filter(({ flags }) => CLASSICAL.test(flags)),
];

export const OUT_OPTIONS: readonly CommandOption[] = [
  { flags: "--out <folder>", description: "where results go; default xnpe-run" },
  { flags: "--force", description: "replace an earlier run in that folder" },
];
