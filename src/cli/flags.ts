import { InputError } from "../errors.ts";
import type { ConfigLayer } from "../fit/config-layer.ts";
import { parseNumber } from "../fit/config-words.ts";
import type { OptionValue } from "./command.ts";

type Options = Readonly<Record<string, OptionValue>>;

const NUMBERS = [
  "simulations",
  "rounds",
  "restrictSimulations",
  "restrictRounds",
  "restrictStop",
  "atoms",
  "ensemble",
  "steps",
  "batch",
  "starts",
  "systematic",
  "samples",
  "livePoints",
  "walkers",
  "burn",
  "length",
  "seed",
  "workers",
];
const TEXTS = [
  "bins",
  "model",
  "backgroundModel",
  "abund",
  "xsect",
  "statistic",
  "weight",
  "method",
  "preset",
  "features",
  "estimator",
  "proposal",
  "restrict",
  "out",
];
const LISTS = [
  ...["define", "response", "arf", "background", "backgroundResponse", "backgroundArf"],
  ...["notice", "ignore"],
];

/** The options of a command line as settings; places are named by their option, `--simulations`. */
export function flagsLayer(spectra: readonly string[], options: Options): ConfigLayer {
  const values: Record<string, unknown> = {};
  if (spectra.length > 0) values.spectra = spectra;
  for (const name of [...TEXTS, ...LISTS]) {
    if (options[name] !== undefined) values[kebab(name)] = options[name];
  }
  for (const name of NUMBERS) {
    const value = options[name];
    if (typeof value === "string") values[kebab(name)] = parseNumber(value) ?? value;
  }
  if (options.combinedLoss === true) values["combined-loss"] = true;
  if (options.bayes === true) values.bayes = true;
  const { parameters, given } = parameterFlags(options);
  if (Object.keys(parameters).length > 0) values.parameters = parameters;
  const start = repeated(options.start).map((text) => assignment(text, "--start"));
  if (start.length > 0)
    values.start = Object.fromEntries(start.map(([name, value]) => [name, parseNumber(value) ?? value]));
  return {
    values,
    where([head, next]) {
      if (head === "spectra") return {};
      if (head === "parameters") return { key: given[String(next)] ?? "--prior" };
      return { key: `--${String(head)}` };
    },
  };
}

/** The values of --set and --prior by the name as typed, and which of the two gave each. */
function parameterFlags(options: Options): {
  parameters: Record<string, string>;
  given: Record<string, string>;
} {
  const parameters: Record<string, string> = {};
  const given: Record<string, string> = {};
  for (const option of ["set", "prior"] as const) {
    for (const text of repeated(options[option])) {
      const flag = `--${option}`;
      const [name, value] = assignment(text, flag);
      if (given[name] !== undefined)
        throw new InputError(`${name} is given twice; keep one of the two`, { key: flag });
      const isNumber = parseNumber(value) !== undefined;
      if (option === "prior" && isNumber) {
        throw new InputError(
          `expected a prior such as uniform(0.1,0.3), found ${value}; to fix it: --set "${text}"`,
          { key: flag },
        );
      }
      if (option === "set" && !isNumber && /^[+-]?\w+(\(.*\))?$/.test(value)) {
        const advice = value.endsWith(")") ? `; to give a prior: --prior "${text}"` : "";
        throw new InputError(`expected a number, found ${value}${advice}`, { key: flag });
      }
      parameters[name] = value;
      given[name] = flag;
    }
  }
  return { parameters, given };
}

/** `name=value` in two. */
function assignment(text: string, flag: string): [string, string] {
  const at = text.indexOf("=");
  const name = text.slice(0, at).trim();
  const value = text.slice(at + 1).trim();
  if (at > 0 && name !== "" && value !== "") return [name, value];
  const example = flag === "--prior" ? "tbabs.nH=uniform(0.1,0.3)" : "powerlaw.PhoIndex=1.7";
  throw new InputError(`expected NAME=VALUE such as ${example}, found "${text}"`, { key: flag });
}

/** The values of an option that may be given several times. */
export function repeated(value: OptionValue): readonly string[] {
  if (value === undefined || typeof value === "boolean") return [];
  return typeof value === "string" ? [value] : value;
}

/** The text of an option, undefined where it was not given. */
export function textOption(value: OptionValue): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The whole number of an option within a range, undefined where it was not given. */
export function wholeOption(
  value: OptionValue,
  flag: string,
  [lower, upper]: readonly [number, number],
): number | undefined {
  if (typeof value !== "string") return undefined;
  const number = parseNumber(value);
  if (number !== undefined && Number.isSafeInteger(number) && number >= lower && number <= upper)
    return number;
  throw new InputError(`expected a whole number from ${lower} to ${upper}, found "${value}"`, { key: flag });
}

/** The number above 0 of an option, undefined where it was not given. */
export function positiveOption(value: OptionValue, flag: string): number | undefined {
  if (typeof value !== "string") return undefined;
  const number = parseNumber(value);
  if (number !== undefined && number > 0 && Number.isFinite(number)) return number;
  throw new InputError(`expected a number above 0, found "${value}"`, { key: flag });
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
