import { countsWindow } from "../src/fit/npe.ts";
import { simulateBank } from "../src/fit/simulate.ts";
import { flopsPerSample } from "../src/flow/network.ts";
import { BUILD, peak } from "./ceiling.ts";
import { openTraining, prepare } from "./network.ts";
import { loadProblem, PAPER, type Problem, SEED, withPool } from "./setup.ts";
import { rate, type Spread, seconds } from "./timing.ts";
import type { Benchmark, BenchRecord, Effort } from "./types.ts";

const PRESETS = ["paper", "default"] as const;
type Preset = (typeof PRESETS)[number];

/** Share of the arithmetic ceiling and gain of a second core that training should reach. */
const GOALS = { share: 0.6, gain: 1.8 };

export const training: Benchmark = {
  name: "training",
  summary: "training steps of the paper's network and of the default one",
  async run(effort: Effort): Promise<BenchRecord[]> {
    const problem = await loadProblem(PAPER);
    const records: BenchRecord[] = [];
    const cores = effort.quick ? [1] : [1, 2];
    for (const preset of PRESETS) {
      const speeds: ReadonlyMap<number, Spread>[] = [];
      const peaks: number[] = [];
      for (const size of cores) {
        const { high } = await peak(BUILD, size, effort.quick ? 1 : 10);
        const part = await trainOn(problem, preset, size, high, effort);
        records.push(...part.records);
        speeds.push(part.speeds);
        peaks.push(high);
      }
      if (cores.length > 1) records.push(...gains(preset, speeds, peaks[1] / peaks[0]));
    }
    return records;
  },
};

async function trainOn(
  { spec, prior }: Problem,
  preset: Preset,
  size: number,
  peakValue: number,
  { quick, note }: Effort,
): Promise<{ records: BenchRecord[]; speeds: Map<number, Spread> }> {
  note(`${preset} network, ${size} worker(s)`);
  const bins = spec.observations[0].counts.length;
  const records: BenchRecord[] = [];
  const speeds = new Map<number, Spread>();
  await withPool(spec, size, async (pool) => {
    const simulations = quick ? 128 : 2500;
    const bank = await simulateBank(pool, {
      simulations,
      dimensions: prior.priors.length,
      bins,
      seed: SEED,
      window: countsWindow({ kind: "auto" }, spec.observations),
    });
    const prepared = prepare(preset, bank, bins, prior.priors);
    const flops = flopsPerSample(prepared.spec);
    for (const batch of quick ? [50] : [50, 200, 1000]) {
      await openTraining(pool, bank, prepared, batch);
      const steps = quick ? 2 : Math.ceil(3000 / batch);
      const repeat = { runs: quick ? 1 : 25, warmUps: quick ? 0 : 2 };
      const time = await seconds(repeat, () => pool.all({ kind: "trainRun", steps }));
      const speed = rate(steps * batch, time);
      const most = (1e9 * peakValue) / flops;
      speeds.set(batch, speed);
      records.push({
        name: `${preset} (F = ${prepared.spec.features}), batch ${batch}, ${size} worker(s)`,
        unit: "samples/s",
        ...speed,
        ceiling: most,
        ...(size === 1 && { budget: { share: GOALS.share } }),
      });
    }
  });
  return { records, speeds };
}

/** The best runs of two workers against those of one; the ceiling is what plain arithmetic gains on this machine. */
function gains(
  preset: Preset,
  [one, two]: readonly ReadonlyMap<number, Spread>[],
  most: number,
): BenchRecord[] {
  return [...one].map(([batch, { high }]) => ({
    name: `${preset}, batch ${batch}, 2 workers against 1`,
    unit: "times",
    value: (two.get(batch)?.high ?? Number.NaN) / high,
    ceiling: most,
    ...(batch >= 200 && { budget: { atLeast: GOALS.gain } }),
  }));
}
