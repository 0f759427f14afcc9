import { expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { initNested, stepNested } from "./nested.ts";
import { conjugatePoisson, cornerGaussian, screened } from "./nested-problems.fixture.ts";
import { currentScreen } from "./screen.ts";

const problems = [
  screened(cornerGaussian(3, 0.05, 0.5), 1),
  screened(conjugatePoisson([12, 0, 5, 40, 7], 20), 0.3),
];

it.each(problems)("$name: a screen made half-way rules out no point of the contour", (problem) => {
  const d = problem.dimension;
  const state = initNested(problem, { livePoints: 200, seed: 1 });
  while (state.logVolume > -3) stepNested(state, problem);
  const threshold = Math.min(...state.live.logLike.subarray(0, state.live.count));
  const screen = currentScreen(state, problem)!;
  const rng = stream(2, problem.name);
  const u = new Float64Array(d);
  const theta = new Float64Array(d);
  const passes = new Uint8Array(1);
  let inside = 0;
  let ruledOut = 0;
  // About e^-3 of these lie inside.
  for (let i = 0; i < 40_000; i++) {
    for (let j = 0; j < d; j++) u[j] = rng.uniform();
    problem.transform(theta, u);
    screen(passes, theta, 1, threshold);
    if (problem.logLike(theta) > threshold) {
      inside++;
      expect(passes[0]).toBe(1);
    } else if (passes[0] === 0) ruledOut++;
  }
  expect(inside).toBeGreaterThan(1000);
  // The rest lies within the slack below the threshold.
  expect(ruledOut / (40_000 - inside)).toBeGreaterThan(0.5);
});

it("a nearby likelihood that fails at a live point is not used", () => {
  const plain = cornerGaussian(2, 0.1, 0.3);
  const problem = {
    ...plain,
    nearby: () => (out: Float64Array) => {
      out.fill(-Infinity);
    },
  };
  expect(currentScreen(initNested(problem, { livePoints: 50 }), problem)).toBeUndefined();
});
