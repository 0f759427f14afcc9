/** A summary of one parameter; intervals are [low, high]. The fields of result.json's `parameters`. */
export interface ReportParameter {
  readonly name: string;
  readonly unit: string;
  readonly prior: string;
  readonly sd: number;
  readonly median: number;
  readonly interval68: readonly [number, number];
  readonly interval90: readonly [number, number];
  readonly best: number;
  readonly log10?: {
    readonly sd: number;
    readonly median: number;
    readonly interval68: readonly [number, number];
  };
  readonly unrefined?: {
    readonly sd: number;
    readonly median: number;
    readonly log10?: { readonly sd: number; readonly median: number };
  };
  readonly truth?: number;
}

/** The run to report: result.json as it stands fits. */
export interface ReportResult {
  readonly xnpe: string;
  readonly method: string;
  readonly seed: number;
  readonly model: string;
  readonly spectra: readonly {
    readonly file: string;
    readonly exposure: number;
    readonly counts: number;
    readonly bins: number;
    readonly band: readonly [number, number];
  }[];
  readonly parameters: readonly ReportParameter[];
  readonly statistic: {
    readonly name: string;
    readonly best: number;
    readonly atMedian: number;
    readonly expected?: number;
    readonly expectedSd?: number;
    readonly deviation?: number;
    readonly bins: number;
  };
  readonly evidence?: { readonly logZ: number; readonly logZError: number };
  readonly importance?: {
    readonly efficiencyFlow: number;
    readonly efficiency: number;
    readonly ess: number;
    readonly paretoK: number;
  };
  readonly nested?: {
    readonly livePoints: number;
    readonly iterations: number;
    readonly evaluations: number;
    readonly ess: number;
  };
  /** Those that are numbers are listed. */
  readonly network?: Readonly<Record<string, unknown>>;
  readonly responseHash?: string;
  readonly kernels?: string;
  readonly timings: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
}

export interface ReportFigure {
  readonly title: string;
  readonly caption: string;
  /** From `toSvg(scene, { inline: true })`. */
  readonly svg: string;
}

export interface ReportTable {
  readonly title: string;
  readonly caption?: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface ReportInput {
  readonly result: ReportResult;
  readonly figures: readonly ReportFigure[];
  readonly tables?: readonly ReportTable[];
  /** Command line that repeats the run. */
  readonly command?: string;
  /** Configuration file's text. */
  readonly config?: string;
  readonly citations?: readonly { readonly text: string; readonly url?: string }[];
  /** Heading; default the model. */
  readonly title?: string;
}
