import { describe, expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { groupChannels } from "./grouping.ts";
import { noiseGrouping, scaledBackground } from "./noise-grouping.ts";

const CHANNELS = 300;
const rng = stream(1, "noise-grouping", 0);
const counts = Float64Array.from({ length: CHANNELS }, () => Math.floor(8 * rng.uniform()));
const quality = new Int16Array(CHANNELS);
const groupsOf = (grouping: Int16Array) => groupChannels({ grouping, quality });
const total = (values: Float64Array, first: number, last: number) =>
  values.subarray(first, last + 1).reduce((sum, v) => sum + v, 0);

describe("groups of a least signal-to-noise ratio", () => {
  it("without background hold at least the ratio squared in counts, and no group could be split", () => {
    const groups = groupsOf(noiseGrouping({ counts, quality }, 5));
    expect(groups.length).toBeGreaterThan(10);
    for (const { first, last } of groups.slice(0, -1)) {
      expect(total(counts, first, last)).toBeGreaterThanOrEqual(25);
      expect(total(counts, first, last - 1)).toBeLessThan(25);
    }
  });

  it("are wider the more background there is", () => {
    const background = (level: number) => ({
      counts: new Float64Array(CHANNELS).fill(level),
      variance: new Float64Array(CHANNELS).fill(level),
    });
    const sizes = [0, 0.5, 1].map(
      (level) => groupsOf(noiseGrouping({ counts, quality }, 4, background(level))).length,
    );
    expect(sizes[0]).toBeGreaterThan(sizes[1]);
    expect(sizes[1]).toBeGreaterThan(sizes[2]);
  });

  it("are one group where the ratio is out of reach", () => {
    expect(groupsOf(noiseGrouping({ counts, quality }, 1e6))).toHaveLength(1);
  });

  it("refuse a ratio that is not positive", () => {
    expect(() => noiseGrouping({ counts, quality }, 0)).toThrow(/positive number/);
  });
});

it("a background of ten times the area and twice the time counts a twentieth, its variance a four-hundredth", () => {
  const ones = new Float64Array(1).fill(1);
  const { counts: b, variance } = scaledBackground(
    { exposure: 100, areascal: ones, backscal: ones },
    { counts: Float64Array.of(40), exposure: 200, areascal: ones, backscal: Float64Array.of(10) },
  );
  expect(b[0]).toBeCloseTo(2, 12);
  expect(variance[0]).toBeCloseTo(0.1, 12);
});
