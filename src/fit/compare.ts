import { jensenShannon } from "../diagnose/index.ts";
import { InputError } from "../errors.ts";
import { corner, type IntervalsRun, intervals } from "../plot/index.ts";
import { cornerColumns, cornerParameters, type NamedFigure } from "./output-figures.ts";
import type { ParameterResult, PosteriorDraws, RunResult } from "./types.ts";

/** A run to be compared. */
export interface ComparedRun {
  readonly label: string;
  readonly result: RunResult;
  readonly draws: PosteriorDraws;
}

/** One parameter of a run against the same one of the reference. */
export interface ParameterComparison {
  readonly name: string;
  /** log10: of logarithmic parameters; linear: of the others. */
  readonly scale: "linear" | "log10";
  /** (mean - reference mean) / reference sd. */
  readonly shift: number;
  /** sd / reference sd. */
  readonly widthRatio: number;
  /** Jensen-Shannon distance, 0 (same) to 1 (no overlap). */
  readonly distance: number;
}

export interface RunComparison {
  readonly run: string;
  readonly reference: string;
  readonly parameters: readonly ParameterComparison[];
  /** log Z - reference log Z, with its error; absent where the runs fit other data, whose evidences do not compare. */
  readonly deltaLogZ?: number;
  readonly deltaLogZError?: number;
}

/** Every further run against the first. Throws InputError where two runs share no parameter. */
export function compareRuns([reference, ...others]: readonly ComparedRun[]): RunComparison[] {
  return others.map((run) => {
    const pairs = sharedNames([reference, run]).map((name) => compareParameter(name, reference, run));
    const [a, b] = [reference.result.evidence, run.result.evidence];
    return {
      run: run.label,
      reference: reference.label,
      parameters: pairs,
      ...(a !== undefined &&
        b !== undefined &&
        sameData(reference.result, run.result) && {
          deltaLogZ: b.logZ - a.logZ,
          deltaLogZError: Math.hypot(a.logZError, b.logZError),
        }),
    };
  });
}

/** Same instruments and bins, same counts, same statistic, as far as results tell. */
function sameData(a: RunResult, b: RunResult): boolean {
  const data = ({ responseHash, spectra, statistic }: RunResult) =>
    JSON.stringify([responseHash, statistic.name, spectra.map(({ counts, bins }) => [counts, bins])]);
  return data(a) === data(b);
}

function compareParameter(name: string, reference: ComparedRun, run: ComparedRun): ParameterComparison {
  const [a, b] = [reference, run].map(({ result }) => result.parameters.find((each) => each.name === name)!);
  const logarithmic = a.log10 !== undefined && b.log10 !== undefined;
  const [first, second] = logarithmic ? [a.log10!, b.log10!] : [a, b];
  return {
    name,
    scale: logarithmic ? "log10" : "linear",
    shift: (second.mean - first.mean) / first.sd,
    widthRatio: second.sd / first.sd,
    distance: jensenShannon(column(reference, name), column(run, name), {
      weightsX: reference.draws.weight,
      weightsY: run.draws.weight,
    }),
  };
}

function column({ draws }: ComparedRun, name: string): Float64Array {
  const [width, d] = [draws.names.length, draws.names.indexOf(name)];
  return Float64Array.from(draws.weight, (_, m) => draws.theta[m * width + d]);
}

function sharedNames([first, ...others]: readonly ComparedRun[]): string[] {
  const names = first.draws.names.filter((name) => others.every((run) => run.draws.names.includes(name)));
  if (names.length > 0) return names;
  const list = others.map((run) => `${run.label} has ${run.draws.names.join(", ")}`).join("; ");
  throw new InputError(
    `the runs have no parameter in common: ${first.label} has ${first.draws.names.join(", ")}; ${list}`,
  );
}

/** The posteriors over each other, and their intervals side by side; shared parameters, on the first run's scale. */
export function comparisonFigures(runs: readonly ComparedRun[]): NamedFigure[] {
  const names = sharedNames(runs);
  const shared = names.map((name) => runs[0].result.parameters.find((parameter) => parameter.name === name)!);
  const labels = cornerParameters({ parameters: shared });
  const samples = runs.map((run) => ({
    label: run.label,
    columns: columnsOf(run, shared),
    weights: run.draws.weight,
  }));
  return [
    {
      name: "corner",
      title: "Posteriors",
      caption: "Densities, and contours of 68 and 95 %.",
      scene: corner({ parameters: labels, samples, titles: false, title: "Posteriors" }),
    },
    {
      name: "intervals",
      title: "Intervals",
      caption: "Medians with 68 and 90 % intervals.",
      scene: intervals({ parameters: labels, runs: runs.map((run) => intervalsOf(run, shared)) }),
    },
  ];
}

function columnsOf(run: ComparedRun, shared: readonly ParameterResult[]): Float64Array[] {
  const theta = new Float64Array(run.draws.weight.length * shared.length);
  shared.forEach(({ name }, d) => {
    column(run, name).forEach((value, m) => {
      theta[m * shared.length + d] = value;
    });
  });
  return cornerColumns(theta, { parameters: shared });
}

function intervalsOf({ label, result }: ComparedRun, shared: readonly ParameterResult[]): IntervalsRun {
  const scaled = ([lower, upper]: readonly [number, number], logarithmic: boolean) =>
    logarithmic ? ([Math.log10(lower), Math.log10(upper)] as const) : ([lower, upper] as const);
  const values = shared.map(({ name, log10 }) => {
    const { median, interval68, interval90 } = result.parameters.find(
      (parameter) => parameter.name === name,
    )!;
    const logarithmic = log10 !== undefined;
    return {
      median: logarithmic ? Math.log10(median) : median,
      interval68: scaled(interval68, logarithmic),
      interval90: scaled(interval90, logarithmic),
    };
  });
  return { label, values };
}
