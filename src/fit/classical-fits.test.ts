import { expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { parseExpression } from "../model/expression.ts";
import { levenbergMarquardt } from "../search/levenberg-marquardt.ts";
import { classicalProblem } from "./classical.ts";
import { fitFrom } from "./classical-fits.ts";
import { simulatorProblem } from "./classical-simulator.ts";
import { loadObservations, problemOf } from "./load.ts";
import { createPool } from "./pool.ts";
import { createSimulator } from "./simulator.ts";
import { smallFit } from "./small.fixture.ts";

const setUp = async () => {
  const { config, readFile } = smallFit([{ exposure: 1 }], {
    priors: {
      "tbabs.nH": "uniform(0, 1)",
      "powerlaw.PhoIndex": "uniform(0.5, 3)",
      "powerlaw.norm": "loguniform(0.1, 10)",
    },
    fixed: {},
  });
  const spec = problemOf(config, await loadObservations(config, readFile));
  const simulator = createSimulator(spec);
  const pool = createPool({ size: 1 });
  await pool.all({ kind: "open", problem: spec });
  return { spec, simulator, pool };
};

it("the problem on the kernels is the plain one: statistic, slopes, curvature, best factor of the norms", async () => {
  const { spec, simulator } = await setUp();
  const quick = simulatorProblem(simulator, spec);
  const plain = classicalProblem({ ...spec, expression: parseExpression(spec.model) });
  const x = Float64Array.of(0.25, 1.6, 0.9);
  // Sums of hundreds of terms in another order, and exp from another series: 1e-12 of the terms.
  expect(quick.statistic(x) / plain.statistic(x)).toBeCloseTo(1, 10);
  const [a, b] = [quick, plain].map((problem) => problem.shape(x, [0, 1, 2]));
  a.alpha.forEach((value, i) => {
    expect(value / b.alpha[i]).toBeCloseTo(1, 9);
  });
  a.beta.forEach((value, i) => {
    // Slopes are differences; 1e-9 of their scale, sqrt(S alpha).
    expect(Math.abs(value - b.beta[i]) / Math.sqrt(plain.statistic(x) * b.alpha[4 * i])).toBeLessThan(1e-9);
  });
  expect(quick.renormalise!(x)[2] / plain.renormalise!(x)[2]).toBeCloseTo(1, 10);
});

it("limits and norms of the free parameters are those of their priors", async () => {
  const { spec, simulator } = await setUp();
  const { parameters } = simulatorProblem(simulator, spec);
  expect(parameters.map(({ lower, upper, norm }) => [lower, upper, norm])).toEqual([
    [0, 1, undefined],
    [0.5, 3, 2],
    [0.1, 10, 2],
  ]);
  expect(parameters[2].value).toBeCloseTo(1, 10);
});

it("each start has a fit of its own, to its own spectrum where there are several", async () => {
  const { spec, simulator, pool } = await setUp();
  const truth = [
    [0.2, 1.7, 1],
    [0.4, 1.2, 2],
  ];
  const rng = stream(3, "test/spectra");
  const counts = Float64Array.from(
    truth.flatMap((theta) => Array.from(simulator.mu(Float64Array.from(theta)), (mean) => rng.poisson(mean))),
  );
  const starts = Float64Array.of(0.1, 1, 0.5, 0.1, 1, 0.5);
  const { theta, statistic, converged } = await fitFrom(pool, starts, 3, { counts });
  expect(Array.from(converged)).toEqual([1, 1]);
  const C = simulator.bins;
  truth.forEach((_, i) => {
    const own = simulatorProblem(simulator, spec, counts.slice(i * C, (i + 1) * C));
    const fit = levenbergMarquardt({
      ...own,
      parameters: own.parameters.map((p, d) => ({ ...p, value: starts[d] })),
    });
    expect(Array.from(theta.slice(3 * i, 3 * i + 3))).toEqual(Array.from(fit.x));
    expect(statistic[i]).toBe(fit.statistic);
    // Below the truth's statistic: a fit of three parameters gains about three.
    expect(statistic[i]).toBeLessThan(own.statistic(Float64Array.from(truth[i])));
  });
});

it("without counts the observed ones are fitted", async () => {
  const { spec, simulator, pool } = await setUp();
  const { statistic } = await fitFrom(pool, Float64Array.of(0.2, 1.7, 1), 3);
  const { counts } = spec.observations[0];
  const again = await fitFrom(pool, Float64Array.of(0.2, 1.7, 1), 3, { counts });
  expect(again.statistic[0]).toBe(statistic[0]);
  expect(simulator.bins).toBe(counts.length);
});
