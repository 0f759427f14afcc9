import { Worker } from "node:worker_threads";
import type { SpawnWorker } from "./pool.ts";

/** Starts worker-entry.ts as a Node worker thread. */
export const spawnNodeWorker: SpawnWorker = () => {
  const worker = new Worker(entry());
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => void worker.on("message", listener),
    onError: (listener) => void worker.on("error", listener),
    terminate: () => void worker.terminate(),
  };
};

/** Node loads JavaScript only: from TypeScript sources (tests) the compiled twin is started. */
function entry(): URL {
  const here = import.meta.url;
  if (!here.endsWith(".ts")) return new URL("./worker-entry.js", here);
  return new URL(here.replace(/\/src\/fit\/platform-node\.ts$/, "/dist/src/fit/worker-entry.js"));
}
