import type { ModelExpression } from "../model/types.ts";
import { parseNumber } from "./config-words.ts";
import { type XcmLine, xcmFault } from "./xcm-lines.ts";

/** A parameter as a script leaves it. */
export interface XcmParameter {
  /** With its group, `2:powerlaw.norm`. */
  readonly path: string;
  value: number;
  /** Negative: frozen. */
  delta: number;
  limits: readonly [hardLow: number, softLow: number, softHigh: number, hardHigh: number];
  /** Formula in paths; a parameter of a later group that the script leaves alone has none, and is not `own`. */
  tie?: string;
  /** The script says something of it. */
  own: boolean;
  prior?: XcmPrior;
}

export interface XcmPrior {
  readonly kind: "cons" | "exp" | "jeffreys" | "gauss";
  readonly numbers: readonly number[];
}

/** All parameters of a model for a number of data groups, in XSPEC's numbering (from 1 for entry 0). */
export function defaultParameters(expression: ModelExpression, groups: number): XcmParameter[] {
  return Array.from({ length: groups }, (_, g) =>
    expression.parameters.map((parameter): XcmParameter => {
      const { path, default: value, delta, min, max, softMin = min, softMax = max } = parameter;
      return {
        path: g === 0 ? path : `${g + 1}:${path}`,
        value,
        delta,
        limits: [min, softMin, softMax, max],
        own: g === 0,
      };
    }),
  ).flat();
}

/**
 * Reads what stands behind a parameter's number: `0.2 0.001 0 0 10 10` (value, delta, limits; `,` or blanks between, what is missing stays),
 * or `= 2*p1 + p3`.
 */
export function setParameter(
  parameters: readonly XcmParameter[],
  index: number,
  text: string,
  command: XcmLine,
  file: string,
): void {
  const parameter = parameters[index];
  if (parameter === undefined)
    throw xcmFault(
      file,
      command,
      `there is no parameter ${index + 1}; the model has 1 to ${parameters.length}`,
    );
  const trimmed = text.trim();
  if (trimmed === "" || trimmed === "/") return;
  parameter.own = true;
  if (trimmed.startsWith("=")) {
    parameter.tie = tieOf(trimmed.slice(1), parameters, command, file);
    return;
  }
  delete parameter.tie;
  const fields = trimmed.split(/\s*,\s*|\s+/);
  const numbers = fields.map((field) => (field === "" ? undefined : parseNumber(field)));
  const wrong = fields.find((field, k) => field !== "" && field !== "/" && numbers[k] === undefined);
  if (wrong !== undefined)
    throw xcmFault(file, command, `expected a number for ${parameter.path}, found "${wrong}"`);
  const [value = parameter.value, delta = parameter.delta, ...limits] = numbers;
  parameter.value = value;
  parameter.delta = delta;
  const [a, b, c, d] = parameter.limits.map((limit, k) => limits[k] ?? limit);
  parameter.limits = [a, b, c, d];
  if (!(value >= a && value <= d))
    throw xcmFault(
      file,
      command,
      `the value ${value} of ${parameter.path} lies outside its hard limits ${a} to ${d}`,
    );
}

/** A tie with paths in place of XSPEC's p1, p2, ...; a bare number is the parameter of that number. */
function tieOf(text: string, parameters: readonly XcmParameter[], command: XcmLine, file: string): string {
  const path = (digits: string) => {
    const found = parameters[Number(digits) - 1];
    if (found === undefined)
      throw xcmFault(file, command, `the tie${text} names parameter ${digits}, which is not there`);
    return found.path;
  };
  const bare = /^\s*(\d+)\s*$/.exec(text);
  if (bare !== null) return path(bare[1]);
  return text.trim().replace(/\bp(\d+)\b/gi, (_, digits) => path(digits));
}

/** Numbers of parameters: `1`, `2-4`, several of them. */
export function parameterNumbers(command: XcmLine, count: number, file: string): number[] {
  const found = command.words.flatMap((word) => {
    const match = /^(\d+)(?:-(\d+))?$/.exec(word);
    if (match === null) throw xcmFault(file, command, `expected numbers of parameters, found "${word}"`);
    const [low, high] = [Number(match[1]), Number(match[2] ?? match[1])];
    return Array.from({ length: Math.max(0, high - low + 1) }, (_, i) => low + i);
  });
  for (const number of found)
    if (number < 1 || number > count)
      throw xcmFault(file, command, `there is no parameter ${number}; the model has 1 to ${count}`);
  return found;
}

/** `bayes 1 cons`, `bayes 3 gauss 2.0 0.1`. */
export function readPrior(
  command: XcmLine,
  file: string,
): { readonly number: number; readonly prior: XcmPrior } {
  const [number, kind = "cons", ...rest] = command.words;
  const known = (["cons", "exp", "jeffreys", "gauss"] as const).find((name) =>
    name.startsWith(kind.toLowerCase()),
  );
  if (known === undefined || !/^\d+$/.test(number))
    throw xcmFault(
      file,
      command,
      `expected bayes NUMBER cons|exp|jeffreys|gauss, found "bayes ${command.rest}"`,
    );
  return { number: Number(number), prior: { kind: known, numbers: rest.map(Number) } };
}

/**
 * The prior of a free parameter: what bayes says, inside the soft limits. `cons` and no word at all are uniform, `jeffreys` log-uniform, `gauss`
 * normal. XSPEC's `exp` and impossible limits stay as they are, to be refused unless another prior is given.
 */
export function priorText({ limits, prior }: Pick<XcmParameter, "limits" | "prior">): string {
  const [, low, high] = limits;
  const { kind, numbers } = prior ?? { kind: "cons" as const, numbers: [] };
  if (kind === "gauss") return `normal(${numbers.join(", ")})`;
  if (kind === "exp") return `exp(${numbers.join(", ")})`;
  return `${kind === "jeffreys" ? "loguniform" : "uniform"}(${low}, ${high})`;
}

/** Expression of a model command. */
export function modelText(command: XcmLine, file: string): string {
  const match = /^(?:(\d+):(\w+)\s+)?(.*)$/.exec(command.rest);
  if (match?.[1] !== undefined)
    throw xcmFault(
      file,
      command,
      `models with a name of their own (${match[1]}:${match[2]}) are not supported; write one model`,
    );
  const text = match?.[3] ?? "";
  if (text === "" || /^(none|unnamed|\?)$/i.test(text))
    throw xcmFault(file, command, "expected a model such as tbabs*powerlaw");
  return text;
}
