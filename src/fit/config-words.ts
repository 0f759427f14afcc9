import { InputError, type Where } from "../errors.ts";
import type { Restriction } from "./types.ts";

const NUMBER = "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?";
const BAND = new RegExp(`^\\s*(${NUMBER}|\\*\\*)\\s*-\\s*(${NUMBER}|\\*\\*)\\s*$`);

/** The number a text stands for, or undefined where it is anything else. */
export function parseNumber(text: string): number | undefined {
  return new RegExp(`^\\s*${NUMBER}\\s*$`).test(text) ? Number(text) : undefined;
}

/** Energy ranges of a text such as `0.3-10` or `**-0.3, 2-10`, keV; `**` stands for all below or above. Throws InputError for anything else. */
export function parseBands(text: string, where: Where): [number, number][] {
  return text.split(",").map((part) => {
    const match = BAND.exec(part);
    if (match === null) {
      throw new InputError(
        `expected an energy range LOW-HIGH in keV such as 0.3-10, found "${part.trim()}"`,
        where,
      );
    }
    const band: [number, number] = [
      match[1] === "**" ? -Infinity : Number(match[1]),
      match[2] === "**" ? Infinity : Number(match[2]),
    ];
    if (!(band[0] < band[1])) {
      const hint = band[0] === band[1] ? "the two ends are equal" : `did you mean ${band[1]}-${band[0]}?`;
      throw new InputError(
        `the energy range ${part.trim()} is empty: its lower end must be below its upper end; ${hint}`,
        where,
      );
    }
    return band;
  });
}

/** `name(1, 2)` as name and arguments; a bare name has none. Undefined for anything else. */
export function parseCall(text: string): { name: string; args: string[] } | undefined {
  const match = /^\s*([A-Za-z]\w*)\s*(?:\(([^()]*)\))?\s*$/.exec(text);
  if (match === null) return undefined;
  const inside = match[2];
  return { name: match[1], args: inside === undefined ? [] : inside.split(",").map((part) => part.trim()) };
}

const RESTRICT = "expected auto, none or counts(lower,upper)";

/** How `restrict` is written: `auto`, `none`, `counts(100,10000)`. */
export function parseRestriction(text: string, where: Where): Restriction {
  const call = parseCall(text);
  if (call?.name === "cstat" || call?.name === "coarse") {
    throw new InputError(`${call.name}(...) is not available in this version; ${RESTRICT}`, where);
  }
  if ((call?.name === "auto" || call?.name === "none") && call.args.length === 0) return { kind: call.name };
  const [lower, upper] = call?.name === "counts" && call.args.length === 2 ? call.args.map(parseNumber) : [];
  if (lower === undefined || upper === undefined) throw new InputError(`${RESTRICT}, found "${text}"`, where);
  if (!(lower >= 0 && lower < upper)) {
    throw new InputError(`expected counts(lower,upper) with 0 <= lower < upper, found ${text}`, where);
  }
  return { kind: "counts", lower, upper };
}

export function formatRestriction(restrict: Restriction): string {
  return restrict.kind === "counts" ? `counts(${restrict.lower}, ${restrict.upper})` : restrict.kind;
}
