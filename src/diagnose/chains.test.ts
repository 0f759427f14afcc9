import { expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { chainEss, insertionOrder, jensenShannon, rhat, summarise } from "./index.ts";

/** Autoregressive chain x_t = phi x_t-1 + noise of unit variance: tau = (1 + phi)/(1 - phi). */
const autoregressive = (n: number, phi: number, seed: number, shift = 0) => {
  const rng = stream(seed, "chain");
  let x = rng.normal();
  return Float64Array.from({ length: n }, () => {
    x = phi * x + Math.sqrt(1 - phi * phi) * rng.normal();
    return x + shift;
  });
};

// The relative error of the ESS of 4 x 5000 draws is a few per cent at these correlations; 25 % is beyond chance.
it.each([0, 0.5, 0.9, -0.5])("the ESS of autoregressive chains is S (1 - phi)/(1 + phi), phi = %d", (phi) => {
  const chains = [1, 2, 3, 4].map((seed) => autoregressive(5000, phi, seed));
  expect(chainEss(chains) / ((20_000 * (1 - phi)) / (1 + phi))).toBeGreaterThan(0.75);
  expect(chainEss(chains) / ((20_000 * (1 - phi)) / (1 + phi))).toBeLessThan(1.3);
});

it("R-hat is near one for chains of one law and large for a shifted, a wider or a drifting one", () => {
  const chains = [1, 2, 3, 4].map((seed) => autoregressive(2000, 0.3, seed));
  expect(rhat(chains)).toBeLessThan(1.01);
  expect(rhat(chains)).toBeGreaterThan(0.999);
  expect(rhat([...chains.slice(1), autoregressive(2000, 0.3, 9, 1)])).toBeGreaterThan(1.05);
  expect(rhat([...chains.slice(1), chains[0].map((x) => 3 * x)])).toBeGreaterThan(1.05);
  expect(rhat([chains[0].map((x, i) => x + i / 1000)])).toBeGreaterThan(1.05);
});

it("R-hat and ESS do not change under monotone transforms", () => {
  const chains = [1, 2].map((seed) => autoregressive(500, 0.3, seed));
  expect(chainEss(chains.map((chain) => chain.map(Math.exp)))).toBe(chainEss(chains));
  // Folding is about the median, so only its location part is invariant: a linear map keeps all of it.
  expect(rhat(chains.map((chain) => chain.map((x) => 5 * x - 2)))).toBeCloseTo(rhat(chains), 12);
});

it("constant chains have no R-hat and no ESS", () => {
  expect(rhat([new Float64Array(100)])).toBeNaN();
  expect(chainEss([new Float64Array(100)])).toBeNaN();
});

const normals = (n: number, seed: number, shift = 0) => {
  const rng = stream(seed, "normals");
  return Float64Array.from({ length: n }, () => rng.normal() + shift);
};

/** Jensen-Shannon distance of N(0, 1) and N(shift, 1) by quadrature. */
const exactDistance = (shift: number) => {
  const density = (x: number) => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  let sum = 0;
  for (let i = 0; i < 4000; i++) {
    const x = -12 + (24 + shift) * ((i + 0.5) / 4000);
    const [p, q] = [density(x), density(x - shift)];
    const term = (a: number) => (a > 0 ? 0.5 * a * Math.log2(a / (0.5 * (p + q))) : 0);
    sum += ((term(p) + term(q)) * (24 + shift)) / 4000;
  }
  return Math.sqrt(sum);
};

it.each([0.2, 1, 3])("normal samples shifted by %d sigma have the distance of their densities", (shift) => {
  const distance = jensenShannon(normals(50_000, 1), normals(50_000, 2, shift));
  // Binning loses about 1 %; the scatter of the divergence at these sizes is of order 1e-4 bits.
  expect(Math.abs(distance / exactDistance(shift) - 1)).toBeLessThan(0.03);
});

it("samples of one law have distance near zero, disjoint ones distance one", () => {
  expect(jensenShannon(normals(20_000, 1), normals(20_000, 2))).toBeLessThan(0.03);
  expect(jensenShannon(normals(1000, 1), normals(1000, 2, 100))).toBeGreaterThan(0.97);
});

it("the distance is symmetric, knows weights, and does not change under monotone transforms", () => {
  const [x, y] = [normals(5000, 1), normals(5000, 2, 0.5)];
  expect(jensenShannon(x, y)).toBeCloseTo(jensenShannon(y, x), 12);
  expect(jensenShannon(x.map(Math.exp), y.map(Math.exp))).toBeCloseTo(jensenShannon(x, y), 2);
  // N(0, 1) draws weighted by exp(x/2 - 1/8) are draws of N(1/2, 1).
  const weightsX = x.map((value) => Math.exp(0.5 * value - 0.125));
  expect(jensenShannon(x, y, { weightsX })).toBeLessThan(0.06);
});

it("a summary has the closed-form moments, and integer weights count like repeats", () => {
  const plain = summarise([1, 2, 3, 4, 5]);
  expect(plain.mean).toBe(3);
  expect(plain.sd).toBeCloseTo(Math.SQRT2, 14);
  expect(plain.median).toBe(3);
  expect(plain.interval90[0]).toBeCloseTo(1.2, 12);
  expect(plain.interval68[1]).toBeCloseTo(1 + 4 * 0.8413447460685429, 12);
  const weighted = summarise([1, 5, 9], [1, 2, 0]);
  expect(weighted.mean).toBeCloseTo(11 / 3, 14);
  expect(weighted.sd).toBeCloseTo(Math.sqrt(32 / 9), 14);
});

it("uniform insertion places pass, places that avoid the bottom fail", () => {
  const rng = stream(8, "insertion");
  const uniform = Float64Array.from({ length: 5000 }, () => rng.uniform());
  expect(Math.abs(insertionOrder(uniform).shift)).toBeLessThan(4);
  expect(insertionOrder(uniform).pValue).toBeGreaterThan(1e-4);
  const biased = uniform.map((x) => 0.1 + 0.9 * x);
  expect(insertionOrder(biased).shift).toBeGreaterThan(4);
  expect(insertionOrder(biased).pValue).toBeLessThan(1e-6);
});
