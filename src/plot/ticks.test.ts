import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textWidth } from "./richText.ts";
import type { Axis } from "./scene.ts";
import { axisTicks, fraction } from "./ticks.ts";

function labels(axis: Axis, length = 300): string[] {
  return axisTicks(axis, length, true).major.map((tick) => tick.label);
}

describe("axisTicks", () => {
  it("labels an X-ray band in keV as astronomers do", () => {
    expect(labels({ scale: "log", domain: [0.3, 10] })).toEqual(["0.5", "1", "2", "5", "10"]);
  });

  it("labels wide logarithmic axes by powers of ten, with the multiples as minor ticks", () => {
    const ticks = axisTicks({ scale: "log", domain: [0.02, 3000] }, 300, true);
    expect(ticks.major.map((tick) => tick.label)).toEqual([
      "10^{\u22121}",
      "10^{0}",
      "10^{1}",
      "10^{2}",
      "10^{3}",
    ]);
    expect(ticks.minor).toContain(0.02);
    expect(ticks.minor).toContain(3000);
  });

  it("skips decades where there is no room for all", () => {
    const ticks = axisTicks({ scale: "log", domain: [1e-12, 1e12] }, 150, true);
    expect(ticks.major.length).toBeGreaterThan(1);
    expect(ticks.major.length).toBeLessThan(8);
  });

  it("keeps every tick inside the domain, in order, with labels that differ and do not touch", () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const width = fc.double({ min: -5, max: 6, noNaN: true }).map((e) => 10 ** e);
    fc.assert(
      fc.property(number, width, fc.boolean(), fc.integer({ min: 50, max: 500 }), (lo, w, log, length) => {
        const start = log ? Math.abs(lo) + 1e-3 : lo;
        const domain = [start, log ? start * (1 + w) : start + Math.max(w, Math.abs(lo) * 1e-4)] as const;
        const axis: Axis = { scale: log ? "log" : "linear", domain };
        const { major, minor } = axisTicks(axis, length, true);
        for (const value of [...major.map((tick) => tick.value), ...minor]) {
          const at = fraction(axis, value);
          expect(at).toBeGreaterThan(-1e-6);
          expect(at).toBeLessThan(1 + 1e-6);
        }
        expect(new Set(major.map((tick) => tick.label)).size).toBe(major.length);
        for (let i = 1; i < major.length; i++) {
          const gap = (fraction(axis, major[i].value) - fraction(axis, major[i - 1].value)) * length;
          expect(gap).toBeGreaterThan((textWidth(major[i].label, 8) + textWidth(major[i - 1].label, 8)) / 2);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("never puts a minor tick on a major one", () => {
    for (const domain of [
      [0, 1],
      [0.19, 0.23],
      [-3, 250],
    ] as const) {
      const { major, minor } = axisTicks({ scale: "linear", domain }, 200, true);
      for (const { value } of major)
        expect(Math.min(...minor.map((m) => Math.abs(m - value)))).toBeGreaterThan(1e-6);
    }
  });
});
