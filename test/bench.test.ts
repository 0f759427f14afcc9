import { describe, expect, it } from "vitest";
import { benchmarks } from "../bench/list.ts";
import { met, report, share } from "../bench/table.ts";
import { type BenchRecord, COSTS, FACTS, RATES } from "../bench/types.ts";

const UNITS: readonly string[] = [...COSTS, ...RATES, ...FACTS];
/** Those that take long even at small sizes, or start processes. */
const ELSEWHERE = ["posterior", "fit", "memory", "kernels"];
const effort = { quick: true, note: () => undefined };

describe.each(benchmarks.filter(({ name }) => !ELSEWHERE.includes(name)))(
  "the benchmark $name",
  (benchmark) => {
    it("gives finite positive numbers in known units, the median between least and greatest", async () => {
      const records = await benchmark.run(effort);
      expect(records.length).toBeGreaterThan(0);
      for (const { name, value, unit, low = value, high = value, ceiling = 1 } of records) {
        expect(UNITS, name).toContain(unit);
        for (const number of [value, low, high, ceiling]) expect(number, name).toBeGreaterThan(0);
        for (const number of [value, low, high, ceiling]) expect(number, name).toBeLessThan(Infinity);
        expect(value, name).toBeGreaterThanOrEqual(low);
        expect(value, name).toBeLessThanOrEqual(high);
      }
      expect(new Set(records.map(({ name }) => name)).size).toBe(records.length);
    });
  },
);

describe("the verdict on a budget", () => {
  const speed: BenchRecord = { name: "speed", value: 50, low: 40, high: 60, unit: "draws/s", ceiling: 100 };
  const time: BenchRecord = { name: "time", value: 2, low: 1.6, high: 3, unit: "s", ceiling: 0.8 };

  it("measures the best run against the ceiling, of rates and of times", () => {
    expect(share(speed)).toBeCloseTo(0.6, 12);
    expect(share(time)).toBeCloseTo(0.5, 12);
  });

  it.each([
    [{ ...speed, budget: { atLeast: 50 } }, true],
    [{ ...speed, budget: { atLeast: 51 } }, false],
    [{ ...speed, budget: { share: 0.6 } }, true],
    [{ ...speed, budget: { share: 0.61 } }, false],
    [{ ...time, budget: { atMost: 2 } }, true],
    [{ ...time, budget: { atMost: 1.9 } }, false],
    [{ ...time, budget: { share: 0.51 } }, false],
  ])("follows the median for limits and the best run for shares (%#)", (record, expected) => {
    expect(met(record)).toBe(expected);
  });

  it("is said in words below the tables", () => {
    const records = [
      { ...speed, budget: { share: 0.7 } },
      { ...time, budget: { atMost: 3 } },
    ];
    const text = report([{ name: "x", summary: "y", records }]);
    expect(text).toContain("Budgets: 1 of 2 met");
    expect(text).toContain("NOT MET  speed: 60 % (at least 70 % of the ceiling)");
    expect(text).toContain("met      time: 2 s (at most 3)");
  });
});
