import { parseExpression } from "../src/model/expression.ts";
import { buildFolding, fold as plainFold } from "../src/observe/folding.ts";
import { builtInResponse } from "../src/observe/instrument.ts";
import type { Folding } from "../src/observe/types.ts";
import { createEngine } from "../src/tensor/engine.ts";
import { createPhysicsKernels, type PhysicsKernels } from "../src/tensor/physics.ts";
import type { Unit } from "./types.ts";

export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
}

/** Spectra a batch. */
const N = 16;

/**
 * Speed of the simulator's kernels on one core: the best of many rounds, so that other load on the machine
 * counts little. Set-up: the built-in instrument, 0.3-10 keV in groups of 5 channels.
 */
export async function measureSimulation(): Promise<readonly Measurement[]> {
  const kernels = createPhysicsKernels();
  const folding = groupedFolding();
  const ceiling = await arithmeticCeiling();
  return [
    ...measureElements(kernels),
    ...measureFold(kernels, folding, ceiling),
    ...measurePoisson(kernels),
    ...measureStatistics(kernels),
    ...measureWhole(kernels, folding),
  ];
}

/** Milliseconds of the fastest of `rounds` calls; the call gets its number, for fresh random streams. */
function best(rounds: number, work: (round: number) => void): number {
  let least = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    work(round);
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

function groupedFolding(): Folding {
  const { redistribution, ancillary } = builtInResponse();
  const channels = redistribution.channelHigh.length;
  const bins = Math.floor((1000 - 30) / 5);
  const binOfChannel = Int32Array.from({ length: channels }, (_, channel) => {
    const bin = Math.floor((channel - 30) / 5);
    return channel >= 30 && bin < bins ? bin : -1;
  });
  return buildFolding(redistribution, binOfChannel, bins, ancillary);
}

/** GFLOP/s in float32 of independent multiply-adds in the plain build. */
async function arithmeticCeiling(): Promise<number> {
  const { kernels } = await createEngine({ build: "plain" });
  const loops = 100_000;
  return (104 * loops) / (1e6 * best(50, () => kernels.peak(loops)));
}

function measureElements(kernels: PhysicsKernels): Measurement[] {
  const { vector } = kernels;
  const x = vector.alloc(N * 3000);
  const out = vector.alloc(x.length);
  x.forEach((_, i) => {
    x[i] = 20 * Math.sin(i);
  });
  const exp = best(200, () => vector.exp(out, x));
  x.forEach((_, i) => {
    x[i] = 1 + 1000 * Math.abs(Math.sin(i));
  });
  const log = best(200, () => kernels.log(out, x));
  const uniform = best(200, (round) => kernels.uniform(out, { seed: round, name: "bench" }));
  kernels.release(x);
  kernels.release(out);
  return [
    { name: "exp", value: (1e6 * exp) / x.length, unit: "ns" },
    { name: "log", value: (1e6 * log) / x.length, unit: "ns" },
    { name: "uniform", value: (1e6 * uniform) / x.length, unit: "ns" },
  ];
}

function measureFold(kernels: PhysicsKernels, folding: Folding, ceiling: number): Measurement[] {
  const columns = folding.edges.length - 1;
  const bins = folding.start.length;
  const band = { ...folding, columns };
  const photons = kernels.vector.alloc(N * columns);
  const out = kernels.vector.alloc(N * bins);
  photons.forEach((_, i) => {
    photons[i] = 1 + Math.sin(i);
  });
  const flop = 2 * folding.values.length;
  const records: Measurement[] = [{ name: "fold: matrix elements", value: folding.values.length, unit: "" }];
  for (const [precision, most] of [["float32", ceiling] as const, ["float64", ceiling / 2] as const]) {
    const fold = kernels.createFold(band, { precision });
    const time = best(100, () => fold.fold(out, photons, N)) / N;
    fold.dispose();
    records.push(
      { name: `fold, ${precision}, batch ${N}`, value: 1e3 * time, unit: "us" },
      { name: `fold, ${precision}, of the ceiling`, value: (100 * flop) / (1e6 * time * most), unit: "%" },
    );
  }
  const single = kernels.createFold(band);
  const alone = best(100, () => single.fold(out, photons, 1));
  single.dispose();
  const plain = best(20, () => plainFold(new Float64Array(bins), folding, photons.subarray(0, columns)));
  kernels.release(photons);
  kernels.release(out);
  return [
    ...records,
    { name: "fold, float64, one spectrum", value: 1e3 * alone, unit: "us" },
    { name: "fold, plain TypeScript", value: 1e3 * plain, unit: "us" },
  ];
}

/** Means as in a spectrum that falls from its peak to nearly nothing. */
function fallingMeans(kernels: PhysicsKernels, peak: number): Float64Array {
  const mu = kernels.vector.alloc(N * 194);
  mu.forEach((_, i) => {
    mu[i] = peak * Math.exp(-(i % 194) / 30);
  });
  return mu;
}

function measurePoisson(kernels: PhysicsKernels): Measurement[] {
  const records: Measurement[] = [];
  const means = fallingMeans(kernels, 300);
  const out = kernels.vector.alloc(means.length);
  const time = () => {
    const least = best(300, (round) => kernels.poisson(out, means, N, { seed: round, name: "bench" }));
    return (1e6 * least) / means.length;
  };
  records.push({ name: "Poisson, means 0.5-300", value: time(), unit: "ns" });
  for (const mean of [1, 9, 11, 30, 300, 1e5]) {
    means.fill(mean);
    records.push({ name: `Poisson, mean ${mean}`, value: time(), unit: "ns" });
  }
  kernels.release(means);
  kernels.release(out);
  return records;
}

function measureStatistics(kernels: PhysicsKernels): Measurement[] {
  const mu = fallingMeans(kernels, 300);
  const bins = mu.length / N;
  const counts = new Float64Array(mu.length);
  kernels.poisson(counts, mu, N, { seed: 1, name: "bench" });
  const features = 7;
  const basis = Float64Array.from({ length: bins * features }, (_, i) => Math.sin(i));
  const projection = { features: new Float64Array(N * features), totals: new Float64Array(N) };
  const key = (seed: number) => ({ seed, name: "bench" });
  const out = new Float64Array(N);
  const cstat = best(300, () => kernels.cstat(out, mu, counts.subarray(0, bins), N));
  const logLike = best(300, () => kernels.logLike(out, mu, counts, N));
  const project = best(300, () => kernels.project(projection, counts, basis, N));
  const both = best(300, (round) => kernels.drawAndProject(projection, mu, basis, N, key(round)));
  kernels.release(mu);
  return [
    { name: "C-stat", value: (1e6 * cstat) / mu.length, unit: "ns" },
    { name: "log L, own counts", value: (1e6 * logLike) / mu.length, unit: "ns" },
    { name: `project on ${features}`, value: (1e3 * project) / N, unit: "us" },
    { name: `draw and project on ${features}`, value: (1e3 * both) / N, unit: "us" },
  ];
}

/**
 * From parameters to counts: an absorbed power law with both parameters of its shape new in every spectrum.
 */
function measureWhole(kernels: PhysicsKernels, folding: Folding): Measurement[] {
  const columns = folding.edges.length - 1;
  const bins = folding.start.length;
  const expression = parseExpression("tbabs*powerlaw");
  const settings = { abund: "wilm", xsect: "vern", vector: kernels.vector };
  const evaluate = expression.prepare(folding.edges, settings);
  const fold = kernels.createFold({ ...folding, columns }, { precision: "float32" });
  const photons = kernels.vector.alloc(N * columns);
  const rows = Array.from({ length: N }, (_, i) => photons.subarray(i * columns, (i + 1) * columns));
  const mu = kernels.vector.alloc(N * bins);
  const model = (round: number) =>
    rows.forEach((row, i) => {
      evaluate(row, [0.2 + 1e-4 * i + 1e-6 * round, 1.7 + 1e-3 * i, 10]);
    });
  const modelTime = best(100, model);
  const kernelTime = best(100, (round) => {
    kernels.vector.exp(photons, photons.fill(-1));
    kernels.vector.exp(photons, photons);
    fold.fold(mu, photons, N);
    kernels.poisson(mu, mu, N, { seed: round, name: "bench" });
  });
  const whole = best(100, (round) => {
    model(round);
    fold.fold(mu, photons, N);
    kernels.poisson(mu, mu, N, { seed: round, name: "bench" });
  });
  fold.dispose();
  return [
    { name: "tbabs*powerlaw", value: (1e3 * modelTime) / N, unit: "us" },
    { name: "two exps, fold, Poisson", value: (1e3 * N) / kernelTime, unit: "spectra/s" },
    { name: "tbabs*powerlaw, fold, Poisson", value: (1e3 * N) / whole, unit: "spectra/s" },
  ];
}
