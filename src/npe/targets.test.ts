import { describe, expect, it } from "vitest";
import { covariance } from "../math/moments.ts";
import { stream } from "../math/random.ts";
import { loguniform } from "../prior/loguniform.ts";
import { lognormal, normal } from "../prior/normal.ts";
import { uniform } from "../prior/uniform.ts";
import { chooseKinds, makeTargets, type Target, targetMap } from "./targets.ts";

const priors = [
  uniform(0.1, 0.3),
  loguniform(0.01, 100),
  normal(1, 2, { min: 0, max: 4 }),
  lognormal(2, 0.7),
];
const D = priors.length;

/** Prior draws (n, D). */
function draws(n: number): Float64Array {
  const theta = new Float64Array(n * D);
  for (let i = 0; i < n; i++) {
    const rng = stream(1, "targets", i);
    priors.forEach((prior, d) => {
      theta[i * D + d] = prior.quantile(rng.uniform());
    });
  }
  return theta;
}

const theta = draws(500);
const kindsOf = (kind: Target["kind"]) => priors.map(() => kind);

describe.each(["standard", "logit"] as const)("%s targets", (kind) => {
  const targets = makeTargets(theta, priors, kindsOf(kind));
  const map = targetMap(targets, priors);

  it("come back as the parameters they were made of", () => {
    const back = map.inverse(map.forward(theta));
    // The logit of u near 1 keeps 1 - u to 1e-16 / (1 - u), here 1e-13; times the quantile's slope.
    back.forEach((v, i) => {
      expect(Math.abs(v / theta[i] - 1)).toBeLessThan(1e-9);
    });
  });

  it("have mean 0 and variance 1 over the training parameters", () => {
    const t = map.forward(theta);
    const n = t.length / D;
    for (let d = 0; d < D; d++) {
      const column = t.filter((_, i) => i % D === d);
      expect(column.reduce((sum, v) => sum + v, 0) / n).toBeCloseTo(0, 12);
      expect(covariance(column, n, 1)[0]).toBeCloseTo(1, 2); // n or n - 1 in the variance: 2e-3
    }
  });

  it("have the logarithmic Jacobian of their derivative", () => {
    for (let i = 0; i < 50; i++) {
      const row = theta.slice(i * D, (i + 1) * D);
      let expected = 0;
      for (let d = 0; d < D; d++) {
        const h =
          1e-5 * row[d] * Math.min(1, 20 * Math.min(priors[d].cdf(row[d]), 1 - priors[d].cdf(row[d])));
        const [plus, minus] = [row.slice(), row.slice()];
        plus[d] += h;
        minus[d] -= h;
        expected += Math.log((map.forward(plus)[d] - map.forward(minus)[d]) / (plus[d] - minus[d]));
      }
      // Central differences: rounding 1e-16 / 1e-6 and curvature 1e-10 a parameter.
      expect(Math.abs(map.logJacobian(row)[0] - expected)).toBeLessThan(1e-6);
    }
  });
});

describe("logit targets", () => {
  const map = targetMap(makeTargets(theta, priors, kindsOf("logit")), priors);

  it("give parameters inside the prior whatever the network says", () => {
    const rng = stream(2, "wild");
    const wild = Float64Array.from({ length: 400 * D }, () => 15 * rng.normal());
    map.inverse(wild).forEach((v, i) => {
      expect(priors[i % D].logPdf(v)).toBeGreaterThan(Number.NEGATIVE_INFINITY);
    });
  });

  it("have no density outside the prior", () => {
    const outside = theta.slice(0, D);
    outside[0] = 0.31;
    expect(map.logJacobian(outside)[0]).toBe(Number.NEGATIVE_INFINITY);
  });
});

it("a logarithmic parameter has no density at or below zero", () => {
  const map = targetMap(makeTargets(theta, priors, kindsOf("standard")), priors);
  for (const value of [0, -1]) {
    const row = theta.slice(0, D);
    row[1] = value;
    expect(map.logJacobian(row)[0]).toBe(Number.NEGATIVE_INFINITY);
  }
});

describe("the kind of a target", () => {
  const prior = [uniform(0, 1)];
  const standard = makeTargets(
    Float64Array.from({ length: 101 }, (_, i) => i / 100),
    prior,
    ["standard"],
  );
  const choose = (centre: number, width: number) => {
    const [{ mean, sd }] = standard;
    const predicted = new Float64Array(20).fill((centre - mean) / sd);
    return chooseKinds(predicted, new Float64Array(20).fill(width / sd), standard, prior)[0];
  };

  it("is logit where posteriors reach a wall of the prior, else standard", () => {
    expect(choose(0.5, 0.1)).toBe("standard");
    expect(choose(0.5, 0.25)).toBe("logit");
    expect(choose(0.1, 0.1)).toBe("logit");
    expect(choose(0.9, 0.1)).toBe("logit");
  });

  it("is standard where the prior has no walls", () => {
    const [target] = standard;
    const far = [new Float64Array([50]), new Float64Array([50])] as const;
    expect(chooseKinds(...far, [target], [normal(0, 1)])).toEqual(["standard"]);
  });
});
