import { parentPort } from "node:worker_threads";
import { serve } from "./pool.ts";

if (parentPort === null) throw new Error("internal: this file is started as a worker thread only");
const port = parentPort;
serve(
  (listener) => void port.on("message", listener),
  (reply) => port.postMessage(reply),
);
