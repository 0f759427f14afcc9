import { expect, it } from "vitest";
import { drawScene } from "./draw.ts";
import { intervals } from "./intervals.ts";
import { binsOutside, predictive, predictiveBands } from "./predictive.ts";
import { recoverySlope } from "./recovery.ts";
import { toSvg } from "./svg.ts";
import { training } from "./training.ts";
import { weights } from "./weights.ts";

const BINS = { energyLow: [1, 2], energyHigh: [2, 3], scale: [1, 1] };

it("predictive bands are the quantiles of each bin", () => {
  const simulated = Float64Array.from({ length: 202 }, (_, k) => (k % 2 === 0 ? k / 2 : 7));
  const bands = predictiveBands({ ...BINS, simulated, observed: [0, 0] });
  expect([bands.least[0], bands.median[0], bands.most[0]]).toEqual([0, 50, 100]);
  expect(bands.upper95[0]).toBeCloseTo(97.5, 10);
  expect([bands.least[1], bands.median[1], bands.most[1]]).toEqual([7, 7, 7]);
});

it("a bin is flagged exactly when the observation lies beyond every simulation", () => {
  const simulated = [1, 5, 3, 9];
  const outside = (observed: number[]) =>
    binsOutside(predictiveBands({ ...BINS, simulated, observed }), observed);
  expect(outside([1, 9])).toEqual([]);
  expect(outside([0, 10])).toEqual([0, 1]);
  expect(outside([2, 4])).toEqual([1]);
});

it("predictive bins may begin at zero energy", () => {
  const bins = { ...BINS, energyLow: [0, 2], simulated: [1, 5, 3, 9], observed: [2, 4] };
  const scene = predictive({ ...bins });
  expect(toSvg(scene)).not.toMatch(/NaN|Infinity/);
  expect(scene.panels[0].xAxis.domain).toEqual([2, 3]);
});

it("the recovery slope is one for exact medians and follows a scale", () => {
  const truth = [1, 2, 3, 4];
  const parameter = (f: number) => ({
    symbol: "a",
    truth,
    median: truth.map((t) => f * t),
    low: truth.map((t) => f * t - 1),
    high: truth.map((t) => f * t + 1),
  });
  expect(recoverySlope(parameter(1))).toEqual({ slope: 1, error: 0 });
  expect(recoverySlope(parameter(0.9)).slope).toBeCloseTo(0.9, 12);
});

it("the weights' heading counts effective draws: equal weights are all effective, one weight is one", () => {
  expect(weights({ weights: new Array(100).fill(2) }).description).toContain(
    "ESS 100 of 100 draws (100.0 %)",
  );
  const single = Array.from({ length: 100 }, (_, i) => (i === 3 ? 1 : 0));
  expect(weights({ weights: single }).description).toContain("ESS 1 of 100 draws (1.0 %)");
});

it("degenerate input still draws", () => {
  const scenes = [
    predictive({ ...BINS, simulated: [0, 0, 0, 0], observed: [0, 0] }),
    predictive({ energyLow: [1], energyHigh: [2], scale: [1], simulated: [3], observed: [3] }),
    training({ epoch: [1], training: [0.5], validation: [0.5] }),
    weights({ weights: [1] }),
    weights({ weights: [0, 0] }),
    intervals({ parameters: [{ symbol: "a" }], runs: [{ label: "x", values: [undefined] }] }),
    intervals({
      parameters: [{ symbol: "a" }],
      runs: [{ label: "x", values: [{ median: 1, interval68: [1, 1] }] }],
    }),
  ];
  for (const scene of scenes) expect(() => drawScene(scene)).not.toThrow();
});

it("the training curve marks the least validation loss", () => {
  const scene = training({ epoch: [1, 2, 3], training: [3, 2, 1], validation: [3, 1.5, 2] });
  expect(scene.description).toContain("kept: epoch 2, loss 1.500");
  expect(() => training({ epoch: [1], training: [Number.NaN], validation: [0] })).toThrow(
    '"training loss" has NaN',
  );
});

it("more bins than can be told apart are joined, observed and simulated alike", () => {
  const C = 600;
  const energyLow = Array.from({ length: C }, (_, c) => 1 + c / 100);
  const energyHigh = energyLow.map((low) => low + 0.01);
  const observed = Array.from({ length: C }, (_, c) => c % 3);
  const scale = observed.map(() => 2);
  const simulated = [...observed, ...observed.map((n) => n + 1)];
  const scene = predictive({ energyLow, energyHigh, scale, observed, simulated });
  expect(toSvg(scene)).toMatch(/joined to \u2265 6 counts or 24 bins/);
  const steps = scene.panels[0].marks.filter((mark) => mark.kind === "steps");
  const [{ low, high, y }] = steps.slice(-1);
  // No counts are lost: rates times seconds times keV.
  const total = Array.from(y, (rate, k) => rate * 2 * (high[k] - low[k])).reduce((sum, n) => sum + n, 0);
  expect(total).toBeCloseTo(600, 8);
  expect(y.length).toBeLessThan(150);
  expect(scene.panels[0].title?.[0]).toMatch(/^0 of \d+ joined bins/);
});
