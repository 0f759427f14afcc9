import { stream } from "../../src/math/random.ts";

/** Draws (D columns of M) of a Gaussian with all correlations `rho`, seeded. */
export function gaussianColumns(
  name: string,
  draws: number,
  mean: readonly number[],
  sd: readonly number[],
  rho = 0,
): Float64Array[] {
  const rng = stream(1, name, 0);
  const columns = mean.map(() => new Float64Array(draws));
  for (let i = 0; i < draws; i++) {
    const common = rng.normal();
    mean.forEach((m, k) => {
      const sign = k % 2 === 0 ? 1 : -1;
      columns[k][i] = m + sd[k] * (sign * Math.sqrt(rho) * common + Math.sqrt(1 - rho) * rng.normal());
    });
  }
  return columns;
}

/** A spectrum with an absorbed power law's shape in the NICER band: `bins` groups of 0.05 keV from 0.3 keV, seeded. */
export function fakeSpectrum(name: string, bins: number, total: number, blackbody = 0) {
  const rng = stream(1, name, 0);
  const energyLow = Float64Array.from({ length: bins }, (_, i) => 0.3 + (9.65 / bins) * i);
  const energyHigh = energyLow.map((e) => e + 9.65 / bins);
  const shape = (f: (e: number) => number) => energyLow.map((e, i) => f((e + energyHigh[i]) / 2));
  const area = (e: number) => 1700 * Math.exp(-0.5 * (Math.log(e / 1.5) / 0.75) ** 2) * (e > 2.2 ? 0.75 : 1);
  const absorbed = (e: number) => Math.exp(-0.2 * 2.2 * e ** -2.6) * area(e);
  const power = shape((e) => absorbed(e) * e ** -1.7);
  const thermal = shape((e) => (blackbody * absorbed(e) * e ** 2) / Math.expm1(e / 0.6));
  const sum = power.reduce((s, v) => s + v, 0) + thermal.reduce((s, v) => s + v, 0);
  const components = [power, thermal].map((values) => values.map((v) => (v * total) / sum));
  const model = components[0].map((v, i) => v + components[1][i]);
  const counts = model.map((mu) => rng.poisson(mu));
  const scale = new Float64Array(bins).fill(11.116);
  return { energyLow, energyHigh, counts, scale, model, components };
}
