import { describe, expect, it } from "vitest";
import { quantiles } from "../math/quantile.ts";
import { stream } from "../math/random.ts";
import { jointPrior } from "../prior/joint.ts";
import { loguniform } from "../prior/loguniform.ts";
import { uniform } from "../prior/uniform.ts";
import { boundingEllipsoid, ellipsoidVolume } from "./bounding.ts";
import { acceptanceThreshold, classifierInputs, classifierTest, whiteningOf } from "./classifier.ts";
import { splitRows } from "./classifier-rows.ts";

const draws = (n: number, seed: number, law: (u: number) => number) => {
  const rng = stream(seed, "test");
  return Float64Array.from({ length: n }, () => law(rng.uniform()));
};

describe("the threshold of a classifier", () => {
  it("loses fewer of the members to come than one in n + 1, whatever their log odds' law", () => {
    const laws: ((u: number) => number)[] = [(u) => u, Math.log, (u) => -Math.log(u), (u) => -1 / u];
    for (const law of laws) {
      let lost = 0;
      const [sets, n, more] = [400, 20, 50];
      for (let k = 0; k < sets; k++) {
        const held = draws(n, 2 * k, law);
        const threshold = acceptanceThreshold(held, held);
        lost += draws(more, 2 * k + 1, law).filter((l) => l < threshold).length;
      }
      // At the lowest of n it would be 1 / (n + 1) with a relative error of 7 % over 400 sets; the margin takes at least a tenth of it away.
      expect(lost / (sets * more)).toBeLessThan(1 / (n + 1));
    }
  });

  it("keeps every member seen, or loses the allowed share of those held out", () => {
    const held = draws(100, 1, (u) => u);
    const all = Float64Array.of(...held, -3);
    expect(acceptanceThreshold(held, all)).toBeLessThan(-3);
    expect(acceptanceThreshold(held, all, 0.05)).toBe(quantiles(held, [0.05])[0]);
  });
});

describe("the inputs of a classifier", () => {
  const D = 2;
  const priors = [uniform(0, 2), loguniform(0.01, 100)];
  const prior = jointPrior(priors.map((one, d) => ({ name: `p${d}`, prior: one })));
  const other = jointPrior([0, 1].map((d) => ({ name: `p${d}`, prior: uniform(0, 1) })));
  const u = draws(40, 3, (v) => 0.3 + 0.1 * v);
  const theta = u.slice();
  for (let i = 0; i < u.length; i += D) prior.transform(theta.subarray(i, i + D), u.subarray(i, i + D));

  it("depend on the place in the prior alone, not on units and scales", () => {
    const whitening = whiteningOf(u, D);
    const a = classifierInputs(theta, prior, whitening);
    const b = classifierInputs(u, other, whitening);
    a.forEach((v, i) => {
      expect(v).toBeCloseTo(b[i], 9);
    });
    // Members are around the origin at distances of about one.
    expect(Math.max(...a.map(Math.abs))).toBeLessThan(3);
  });

  it("are judged by the threshold", () => {
    const whitening = whiteningOf(u, D);
    const test = classifierTest({ whitening, threshold: -1 }, prior, (x) =>
      Float64Array.from({ length: x.length / (D + 1) }, (_, i) => -i),
    );
    expect(Array.from(test(theta.slice(0, 3 * D)))).toEqual([1, 1, 0]);
  });
});

it("rows are split so that both classes are trained on and held out", () => {
  const member = Uint8Array.from({ length: 103 }, (_, i) => (i % 10 === 4 ? 1 : 0));
  const { order, training } = splitRows(member);
  expect(Array.from(order).sort((a, b) => a - b)).toEqual(Array.from(member.keys()));
  const members = (rows: Uint32Array) => rows.reduce((sum, i) => sum + member[i], 0);
  expect(members(order.subarray(0, training))).toBe(9);
  expect(members(order.subarray(training))).toBe(1);
  expect(order.length - training).toBe(11);
});

describe("a bounding ellipsoid", () => {
  it("holds its points with a margin, and has the volume of a ball where they lie in one", () => {
    const rng = stream(1, "test");
    const points: number[] = [];
    while (points.length < 3000) {
      const [x, y, z] = [rng.uniform(), rng.uniform(), rng.uniform()];
      if (Math.hypot(x - 0.5, y - 0.5, z - 0.5) < 0.2) points.push(x, y, z);
    }
    const ellipsoid = boundingEllipsoid(Float64Array.from(points), 3);
    if (ellipsoid === undefined) throw new Error("no ellipsoid");
    const ball = (4 / 3) * Math.PI * 0.2 ** 3;
    // Radius 1.1 times that of the farthest; the moments of 1000 points are good to 3 %.
    expect(ellipsoidVolume(ellipsoid) / ball).toBeGreaterThan(1.2);
    expect(ellipsoidVolume(ellipsoid) / ball).toBeLessThan(1.5);
  });

  it("is not made where it would not be smaller than the cube, or of a few points", () => {
    expect(
      boundingEllipsoid(
        draws(3000, 5, (u) => u),
        3,
      ),
    ).toBeUndefined();
    expect(
      boundingEllipsoid(
        draws(30, 5, (u) => 0.1 * u),
        3,
      ),
    ).toBeUndefined();
  });
});
