import { InputError, type Where } from "../errors.ts";
import { findParameter, parseExpression } from "../model/index.ts";
import type { ModelExpression, ModelParameter } from "../model/types.ts";
import { parsePrior } from "../prior/index.ts";
import type { ConfigLayer } from "./config-layer.ts";
import { parseCall, parseNumber } from "./config-words.ts";

/** What the user says of each parameter, by parameter path in the model's order. */
export interface ParameterSettings {
  readonly expression: ModelExpression;
  readonly priors: Readonly<Record<string, string>>;
  readonly fixed: Readonly<Record<string, number>>;
}

/** Refuses a model of factors alone, such as `tbabs`: it emits nothing that a spectrum could be compared with. */
export function checkEmits({ kind, text }: ModelExpression, place: Where): void {
  if (kind === "additive") return;
  throw new InputError(
    `"${text}" emits nothing by itself; multiply it with an additive model, such as ${text}*powerlaw`,
    place,
  );
}

/** The expression with the definitions of its own models behind it. */
export function withDefinitions(model: string, define: string | readonly string[] = []): string {
  return [model, ...(typeof define === "string" ? [define] : define)].join("; ");
}

type Setting = { readonly fixed: number } | { readonly prior: string };

/**
 * Checks model and parameters against each other. Throws InputError for an unknown model or parameter, a value or a
 * prior outside XSPEC's hard limits, a parameter given twice, or a tie (not available yet).
 */
export function resolveParameters(
  model: string,
  parameters: Readonly<Record<string, number | string>>,
  where: ConfigLayer["where"],
): ParameterSettings {
  const expression = at(where(["model"]), () => parseExpression(model));
  const settings = new Map<string, { setting: Setting; place: Where }>();
  for (const [name, value] of Object.entries(parameters)) {
    const keyPlace = where(["parameters", name], "key");
    const parameter = expression.parameters[at(keyPlace, () => findParameter(expression, name))];
    const place = where(["parameters", name]);
    const earlier = settings.get(parameter.path);
    if (earlier !== undefined && earlier.place.file === place.file) {
      throw new InputError(`${parameter.path} is given twice; keep one of the two`, keyPlace);
    }
    settings.set(parameter.path, { setting: resolveSetting(parameter, value, place), place });
  }
  const priors: Record<string, string> = {};
  const fixed: Record<string, number> = {};
  for (const { path } of expression.parameters) {
    const setting = settings.get(path)?.setting;
    if (setting === undefined) continue;
    if ("prior" in setting) priors[path] = setting.prior;
    else fixed[path] = setting.fixed;
  }
  return { expression, priors, fixed };
}

function resolveSetting(parameter: ModelParameter, value: number | string, place: Where): Setting {
  const number = typeof value === "number" ? value : parseNumber(value);
  if (number !== undefined) {
    checkLimits(parameter, number, place);
    return { fixed: number };
  }
  const text = String(value);
  const call = parseCall(text);
  if (call === undefined || (call.args.length === 0 && text.includes("."))) {
    const tie = /[A-Za-z_]\w*\.\w+/.test(text);
    throw new InputError(
      tie
        ? `ties such as "${text}" are not supported yet; give a number or a prior such as uniform(0.1, 0.3)`
        : `expected a number (fixed) or a prior such as uniform(0.1, 0.3), found "${text}"`,
      place,
    );
  }
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
