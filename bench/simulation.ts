import { countsWindow } from "../src/fit/npe.ts";
import { createSimulator } from "../src/fit/simulator.ts";
import { parseExpression } from "../src/model/expression.ts";
import { sufficientBasis } from "../src/npe/sufficient.ts";
import { everything } from "../src/npe/window.ts";
import { peak } from "./ceiling.ts";
import { loadProblem, nearTruth, PAPER, type Problem, SEED } from "./setup.ts";
import { rate, type Spread, scaled, seconds } from "./timing.ts";
import type { Benchmark, BenchRecord, Effort } from "./types.ts";

/** Spectra folded together, as the simulator does. */
const BATCH = 16;

export const simulation: Benchmark = {
  name: "simulation",
  summary: "prior, model, fold, Poisson and features of the paper's first example",
  async run({ quick, note }: Effort): Promise<BenchRecord[]> {
    note("whole chain and its parts on one core");
    const problem = await loadProblem(PAPER);
    const runs = quick ? 1 : 15;
    const N = quick ? BATCH : 512;
    return [
      ...(await wholeChain(problem, N, runs)),
      ...(await modelPart(problem, N, runs)),
      ...(await foldPart(problem, quick ? 1 : 50)),
    ];
  },
};

/** From the prior to features, as a fit runs it. */
async function wholeChain({ spec }: Problem, N: number, runs: number): Promise<BenchRecord[]> {
  const simulator = createSimulator(spec);
  const { kernels, bins } = simulator;
  const bank = simulator.draw(SEED, 0, N, everything).mu;
  const window = countsWindow({ kind: "auto" }, spec.observations);
  const basis = sufficientBasis(simulator.draw(SEED, 0, 20 * N, window).mu, bins);
  const K = basis.length / bins;
  const out = { features: new Float64Array(N * K), totals: new Float64Array(N) };
  const noise = (mu: Float32Array, run: number) =>
    kernels.drawAndProject(out, mu, basis, N, { seed: SEED, name: "bench", firstIndex: run * N });
  const whole = await seconds({ runs, warmUps: 3 }, (run) =>
    noise(simulator.draw(SEED, run * N, N, everything).mu, run),
  );
  const draws = await seconds({ runs }, (run) => simulator.draw(SEED, run * N, N, everything));
  const noises = await seconds({ runs }, (run) => noise(bank, run));
  return [
    {
      name: "prior to features, one core",
      unit: "spectra/s",
      ...rate(N, whole),
      budget: { atLeast: 20_000 },
    },
    { name: "of it: prior, model, fold", unit: "us", ...each(N, draws) },
    { name: `of it: Poisson, ${K + 1} features`, unit: "us", ...each(N, noises) },
  ];
}

async function modelPart({ spec, prior }: Problem, N: number, runs: number): Promise<BenchRecord[]> {
  const { kernels } = createSimulator(spec);
  const { edges } = spec.observations[0].folding;
  const D = prior.priors.length;
  const theta = nearTruth(prior, N);
  const expression = parseExpression(spec.model);
  const evaluate = expression.prepare(edges, {
    abund: spec.abund,
    xsect: spec.xsect,
    vector: kernels.vector,
  });
  const out = kernels.vector.alloc(edges.length - 1);
  const model = await seconds({ runs, warmUps: 3 }, () => {
    for (let i = 0; i < N; i++) evaluate(out, theta.subarray(i * D, (i + 1) * D));
  });
  const exps = await seconds({ runs }, () => {
    for (let i = 0; i < N; i++) {
      kernels.vector.exp(out, out.fill(-1));
      kernels.vector.exp(out, out);
    }
  });
  return [
    { name: `${spec.model}, ${out.length} energies`, unit: "us", ...each(N, model) },
    { name: "of it: two exponentials an energy", unit: "us", ...each(N, exps) },
  ];
}

/** The quick (float32) fold beside the multiplications that the matrix holds. */
async function foldPart({ spec }: Problem, runs: number): Promise<BenchRecord[]> {
  const { kernels } = createSimulator(spec);
  const { folding } = spec.observations[0];
  const columns = folding.edges.length - 1;
  const photons = kernels.vector.alloc(BATCH * columns).fill(1);
  const mu = kernels.vector.alloc(BATCH * folding.start.length);
  const fold = kernels.createFold({ ...folding, columns }, { precision: "float32" });
  const time = await seconds({ runs, warmUps: 3 }, () => {
    for (let i = 0; i < 10; i++) fold.fold(mu, photons, BATCH);
  });
  fold.dispose();
  const elements = folding.values.reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0);
  const most = await peak("plain", 1, 5);
  return [
    {
      name: `fold, float32, ${elements} elements`,
      unit: "us",
      ...each(10 * BATCH, time),
      ceiling: (2 * elements) / (1e3 * most.high),
    },
  ];
}

/** Microseconds a spectrum. */
function each(N: number, time: Spread): Spread {
  return scaled(1e6 / N, time);
}
