import { describe, expect, it } from "vitest";
import { watchLoss } from "./patience.ts";

describe("patience", () => {
  it("ends after so many epochs in a row that are no better than the best", () => {
    const watch = watchLoss(2);
    const losses = [3, 2, 2.5, 1, 1, 4];
    const seen = losses.map((loss) => [watch.see(loss), watch.best, watch.exhausted]);
    expect(seen).toEqual([
      [true, 0, false],
      [true, 1, false],
      [false, 1, false],
      [true, 3, false],
      [false, 3, false],
      [false, 3, true],
    ]);
  });

  it("never ends where there is none", () => {
    const watch = watchLoss();
    for (let i = 0; i < 1000; i++) watch.see(i);
    expect(watch.exhausted).toBe(false);
    expect(watch.best).toBe(0);
  });

  it("takes the last epoch for the best where there is nothing to compare", () => {
    const watch = watchLoss(2);
    for (let i = 0; i < 5; i++) expect(watch.see(Number.NaN)).toBe(true);
    expect(watch.best).toBe(4);
  });
});
