import { describe, expect, it } from "vitest";
import { nearestName, suggestion } from "./nearest.ts";

const known = ["powerlaw", "bbodyrad", "bbody", "tbabs", "diskbb"];

describe("the nearest name", () => {
  it.each([
    ["powerlw", "powerlaw"],
    ["POWERLAW", "powerlaw"],
    ["powrelaw", "powerlaw"],
    ["tabbs", "tbabs"],
    ["bbodyr", "bbodyrad"],
    ["po", "powerlaw"],
    ["dskbb", "diskbb"],
  ])("of %s is %s", (typed, expected) => {
    expect(nearestName(typed, known)).toBe(expected);
  });

  it("is nothing when none is near", () => {
    expect(nearestName("xyzzyxyzzy", known)).toBeUndefined();
    expect(suggestion("xyzzyxyzzy", known)).toBe("");
  });
});
