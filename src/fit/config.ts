import { InputError, type Where } from "../errors.ts";
import { splitGroup } from "../model/group-path.ts";
import type { ReadFile } from "../ogip/types.ts";
import { checkTypes } from "./config-check.ts";
import { CONFIG_DEFAULTS, PRESETS } from "./config-defaults.ts";
import { type Locate, resolveSpectra } from "./config-files.ts";
import type { ConfigLayer } from "./config-layer.ts";
import { checkEmits, resolveParameters, withDefinitions } from "./config-parameters.ts";
import { checkSpectra, parseRanges, parseSelection } from "./config-ranges.ts";
import type { RawConfig } from "./config-schema.ts";
import { checkTables } from "./config-tables.ts";
import { parseFeatures, parseRestriction } from "./config-words.ts";
import { resolveStart } from "./mle-start.ts";
import { locateModelTables } from "./model-tables.ts";
import type { FitConfig, RestrictionPlan } from "./types.ts";

export interface ResolveOptions {
  /** Finds a file; names are taken as they are where absent. */
  readonly locate?: Locate;
  /** Reads the files of table models; without it they must be known already. */
  readonly readFile?: ReadFile;
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
  if (raw.model === undefined) {
    throw new InputError('no model given; write one as in XSPEC: --model "tbabs*powerlaw"');
  }
  const model = await locateModelTables(
    withDefinitions(raw.model, raw.define, raw["background-model"]),
    where(["model"]),
    {
      ...options,
      locate,
    },
  );
  const { expression, priors, fixed, ties } = resolveParameters(model, raw.parameters ?? {}, where);
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
  const spectra = await resolveSpectra(raw, where, locate);
  return {
    spectra,
    ...resolveSelection(raw, spectra.length, where),
    bins: raw.bins ?? defaults.bins,
    model,
    abund,
    xsect,
    priors,
    fixed,
    ...(Object.keys(ties).length > 0 && { ties }),
    ...resolveGroups(raw, [priors, fixed, ties], spectra.length, where),
    ...(raw.statistic === undefined ? {} : { statistic: raw.statistic }),
    ...resolveWeight(raw, where),
    method: raw.method ?? defaults.method,
    preset,
    features:
      raw.features === undefined ? defaults.features : parseFeatures(raw.features, where(["features"])),
    ...(raw.estimator !== undefined && { estimator: raw.estimator }),
    ...(raw.steps !== undefined && { steps: raw.steps }),
    ...(raw.batch !== undefined && { batch: raw.batch }),
    ensemble: raw.ensemble ?? defaults.ensemble,
    restrict:
      raw.restrict === undefined ? defaults.restrict : parseRestriction(raw.restrict, where(["restrict"])),
    restriction: resolveRestriction(raw),
    simulations: raw.simulations ?? defaults.simulations,
    rounds: raw.rounds ?? defaults.rounds,
    proposal: raw.proposal ?? defaults.proposal,
    atoms: raw.atoms ?? defaults.atoms,
    combinedLoss: raw["combined-loss"] ?? defaults.combinedLoss,
    samples: raw.samples ?? defaults.samples,
    livePoints: raw["live-points"] ?? defaults.livePoints,
    ...(raw.walkers !== undefined && { walkers: raw.walkers }),
    ...(raw.burn !== undefined && { burn: raw.burn }),
    ...(raw.length !== undefined && { length: raw.length }),
    ...(raw.bayes === true && { bayes: true }),
    starts: raw.starts ?? defaults.starts,
    ...(raw.start !== undefined && { start: resolveStart(expression, priors, raw.start, where) }),
    seed: raw.seed ?? seed,
    workers: raw.workers ?? workers,
  };
}

/** How chi weighs; refused for other statistics, which know no weights. */
function resolveWeight(
  { statistic, weight, systematic }: RawConfig,
  where: ConfigLayer["where"],
): Pick<FitConfig, "weight" | "systematic"> {
  const [key] = [weight !== undefined && "weight", systematic !== undefined && "systematic"].filter(Boolean);
  if (statistic !== "chi" && key)
    throw new InputError(
      `a ${key} is for the statistic chi, and ${statistic ?? "cstat"} is in use; choose chi, or take it out`,
      where([key]),
    );
  return { ...(weight !== undefined && { weight }), ...(systematic !== undefined && { systematic }) };
}

/** The data groups, checked: as many as spectra, numbered without gaps; and no parameter of a group that is not there. */
function resolveGroups(
  { groups }: RawConfig,
  settings: readonly Readonly<Record<string, unknown>>[],
  spectra: number,
  where: ConfigLayer["where"],
): Pick<FitConfig, "groups"> {
  if (groups !== undefined && groups.length !== spectra)
    throw new InputError(
      `${groups.length} group numbers for ${spectra} spectra; give one for each in turn`,
      where(["groups"]),
    );
  const most = groups === undefined ? spectra : Math.max(...groups);
  for (let g = 1; g <= most; g++)
    if (groups !== undefined && !groups.includes(g))
      throw new InputError(
        `no spectrum belongs to group ${g}; number the groups from 1 without gaps`,
        where(["groups"]),
      );
  for (const path of settings.flatMap(Object.keys))
    if (splitGroup(path).group > most || splitGroup(path).group < 1)
      throw new InputError(
        `${path} speaks of data group ${splitGroup(path).group}, but there ${most === 1 ? "is only one spectrum" : `are only ${most} groups`}`,
        where(["parameters", path], "key"),
      );
  return groups === undefined ? {} : { groups };
}

/** What is kept of each spectrum. */
function resolveSelection(
  raw: RawConfig,
  spectra: number,
  where: ConfigLayer["where"],
): Pick<FitConfig, "notice" | "ignore" | "select"> {
  const each = <T>(key: "notice" | "ignore" | "select", parse: (text: string, place: Where) => T[]) => {
    const given = raw[key] ?? [];
    const single = typeof given === "string";
    return (single ? [given] : given).flatMap((text, index) => {
      const place = where(single ? [key] : [key, index]);
      return parse(text, place).map((value) => ({ value, place }));
    });
  };
  const ranges = (key: "notice" | "ignore") =>
    each(key, parseRanges).map(({ value, place }) => {
      checkSpectra(value, spectra, place);
      return value;
    });
  const commands = each("select", parseSelection).map(({ value, place }) => {
    checkSpectra(value.range, spectra, place);
    return value;
  });
  if (raw.select !== undefined && raw.notice !== undefined)
    throw new InputError(
      'select says already what is kept; write "notice RANGE" as a line of it, or take one of the two out',
      where(["notice"], "key"),
    );
  return {
    notice: ranges("notice"),
    ignore: ranges("ignore"),
    ...(raw.select !== undefined && { select: commands }),
  };
}

function resolveRestriction(raw: RawConfig): RestrictionPlan {
  const { simulations, rounds, stop } = CONFIG_DEFAULTS.restriction;
  return {
    simulations: raw["restrict-simulations"] ?? simulations,
    rounds: raw["restrict-rounds"] ?? rounds,
    stop: raw["restrict-stop"] ?? stop,
  };
}
