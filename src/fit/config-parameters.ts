import { InputError, type Where } from "../errors.ts";
import { splitGroup } from "../model/group-path.ts";
import { parseExpression } from "../model/index.ts";
import { groupParameter, linkParameters } from "../model/links.ts";
import type { ModelExpression, ModelParameter } from "../model/types.ts";
import { parsePrior } from "../prior/index.ts";
import type { ConfigLayer } from "./config-layer.ts";
import { parseCall, parseNumber } from "./config-words.ts";

/** What the user says of each parameter, by parameter path in the model's order. */
export interface ParameterSettings {
  readonly expression: ModelExpression;
  readonly priors: Readonly<Record<string, string>>;
  readonly fixed: Readonly<Record<string, number>>;
  /** Formulas of tied parameters. */
  readonly ties: Readonly<Record<string, string>>;
}

/** Refuses a model of factors alone, such as `tbabs`: it emits nothing that a spectrum could be compared with. */
export function checkEmits({ kind, text }: ModelExpression, place: Where): void {
  if (kind === "additive") return;
  throw new InputError(
    `"${text}" emits nothing by itself; multiply it with an additive model, such as ${text}*powerlaw`,
    place,
  );
}

/** The expression with the definitions of its own models and the model of the background behind it. */
export function withDefinitions(
  model: string,
  define: string | readonly string[] = [],
  background?: string,
): string {
  const definitions = typeof define === "string" ? [define] : define;
  return [model, ...definitions, ...(background === undefined ? [] : [`bkg: ${background}`])].join("; ");
}

type Setting = { readonly fixed: number } | { readonly prior: string } | { readonly tie: string };

/**
 * Checks model and parameters against each other; parameters of later data groups are written `2:powerlaw.norm`. Throws InputError for an
 * unknown model or parameter, a value or a prior outside XSPEC's hard limits, a parameter given twice, or a tie that cannot be computed.
 */
export function resolveParameters(
  model: string,
  parameters: Readonly<Record<string, number | string>>,
  where: ConfigLayer["where"],
): ParameterSettings {
  const expression = at(where(["model"]), () => parseExpression(model));
  const settings = new Map<string, { setting: Setting; place: Where; order: number }>();
  for (const [name, value] of Object.entries(parameters)) {
    const keyPlace = where(["parameters", name], "key");
    const { group, index, path } = at(keyPlace, () => groupParameter(expression, name));
    const place = where(["parameters", name]);
    const earlier = settings.get(path);
    if (earlier !== undefined && earlier.place.file === place.file)
      throw new InputError(`${path} is given twice; keep one of the two`, keyPlace);
    const setting = resolveSetting(expression.parameters[index], value, place);
    settings.set(path, { setting, place, order: group * expression.parameters.length + index });
  }
  const priors: Record<string, string> = {};
  const fixed: Record<string, number> = {};
  const ties: Record<string, string> = {};
  const inOrder = [...settings].sort(([, a], [, b]) => a.order - b.order);
  for (const [path, { setting }] of inOrder) {
    if ("prior" in setting) priors[path] = setting.prior;
    else if ("tie" in setting) ties[path] = setting.tie;
    else fixed[path] = setting.fixed;
  }
  checkTies(expression, { priors, ties }, settings);
  return { expression, priors, fixed, ties };
}

/** Computes the ties once, so that faults are told before anything else is done. */
function checkTies(
  expression: ModelExpression,
  { priors, ties }: Pick<ParameterSettings, "priors" | "ties">,
  settings: ReadonlyMap<string, { readonly place: Where }>,
): void {
  if (Object.keys(ties).length === 0) return;
  const groups = [...settings.keys()].map((path) => splitGroup(path).group);
  const values = expression.parameters.map((parameter) => parameter.default);
  try {
    linkParameters(expression, values, Object.keys(priors), { groups, values: {}, ties });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const place = settings.get(String(error.where.key))?.place ?? {};
    const prefix = new InputError("", error.where).message;
    throw new InputError(error.message.slice(prefix.length), place, { cause: error });
  }
}

function resolveSetting(parameter: ModelParameter, value: number | string, place: Where): Setting {
  const number = typeof value === "number" ? value : parseNumber(value);
  if (number !== undefined) {
    checkLimits(parameter, number, place);
    return { fixed: number };
  }
  const text = String(value);
  if (/[A-Za-z_]\w*\.\w+/.test(text)) return { tie: text.trim() };
  if (parseCall(text) === undefined)
    throw new InputError(
      `expected a number (fixed), a prior such as uniform(0.1, 0.3), or a tie such as 2*diskbb.Tin, found "${text}"`,
      place,
    );
  const { min, max } = parameter;
  return { prior: parsePrior(text, { min, max, where: place }).text };
}

function checkLimits({ path, min, max, unit }: ModelParameter, value: number, place: Where): void {
  if (value >= min && value <= max) return;
  throw new InputError(
    `the value ${value} lies outside the hard limits of ${path}; expected ${min} to ${max}${unit === "" ? "" : ` ${unit}`}`,
    place,
  );
}

/** Runs a parser of another room and puts the place in front of its complaint. */
export function at<T>(place: Where, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const prefix = new InputError("", error.where).message;
    throw new InputError(error.message.slice(prefix.length), place, { cause: error });
  }
}
