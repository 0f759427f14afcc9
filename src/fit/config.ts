import { InputError } from "../errors.ts";
import { checkTypes, guess } from "./config-check.ts";
import { CONFIG_DEFAULTS, PRESETS } from "./config-defaults.ts";
import { type Locate, resolveSpectra } from "./config-files.ts";
import type { ConfigLayer } from "./config-layer.ts";
import { checkEmits, resolveParameters } from "./config-parameters.ts";
import type { RawConfig } from "./config-schema.ts";
import { checkTables } from "./config-tables.ts";
import { parseBands, parseRestriction } from "./config-words.ts";
import type { Features, FitConfig, Method } from "./types.ts";

export interface ResolveOptions {
  /** Finds a file; names are taken as they are where absent. */
  readonly locate?: Locate;
  /** Seed of the run where the settings name none. */
  readonly seed: number;
  readonly workers?: number;
  /** False: fixed parameters alone will do (the statistic at a point). */
  readonly needsFree?: boolean;
}

/**
 * A run's settings, checked and completed. Throws InputError, with file, line and column where the setting came from
 * a file, at the first thing that is unknown, impossible, or not available in this version; nothing is ignored.
 */
export async function resolveConfig(layer: ConfigLayer, options: ResolveOptions): Promise<FitConfig> {
  const { locate = async (file: string) => file, seed, workers = 1, needsFree = true } = options;
  const raw = await checkTypes(layer);
  const where = layer.where;
  const method = resolveMethod(raw, where);
  if (raw.model === undefined) {
    throw new InputError('no model given; write one as in XSPEC: --model "tbabs*powerlaw"');
  }
  const { expression, priors, fixed } = resolveParameters(raw.model, raw.parameters ?? {}, where);
  checkEmits(expression, where(["model"]));
  if (needsFree && Object.keys(priors).length === 0) {
    const first = expression.parameters[0].path;
    throw new InputError(
      `no parameter has a prior, so there is nothing to fit; give one: --prior "${first}=uniform(LOW,HIGH)"`,
    );
  }
  const { abund = CONFIG_DEFAULTS.abund, xsect = CONFIG_DEFAULTS.xsect } = raw;
  checkTables({ abund, xsect }, where);
  const preset = raw.preset ?? CONFIG_DEFAULTS.preset;
  const defaults = { ...CONFIG_DEFAULTS, ...PRESETS[preset] };
  return {
    spectra: await resolveSpectra(raw, where, locate),
    notice: bands(raw, "notice", where),
    ignore: bands(raw, "ignore", where),
    bins: raw.bins ?? defaults.bins,
    model: raw.model,
    abund,
    xsect,
    priors,
    fixed,
    ...(raw.statistic === undefined ? {} : { statistic: raw.statistic }),
    method,
    preset,
    features: resolveFeatures(raw, where) ?? defaults.features,
    restrict:
      raw.restrict === undefined ? defaults.restrict : parseRestriction(raw.restrict, where(["restrict"])),
    simulations: raw.simulations ?? defaults.simulations,
    samples: raw.samples ?? defaults.samples,
    livePoints: raw["live-points"] ?? defaults.livePoints,
    seed: raw.seed ?? seed,
    workers: raw.workers ?? workers,
  };
}

function bands(raw: RawConfig, key: "notice" | "ignore", where: ConfigLayer["where"]): [number, number][] {
  const given = raw[key] ?? CONFIG_DEFAULTS[key];
  const texts = typeof given === "string" ? [given] : given;
  return texts.flatMap((text, index) =>
    parseBands(text, where(typeof given === "string" ? [key] : [key, index])),
  );
}

function resolveMethod(raw: RawConfig, where: ConfigLayer["where"]): Method {
  const method = raw.method ?? CONFIG_DEFAULTS.method;
  if (method === "mcmc" || method === "mle")
    throw unavailable(method, "use npe or nested", where(["method"]));
  for (const key of ["walkers", "burn", "length"] as const) {
    if (raw[key] !== undefined) throw unavailable(`${key} (an option of mcmc)`, "leave it out", where([key]));
  }
  if (raw.rounds !== undefined && raw.rounds > 1) {
    throw unavailable("more than one round", "leave rounds at 1", where(["rounds"]));
  }
  return method;
}

const FEATURES: readonly Features[] = ["sufficient", "raw", "sqrt"];

function resolveFeatures({ features }: RawConfig, where: ConfigLayer["where"]): Features | undefined {
  if (features === undefined) return undefined;
  const known = FEATURES.find((name) => name === features);
  if (known !== undefined) return known;
  if (/^(pca\(.*\)|pca|summary|autoencoder|embedding)$/.test(features)) {
    throw unavailable(features, `use ${FEATURES.join(", ")}`, where(["features"]));
  }
  throw new InputError(
    `expected one of ${FEATURES.join(", ")}, found "${features}"${guess(features, FEATURES)}`,
    where(["features"]),
  );
}

function unavailable(what: string, advice: string, where: ReturnType<ConfigLayer["where"]>): InputError {
  return new InputError(`${what} is not available in this version; ${advice}`, where);
}
