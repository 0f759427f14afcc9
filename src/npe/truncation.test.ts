import { describe, expect, it } from "vitest";
import { kolmogorovUniform } from "../math/kolmogorov.ts";
import { normalCdf } from "../math/normal.ts";
import { stream } from "../math/random.ts";
import { jointPrior } from "../prior/joint.ts";
import { uniform } from "../prior/uniform.ts";
import { baseMap } from "./base.ts";
import { fitBase } from "./fit-base.ts";
import { openRegion } from "./region.ts";
import { ellipsoidAround, levelOf } from "./truncation.ts";

/** theta uniform in +-50, x = theta + N(0, 1), observed at 3: the posterior is N(3, 1). */
const prior = jointPrior([{ name: "theta", prior: uniform(-50, 50) }]);
const OBSERVED = 3;
const N = 20_000;

function normals(n: number, name: string, mean: number, sd: number): Float64Array {
  const rng = stream(1, name);
  return Float64Array.from({ length: n }, () => mean + sd * rng.normal());
}

/**
 * Mean and deviation that linear regression of theta on x, the network of this test, gives for the observation: of simulations within one deviation of
 * it, so that the region's edges do not bend the line.
 */
function learnt(theta: Float64Array) {
  const noise = normals(theta.length, "noise", 0, 1);
  const x = theta.map((t, i) => t + noise[i]);
  const near = Array.from(x.keys()).filter((i) => Math.abs(x[i] - OBSERVED) < 1);
  const pick = (rows: Float64Array) => Float64Array.from(near, (i) => rows[i]);
  const base = fitBase(pick(x), pick(theta), 1, 1, { meanDegree: 1, scaleDegree: 0 });
  const { mean, sd } = baseMap(base).moments(Float64Array.of(OBSERVED));
  return { mean: mean[0], sd: sd[0] };
}

/** Ranks of draws of the exact posterior in the learnt one: uniform where it is right at the observation. */
const calibration = ({ mean, sd }: { mean: number; sd: number }) =>
  kolmogorovUniform(normals(1000, "truth", OBSERVED, 1).map((t) => normalCdf((t - mean) / sd))).pValue;

/** A first guess, twice as wide as the posterior, and its importance weights. */
const guess = normals(2000, "guess", OBSERVED + 0.5, 2);
const logWeight = guess.map((t) => -0.5 * (t - OBSERVED) ** 2 + 0.5 * ((t - OBSERVED - 0.5) / 2) ** 2);
const ellipsoid = ellipsoidAround({ theta: guess, logWeight }, prior);

describe("a prior truncated to a posterior's region", () => {
  it("has the same posterior: its calibration passes", () => {
    if (ellipsoid === undefined) throw new Error("2000 draws tell where the posterior is");
    const { draw } = openRegion({ ellipsoids: [ellipsoid] }, prior);
    const point = new Float64Array(1);
    const theta = Float64Array.from({ length: N }, (_, i) => {
      if (!draw?.(point, stream(1, "region", i))) throw new Error("the region lies inside the cube");
      return point[0];
    });
    const found = learnt(theta);
    expect(found.sd).toBeCloseTo(1, 1);
    expect(calibration(found)).toBeGreaterThan(1e-3); // false alarms once in 1000 seeds
  });

  it("is not the posterior: draws of that in the prior's place count the data twice, and calibration fails", () => {
    const found = learnt(normals(N, "posterior", OBSERVED, 1));
    expect(found.sd).toBeCloseTo(Math.SQRT1_2, 1);
    expect(calibration(found)).toBeLessThan(1e-5);
  });
});

describe("the ellipsoid around a posterior", () => {
  it("reaches five deviations of the weighted draws, in the unit cube", () => {
    if (ellipsoid === undefined) throw new Error("2000 draws tell where the posterior is");
    const { mean, factor, radius } = ellipsoid;
    // 1000 effective draws know a mean to 0.03 and a deviation to 2 %, five of these as tolerance.
    expect(Math.abs(100 * mean[0] - 50 - OBSERVED)).toBeLessThan(0.15);
    expect(Math.abs(100 * factor[0] - 1)).toBeLessThan(0.12);
    expect(radius).toBe(5);
  });

  it("grows until it leaves out no draw that carries more than 1e-4 of the posterior", () => {
    const theta = Float64Array.from([...guess.slice(0, 500), 40]);
    const far = ellipsoidAround({ theta, logWeight: new Float64Array(501) }, prior);
    if (far === undefined) throw new Error("501 draws tell where the posterior is");
    const { contains } = openRegion({ ellipsoids: [far] }, prior);
    expect(contains(theta).every((inside) => inside === 1)).toBe(true);
  });

  it("does not exist where next to no draw has any weight", () => {
    const dead = logWeight.map((w, i) => (i < 5 ? w : Number.NEGATIVE_INFINITY));
    expect(ellipsoidAround({ theta: guess, logWeight: dead }, prior)).toBeUndefined();
  });
});

describe("the level of a density", () => {
  it("falls to where the weighted draws still are", () => {
    const logProb = Float64Array.of(-2, -9, -30, -4);
    const weight = Float64Array.of(0.6, 0.01, 0.00001, 0.38999);
    expect(levelOf(-5, { logProb, weight })).toBe(-10);
    expect(levelOf(-20, { logProb, weight })).toBe(-21);
  });
});
