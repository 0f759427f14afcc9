import { parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import type { Inference } from "./infer.ts";
import { posteriorTable, tableCsv, tableParquet } from "./infer-table.ts";

const moments = { mean: 1, sd: 0.1, median: 1.25, interval68: [1.1, 1.4], interval90: [1, 1.5] } as const;

function inference(file: string, counts: number): Inference {
  const parameters = [
    { name: "powerlaw.PhoIndex", unit: "", best: 1.2, ...moments },
    { name: "powerlaw.norm", unit: "", best: 2, ...moments, log10: { ...moments, median: 0.5 } },
  ];
  const spectrum = {
    ...{ file, times: { start: 5, stop: 7, mjd: 50_000 }, exposure: 2, counts, bins: 9, parameters },
    statistic: { name: "cstat", best: 10, atMedian: 11, bins: 9 } as const,
    importance: { efficiencyFlow: 0.5, efficiency: 0.6, ess: 600, paretoK: 0.1 },
    warnings: ['say "no", twice'],
  };
  return { spectrum, draws: { names: [], theta: [], logPrior: [] } as never };
}

const NAMES = [
  { name: "powerlaw.PhoIndex", logarithmic: false },
  { name: "powerlaw.norm", logarithmic: true },
];

function filled() {
  const table = posteriorTable(NAMES, { refine: true });
  table.add(inference("a.pha", 100));
  table.add({ failure: { file: "b.pha", error: "b.pha: broken, sadly", defect: false } });
  table.add(inference("c,d.pha", 0));
  return table;
}

describe("the table of posteriors", () => {
  it("has a row for each spectrum in order, and the error of one that failed", async () => {
    const bytes = await tableParquet(filled(), { model: "powerlaw" });
    const rows = await parquetReadObjects({ file: new Uint8Array(bytes).buffer });
    expect(rows.map(({ file }) => file)).toEqual(["a.pha", "b.pha", "c,d.pha"]);
    expect(rows.map(({ counts }) => counts)).toEqual([100, Number.NaN, 0]);
    expect(rows.map(({ error }) => error)).toEqual(["", "b.pha: broken, sadly", ""]);
    expect(rows[0]).toMatchObject({
      ...{ tStart: 5, tStop: 7, mjd: 50_000, "powerlaw.norm.lower68": 1.1, "powerlaw.norm.best": 2 },
      ...{ "powerlaw.norm.log10.median": 0.5, "statistic.best": 10, efficiency: 0.6, paretoK: 0.1 },
    });
    expect(rows[0]).not.toHaveProperty(["powerlaw.PhoIndex.log10.median"]);
    expect(rows[0]["statistic.deviation"]).toBeNaN();
  });

  it("is the same as comma-separated values, with what is missing empty", () => {
    const [head, first, second, third, end] = new TextDecoder().decode(tableCsv(filled())).split("\n");
    const names = head.split(",");
    expect(names.slice(0, 3)).toEqual(["file", "tStart", "tStop"]);
    expect(first).toContain('"say ""no"", twice"');
    expect(first.startsWith("a.pha,5,7,50000,2,100,9,1.25,")).toBe(true);
    expect(second).toBe(`b.pha${",".repeat(names.length - 1)}"b.pha: broken, sadly"`);
    expect(third.startsWith('"c,d.pha",')).toBe(true);
    expect(end).toBe("");
  });

  it("has columns for what was asked for only", () => {
    const names = (options: Parameters<typeof posteriorTable>[1]) =>
      posteriorTable(NAMES, options).columns.map(({ name }) => name);
    expect(names({ refine: false })).not.toContain("logZ");
    expect(names({ refine: true })).toContain("logZ");
    expect(names({ refine: true, goodness: 10 })).toContain("goodness.percentile");
    expect(names({ refine: true })).not.toContain("goodness.percentile");
  });
});
