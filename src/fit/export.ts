import { InputError } from "../errors.ts";
import { hasBackgroundModel, parseExpression } from "../model/expression.ts";
import { groupParameter } from "../model/links.ts";
import { writeChain } from "../ogip/write-chain.ts";
import { type EqualDraws, equalDraws, parameterValues } from "./export-draws.ts";
import { formatNetcdf } from "./export-netcdf.ts";
import type { BestFitResult } from "./mle-types.ts";
import { formatDraws } from "./output-draws.ts";
import type { FitConfig, PosteriorDraws, RunResult } from "./types.ts";
import { formatXcm } from "./xcm-write.ts";

export const EXPORT_FORMATS = ["chain", "xcm", "csv", "parquet", "netcdf"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A finished run. */
export interface ExportedRun {
  readonly config: FitConfig;
  readonly result: RunResult | BestFitResult;
  /** Absent for a best fit, which has none. */
  readonly draws?: PosteriorDraws;
}

export interface ExportOptions {
  /** Equally weighted draws; default: as many as the run has. */
  readonly draws?: number;
}

/**
 * A run in the form of other programs: `chain`, an XSPEC chain; `xcm`, an XSPEC script at the best fit; `csv` and `parquet`, equally weighted draws with
 * logPrior and logLike; `netcdf`, netCDF-4 with ArviZ's groups. InputError where the run has no draws and the format needs them, or HDF5 is not installed.
 */
export async function exportRun(
  run: ExportedRun,
  format: ExportFormat,
  { draws: wanted }: ExportOptions = {},
): Promise<Uint8Array | string> {
  const { config, result, draws } = run;
  if (format === "xcm") {
    if (hasBackgroundModel(config.model)) throw noBackgroundModel();
    const values = Object.fromEntries(result.parameters.map(({ name, best }) => [name, best]));
    return formatXcm({ config, values, statistic: result.statistic.name });
  }
  if (draws === undefined) throw noDraws(format);
  const equal = equalDraws(draws, wanted ?? draws.weight.length, result.seed);
  if (format === "chain") return chain(run, equal);
  if (format === "csv") return csv(equal);
  if (format === "netcdf") return formatNetcdf(equal, result);
  return formatDraws(
    { ...equal, weight: equal.logLike.map(() => 1 / equal.logLike.length) },
    metadata(result),
  );
}

function metadata({
  xnpe,
  model,
  method,
  seed,
}: Pick<RunResult, "xnpe" | "model" | "method" | "seed">): Record<string, string> {
  return { xnpe, model, method, seed: String(seed) };
}

function chain({ config, result }: ExportedRun, draws: EqualDraws): Uint8Array {
  const expression = parseExpression(config.model);
  return writeChain({
    columns: draws.names.map((path, d) => {
      const { group, index } = groupParameter(expression, path);
      const { name, unit } = expression.parameters[index];
      const number = (group - 1) * expression.parameters.length + index + 1;
      return { name, number, unit, values: parameterValues(draws, d) };
    }),
    statistic: draws.logLike.map((logLike) => -2 * logLike),
    statisticName: result.statistic.name,
  });
}

function csv(draws: EqualDraws): string {
  const D = draws.names.length;
  const rows = Array.from(draws.logLike, (logLike, m) =>
    [...draws.theta.subarray(m * D, (m + 1) * D), draws.logPrior[m], logLike].join(","),
  );
  return `${[...draws.names, "logPrior", "logLike"].join(",")}\n${rows.join("\n")}\n`;
}

function noBackgroundModel(): Error {
  return new InputError(
    "the run has a background model, which a script of XSPEC cannot scale from one spectrum to the other by itself; export chain, csv, parquet or netcdf",
  );
}

function noDraws(format: string): Error {
  return new InputError(
    `the run is a best fit and has no draws, which ${format} needs; fit with another --method, or export xcm`,
  );
}
