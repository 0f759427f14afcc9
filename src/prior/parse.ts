import { InputError, type Where } from "../errors.ts";
import { suggestion } from "../math/nearest.ts";
import { loguniform } from "./loguniform.ts";
import { lognormal, normal, type Truncation } from "./normal.ts";
import type { Prior } from "./types.ts";
import { uniform } from "./uniform.ts";

/** How a prior is written, one record a kind. `build` gets numbers that are finite. */
interface Notation {
  readonly name: Prior["kind"];
  readonly arguments: readonly [string, string];
  readonly build: (first: number, second: number, context: Truncation) => Prior;
}

const NOTATIONS: readonly Notation[] = [
  {
    name: "uniform",
    arguments: ["lower", "upper"],
    build(lower, upper, context) {
      requireInterval("uniform", lower, upper, context);
      return uniform(lower, upper);
    },
  },
  {
    name: "loguniform",
    arguments: ["lower", "upper"],
    build(lower, upper, context) {
      requirePositive("loguniform: the lower limit", lower, context.where);
      requireInterval("loguniform", lower, upper, context);
      return loguniform(lower, upper);
    },
  },
  {
    name: "normal",
    arguments: ["mean", "standard deviation"],
    build(mean, sd, context) {
      requirePositive("normal: the standard deviation", sd, context.where);
      return normal(mean, sd, context);
    },
  },
  {
    name: "lognormal",
    arguments: ["median", "standard deviation of ln"],
    build(median, sdLog, context) {
      requirePositive("lognormal: the median", median, context.where);
      requirePositive("lognormal: the standard deviation", sdLog, context.where);
      return lognormal(median, sdLog, context);
    },
  },
];

/**
 * The prior that a text such as `loguniform(0.1, 1e5)` names: `uniform(lower, upper)`, `loguniform(lower, upper)`,
 * `normal(mean, sd)`, `lognormal(median, sd of ln)`. Letter case and spaces do not count.
 *
 * [min, max]: the parameter's hard limits. Normal and lognormal priors are cut there and normalised over the rest; limits
 * of uniform and loguniform priors beyond them are an error, since the user asked for a density that cannot be had.
 * InputError (with `where`): not of this form, unknown name, wrong number of arguments, no number, lower >= upper, a
 * logarithm of something that is not positive, nothing left inside the limits.
 */
export function parsePrior(text: string, context: Truncation = {}): Prior {
  const { where } = context;
  const match = /^\s*([A-Za-z][\w-]*)\s*\(([^()]*)\)\s*$/.exec(text);
  if (match === null) {
    throw new InputError(`expected a prior such as uniform(0.1, 0.3), found "${text.trim()}"`, where);
  }
  const notation = findNotation(match[1], where);
  const parts = match[2].split(",").map((part) => part.trim());
  if (parts.length !== 2) {
    const found = match[2].trim() === "" ? 0 : parts.length;
    throw new InputError(`${usage(notation)} takes 2 arguments, found ${found} in "${text.trim()}"`, where);
  }
  const [first, second] = parts.map((part) => parseNumber(part, notation, where));
  return notation.build(first, second, context);
}

function usage({ name, arguments: [first, second] }: Notation): string {
  return `${name}(${first}, ${second})`;
}

function findNotation(name: string, where: Where | undefined): Notation {
  const known = NOTATIONS.find((notation) => notation.name === name.toLowerCase());
  if (known !== undefined) return known;
  const names = NOTATIONS.map((notation) => notation.name);
  throw new InputError(
    `unknown prior "${name}"${suggestion(name, names)} (known: ${names.join(", ")})`,
    where,
  );
}

function parseNumber(text: string, notation: Notation, where: Where | undefined): number {
  const value = Number(text);
  if (text !== "" && Number.isFinite(value)) return value;
  throw new InputError(`${usage(notation)} takes two numbers, found "${text}"`, where);
}

function requirePositive(what: string, value: number, where: Where | undefined): void {
  if (!(value > 0)) throw new InputError(`${what} must be above 0, found ${value}`, where);
}

function requireInterval(name: string, lower: number, upper: number, context: Truncation): void {
  const { min = -Infinity, max = Infinity, where } = context;
  if (!(lower < upper)) {
    throw new InputError(
      `${name}: the lower limit must be below the upper one, found ${lower} and ${upper}`,
      where,
    );
  }
  if (lower < min || upper > max) {
    throw new InputError(
      `${name}(${lower}, ${upper}) reaches beyond the parameter's limits [${min}, ${max}]; narrow it`,
      where,
    );
  }
}
