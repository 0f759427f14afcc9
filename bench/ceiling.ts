import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import { type Build, bestBuild, createEngine } from "../src/tensor/engine.ts";
import { runPeak } from "../src/tensor/peak.ts";
import { type Spread, spread } from "./timing.ts";
import type { Benchmark, BenchRecord, Effort } from "./types.ts";

/** The build that fits are made with: its results have the same bits on every machine. */
export const BUILD: Build = "plain";

/** Node 20 knows relaxed SIMD behind a flag; later versions need none. */
function enableRelaxed(): void {
  if (process.versions.node.startsWith("20.")) setFlagsFromString("--experimental-wasm-relaxed-simd");
}

/** GFLOP/s of one thread that does nothing but multiply and add in float32, in pieces of about 10 ms. */
export async function peakOfThread(build: Build, pieces: number): Promise<number[]> {
  const engine = await createEngine({ build, enableRelaxed });
  const rounds = 4_000_000;
  runPeak(engine, rounds);
  return Array.from({ length: pieces }, () => {
    const start = performance.now();
    return runPeak(engine, rounds) / (1e6 * (performance.now() - start));
  });
}

/** Arithmetic ceiling of `cores` threads at once, GFLOP/s in all. */
export async function peak(build: Build, cores: number, pieces: number): Promise<Spread> {
  if (cores === 1) return spread(await peakOfThread(build, pieces));
  const each = await Promise.all(Array.from({ length: cores }, () => peakInWorker(build, pieces)));
  return spread(each[0].map((_, i) => each.reduce((sum, rates) => sum + rates[i], 0)));
}

function peakInWorker(build: Build, pieces: number): Promise<number[]> {
  const entry = new URL("./ceiling-worker.js", import.meta.url);
  const worker = new Worker(entry, { workerData: { build, pieces } });
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

export const ceiling: Benchmark = {
  name: "ceiling",
  summary: "arithmetic ceiling of both kernel builds",
  async run({ quick, note }: Effort): Promise<BenchRecord[]> {
    const records: BenchRecord[] = [];
    const builds: Build[] = bestBuild({ enableRelaxed }) === "relaxed" ? ["plain", "relaxed"] : ["plain"];
    for (const build of builds)
      for (const cores of quick ? [1] : [1, 2]) {
        note(`${build} build on ${cores} core(s)`);
        const measured = await peak(build, cores, quick ? 2 : 40);
        records.push({ name: `peak, ${build} build, ${cores} at once`, unit: "GFLOP/s", ...measured });
      }
    return records;
  },
};
