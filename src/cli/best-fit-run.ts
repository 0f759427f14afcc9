import { loadFonts, writeFolder } from "../files.ts";
import { citations } from "../fit/citations.ts";
import { formatConfig } from "../fit/config-text.ts";
import { bestFitFiles, formatBestFit as formatJson } from "../fit/mle-output.ts";
import { runBestFit } from "../fit/mle-run.ts";
import type { BestFitResult } from "../fit/mle-types.ts";
import { RUN_ENTRIES } from "../fit/output-entries.ts";
import { spawnNodeWorker } from "../fit/platform-node.ts";
import { VERSION } from "../fit/version.ts";
import { formatBestFit } from "./best-fit-summary.ts";
import type { Invocation } from "./command.ts";
import type { KeptRun } from "./kept-run.ts";
import { createProgress } from "./progress.ts";

/** Finds the best fit, writes the folder and shows what was found. */
export async function keepBestFit(run: KeptRun, { options, terminal, signal }: Invocation): Promise<void> {
  const { config, kept, readFile, out, force, extra = [], truth = {} } = run;
  const progress = createProgress(terminal);
  let result: BestFitResult;
  try {
    const io = { readFile, spawn: spawnNodeWorker, clock: () => performance.now() / 1000 };
    const record = await runBestFit(config, io, { onProgress: progress.report, signal });
    result = withTruth(record.result, truth);
    progress.report({ stage: "write", done: 0, total: 1 });
    const files = await bestFitFiles(
      { ...record, result },
      {
        config: await formatConfig(kept, VERSION),
        fonts: await loadFonts(),
        citations: citations({ ...config, statistic: result.statistic.name }),
        extra,
      },
    );
    await writeFolder(out, files, { force, stale: RUN_ENTRIES, signal });
    progress.report({ stage: "write", done: files.length, total: files.length });
    progress.end();
  } catch (error) {
    progress.abandon();
    throw error;
  }
  if (options.json === true) terminal.print(formatJson(result).trimEnd());
  else
    terminal.print(
      `\n${formatBestFit(result)}\nresults  ${out}: report.html, result.json, figures, config.yml`,
    );
}

function withTruth(result: BestFitResult, truth: Readonly<Record<string, number>>): BestFitResult {
  return {
    ...result,
    parameters: result.parameters.map((parameter) =>
      truth[parameter.name] === undefined ? parameter : { ...parameter, truth: truth[parameter.name] },
    ),
  };
}
