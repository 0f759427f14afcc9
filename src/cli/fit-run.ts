import { checkFolder, loadFonts, writeFolder } from "../files.ts";
import { type FitOutcome, runFit } from "../fit/analysis.ts";
import { citations } from "../fit/citations.ts";
import { formatConfig } from "../fit/config-text.ts";
import { runFiles } from "../fit/output.ts";
import { type OutputFile, RUN_ENTRIES } from "../fit/output-entries.ts";
import { finiteResult, formatResult } from "../fit/output-result.ts";
import { spawnNodeWorker } from "../fit/platform-node.ts";
import type { FitConfig, RunResult } from "../fit/types.ts";
import { VERSION } from "../fit/version.ts";
import type { ReadFile } from "../ogip/types.ts";
import type { Invocation } from "./command.ts";
import { createProgress, type ProgressDisplay } from "./progress.ts";
import { formatSummary } from "./summary.ts";

export interface FitRun {
  readonly config: FitConfig;
  /** The configuration as config.yml is to hold it. */
  readonly kept: FitConfig;
  readonly readFile: ReadFile;
  readonly out: string;
  readonly force: boolean;
  /** Files that go into the folder besides. */
  readonly extra?: readonly OutputFile[];
  /** True values by parameter path, where they are known. */
  readonly truth?: Readonly<Record<string, number>>;
}

/** Fits, shows what was found and writes the folder; the folder is checked before the work begins. */
export async function fitAndKeep(run: FitRun, invocation: Invocation): Promise<void> {
  const { options, terminal, signal } = invocation;
  const { out, force } = run;
  await checkFolder(out, { force });
  if (run.config.method === "mle") {
    const { keepBestFit } = await import("./best-fit-run.ts");
    return keepBestFit(run, invocation);
  }
  const progress = createProgress(terminal);
  let result: RunResult;
  try {
    result = await work(run, progress, signal);
    progress.end();
  } catch (error) {
    progress.abandon();
    throw error;
  }
  if (options.json === true) terminal.print(formatResult(result).trimEnd());
  else
    terminal.print(
      `\n${formatSummary(result)}\nresults  ${out}: report.html, result.json, posterior.parquet, figures, config.yml`,
    );
}

/** Runs the fit and writes what it leaves. */
async function work(run: FitRun, progress: ProgressDisplay, signal: AbortSignal): Promise<RunResult> {
  const { config, kept, readFile, out, force, extra = [], truth = {} } = run;
  const io = {
    readFile,
    spawn: spawnNodeWorker,
    clock: () => performance.now() / 1000,
  };
  const outcome = await runFit(config, io, { onProgress: progress.report, signal });
  const record = { ...outcome, result: finiteResult(withTruth(outcome.result, truth)) };
  progress.report({ stage: "write", done: 0, total: 1 });
  const text = await formatConfig(kept, VERSION);
  const files = await runFiles(record, {
    config: text,
    fonts: await loadFonts(),
    citations: citations({ ...config, statistic: record.result.statistic.name }),
    extra,
  });
  await writeFolder(out, files, { force, stale: RUN_ENTRIES, signal });
  progress.report({ stage: "write", done: files.length, total: files.length });
  return record.result;
}

function withTruth(
  result: FitOutcome["result"],
  truth: Readonly<Record<string, number>>,
): FitOutcome["result"] {
  return {
    ...result,
    parameters: result.parameters.map((parameter) =>
      truth[parameter.name] === undefined ? parameter : { ...parameter, truth: truth[parameter.name] },
    ),
  };
}
