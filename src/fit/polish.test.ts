import { expect, it } from "vitest";
import { jointPrior } from "../prior/joint.ts";
import { parsePrior } from "../prior/parse.ts";
import { polish } from "./polish.ts";

const prior = jointPrior([{ name: "a", prior: parsePrior("loguniform(0.1, 100)") }]);
/** One bin of a Poisson likelihood whose mean is the parameter: the minimum is at the counts. */
const simulator = {
  logLike: (theta: Float64Array, counts: Float64Array = Float64Array.of(7)) =>
    Float64Array.of(counts[0] * Math.log(theta[0]) - theta[0]),
};

it("polishing finds the counts that the likelihood is given, the observed ones by default", () => {
  const start = Float64Array.of(3);
  const sd = Float64Array.of(0.2);
  // The minimiser ends where the statistic changes by 1e-6 or so; it is quadratic there, with curvature 1/mu.
  expect(polish(simulator, prior, start, sd).theta[0]).toBeCloseTo(7, 1);
  expect(polish(simulator, prior, start, sd, Float64Array.of(40)).theta[0]).toBeCloseTo(40, 1);
});

it("polishing stays inside the prior", () => {
  const { theta } = polish(simulator, prior, Float64Array.of(50), Float64Array.of(0.2), Float64Array.of(900));
  expect(theta[0]).toBeLessThanOrEqual(100);
  expect(theta[0]).toBeCloseTo(100, 1);
});
