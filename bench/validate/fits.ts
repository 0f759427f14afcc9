import { runFit } from "../../src/fit/analysis.ts";
import { spawnNodeWorker } from "../../src/fit/platform-node.ts";
import type { FitConfig, RunResult } from "../../src/fit/types.ts";
import { readFile } from "../../src/node.ts";

/** The result of one run as `xnpe fit` gives it, without figures and files. */
export async function fitCase(config: FitConfig): Promise<RunResult> {
  const clock = () => performance.now() / 1000;
  const { result } = await runFit(config, { readFile, spawn: spawnNodeWorker, clock });
  return result;
}
