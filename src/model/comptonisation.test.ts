import { describe, expect, it } from "vitest";
import { plainVectorMath } from "../math/vector.ts";
import { comptonTail } from "./compton-tail.ts";
import { compst, comptt, nthcomp } from "./index.ts";
import { type ComptonSpectrum, comptonSolver } from "./kompaneets.ts";
import type { Model } from "./types.ts";

function evaluate(model: Model, edges: ArrayLike<number>, theta: readonly number[]): number[] {
  const out = new Float64Array(edges.length - 1);
  model.prepare(Float64Array.from(edges), { abund: "wilm", xsect: "vern", vector: plainVectorMath })(
    out,
    theta,
  );
  return [...out];
}

/** Photons per keV. */
function density(model: Model, energy: number, theta: readonly number[]): number {
  const half = 1e-5 * energy;
  return evaluate(model, [energy - half, energy + half], theta)[0] / (2 * half);
}

const seedTemperature = 1e-4;
const planck = (logEnergy: number) => {
  const x = Math.exp(logEnergy) / seedTemperature;
  return Math.exp(2 * logEnergy) / Math.expm1(x);
};

function solve(steps: number, theta: number, depth: number): ComptonSpectrum {
  const out = { from: 0, step: 0, logPhotons: new Float64Array(steps + 1) };
  const to = Math.log(40 * Math.max(theta, seedTemperature));
  comptonSolver(steps)(out, Math.log(1e-4 * seedTemperature), to, { theta, depth, seed: planck });
  return out;
}

describe("the Kompaneets equation with escape", () => {
  it("is solved to 1e-4: twice as many points change no more", () => {
    for (const [theta, depth] of [
      [0.2, 1],
      [0.01, 6],
    ]) {
      const once = solve(480, theta, depth);
      const twice = solve(960, theta, depth);
      once.logPhotons.forEach((value, i) => {
        // the lower end's zero flux reaches two e-folds far, and beyond 15 kT there are 1e-12 of the photons
        if (i < 40 || once.from + i * once.step > Math.log(15 * theta)) return;
        expect(Math.abs(value - twice.logPhotons[2 * i])).toBeLessThan(1e-4);
      });
    }
  });

  it("lets out as many photons as are put in", () => {
    const { from, step, logPhotons } = solve(480, 0.05, 3);
    let [inside, outside] = [0, 0];
    logPhotons.forEach((value, i) => {
      const x = Math.exp(from + i * step);
      inside += planck(from + i * step) * x * step;
      outside += Math.exp(value) * x * step;
    });
    // the trapezoidal rule, and each of the two grids conserves them exactly
    expect(Math.abs(outside / inside - 1)).toBeLessThan(1e-4);
  });

  it("leaves the seed alone where there is nothing to scatter", () => {
    const { from, step, logPhotons } = solve(480, 1e-3, 1e-6);
    for (let i = 100; i < 400; i++) {
      // what is lost scatters with probability depth, in steps of 4 theta
      const seed = Math.log(planck(from + i * step));
      if (seed > -25) expect(Math.abs(logPhotons[i] - seed)).toBeLessThan(1e-5);
    }
  });
});

describe("nthcomp", () => {
  it("has one photon/keV at an observed energy of 1 keV, at any redshift", () => {
    expect(density(nthcomp, 1, [1.7, 100, 0.1, 0, 0, 1])).toBeCloseTo(1, 6);
    expect(density(nthcomp, 1, [1.7, 100, 0.1, 1, 0.7, 1])).toBeCloseTo(1, 6);
  });

  it("has the slope Gamma between seed and electrons, and the seed's below", () => {
    for (const gamma of [1.5, 2.2]) {
      const theta = [gamma, 300, 0.001, 0, 0, 1];
      const slope = -Math.log(density(nthcomp, 0.1, theta) / density(nthcomp, 0.05, theta)) / Math.LN2;
      // recoil and Klein-Nishina at 4.6 E/511 keV = 1e-3
      expect(Math.abs(slope - gamma)).toBeLessThan(5e-3);
    }
    const hot = [1.8, 100, 10, 0, 0, 1];
    // Rayleigh and Jeans: N ~ E, falling short by E/2kT
    expect(density(nthcomp, 0.02, hot) / density(nthcomp, 0.01, hot)).toBeCloseTo(2, 2);
  });

  it("at a redshift is the one on the stretched grid, but for the norm", () => {
    const ratio = (energy: number) =>
      density(nthcomp, energy, [1.8, 50, 0.2, 0, 0.5, 1]) /
      density(nthcomp, 1.5 * energy, [1.8, 50, 0.2, 0, 0, 1]);
    expect(ratio(6) / ratio(0.4)).toBeCloseTo(1, 8);
  });

  it("does not remember the parameters of earlier calls", () => {
    const edges = Float64Array.of(0.5, 1, 2, 4);
    const settings = { abund: "wilm", xsect: "vern", vector: plainVectorMath };
    const fill = nthcomp.prepare(edges, settings);
    const [first, second] = [new Float64Array(3), new Float64Array(3)];
    fill(first, [1.8, 50, 0.2, 0, 0, 1]);
    fill(second, [2.4, 20, 0.3, 1, 0, 1]);
    fill(second, [1.8, 50, 0.2, 0, 0, 1]);
    expect(second).toEqual(first);
  });
});

describe("the cut-off of Sunyaev and Titarchuk", () => {
  it("is a polynomial times exp(-x) for alpha = 1", () => {
    const tail = comptonTail();
    for (const x of [1e-3, 0.05, 0.7, 4, 15, 60, 200]) {
      // int_0^inf exp(-t) (x + t)^4 dt
      const polynomial = 24 + x * (24 + x * (12 + x * (4 + x)));
      const exact = Math.log(polynomial / 24) - x;
      // relative to the slope at the top of the table
      expect(Math.abs(tail(Math.log(x), 1) - exact)).toBeLessThan(x > 50 ? 0.05 : 2e-5);
    }
  });

  it("gives compst its shape", () => {
    // gamma = 4, alpha = 1
    const kT = 2;
    const tau = Math.sqrt((Math.PI ** 2 * 511) / (12 * kT)) - 2 / 3;
    const exact = (energy: number) => {
      const x = energy / kT;
      return (Math.exp(-x) / (x * x)) * (24 + x * (24 + x * (12 + x * (4 + x))));
    };
    const ratio = (energy: number) => density(compst, energy, [kT, tau, 1]) / exact(energy);
    for (const energy of [0.1, 1, 10]) expect(Math.abs(ratio(energy) / ratio(3) - 1)).toBeLessThan(2e-5);
    // K Gamma(1) 4/Gamma(6) kT^-1/kT
    expect(ratio(3)).toBeCloseTo(4 / 120 / 4, 6);
  });
});

describe("comptt", () => {
  it("has the seed's shape where hardly anything is scattered", () => {
    const theta = [0, 0.5, 2, 0.01, 1, 1];
    const ratio = (energy: number) =>
      density(comptt, energy, theta) / (energy ** 2 * Math.exp(-energy / 0.5));
    // alpha = 24: photons gain 1/alpha of their energy
    expect(Math.abs(ratio(0.6) / ratio(0.1) - 1)).toBeLessThan(0.06);
  });

  it("has the slope of its depth between seed and electrons", () => {
    const theta = [0, 0.0005, 2, 20, 2, 1];
    const beta = (Math.PI / (20 + 2 / 3)) ** 2 / 3;
    // not relativistic: a (a + 3) = beta 511/kT; the next order is kT/511 = 0.4 %
    const alpha = -1.5 + Math.sqrt(2.25 + (beta * 511) / 2);
    const slope = -Math.log(density(comptt, 0.02, theta) / density(comptt, 0.01, theta)) / Math.LN2;
    // the cut-off begins at E/kT = 1e-2
    expect(Math.abs(slope - 1 - alpha)).toBeLessThan(1e-2);
  });

  it("at a redshift is the one on the stretched grid", () => {
    const shifted = density(comptt, 2, [0.5, 0.1, 50, 1, 1, 1]);
    expect(shifted / density(comptt, 3, [0, 0.1, 50, 1, 1, 1])).toBeCloseTo(1, 8);
  });
});
