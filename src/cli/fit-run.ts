import { checkFolder, freeFolder, loadFonts, writeFolder } from "../files.ts";
import { type FitOutcome, runFit } from "../fit/analysis.ts";
import { CHECKPOINT_FILE } from "../fit/checkpoint-run.ts";
import { citations } from "../fit/citations.ts";
import { formatConfig } from "../fit/config-text.ts";
import { runFiles } from "../fit/output.ts";
import { RUN_ENTRIES } from "../fit/output-entries.ts";
import { finiteResult, formatResult } from "../fit/output-result.ts";
import { spawnNodeWorker } from "../fit/platform-node.ts";
import type { RunResult } from "../fit/types.ts";
import { VERSION } from "../fit/version.ts";
import type { Invocation } from "./command.ts";
import { Interrupted } from "./interrupt.ts";
import type { KeptRun } from "./kept-run.ts";
import { createProgress, type ProgressDisplay } from "./progress.ts";
import { formatSummary } from "./summary.ts";

/** Fits, shows what was found and writes the folder; the folder is checked before the work begins. */
export async function fitAndKeep(run: KeptRun, invocation: Invocation): Promise<void> {
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
async function work(run: KeptRun, progress: ProgressDisplay, signal: AbortSignal): Promise<RunResult> {
  const { config, kept, readFile, out, force, extra = [], truth = {}, resume } = run;
  const io = {
    readFile,
    spawn: spawnNodeWorker,
    clock: () => performance.now() / 1000,
  };
  const outcome = await runFit(config, io, {
    onProgress: progress.report,
    signal,
    ...(resume && { resume }),
    onCheckpoint: (bytes) => keepCheckpoint(run, bytes, signal.reason),
  });
  const record = { ...outcome, result: finiteResult(withTruth(outcome.result, truth)) };
  progress.report({ stage: "write", done: 0, total: 1 });
  const text = await formatConfig(kept, VERSION);
  const files = await runFiles(record, {
    config: text,
    fonts: await loadFonts(),
    citations: citations({ ...config, statistic: record.result.statistic.name }),
    extra,
  });
  await writeFolder(out, files, { force, stale: [...RUN_ENTRIES, CHECKPOINT_FILE], signal });
  progress.report({ stage: "write", done: files.length, total: files.length });
  return record.result;
}

/** Writes what an interrupted run needs to go on, into its folder, or beside it where that holds an earlier run. */
async function keepCheckpoint(
  { kept, out, extra = [], resume }: KeptRun,
  bytes: Uint8Array,
  reason: unknown,
): Promise<void> {
  const folder = resume === undefined ? await freeFolder(out) : out;
  const files = [
    ...extra,
    { name: "config.yml", bytes: await formatConfig(kept, VERSION) },
    { name: CHECKPOINT_FILE, bytes },
  ];
  await writeFolder(folder, files, { force: resume !== undefined });
  if (reason instanceof Interrupted) reason.next = `xnpe fit --resume ${folder}`;
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
