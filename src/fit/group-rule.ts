import { InputError, type Where } from "../errors.ts";
import { noiseGrouping, type ScaledBackground } from "../ogip/noise-grouping.ts";
import { optimalGrouping } from "../ogip/optimal-grouping.ts";
import { constantGrouping, minimumGrouping } from "../ogip/regroup.ts";
import type { Redistribution, Spectrum } from "../ogip/types.ts";
import { parseCall, parseNumber } from "./config-words.ts";

/** How channels are put into groups. */
export type GroupRule =
  | { readonly kind: "none" }
  | { readonly kind: "constant"; readonly size: number }
  | { readonly kind: "min"; readonly counts: number }
  | { readonly kind: "snr"; readonly ratio: number }
  | { readonly kind: "optimal"; readonly least: number };

const EXPECTED =
  "expected none, constant(N) channels, min(N) counts, snr(S) signal to noise, optimal, or optimal(N) with at least N counts";

/** How a rule is written: `constant(5)`, `min(25)`, `snr(3)`, `optimal`, `optimal(10)`, `none`. */
export function parseGroupRule(text: string, where: Where): GroupRule {
  const call = parseCall(text);
  const numbers = (call?.args ?? []).map(parseNumber);
  const [value] = numbers;
  const fault = new InputError(`${EXPECTED}, found "${text}"`, where);
  if (
    call === undefined ||
    numbers.length > 1 ||
    (numbers.length === 1 && !(value !== undefined && value > 0))
  )
    throw fault;
  if (call.name === "none" && value === undefined) return { kind: "none" };
  if (call.name === "optimal") return { kind: "optimal", least: value ?? 0 };
  if (value === undefined) throw fault;
  if (call.name === "constant" && Number.isInteger(value)) return { kind: "constant", size: value };
  if (call.name === "min") return { kind: "min", counts: value };
  if (call.name === "snr") return { kind: "snr", ratio: value };
  throw fault;
}

export interface GroupCompanions {
  /** Needed by `optimal`: the response, and the EBOUNDS row of each row of the spectrum. */
  readonly response?: { readonly redistribution: Redistribution; readonly rows: Int32Array };
  /** Looked at by `snr`. */
  readonly background?: ScaledBackground;
}

/** GROUPING flags of a spectrum's channels by a rule. InputError where the rule needs a response and there is none. */
export function groupBy(
  rule: GroupRule,
  spectrum: Pick<Spectrum, "counts" | "quality" | "file">,
  { response, background }: GroupCompanions = {},
): Int16Array {
  switch (rule.kind) {
    case "none":
      return new Int16Array(spectrum.counts.length).fill(1);
    case "constant":
      return constantGrouping(rule.size, spectrum.counts.length);
    case "min":
      return minimumGrouping(spectrum, rule.counts);
    case "snr":
      return noiseGrouping(spectrum, rule.ratio, background);
    case "optimal":
      if (response === undefined)
        throw new InputError(
          "optimal groups follow the resolution, and no response is known; give it with --response",
          { file: spectrum.file },
        );
      return optimalGrouping(spectrum, response.redistribution, { rows: response.rows, least: rule.least });
  }
}
