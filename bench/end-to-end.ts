import { fork } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DEMO, demoFiles } from "../src/fit/demo.ts";
import { SEED } from "./setup.ts";
import { type Spread, spread } from "./timing.ts";
import type { Benchmark, BenchRecord, Effort } from "./types.ts";

/** What a process used, from its start to its end. */
export interface Used {
  readonly code: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Most memory that was resident at once. */
  readonly megabytes: number;
}

export const endToEnd: Benchmark = {
  name: "fit",
  summary: "xnpe fit from the PHA file to the report, in a process of its own",
  async run({ quick, note }: Effort): Promise<BenchRecord[]> {
    return withFiles(async (folder) => {
      const simulations = quick ? 300 : 10_000;
      const records: BenchRecord[] = [];
      for (const workers of quick ? [1] : [2, 1]) {
        const runs: Used[] = [];
        for (let run = 0; run < (quick || workers === 1 ? 1 : 3); run++) {
          note(`fit of ${simulations} simulations, ${workers} worker(s), run ${run + 1}`);
          runs.push(await runFit(folder, { simulations, workers }));
        }
        const all = (pick: (used: Used) => number): Spread => spread(runs.map(pick));
        const name = `fit, ${simulations} simulations, ${workers} worker(s)`;
        records.push(
          { name, unit: "s", ...all((u) => u.seconds), budget: { atMost: 30 } },
          { name: `${name}: CPU time`, unit: "s", ...all((u) => u.cpuSeconds) },
          { name: `${name}: peak memory`, unit: "MB", ...all((u) => u.megabytes) },
        );
      }
      return records;
    });
  },
};

export const memory: Benchmark = {
  name: "memory",
  summary: "peak memory of a fit with 100 000 simulations",
  async run({ quick, note }: Effort): Promise<BenchRecord[]> {
    const simulations = quick ? 300 : 100_000;
    note(`fit of ${simulations} simulations from the whole prior, 2 workers`);
    // The whole prior: as many simulations in the same memory, and none thrown away.
    const used = await withFiles((folder) =>
      runFit(folder, { simulations, workers: 2, more: ["--restrict", "none"] }),
    );
    const name = `fit, ${simulations} simulations`;
    return [
      { name: `${name}: peak memory`, unit: "MB", value: used.megabytes, budget: { atMost: 2000 } },
      { name, unit: "s", value: used.seconds },
    ];
  },
};

/** Runs `work` with a folder that holds the reference spectrum and its responses. */
async function withFiles<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "xnpe-bench-"));
  try {
    for (const { name, bytes } of demoFiles(SEED).files) await writeFile(join(folder, name), bytes);
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface FitOptions {
  readonly simulations: number;
  readonly workers: number;
  readonly more?: readonly string[];
}

/** One `xnpe fit` in a process of its own. */
function runFit(folder: string, { simulations, workers, more = [] }: FitOptions): Promise<Used> {
  const priors = Object.entries(DEMO.priors).flatMap(([name, prior]) => ["--prior", `${name}=${prior}`]);
  const data = [DEMO.files.spectrum, "--notice", DEMO.band.join("-"), "--bins", "inside"];
  const sizes = ["--simulations", String(simulations), "--workers", String(workers), "--seed", String(SEED)];
  const output = ["--out", "run", "--force", "--quiet"];
  const args = ["fit", ...data, "--model", DEMO.model, ...priors, ...sizes, ...more, ...output];
  const child = fork(fileURLToPath(new URL("./child.js", import.meta.url)), args, {
    cwd: folder,
    silent: true,
  });
  let errors = "";
  child.stderr?.on("data", (chunk) => {
    errors += String(chunk);
  });
  child.stdout?.resume();
  return new Promise((resolve, reject) => {
    let used: Used | undefined;
    child.once("message", (message) => {
      used = message as Used;
    });
    child.once("error", reject);
    child.once("close", () => {
      if (used?.code === 0) resolve(used);
      else reject(new Error(`xnpe ${args.join(" ")} failed:\n${errors}`));
    });
  });
}
