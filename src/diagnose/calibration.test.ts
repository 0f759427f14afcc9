import { describe, expect, it } from "vitest";
import { stream } from "../math/random.ts";
import type { Rng } from "../math/rng.ts";
import { gaussianCases } from "./calibration.fixture.ts";
import { type Calibration, calibration, type DensityCalibrationCase } from "./calibration.ts";
import { ecdfReference } from "./index.ts";

const N = 300;
const DRAWS = 200;
const LEVEL = 0.01;
const reference = ecdfReference(N, { rng: stream(1, "reference"), simulations: 4000 });
/** Sets of spectra that a rate is measured on; each takes 0.05 s. */
const SETS = process.env.XNPE_LONG === undefined ? 20 : 300;

interface Fault {
  readonly width?: number;
  readonly shift?: number;
  readonly cases?: number;
}

/** The exact posterior of two parameters with Gaussian noise, or a faulty one. */
function gaussian(seed: number, fault: Fault = {}): DensityCalibrationCase[] {
  return gaussianCases({ seed, cases: N, draws: DRAWS, ...fault }).map(({ density, ...one }) => ({
    ...one,
    densities: { "joint density": density },
  }));
}

function tested(cases: readonly DensityCalibrationCase[], seed: number, names = ["a", "b"]): Calibration {
  return calibration(cases, { names, rng: stream(seed, "test"), reference });
}

/** Sets in which any test fails. */
function rejected(make: (seed: number) => readonly DensityCalibrationCase[], names?: string[]): number {
  let count = 0;
  for (let seed = 1; seed <= SETS; seed++) if (tested(make(seed), seed, names).pValue < LEVEL) count++;
  return count;
}

/** Most false alarms at 1 %: more happen once in 10 000 or less (20 sets: binomial, P(> 3) = 4e-5; 300: P(> 11) = 7e-5). */
const FALSE_ALARMS = SETS === 20 ? 3 : 11;
/** A power of 95 %: so many sets and more. */
const MOST = 0.95 * SETS;

/** A variate of the gamma law with a whole shape: so many exponential ones. */
function gamma(rng: Rng, shape: number): number {
  let sum = 0;
  for (let i = 0; i < shape; i++) sum -= Math.log(rng.uniform());
  return sum;
}

/** theta ~ Gamma(2, 1), x ~ Poisson(5 theta): the exact posterior is Gamma(2 + x, rate 6), `power` times sharper if not 1. */
function poissonGamma(seed: number, power = 1): DensityCalibrationCase[] {
  return Array.from({ length: N }, (_, n) => {
    const rng = stream(seed, "poisson-gamma", n);
    const truth = [gamma(rng, 2)];
    const x = rng.poisson(5 * truth[0]);
    const draws = Float64Array.from({ length: DRAWS }, () => gamma(rng, power * (2 + x)) / (6 * power));
    const logLike = (theta: number) => x * Math.log(theta) - 5 * theta;
    return {
      truth,
      draws,
      densities: { "log-likelihood": { truth: logLike(truth[0]), draws: draws.map(logLike) } },
    };
  });
}

describe("the family of calibration tests", () => {
  it("rejects an exact posterior of Gaussian data no more often than it says", () => {
    expect(rejected((seed) => gaussian(seed))).toBeLessThanOrEqual(FALSE_ALARMS);
  }, 300_000);

  it("rejects the exact posterior of Poisson counts no more often than it says", () => {
    expect(rejected((seed) => poissonGamma(seed), ["rate"])).toBeLessThanOrEqual(FALSE_ALARMS);
  }, 300_000);

  it.each([
    ["widths of 0.71, as of data counted twice", { width: Math.SQRT1_2 }],
    ["a bias of half a standard deviation", { shift: 0.5 }],
    ["widths of 1.5", { width: 1.5 }],
  ])(
    "finds %s in nearly every set of 300 spectra",
    (_, fault) => {
      expect(rejected((seed) => gaussian(seed, fault))).toBeGreaterThanOrEqual(MOST);
    },
    300_000,
  );

  it("finds a posterior of Poisson counts that counts the data twice", () => {
    expect(rejected((seed) => poissonGamma(seed, 2), ["rate"])).toBeGreaterThanOrEqual(MOST);
  }, 300_000);

  // Each rank alone is uniform; only the joint tests can see it.
  it("finds a correlation that is missing, which no single parameter shows", () => {
    const correlated = (seed: number) =>
      Array.from({ length: N }, (_, n) => {
        const rng = stream(seed, "correlated", n);
        // Posterior of unit widths and correlation 0.9 around a centre that is known; draws without the correlation.
        const [a, b] = [rng.normal(), rng.normal()];
        const truth = [a, 0.9 * a + Math.sqrt(1 - 0.81) * b];
        const draws = Float64Array.from({ length: 2 * DRAWS }, () => rng.normal());
        const logDensity = (theta: ArrayLike<number>, m: number) =>
          -(theta[2 * m] ** 2 - 1.8 * theta[2 * m] * theta[2 * m + 1] + theta[2 * m + 1] ** 2);
        const values = Float64Array.from({ length: DRAWS }, (_, m) => logDensity(draws, m));
        const density = { truth: logDensity(truth, 0), draws: values };
        return { truth, draws, densities: { "log-likelihood": density } };
      });
    const { tests } = tested(correlated(1), 1);
    const byName = Object.fromEntries(tests.map((test) => [test.name, test.adjusted]));
    expect(byName["log-likelihood"]).toBeLessThan(LEVEL);
    expect(Math.min(byName.a, byName.b)).toBeGreaterThan(LEVEL);
  });

  it("passes weighted draws where the same draws without weights fail", () => {
    // Draws 1.5 times too wide, weighted by exact over drawn density; half of them are effective.
    const width = 1.5;
    const weighted = (seed: number) =>
      gaussian(seed, { width }).map((one) => {
        const drawn = one.densities?.["joint density"].draws ?? [];
        const exact = Float64Array.from(drawn, (l) => width * width * l);
        return {
          ...one,
          weights: exact.map((l, m) => Math.exp(l - drawn[m])),
          densities: {
            "joint density": {
              truth: width * width * (one.densities?.["joint density"].truth ?? 0),
              draws: exact,
            },
          },
        };
      });
    expect(rejected(weighted)).toBeLessThanOrEqual(FALSE_ALARMS);
    expect(rejected((seed) => gaussian(seed, { width }))).toBeGreaterThanOrEqual(MOST);
  }, 300_000);

  it("names every parameter, each density, and random points where there are two parameters or more", () => {
    expect(tested(gaussian(1), 1).tests.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      "parameter a",
      "parameter b",
      "joint joint density",
      "joint random points",
    ]);
    expect(tested(poissonGamma(1), 1, ["rate"]).tests.map(({ name }) => name)).toEqual([
      "rate",
      "log-likelihood",
    ]);
  });

  it("says on which side a posterior is wrong", () => {
    const [low] = tested(gaussian(2, { shift: -0.7 }), 2).tests;
    expect(low.shift).toBeGreaterThan(4);
    const [narrow] = tested(gaussian(2, { width: 0.6 }), 2).tests;
    expect(narrow.spread).toBeGreaterThan(4);
  });
});
