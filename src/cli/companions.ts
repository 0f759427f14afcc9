import { InputError } from "../errors.ts";
import { COMPANIONS } from "../fit/config-files.ts";
import type { SpectrumInput } from "../fit/types.ts";
import type { OptionValue } from "./command.ts";
import { repeated } from "./flags.ts";

const KINDS = Object.entries(COMPANIONS) as [
  keyof typeof COMPANIONS,
  (typeof COMPANIONS)[keyof typeof COMPANIONS],
][];

/** Spectra with the companions that are given, one each or one for all; else those of `known`, but for its backgrounds. InputError for another number of files. */
export function withCompanions(
  spectra: readonly string[],
  options: Readonly<Record<string, OptionValue>>,
  known?: readonly SpectrumInput[],
): SpectrumInput[] {
  const companion = ([key, field]: (typeof KINDS)[number], i: number) => {
    const given = repeated(options[field]);
    if (given.length > 1 && given.length !== spectra.length)
      throw new InputError(
        `expected one file, or one for each of the ${spectra.length} spectra, found ${given.length}`,
        { key: `--${key}` },
      );
    const own = known?.[i % known.length];
    const value =
      given.length === 1 ? given[0] : (given[i] ?? (field === "background" ? undefined : own?.[field]));
    return value === undefined ? [] : [[field, value]];
  };
  return spectra.map((file, i) => ({
    file,
    ...Object.fromEntries(KINDS.flatMap((kind) => companion(kind, i))),
  }));
}
