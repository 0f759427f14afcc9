import type { Range } from "../ogip/select.ts";

/** One spectrum of a run with its companions as the user gave them. */
export interface SpectrumInput {
  readonly file: string;
  /** Absent: the header's keyword, looked for beside the PHA. */
  readonly response?: string;
  readonly arf?: string;
  /** "none" switches the header's background off. */
  readonly background?: string;
  /** What the background's model is folded by, where there is one; absent: as named in the background's header, else the source's. */
  readonly backgroundResponse?: string;
  readonly backgroundArf?: string;
}

/** A range of the bins of every spectrum, or of the spectra from one number to another (counted from 1). */
export type SpectrumRange = Range | { readonly spectra: readonly [number, number]; readonly range: Range };

/** A command of a selection: the range is kept, or dropped. */
export interface SelectionCommand {
  readonly keep: boolean;
  readonly range: SpectrumRange;
}
