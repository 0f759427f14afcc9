import { parentPort, workerData } from "node:worker_threads";
import { peakOfThread } from "./ceiling.ts";

const { build, pieces } = workerData;
parentPort?.postMessage(await peakOfThread(build, pieces));
