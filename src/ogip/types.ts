/** A PHA spectrum, one entry a row of the file (a channel), before grouping and selection. */
export interface Spectrum {
  readonly file: string;
  readonly hdu: string;
  /** CHANNEL column, as in the file. */
  readonly channels: Int32Array;
  /** Counts per channel; RATE columns are multiplied by the exposure. */
  readonly counts: Float64Array;
  readonly fromRate: boolean;
  /** True where the header says that a background has been subtracted (HDUCLAS2 = NET). */
  readonly net?: boolean;
  /** True for a background to be written as such (HDUCLAS2 = BKG). */
  readonly isBackground?: boolean;
  /** True: errors are Poissonian and statErr is absent. */
  readonly poissonErrors: boolean;
  /** Statistical error in counts, where the file gives one and POISSERR is false. */
  readonly statErr?: Float64Array;
  /** Fractional systematic error. */
  readonly sysErr?: Float64Array;
  /** 0 good, 1 dropped at read time, 2-5 bad. */
  readonly quality: Int16Array;
  /** 1 starts a group, -1 continues it. */
  readonly grouping: Int16Array;
  /** Seconds. */
  readonly exposure: number;
  /** Per channel; zeros already replaced (with a warning). */
  readonly areascal: Float64Array;
  readonly backscal: Float64Array;
  readonly corrscal: number;
  /** DETCHANS, or the number of rows. */
  readonly detchans: number;
  /** First channel number of the detector (TLMIN of CHANNEL), if the file says. */
  readonly firstChannel?: number;
  readonly telescope: string;
  readonly instrument: string;
  readonly filter: string;
  /** PHA or PI. */
  readonly channelType: string;
  /** Companion files as named in the header; absent where `none`, empty or missing. */
  readonly responseFile?: string;
  readonly ancillaryFile?: string;
  readonly backgroundFile?: string;
  readonly correctionFile?: string;
  /** Background that grating files carry beside the counts (columns BACKGROUND_UP, BACKGROUND_DOWN). */
  readonly backgroundColumns?: {
    readonly counts: Float64Array;
    /** BACKSCUP + BACKSCDN: size of the background region relative to BACKSCAL of the source. */
    readonly backscal: number;
  };
  /** Suspicions worth telling the user. */
  readonly warnings: readonly string[];
}

/** A redistribution matrix (RMF or RSP): probability per channel for each energy row, sparse. */
export interface Redistribution {
  readonly file: string;
  readonly hdu: string;
  /** Contiguous energy grid, keV: row e covers [edges[e], edges[e+1]]; E+1 entries. */
  readonly edges: Float64Array;
  /** EBOUNDS in row order, keV, rounded to float32 as stored where the file is float32. */
  readonly channelLow: Float64Array;
  readonly channelHigh: Float64Array;
  /** Channel number of EBOUNDS row 0 as PHA files number it. */
  readonly firstChannel: number;
  /** Groups of energy row e are groupStart[e] .. groupStart[e+1]-1. */
  readonly groupStart: Int32Array;
  /** EBOUNDS row index (0-based) of the group's first channel. */
  readonly groupChannel: Int32Array;
  /** Channels of the group. */
  readonly groupLength: Int32Array;
  /** Offset of the group's first value in `values`. */
  readonly groupOffset: Int32Array;
  readonly values: Float32Array;
  readonly telescope: string;
  readonly instrument: string;
  readonly warnings: readonly string[];
}

/** An ancillary response: effective area, cm2, on an energy grid. */
export interface AncillaryResponse {
  readonly file: string;
  /** keV, E+1 entries. */
  readonly edges: Float64Array;
  readonly area: Float64Array;
  readonly warnings: readonly string[];
}

/** A run of EBOUNDS/spectrum rows that are summed into one bin, after grouping. */
export interface Group {
  /** First and last spectrum row, inclusive. Rows of quality 1 in between are left out of sums. */
  readonly first: number;
  readonly last: number;
  /** Number in XSPEC's count from 1. */
  readonly number: number;
  /** Worst quality of its channels. */
  readonly quality: number;
}

/** Reads a companion file; undefined when there is none of that name. */
export type ReadFile = (path: string) => Promise<Uint8Array | undefined>;
