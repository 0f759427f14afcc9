// One thread of a training team: trains by the given arguments, all data in place already, and tells its losses.
import v8 from "node:v8";
import { parentPort, workerData } from "node:worker_threads";

const { code, memory, build, rank, ranks, spec, rows, options, epochs } = workerData;
const { createEngine } = await import(`${code}/tensor/index.js`);
const { createTrainer, train } = await import(`${code}/flow/index.js`);

const engine = await createEngine({
  memory,
  build,
  enableRelaxed: () => v8.setFlagsFromString("--experimental-wasm-relaxed-simd"),
});
const trainer = createTrainer({ engine, spec, rows, options, rank, ranks });
const { data } = workerData;
if (rank === 0) {
  trainer.theta.set(data.theta);
  trainer.x.set(data.x);
}
trainer.team.barrier();
const history = train(trainer, { steps: epochs * trainer.stepsPerEpoch });
parentPort.postMessage({ rank, history, weights: rank === 0 ? trainer.weights() : undefined });
