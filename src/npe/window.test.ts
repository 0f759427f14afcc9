import { describe, expect, it } from "vitest";
import { everything, windowAround } from "./window.ts";

const none = { expected: 0, variance: 0 };

describe("the window around an observation", () => {
  it("holds 0.7 to 1.4 times bright net counts", () => {
    expect(windowAround(20_000, none)).toEqual({ lower: 14_000, upper: 28_000 });
    expect(windowAround(50_000, { expected: 30_000, variance: 300 })).toEqual({
      lower: 14_000,
      upper: 28_000,
    });
  });

  it("holds at least 7 standard deviations of the net counts to either side", () => {
    for (const source of [0, 3, 100, 2000])
      for (const [expected, variance] of [
        [0, 0],
        [0.5 * source, 0.1 * source],
        [2 * source, source],
      ]) {
        const { lower, upper } = windowAround(source, { expected, variance });
        const net = Math.max(0, source - expected);
        const sd = Math.sqrt(source + variance);
        expect(lower).toBeLessThanOrEqual(Math.max(0, net - 7 * sd));
        expect(upper).toBeGreaterThanOrEqual(net + 7 * sd);
        expect(lower).toBeGreaterThanOrEqual(0);
      }
  });

  it("begins at zero where the source may be absent", () => {
    expect(windowAround(100, { expected: 90, variance: 9 }).lower).toBe(0);
    expect(windowAround(0, none)).toEqual({ lower: 0, upper: 17 });
  });

  it("may be everything", () => {
    for (const counts of [0, 1e-9, 1e12]) {
      expect(counts).toBeGreaterThanOrEqual(everything.lower);
      expect(counts).toBeLessThanOrEqual(everything.upper);
    }
  });
});
