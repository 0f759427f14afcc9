import { parseExpression } from "../model/expression.ts";
import { groupParameter } from "../model/links.ts";
import type { ModelExpression, ModelParameter } from "../model/types.ts";
import { parsePrior } from "../prior/parse.ts";
import type { Prior } from "../prior/types.ts";
import type { FitConfig, SpectrumRange } from "./types.ts";
import { VERSION } from "./version.ts";

/** What a script is made from: a run's settings, and the values of its free parameters by path. */
export interface XcmInput {
  readonly config: FitConfig;
  readonly values: Readonly<Record<string, number>>;
  /** Statistic in use, where the settings leave it open. */
  readonly statistic?: string;
}

/**
 * An XSPEC script with data, responses, energies, tables, statistic, model, parameters, ties and priors of a run. Free parameters stand at the given
 * values, with the prior's support as limits; uniform priors are `cons`, log-uniform ones `jeffreys`, normal ones `gauss`; a log-normal prior
 * has no counterpart in XSPEC, which a comment says. They count (`bayes on`) unless the run was a best fit that left them out.
 */
export function formatXcm({ config, values, statistic = config.statistic ?? "cstat" }: XcmInput): string {
  const [model, ...definitions] = config.model.split(";").map((part) => part.trim());
  const expression = parseExpression(config.model);
  const groups = groupNumbers(config);
  return [
    `# written by xnpe ${VERSION}`,
    "query yes",
    `abund ${config.abund}`,
    `xsect ${config.xsect}`,
    // XSPEC's cstat is the W statistic wherever there is a background
    `statistic ${statistic === "wstat" ? "cstat" : statistic}`,
    ...(config.weight === undefined ? [] : [`weight ${config.weight}`]),
    ...(config.systematic === undefined ? [] : [`systematic ${config.systematic}`]),
    ...dataLines(config, groups),
    ...energyLines(config),
    ...definitions.map((text) => `mdefine ${mdefine(text)}`),
    // XSPEC has the grid of nsatmos itself
    `model ${model.replace(/\bnsatmos\{[^{}]*\}/gi, "nsatmos")}`,
    ...parameterLines(config, expression, values, Math.max(...groups)),
    ...priorLines(config, expression),
    "",
  ].join("\n");
}

function groupNumbers({ groups, spectra, priors, fixed, ties = {} }: FitConfig): readonly number[] {
  const later = [priors, fixed, ties].flatMap(Object.keys).some((path) => /^\d+:/.test(path));
  return groups ?? spectra.map((_, i) => (later ? i + 1 : 1));
}

function dataLines({ spectra }: FitConfig, groups: readonly number[]): string[] {
  const companions = spectra.flatMap(({ response, arf, background }, i) => [
    ...(response === undefined ? [] : [`response ${i + 1} ${response}`]),
    ...(arf === undefined ? [] : [`arf ${i + 1} ${arf}`]),
    ...(background === undefined ? [] : [`backgrnd ${i + 1} ${background}`]),
  ]);
  return [`data ${spectra.map(({ file }, i) => `${groups[i]}:${i + 1} ${file}`).join(" ")}`, ...companions];
}

function energyLines({ notice, ignore, select = [] }: FitConfig): string[] {
  const ranges = (some: readonly SpectrumRange[]) => some.map(xspecRange).join(" ");
  return [
    ...select.map(({ keep, range }) => `${keep ? "notice" : "ignore"} ${xspecRange(range)}`),
    ...everythingIgnored(notice),
    ...(notice.length === 0 ? [] : [`notice ${ranges(notice)}`]),
    ...(ignore.length === 0 ? [] : [`ignore ${ranges(ignore)}`]),
    // Last, since XSPEC's notice brings bad channels back.
    "ignore bad",
  ];
}

/** What `notice` means here, in XSPEC's words: only these ranges, of the spectra that they speak of. */
function everythingIgnored(notice: readonly SpectrumRange[]): string[] {
  const whole = notice.map((range) =>
    xspecRange("spectra" in range ? { ...range, range: [-Infinity, Infinity] } : [-Infinity, Infinity]),
  );
  return [...new Set(whole)].map((range) => `ignore ${range}`);
}

/** Each range names its spectra: XSPEC goes on with those of the range before. Energies always have a decimal point, as others are channels. */
function xspecRange(range: SpectrumRange): string {
  const [spectra, own] =
    "spectra" in range ? [range.spectra.join("-"), range.range] : (["**", range] as const);
  const end = (value: number) =>
    Math.abs(value) === Infinity
      ? "**"
      : "channels" in own || !Number.isInteger(value)
        ? String(value)
        : value.toFixed(1);
  const [low, high] = "channels" in own ? own.channels : own;
  return `${spectra}:${end(low)}-${end(high)}`;
}

/** `name(a=1) = formula : mul` as XSPEC writes it. */
function mdefine(text: string): string {
  return text.replace(/^(\w+)\s*(?:\([^()]*\))?\s*=\s*/, "$1 ").replace(/\s*:\s*(add|mul)$/, " : $1");
}

function parameterLines(
  { fixed, ties = {}, priors }: FitConfig,
  expression: ModelExpression,
  values: Readonly<Record<string, number>>,
  groups: number,
): string[] {
  const P = expression.parameters.length;
  return Array.from({ length: groups }, (_, g) =>
    expression.parameters.map((parameter, index) => {
      const path = g === 0 ? parameter.path : `${g + 1}:${parameter.path}`;
      const tie = ties[path];
      if (tie !== undefined) return `  = ${numbered(tie, expression)}`;
      if (priors[path] !== undefined)
        return parameterLine(parameter, values[path] ?? parameter.default, priorOf(parameter, priors[path]));
      if (fixed[path] === undefined && g > 0) return `  = p${index + 1}`;
      return parameterLine(parameter, fixed[path] ?? parameter.default);
    }),
  ).flatMap((lines) => (lines.length === P ? lines : []));
}

/** value, delta (negative: frozen), hard low, soft low, soft high, hard high. */
function parameterLine(parameter: ModelParameter, value: number, prior?: Prior): string {
  const { delta, min, max, softMin = min, softMax = max } = parameter;
  const limits =
    prior === undefined
      ? [min, softMin, softMax, max]
      : [min, Math.max(min, prior.lower), Math.min(max, prior.upper), max];
  const step = prior === undefined ? -Math.abs(delta) : Math.abs(delta);
  return `  ${[value, step, ...limits].map((number) => String(number)).join(" ")}`;
}

function priorOf({ min, max }: ModelParameter, text: string): Prior {
  return parsePrior(text, { min, max });
}

/** A tie with XSPEC's p1, p2, ... in place of paths. */
function numbered(tie: string, expression: ModelExpression): string {
  return tie.replace(/(?:\d+:)?[A-Za-z_]\w*\.\w+/g, (path) => `p${parameterNumber(expression, path)}`);
}

function parameterNumber(expression: ModelExpression, path: string): number {
  const { group, index } = groupParameter(expression, path);
  return (group - 1) * expression.parameters.length + index + 1;
}

function priorLines({ priors, method, bayes }: FitConfig, expression: ModelExpression): string[] {
  const lines = Object.entries(priors).map(([path, text]) => {
    const number = parameterNumber(expression, path);
    const [first, second] =
      /\(([^()]*)\)/
        .exec(text)?.[1]
        .split(",")
        .map((part) => part.trim()) ?? [];
    if (text.startsWith("loguniform")) return `bayes ${number} jeffreys`;
    if (text.startsWith("normal")) return `bayes ${number} gauss ${first} ${second}`;
    if (text.startsWith("uniform")) return `bayes ${number} cons`;
    return `# bayes ${number}: the prior ${text} has no counterpart in XSPEC`;
  });
  return [method === "mle" && bayes !== true ? "bayes off" : "bayes on", ...lines];
}
