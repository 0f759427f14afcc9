import { expect, it } from "vitest";
import { digamma, erf, erfc, gammaP, gammaQ, lnGamma, normalCdf, normalQuantile } from "./index.ts";
import { REFERENCE } from "./special-values.fixture.ts";

// The tolerance of a function is a few roundings (2e-16 each) of its longest chain of operations.
const oneArgument = [
  { name: "lnGamma", f: lnGamma, values: REFERENCE.lnGamma, tolerance: 3e-15 },
  { name: "erf", f: erf, values: REFERENCE.erf, tolerance: 1e-15 },
  { name: "erfc", f: erfc, values: REFERENCE.erfc, tolerance: 4e-15 },
  { name: "normalCdf", f: normalCdf, values: REFERENCE.normalCdf, tolerance: 4e-15 },
  { name: "normalQuantile", f: normalQuantile, values: REFERENCE.normalQuantile, tolerance: 2e-15 },
  { name: "digamma", f: digamma, values: REFERENCE.digamma, tolerance: 2e-15 },
];

it.each(oneArgument)("$name agrees with values of 40 digits", ({ f, values, tolerance }) => {
  for (const [x, expected] of values) {
    expect(Math.abs(f(x) / expected - 1), `at ${x}`).toBeLessThan(tolerance);
  }
});

it("the incomplete gamma functions agree with values of 40 digits", () => {
  for (const [a, x, expected] of REFERENCE.gammaP) {
    expect(Math.abs(gammaP(a, x) / expected - 1), `P(${a}, ${x})`).toBeLessThan(2e-14);
  }
  for (const [a, x, expected] of REFERENCE.gammaQ) {
    expect(Math.abs(gammaQ(a, x) / expected - 1), `Q(${a}, ${x})`).toBeLessThan(2e-14);
  }
});

it("the two incomplete gamma functions sum to one", () => {
  for (const a of [0.3, 2, 40, 3000]) {
    for (const factor of [0.01, 0.7, 1, 1.4, 5]) {
      expect(gammaP(a, a * factor) + gammaQ(a, a * factor)).toBeCloseTo(1, 14);
    }
  }
});

it("the normal quantile inverts the normal cdf", () => {
  for (let x = -37; x <= 0; x += 0.37) expect(normalQuantile(normalCdf(x))).toBeCloseTo(x, 13);
});

it("at the ends of their range the functions give their limits", () => {
  expect(lnGamma(0)).toBe(Infinity);
  expect(lnGamma(1)).toBe(0);
  expect(lnGamma(2)).toBe(0);
  expect(lnGamma(-1)).toBeNaN();
  expect([erf(-Infinity), erf(0), erf(Infinity)]).toEqual([-1, 0, 1]);
  expect([normalCdf(-Infinity), normalCdf(0), normalCdf(Infinity)]).toEqual([0, 0.5, 1]);
  expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([-Infinity, 0, Infinity]);
  expect(normalQuantile(1.1)).toBeNaN();
  expect([gammaP(2, 0), gammaQ(2, 0), gammaP(2, Infinity)]).toEqual([0, 1, 1]);
});

it("the normal law's tails are zero at any distance where they underflow", () => {
  for (const x of [40, 1e10, 1e24, 1e160, Number.MAX_VALUE]) {
    expect([normalCdf(-x), normalCdf(x)]).toEqual([0, 1]);
    expect([erfc(x), erfc(-x)]).toEqual([0, 2]);
  }
});

it("the gamma function has its factorial property", () => {
  for (const x of [0.01, 0.3, 0.7, 1.3, 2.2, 9.5, 77]) {
    const large = Math.max(1, Math.abs(lnGamma(x + 1)));
    expect(Math.abs(lnGamma(x + 1) - lnGamma(x) - Math.log(x)) / large).toBeLessThan(2e-15);
  }
});
