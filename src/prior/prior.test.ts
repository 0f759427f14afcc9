import { expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { stream } from "../math/random.ts";
import {
  jointPrior,
  lognormal,
  loguniform,
  normal,
  type Prior,
  parsePrior,
  priorCube,
  samplePrior,
  uniform,
} from "./index.ts";

const priors: Prior[] = [
  uniform(-3, 10),
  uniform(0.1, 0.3),
  loguniform(0.1, 1e5),
  loguniform(1e-10, 1e-9),
  normal(1.7, 0.2),
  normal(0.3, 0.5, { min: 0, max: 1 }),
  normal(0, 1, { min: 8, max: 12 }),
  normal(0, 1, { min: -12, max: -8 }),
  lognormal(2, 0.4),
  lognormal(1, 2, { min: 0.5, max: 3 }),
];
const named = priors.map((prior) => ({ name: `${prior.text} on [${prior.lower}, ${prior.upper}]`, prior }));

it.each(named)("$name: quantile and cdf are inverse", ({ prior }) => {
  for (const u of [1e-6, 0.01, 0.3, 0.5, 0.77, 0.999]) {
    // The cdf moves by p(x) x eps per rounding of x: a few 1e-15 for these densities; 1e-12 where x >> width.
    expect(Math.abs(prior.cdf(prior.quantile(u)) - u)).toBeLessThan(1e-12);
  }
});

it.each(named)("$name: the density is the slope of the cdf and integrates to one", ({ prior }) => {
  const steps = 4000;
  const [low, high] = [prior.quantile(1e-9), prior.quantile(1 - 1e-9)];
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    // Midpoints in ln x where the prior is logarithmic: relative error of order (width/steps)^2.
    const at = (s: number) => (prior.logarithmic ? low * (high / low) ** s : low + (high - low) * s);
    const x = at((i + 0.5) / steps);
    const width = at((i + 1) / steps) - at(i / steps);
    const slope = (prior.cdf(at((i + 1) / steps)) - prior.cdf(at(i / steps))) / width;
    sum += Math.exp(prior.logPdf(x)) * width;
    if (slope * width > 1e-7) expect(Math.exp(prior.logPdf(x)) / slope).toBeCloseTo(1, 3);
  }
  expect(sum).toBeCloseTo(1, 4);
});

it.each(named)("$name: the support is closed and nothing lies outside", ({ prior }) => {
  expect(prior.quantile(0)).toBe(prior.lower);
  expect(prior.quantile(1)).toBe(prior.upper);
  for (const [inside, outside] of [
    [prior.lower, prior.lower - 1e-3 * Math.max(1, Math.abs(prior.lower))],
    [prior.upper, prior.upper + 1e-3 * Math.max(1, Math.abs(prior.upper))],
  ]) {
    if (!Number.isFinite(inside)) continue;
    if (inside > 0 || !prior.logarithmic) expect(prior.logPdf(inside)).toBeGreaterThan(-Infinity);
    expect(prior.logPdf(outside)).toBe(-Infinity);
  }
});

it.each(named)("$name: its text parses back to itself", ({ prior }) => {
  const again = parsePrior(prior.text, { min: prior.lower, max: prior.upper });
  expect(again.text).toBe(prior.text);
  for (const u of [0.1, 0.9]) expect(again.quantile(u)).toBe(prior.quantile(u));
});

it("densities agree with their closed forms", () => {
  expect(uniform(2, 6).logPdf(3)).toBe(-Math.log(4));
  expect(loguniform(1, Math.E).logPdf(2)).toBeCloseTo(-Math.log(2), 15);
  expect(normal(1, 2).logPdf(3)).toBeCloseTo(-0.5 - Math.log(2 * Math.sqrt(2 * Math.PI)), 14);
  expect(normal(0, 1, { min: 0 }).logPdf(1)).toBeCloseTo(-0.5 + Math.log(2 / Math.sqrt(2 * Math.PI)), 14);
  expect(lognormal(3, 0.5).quantile(0.5)).toBeCloseTo(3, 14);
});

it("a normal cut far out in its tail keeps its shape", () => {
  // Beyond 30 sigma the tail falls as exp(-30 (x - 30)): the median lies ln 2 / 30 behind the cut, to 0.2 %.
  const tail = normal(0, 1, { min: 30 });
  expect((tail.quantile(0.5) - 30) / (Math.LN2 / 30)).toBeCloseTo(1, 2);
});

it("letter case and spaces do not count", () => {
  expect(parsePrior("  LogUniform( 0.1,1e5 ) ").text).toBe("loguniform(0.1, 100000)");
});

it.each([
  ["uniform(3, 1)", /lower limit must be below the upper one, found 3 and 1/],
  ["uniform(1, 1)", /lower limit must be below/],
  ["loguniform(0, 1)", /lower limit must be above 0, found 0/],
  ["loguniform(-1, 1)", /above 0, found -1/],
  ["normal(1, 0)", /standard deviation must be above 0/],
  ["lognormal(-2, 1)", /median must be above 0/],
  ["uniform(1)", /uniform\(lower, upper\) takes 2 arguments, found 1/],
  ["uniform()", /takes 2 arguments, found 0/],
  ["uniform(1, 2, 3)", /takes 2 arguments, found 3/],
  ["uniform(1, x)", /takes two numbers, found "x"/],
  ["uniform(1,)", /takes two numbers, found ""/],
  ["uniform(0, Infinity)", /takes two numbers, found "Infinity"/],
  ["unifrom(0, 1)", /unknown prior "unifrom"; did you mean uniform\? \(known: uniform/],
  ["gaussian-ish", /expected a prior such as uniform\(0.1, 0.3\), found "gaussian-ish"/],
  ["", /found ""/],
])("%s is refused with what was expected and found", (text, message) => {
  const attempt = () => parsePrior(text, { where: { key: "powerlaw.norm" } });
  expect(attempt).toThrow(InputError);
  expect(attempt).toThrow(message);
  expect(attempt).toThrow(/^powerlaw.norm: /);
});

it("a prior beyond the hard limits is refused, or cut where it is unbounded", () => {
  const limits = { min: 0, max: 5 };
  expect(() => parsePrior("uniform(-1, 3)", limits)).toThrow(
    /reaches beyond the parameter's limits \[0, 5\]/,
  );
  expect(() => parsePrior("normal(-100, 1)", limits)).toThrow(/no probability inside the limits/);
  expect(parsePrior("normal(1, 3)", limits).lower).toBe(0);
});

it("a limit as far as those of normalisations, 1e24, cuts nothing", () => {
  const far = parsePrior("normal(0.5, 1)", { min: 0, max: 1e24 });
  const half = parsePrior("normal(0.5, 1)", { min: 0 });
  for (const x of [0, 0.3, 5]) {
    expect(far.logPdf(x)).toBe(half.logPdf(x));
    expect(far.cdf(x)).toBe(half.cdf(x));
  }
  expect(parsePrior("lognormal(1, 1)", { min: 0, max: 1e24 }).logPdf(2)).toBeCloseTo(
    lognormal(1, 1).logPdf(2),
    14,
  );
});

it("a joint prior transforms, draws and sums parameter by parameter", () => {
  const joint = jointPrior([
    { name: "a", prior: uniform(0, 2) },
    { name: "b", prior: loguniform(1, 100) },
  ]);
  const theta = new Float64Array(2);
  joint.transform(theta, [0.25, 0.5]);
  expect(theta[0]).toBe(0.5);
  expect(theta[1]).toBeCloseTo(10, 13);
  expect(joint.logPdf(theta)).toBe(joint.priors[0].logPdf(theta[0]) + joint.priors[1].logPdf(theta[1]));
  expect(joint.logPdf([3, 10])).toBe(-Infinity);
  const uniforms = stream(1, "prior");
  const expected = new Float64Array(2);
  joint.transform(expected, [uniforms.uniform(), uniforms.uniform()]);
  samplePrior(theta, joint, stream(1, "prior"));
  expect(theta).toEqual(expected);
  const u = new Float64Array(2);
  priorCube(u, joint, [0.5, 10]);
  expect(u[0]).toBe(0.25);
  expect(u[1]).toBeCloseTo(0.5, 14);
});

it.each(named)(
  "$name: the penalty is -2 ln p but for a constant, and its derivatives are those of the density",
  ({ prior }) => {
    const points = [0.2, 0.4, 0.5, 0.8].map((u) => prior.quantile(u));
    const constant = prior.penalty(points[0]).value + 2 * prior.logPdf(points[0]);
    for (const x of points) {
      const { value, slope, curvature } = prior.penalty(x);
      expect(value + 2 * prior.logPdf(x)).toBeCloseTo(constant, 9);
      // Central differences of a step h: h^2 of the third derivative, and rounding over h^2.
      const h = 1e-4 * (prior.quantile(0.51) - prior.quantile(0.49));
      const [low, high] = [prior.penalty(x - h), prior.penalty(x + h)];
      expect(Math.abs((high.value - low.value) / (2 * h) - slope)).toBeLessThan(
        1e-5 * (Math.abs(slope) + 1 / Math.abs(x)),
      );
      expect(Math.abs((high.slope - low.slope) / (2 * h) - curvature)).toBeLessThan(
        1e-5 * (Math.abs(curvature) + 1 / x ** 2),
      );
    }
  },
);
