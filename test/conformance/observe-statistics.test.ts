import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { statistics } from "../../src/observe/index.ts";

const path = new URL("../../../shared/data/reference/stat_bins.json", import.meta.url);
const present = existsSync(path);
if (!present) console.warn(`skipped: ${path.pathname} is absent`);

interface Row {
  readonly stat: string;
  readonly S: number;
  readonly B: number | null;
  readonly Berr_var: number | null;
  readonly ts: number;
  readonly tb: number | null;
  readonly y_rate: number;
  readonly value: number;
}

const rows: readonly Row[] = present ? JSON.parse(readFileSync(path, "utf8")).rows : [];

describe("XSPEC's statistics, bin by bin", () => {
  it.skipIf(!present)("every tabulated value is met", () => {
    expect(rows.length).toBeGreaterThan(30);
    for (const { stat, S, B, Berr_var, ts, tb, y_rate, value } of rows) {
      const one = statistics.find(({ name }) => name === stat)!;
      const own = one.value(y_rate * ts, S, B ?? 0, (tb ?? ts) / ts, Berr_var ?? 0, S);
      // XSPEC in f64 over values up to 300; its lstat sums factorials, which costs digits.
      const tolerance = stat === "lstat" ? 1e-6 : 1e-10;
      expect(Math.abs(own - value), JSON.stringify({ stat, S, B, ts, tb, y_rate, own, value })).toBeLessThan(
        tolerance,
      );
    }
  });
});
