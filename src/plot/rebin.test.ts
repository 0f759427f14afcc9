import { expect, it } from "vitest";
import { joinBins } from "./rebin.ts";

const grid = (counts: readonly number[]) => ({
  energyLow: counts.map((_, i) => i),
  energyHigh: counts.map((_, i) => i + 1),
  counts,
});

it("without a rule every bin stands alone", () => {
  expect(joinBins(grid([1, 0, 3]), {})).toEqual([0, 1, 2, 3]);
  expect(joinBins(grid([]), {})).toEqual([0]);
});

it("3 sigma of counts are nine of them", () => {
  expect(joinBins(grid([5, 3, 1, 9, 2, 7]), { sigma: 3 })).toEqual([0, 3, 4, 6]);
});

it("of what is left of a background 3 sigma take more, and no sum below zero has any", () => {
  const counts = [10, 10, 10, 10, 10, 10];
  const net = [-9, 3, 3, 3, 3, 3];
  const variance = [1, 1, 1, 1, 1, 1];
  // -9 + 3 + 3 + 3 = 0, then 3 / sqrt(5), 6 / sqrt(6) at the end.
  expect(joinBins({ ...grid(counts), net, variance }, { sigma: 3 })).toEqual([0, 6]);
  expect(joinBins({ ...grid(counts), net, variance }, { sigma: 3, most: 1 })).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

it("a scrap at the end joins the bin before it, a third of that or less; anything larger does not", () => {
  expect(joinBins(grid([3, 3, 3, 1]), { sigma: 3 })).toEqual([0, 4]);
  expect(joinBins(grid([3, 6, 1]), { sigma: 3 })).toEqual([0, 2, 3]);
});
