import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { groupChannels, sumGroups } from "./grouping.ts";
import { constantGrouping } from "./regroup.ts";
import { groupEnergies, selectGroups } from "./select.ts";

/** Groups of channels marked like `0+ 0- 5-`: quality, then the start or continuation of a group. */
const marked = (text: string) => {
  const marks = text.split(" ");
  const quality = Int16Array.from(marks, (m) => Number(m[0]));
  const grouping = Int16Array.from(marks, (m) => ({ "+": 1, "-": -1 })[m[1]] ?? 0);
  return groupChannels({ quality, grouping }).map(({ first, last, quality: q }) => `${first}-${last}:${q}`);
};

describe("groups of channels", () => {
  it("start at 1 and continue at -1; anything else starts one too", () => {
    expect(marked("0+ 0- 0- 0+ 0. 0- 0.")).toEqual(["0-2:0", "3-3:0", "4-5:0", "6-6:0"]);
  });

  it("start at the first channel even where it says it continues", () => {
    expect(marked("0- 0- 0+")).toEqual(["0-1:0", "2-2:0"]);
  });

  it("split where the quality changes, and join a run of the same bad quality", () => {
    expect(marked("0+ 5- 5- 0- 0+ 2- 5- 0-")).toEqual([
      "0-0:0",
      "1-2:5",
      "3-3:0",
      "4-4:0",
      "5-5:2",
      "6-6:5",
      "7-7:0",
    ]);
    expect(marked("5+ 5+ 5+")).toEqual(["0-0:5", "1-1:5", "2-2:5"]);
  });

  it("step over channels of quality 1, which are not even numbered", () => {
    expect(marked("1+ 1- 0- 0- 1- 0- 0+")).toEqual(["2-5:0", "6-6:0"]);
    expect(marked("0+ 0- 1+ 0- 0-")).toEqual(["0-1:0", "3-4:0"]);
  });

  it("hold every channel that is not of quality 1 exactly once, in order", () => {
    const flag = fc.tuple(fc.constantFrom(0, 0, 0, 1, 2, 5), fc.constantFrom(1, -1, -1, 0));
    fc.assert(
      fc.property(fc.array(flag, { maxLength: 60 }), (flags) => {
        const quality = Int16Array.from(flags, (f) => f[0]);
        const groups = groupChannels({ quality, grouping: Int16Array.from(flags, (f) => f[1]) });
        const values = quality.map((_, i) => i + 1);
        const rows = groups.flatMap((g) =>
          Array.from({ length: g.last - g.first + 1 }, (_, i) => g.first + i).filter((r) => quality[r] !== 1),
        );
        expect(rows).toEqual(Array.from(quality.keys()).filter((r) => quality[r] !== 1));
        const total = sumGroups(values, groups, quality).reduce((a, b) => a + b, 0);
        expect(total).toBe(rows.reduce((a, r) => a + r + 1, 0));
        expect(groups.map((g) => g.number)).toEqual(groups.map((_, i) => i + 1));
      }),
      { seed: 1 },
    );
  });

  it("of constant size cover 1501 channels by 301 groups of 5, the last of one channel", () => {
    const groups = groupChannels({ quality: new Int16Array(1501), grouping: constantGrouping(5, 1501) });
    expect([groups.length, groups[300].first, groups[300].last]).toEqual([301, 1500, 1500]);
    expect(() => constantGrouping(0, 10)).toThrow(InputError);
  });
});

describe("a selection by energy", () => {
  // Ten channels of 0.1 keV from 0 keV, as float32 like real EBOUNDS.
  const response = {
    channelLow: Float64Array.from({ length: 10 }, (_, i) => Math.fround(0.1 * i)),
    channelHigh: Float64Array.from({ length: 10 }, (_, i) => Math.fround(0.1 * (i + 1))),
  };
  const quality = new Int16Array(10);
  const groups = groupChannels({ quality, grouping: new Int16Array(10) });
  const rows = Int32Array.from({ length: 10 }, (_, i) => i);
  type Options = Partial<Parameters<typeof selectGroups>[0]>;
  const numbers = (options: Options) =>
    selectGroups({ groups, rows, response, ...options }).map((g) => g.number);

  it("by XSPEC's rule takes the bins that enclose both limits", () => {
    expect(numbers({ notice: [[0.25, 0.55]] })).toEqual([3, 4, 5, 6]);
    expect(
      numbers({
        ignore: [
          [-Infinity, 0.25],
          [0.55, Infinity],
        ],
      }),
    ).toEqual([4, 5]);
  });

  it("by XSPEC's rule does not take the bin that starts at the upper limit", () => {
    expect(numbers({ notice: [[0.15, 0.5]] })).toEqual([2, 3, 4, 5]);
  });

  it("by XSPEC's rule decides ties by the float32 rounding of EBOUNDS", () => {
    // float32(0.3) is above 0.3, so the bin that ends there reaches the limit.
    expect(numbers({ notice: [[0.3, 0.5]] })).toEqual([3, 4, 5]);
    // float32(0.7) is below 0.7, so the bin that ends there does not.
    expect(numbers({ notice: [[0.7, 0.85]] })).toEqual([8, 9]);
  });

  it("by the inside rule keeps bins that lie inside, upper limit exclusive, all in float32", () => {
    const rule = "inside";
    expect(numbers({ rule, notice: [[0.3, 0.7]] })).toEqual([4, 5, 6]);
    expect(numbers({ rule, notice: [[0.25, 0.75]] })).toEqual([4, 5, 6, 7]);
    expect(numbers({ rule, ignore: [[0.3, 0.7]] })).toEqual([1, 2, 3, 8, 9, 10]);
    expect(numbers({ rule, ignore: [[0.25, 0.35]] })).toEqual([1, 2, 5, 6, 7, 8, 9, 10]);
  });

  it("adds up several ranges, then drops what is ignored", () => {
    expect(
      numbers({
        notice: [
          [0.01, 0.15],
          [0.75, 0.95],
        ],
        ignore: [[0.82, 0.88]],
      }),
    ).toEqual([1, 2, 8, 10]);
  });

  it("takes numbers of bins, counted from 1 after grouping, for channels", () => {
    const ofThree = groupChannels({ quality, grouping: constantGrouping(3, 10) });
    expect(numbers({ notice: [{ channels: [2, 4] }] })).toEqual([2, 3, 4]);
    expect(numbers({ ignore: [{ channels: [3, Infinity] }, [0.05, 0.08]] })).toEqual([2]);
    expect(numbers({ groups: ofThree, ignore: [{ channels: [1, 1] }] })).toEqual([2, 3, 4]);
    const without = groupChannels({
      quality: Int16Array.of(1, 1, 0, 0, 0, 0, 0, 0, 0, 0),
      grouping: new Int16Array(10),
    });
    // Channels of quality 1 are not counted: bin 1 is the third row.
    expect(numbers({ groups: without, rule: "inside", ignore: [[0, 0.25]] })).toEqual([2, 3, 4, 5, 6, 7, 8]);
    expect(() => numbers({ notice: [{ channels: [0, 4] }] })).toThrow("the channels 0-4 are none");
    expect(() => numbers({ notice: [{ channels: [20, 30] }] })).toThrow("numbered 1-10");
  });

  it("follows notice and ignore in their order, beginning with everything", () => {
    const drop = (low: number, high: number) => ({ keep: false, range: [low, high] as const });
    const keep = (low: number, high: number) => ({ keep: true, range: [low, high] as const });
    expect(numbers({ steps: [drop(0, 1), keep(0.32, 0.38), keep(0.52, 0.78), drop(0.61, 0.68)] })).toEqual([
      4, 6, 8,
    ]);
    expect(numbers({ steps: [drop(0.25, 1), keep(0.55, 0.58)], ignore: [[0, 0.05]] })).toEqual([2, 6]);
    // A part that was dropped with its enclosing bins is not a part that was never noticed.
    expect(numbers({ notice: [[0.05, 0.95]], ignore: [[0.42, 0.55]] })).toEqual([1, 2, 3, 4, 7, 8, 9, 10]);
    expect(
      numbers({
        notice: [
          [0.05, 0.42],
          [0.55, 0.95],
        ],
      }),
    ).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it("drops bad groups unless they are asked for", () => {
    const bad = groupChannels({
      quality: Int16Array.of(0, 0, 5, 5, 0, 0, 2, 0, 0, 0),
      grouping: new Int16Array(10),
    });
    expect(numbers({ groups: bad, notice: [[0.15, 0.75]] })).toEqual([2, 5, 6, 8]);
    expect(numbers({ groups: bad, notice: [[0.15, 0.75]], keepBad: true })).toEqual([2, 3, 4, 5, 6, 7, 8]);
  });

  it("is the same for channels that descend in energy", () => {
    const descending = {
      channelLow: response.channelLow.toReversed(),
      channelHigh: response.channelHigh.toReversed(),
    };
    const mirrored = numbers({ response: descending, notice: [[0.25, 0.55]] }).map((n) => 11 - n);
    expect(mirrored.toReversed()).toEqual([3, 4, 5, 6]);
    const two = { first: 0, last: 1, number: 1, quality: 0 };
    expect(groupEnergies(two, { rows, response: descending })).toEqual([Math.fround(0.8), 1]);
  });

  it("that keeps nothing says what there is", () => {
    expect(() => numbers({ notice: [[20, 30]] })).toThrow(
      "no channels in the chosen ranges; good ones cover 0-1 keV, and all are numbered 1-10",
    );
    expect(() => numbers({ notice: [[2, 1]] })).toThrow("the energy range 2-1 keV is empty");
    const bad = groupChannels({ quality: new Int16Array(10).fill(5), grouping: new Int16Array(10) });
    expect(() => numbers({ groups: bad })).toThrow("no channel of good quality is left");
  });
});
