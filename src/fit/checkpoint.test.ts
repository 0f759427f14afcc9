import { describe, expect, it } from "vitest";
import { initNested, stepNested } from "../sample/nested.ts";
import { eggbox } from "../sample/nested-problems.fixture.ts";
import { checkSameRun, formatCheckpoint, parseCheckpoint } from "./checkpoint.ts";

const settings = { seed: 1, model: "powerlaw", priors: { "powerlaw.norm": "uniform(0, 1)" } };

describe("a checkpoint", () => {
  it("gives back every number, text, list, record and array that it was given", () => {
    const state = {
      numbers: [1, -0, Number.NaN, Infinity, -Infinity, 1e-320, 0.1],
      nothing: undefined,
      empty: null,
      texts: ["a", "", "\u00e9 \u2211"],
      flags: [true, false],
      arrays: [
        Float64Array.of(Math.PI, Number.NaN, -Infinity),
        Int32Array.of(-1, 2, 3),
        Uint8Array.of(1, 2, 3),
      ],
      deep: { deeper: { float: Float32Array.of(0.1), none: new Float64Array(0), words: Uint32Array.of(7) } },
    };
    const { state: again, settings: kept } = parseCheckpoint(formatCheckpoint({ settings, state }), "x");
    expect(again).toEqual(state);
    expect(Object.is((again as typeof state).numbers[1], -0)).toBe(true);
    expect(Object.keys(again as object)).toContain("nothing");
    expect(kept).toEqual(settings);
  });

  it("reads the same from any place in a larger buffer", () => {
    const bytes = formatCheckpoint({ settings, state: { a: Float64Array.of(1, 2) } });
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(parseCheckpoint(shifted.subarray(3), "x").state).toEqual({ a: Float64Array.of(1, 2) });
    expect(parseCheckpoint(Buffer.from(shifted).subarray(3), "x").state).toEqual({
      a: Float64Array.of(1, 2),
    });
  });

  it("lets a nested run go on as if it had never stopped", () => {
    const whole = initNested(eggbox, { livePoints: 60, seed: 3 });
    const first = initNested(eggbox, { livePoints: 60, seed: 3 });
    stepNested(whole, eggbox, 400);
    stepNested(first, eggbox, 200);
    const { state } = parseCheckpoint(formatCheckpoint({ settings, state: first }), "x");
    const resumed = stepNested(state as typeof first, eggbox, 200);
    expect(resumed).toEqual(whole);
  });

  it("is refused where a byte of it has changed, or some are missing", () => {
    const bytes = formatCheckpoint({ settings, state: { a: Float64Array.of(1, 2) } });
    for (const at of [30, bytes.length - 5]) {
      const other = bytes.slice();
      other[at] ^= 1;
      expect(() => parseCheckpoint(other, "run/checkpoint.bin")).toThrow(
        /run\/checkpoint\.bin.*damaged or cut/,
      );
    }
    expect(() => parseCheckpoint(bytes.slice(0, -8), "x")).toThrow(/damaged or cut/);
    expect(() => parseCheckpoint(bytes.slice(0, 10), "x")).toThrow(/not a checkpoint/);
    expect(() => parseCheckpoint(new TextEncoder().encode("SIMPLE  = T".repeat(9)), "x")).toThrow(
      /not a checkpoint/,
    );
    const later = bytes.slice();
    later[8] = 2;
    expect(() => parseCheckpoint(later, "x")).toThrow(/layout 2, and this version reads layout 1/);
  });

  it("is refused for another run, with what differs", () => {
    expect(() => checkSameRun(settings, { ...settings }, "x")).not.toThrow();
    expect(() => checkSameRun(settings, { ...settings, seed: 2 }, "x")).toThrow(
      /seed differs: 1 then, 2 now/,
    );
    expect(() => checkSameRun(settings, { ...settings, burn: 5 }, "x")).toThrow(
      /burn differs: nothing then, 5/,
    );
  });
});
