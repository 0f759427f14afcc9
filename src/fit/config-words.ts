import { InputError, type Where } from "../errors.ts";
import { guess } from "./config-check.ts";
import { CONFIG_LIMITS } from "./config-defaults.ts";
import type { Features, Restriction } from "./types.ts";

/** Pattern of a decimal number. */
export const NUMBER = "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?";

/** The number a text stands for, or undefined where it is anything else. */
export function parseNumber(text: string): number | undefined {
  return new RegExp(`^\\s*${NUMBER}\\s*$`).test(text) ? Number(text) : undefined;
}

/** `name(1, 2)` as name and arguments; a bare name has none. Undefined for anything else. */
export function parseCall(text: string): { name: string; args: string[] } | undefined {
  const match = /^\s*([A-Za-z]\w*)\s*(?:\(([^()]*)\))?\s*$/.exec(text);
  if (match === null) return undefined;
  const inside = match[2];
  return { name: match[1], args: inside === undefined ? [] : inside.split(",").map((part) => part.trim()) };
}

const RESTRICT =
  "expected auto, none, counts(lower,upper), classifier(lower,upper), cstat(fraction) or coarse(simulations)";

/** How `restrict` is written: `auto`, `none`, `counts(100,10000)`, `classifier(100,10000)`, `cstat(0.25)`, `coarse(5000)`. */
export function parseRestriction(text: string, where: Where): Restriction {
  const call = parseCall(text);
  const numbers = (call?.args ?? []).map(parseNumber);
  const [a, b] = numbers;
  if ((call?.name === "auto" || call?.name === "none") && numbers.length === 0) return { kind: call.name };
  if (
    (call?.name === "counts" || call?.name === "classifier") &&
    a !== undefined &&
    b !== undefined &&
    numbers.length === 2
  ) {
    if (!(a >= 0 && a < b))
      throw new InputError(
        `expected ${call.name}(lower,upper) with 0 <= lower < upper, found ${text}`,
        where,
      );
    return { kind: call.name, lower: a, upper: b };
  }
  if (call?.name === "cstat" && a !== undefined && numbers.length === 1) {
    if (!(a > 0 && a < 1))
      throw new InputError(`expected cstat(fraction) with a fraction between 0 and 1, found ${text}`, where);
    return { kind: "cstat", fraction: a };
  }
  if (call?.name === "coarse" && a !== undefined && numbers.length === 1) {
    const [lower, upper] = CONFIG_LIMITS.simulations;
    if (!(Number.isSafeInteger(a) && a >= lower && a <= upper))
      throw new InputError(
        `expected coarse(n) with n a whole number from ${lower} to ${upper}, found ${text}`,
        where,
      );
    return { kind: "coarse", simulations: a };
  }
  throw new InputError(`${RESTRICT}, found "${text}"`, where);
}

export function formatRestriction(restrict: Restriction): string {
  if (restrict.kind === "counts" || restrict.kind === "classifier")
    return `${restrict.kind}(${restrict.lower}, ${restrict.upper})`;
  if (restrict.kind === "cstat") return `cstat(${restrict.fraction})`;
  if (restrict.kind === "coarse") return `coarse(${restrict.simulations})`;
  return restrict.kind;
}

const FEATURES = ["sufficient", "raw", "sqrt", "summary", "bands", "autoencoder", "embedding"] as const;

/** How `features` is written: one of the names, or `pca(0.9)` with the fraction of the variance that is kept. */
export function parseFeatures(text: string, where: Where): Features {
  const known = FEATURES.find((name) => name === text.trim());
  if (known !== undefined) return known;
  const call = parseCall(text);
  if (call?.name === "pca") {
    const fraction = parseNumber(call.args[0] ?? "");
    if (call.args.length !== 1 || fraction === undefined || !(fraction > 0 && fraction < 1))
      throw new InputError(
        `expected pca(fraction) with the fraction of the variance to keep, between 0 and 1, such as pca(0.9), found ${text}`,
        where,
      );
    return `pca(${fraction})`;
  }
  throw new InputError(
    `expected one of ${FEATURES.join(", ")}, pca(fraction), found "${text}"${guess(text, FEATURES)}`,
    where,
  );
}
