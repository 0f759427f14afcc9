import { InputError } from "../errors.ts";
import { parseExpression } from "../model/expression.ts";
import type { ModelExpression } from "../model/types.ts";
import { WEIGHTS } from "./config-defaults.ts";
import type { ConfigLayer } from "./config-layer.ts";
import { at, withDefinitions } from "./config-parameters.ts";
import { readCompanion, readData, readSelection, type XcmSpectrum } from "./xcm-data.ts";
import { commandOf, scriptLines, type XcmCommand, type XcmLine, xcmFault } from "./xcm-lines.ts";
import {
  defaultParameters,
  modelText,
  parameterNumbers,
  priorText,
  readPrior,
  setParameter,
  type XcmParameter,
} from "./xcm-model.ts";

/** Commands that change nothing of what is fitted to what. */
const HARMLESS: readonly XcmCommand[] = [
  ...(["chatter", "cosmo", "cpd", "error", "exit", "fit", "log", "method", "parallel", "plot"] as const),
  ...(["query", "quit", "renorm", "save", "show"] as const),
];

/** Names of `xset` that change what models here give, and the value that is XSPEC's default. */
const PHYSICS: Readonly<Record<string, string | undefined>> = {
  pow_emin: undefined,
  pow_emax: undefined,
  tbabsversion: "2",
};

interface Script {
  readonly file: string;
  readonly spectra: Map<number, XcmSpectrum>;
  readonly selections: XcmLine[];
  readonly values: Record<string, unknown>;
  readonly definitions: string[];
  /** Of chi; other statistics have no use for it. */
  readonly weighing: Record<string, unknown>;
  model?: { readonly line: XcmLine; readonly expression: ModelExpression; readonly text: string };
  parameters: XcmParameter[];
}

/**
 * The settings in an XSPEC script (`save all`, or written by hand): data, response, arf, backgrnd, ignore, notice, abund, xsect, statistic, weight, systematic,
 * mdefine, model with its parameters, newpar, freeze, thaw, untie, bayes. Free parameters get the prior that bayes says, uniform within the soft limits
 * otherwise, and start from their value; `bayes on` lets the priors count in best fits. Commands that only show or fit are passed over.
 *
 * Throws InputError, with the line, for any other command, and for what has no counterpart here.
 */
export function parseXcm(text: string, file: string): ConfigLayer {
  const script: Script = {
    file,
    spectra: new Map(),
    selections: [],
    values: {},
    definitions: [],
    weighing: {},
    parameters: [],
  };
  const lines = scriptLines(text);
  for (let next = 0; next < lines.length; ) next = readCommand(script, lines, next);
  const { values, places } = settingsOf(script);
  return {
    values,
    where: ([head, name]) => ({
      file,
      ...(places.get(String(name ?? head)) ?? places.get(String(head)) ?? { key: String(head) }),
    }),
  };
}

/** Reads the command at `next`, with the parameter lines behind a model; the index of the one that follows. */
function readCommand(script: Script, lines: readonly XcmLine[], next: number): number {
  const line = lines[next];
  const command = commandOf(line.command);
  const { file } = script;
  if (command === undefined && /^[-+.\d=/&]/.test(line.command))
    throw xcmFault(
      file,
      line,
      `a line of a parameter behind all ${script.parameters.length} of the model; are there too many, or a data group too few?`,
    );
  if (command === undefined)
    throw xcmFault(
      file,
      line,
      `the XSPEC command "${line.command}" is not supported; take the line out, or say the same by options`,
    );
  if (HARMLESS.includes(command)) return next + 1;
  if (command === "model") return readModel(script, lines, next);
  READERS[command]?.(script, line);
  return next + 1;
}

/** Commands that `xset` gives as well, `xset abund wilm`. */
const XSET_COMMANDS: readonly XcmCommand[] = ["abund", "statistic", "weight", "xsect"];

const READERS: Partial<Record<XcmCommand, (script: Script, line: XcmLine) => void>> = {
  data: ({ spectra, file }, line) => readData(spectra, line, file),
  response: ({ spectra, file }, line) => readCompanion(spectra, "response", line, file),
  arf: ({ spectra, file }, line) => readCompanion(spectra, "arf", line, file),
  backgrnd: ({ spectra, file }, line) => readCompanion(spectra, "background", line, file),
  ignore: ({ selections }, line) => void selections.push(line),
  notice: ({ selections }, line) => void selections.push(line),
  abund({ values }, line) {
    values.abund = line.words[0];
  },
  xsect({ values }, line) {
    values.xsect = line.words[0];
  },
  statistic(script, line) {
    const [name, ...rest] = line.words;
    if (name?.toLowerCase() === "test") return;
    if (rest.some((word) => word !== "1" && !word.includes("-")))
      throw xcmFault(script.file, line, "one statistic for all spectra is supported; give the same to each");
    // XSPEC's cstat becomes W with a background file, and so does ours where none is named.
    if (name !== undefined && !/^(cstat|wstat)$/i.test(name)) script.values.statistic = name.toLowerCase();
  },
  xset(script, line) {
    const [name = "", ...rest] = line.words;
    const inner = commandOf(name);
    if (inner !== undefined && XSET_COMMANDS.includes(inner))
      return READERS[inner]?.(script, { ...line, words: rest, rest: rest.join(" ") });
    const known = Object.keys(PHYSICS).find((each) => each === name.toLowerCase());
    if (known !== undefined && rest[0] !== PHYSICS[known])
      throw xcmFault(
        script.file,
        line,
        `xset ${name} ${rest[0] ?? ""} changes the model, which is not supported; take it out`,
      );
  },
  setplot({ file }, line) {
    if (/^wa/i.test(line.words[0] ?? ""))
      throw xcmFault(
        file,
        line,
        "ranges after setplot wave are wavelengths, which is not supported; give energies",
      );
  },
  weight(script, line) {
    const name = WEIGHTS.find((each) => each.startsWith((line.words[0] ?? "?").toLowerCase()));
    if (name === undefined)
      throw xcmFault(script.file, line, `expected weight ${WEIGHTS.join(", ")}, found ${line.words[0]}`);
    script.weighing.weight = name;
  },
  systematic(script, line) {
    const fraction = Number(line.words[0]);
    if (!(fraction >= 0 && fraction <= 1))
      throw xcmFault(script.file, line, `expected systematic FRACTION, found ${line.words[0]}`);
    if (fraction > 0) script.weighing.systematic = fraction;
  },
  mdefine({ definitions, file }, line) {
    const match = /^([A-Za-z]\w*)\s+(.*?)(?:\s*:\s*(\w+))?$/.exec(line.rest);
    if (match === null) throw xcmFault(file, line, "expected mdefine NAME FORMULA [: add|mul]");
    const kind = (match[3] ?? "add").toLowerCase();
    if (kind !== "add" && kind !== "mul")
      throw xcmFault(file, line, `a model of kind ${kind} is not supported; add and mul are`);
    definitions.push(`${match[1]} = ${match[2]} : ${kind}`);
  },
  newpar(script, line) {
    const parameters = needModel(script, line);
    const match = /^(\d+)\s+(.*)$/.exec(line.rest.replace(/^(\d+)\s*=/, "$1 ="));
    if (match === null)
      throw xcmFault(script.file, line, "expected newpar NUMBER VALUE, or newpar NUMBER = FORMULA");
    setParameter(parameters, Number(match[1]) - 1, match[2], line, script.file);
  },
  freeze: (script, line) => setFrozen(script, line, true),
  thaw: (script, line) => setFrozen(script, line, false),
  untie(script, line) {
    const parameters = needModel(script, line);
    for (const number of parameterNumbers(line, parameters.length, script.file)) {
      const parameter = parameters[number - 1];
      delete parameter.tie;
      parameter.own = true;
    }
  },
  bayes(script, line) {
    const word = (line.words[0] ?? "").toLowerCase();
    if (word === "on") script.values.bayes = true;
    if (word === "off") delete script.values.bayes;
    if (["on", "off", "cons"].includes(word)) return;
    const parameters = needModel(script, line);
    const { number, prior } = readPrior(line, script.file);
    const parameter = parameters[number - 1];
    if (parameter === undefined) throw xcmFault(script.file, line, `there is no parameter ${number}`);
    parameter.prior = prior;
  },
};

function needModel({ parameters, model, file }: Script, line: XcmLine): XcmParameter[] {
  if (model === undefined) throw xcmFault(file, line, `${line.command} needs a model before it`);
  return parameters;
}

function setFrozen(script: Script, line: XcmLine, frozen: boolean): void {
  const parameters = needModel(script, line);
  for (const number of parameterNumbers(line, parameters.length, script.file)) {
    const parameter = parameters[number - 1];
    parameter.own = true;
    parameter.delta = Math.abs(parameter.delta) * (frozen ? -1 : 1);
  }
}

/** A model and the lines of its parameters, one each, as `save` writes them; `/*` leaves the rest at their defaults. */
function readModel(script: Script, lines: readonly XcmLine[], next: number): number {
  const { file, definitions } = script;
  const line = lines[next];
  const text = withDefinitions(modelText(line, file), definitions);
  const expression = at({ file, line: line.line, column: 1 }, () => parseExpression(text));
  const groups = Math.max(1, ...[...script.spectra.values()].map(({ group }) => group));
  script.model = { line, expression, text };
  script.parameters = defaultParameters(expression, groups);
  let index = 0;
  let after = next + 1;
  for (; after < lines.length && index < script.parameters.length; after++) {
    const { command, rest } = lines[after];
    const whole = `${command} ${rest}`.trim();
    if (whole === "/*") return after + 1;
    if (!/^[-+.\d=/&,]/.test(whole)) break;
    setParameter(script.parameters, index, whole.replace(/^&\s*/, ""), lines[after], file);
    index++;
  }
  return after;
}

/** The script's content as settings, and where each stands. */
function settingsOf(script: Script) {
  const { file, values, model } = script;
  if (model === undefined)
    throw new InputError("the script holds no model; expected a line such as model tbabs*powerlaw", { file });
  const numbers = [...script.spectra.keys()].sort((a, b) => a - b);
  const gap = numbers.findIndex((number, k) => number !== k + 1);
  if (gap >= 0)
    throw new InputError(`the script names spectrum ${numbers[gap]}, but none before it`, { file });
  const spectra = numbers.map((number) => script.spectra.get(number)!);
  const selection = readSelection(script.selections, Math.max(1, spectra.length), file);
  const parameters: Record<string, number | string> = {};
  const start: Record<string, number> = {};
  for (const parameter of script.parameters) {
    const { path, value, delta, tie, own } = parameter;
    if (tie !== undefined) parameters[path] = tie;
    else if (!own) continue;
    else if (delta < 0) parameters[path] = value;
    else {
      parameters[path] = priorText(parameter);
      const [, low, high] = parameter.limits;
      start[path] = Math.min(high, Math.max(low, value));
    }
  }
  const places = new Map(
    ["model", "define", ...Object.keys(parameters)].map((key) => [key, { line: model.line.line, column: 1 }]),
  );
  const withSpectra = spectra.length > 0 && {
    spectra: spectra.map(({ group: _, ...each }) => each),
    groups: spectra.map(({ group }) => group),
  };
  return {
    places,
    values: {
      ...values,
      ...(values.statistic === "chi" && script.weighing),
      ...withSpectra,
      ...selection,
      model: model.text,
      parameters,
      ...(Object.keys(start).length > 0 && { start }),
    },
  };
}
