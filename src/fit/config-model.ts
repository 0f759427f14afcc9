import { InputError } from "../errors.ts";
import { plainVectorMath } from "../math/vector.ts";
import { hasBackgroundModel } from "../model/expression.ts";
import { checkLimits, linkParameters } from "../model/links.ts";
import type { ModelExpression } from "../model/types.ts";
import type { ReadFile } from "../ogip/types.ts";
import { checkTypes } from "./config-check.ts";
import { CONFIG_DEFAULTS } from "./config-defaults.ts";
import type { Locate } from "./config-files.ts";
import type { ConfigLayer } from "./config-layer.ts";
import { resolveParameters, withDefinitions } from "./config-parameters.ts";
import { checkTables } from "./config-tables.ts";
import { locateModelTables } from "./model-tables.ts";

/** A model with the values of all its parameters, theta (P). */
export interface ModelAtValues {
  readonly expression: ModelExpression;
  readonly theta: readonly number[];
  readonly abund: string;
  readonly xsect: string;
}

/** How files of table models are found and read. */
export interface ModelFiles {
  readonly locate?: Locate;
  readonly readFile?: ReadFile;
}

/** The settings' model with its parameters as set, XSPEC's defaults elsewhere. Throws InputError for a prior. */
export async function resolveModel(
  layer: ConfigLayer,
  { locate = async (file) => file, readFile }: ModelFiles = {},
): Promise<ModelAtValues> {
  const raw = await checkTypes(layer);
  if (raw.model === undefined)
    throw new InputError('no model given; write one as in XSPEC: --model "tbabs*powerlaw"');
  const model = await locateModelTables(withDefinitions(raw.model, raw.define), layer.where(["model"]), {
    locate,
    ...(readFile && { readFile }),
  });
  if (hasBackgroundModel(model))
    throw new InputError("a background model has no meaning here; take it out", layer.where(["model"]));
  const { expression, fixed, priors, ties } = resolveParameters(model, raw.parameters ?? {}, layer.where);
  for (const [path, prior] of Object.entries(priors)) {
    throw new InputError(
      `${path} has the prior ${prior}, but a number is needed here; use --set "${path}=VALUE"`,
    );
  }
  const { abund = CONFIG_DEFAULTS.abund, xsect = CONFIG_DEFAULTS.xsect } = raw;
  checkTables({ abund, xsect }, layer.where);
  const values = expression.parameters.map((parameter) => fixed[parameter.path] ?? parameter.default);
  const linked = linkParameters(expression, values, [], { groups: [1], values: {}, ties });
  linked.set([], 0);
  checkLimits(expression, linked.rows);
  return {
    expression,
    theta: Array.from(linked.rows[0]),
    abund,
    xsect,
  };
}

/** A model on a grid of edges (E+1), keV: photons/cm2/s in each bin, or the mean factor of each for a multiplicative one. */
export async function evaluateModel(
  layer: ConfigLayer,
  edges: Float64Array,
  files: ModelFiles = {},
): Promise<{ readonly values: Float64Array; readonly kind: ModelExpression["kind"] }> {
  const { expression, theta, abund, xsect } = await resolveModel(layer, files);
  const values = new Float64Array(edges.length - 1);
  expression.prepare(edges, { abund, xsect, vector: plainVectorMath })(values, theta);
  return { values, kind: expression.kind };
}
