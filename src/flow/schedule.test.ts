import { expect, it } from "vitest";
import { learningRate } from "./schedule.ts";

it("a cosine schedule rises linearly, peaks after the warm-up, halves midway and ends at zero", () => {
  const schedule = { kind: "cosine", rate: 4e-3, warmup: 200, steps: 1200 } as const;
  expect(learningRate(schedule, 0)).toBeCloseTo(4e-3 / 200, 12);
  expect(learningRate(schedule, 99)).toBeCloseTo(2e-3, 12);
  expect(learningRate(schedule, 200)).toBeCloseTo(4e-3, 12);
  expect(learningRate(schedule, 700)).toBeCloseTo(2e-3, 12);
  expect(learningRate(schedule, 1200)).toBeCloseTo(0, 12);
  expect(learningRate(schedule, 5000)).toBeCloseTo(0, 12);
});

it("a constant schedule is constant", () => {
  expect(learningRate({ kind: "constant", rate: 5e-4 }, 12345)).toBe(5e-4);
});
