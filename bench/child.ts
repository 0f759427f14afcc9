import { runCommandLine } from "../src/cli/run.ts";
import type { Used } from "./end-to-end.ts";

/** Runs one command of xnpe in this process and tells the parent what it used. */
const code = await runCommandLine(process.argv.slice(2));
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
const used: Used = {
  code,
  seconds: performance.now() / 1000,
  cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
  megabytes: maxRSS / 1024,
};
process.send?.(used, () => process.exit(code));
