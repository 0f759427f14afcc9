import { describe, expect, it } from "vitest";
import { parseFits, readNumbers, tables } from "../fits/index.ts";
import { stream } from "../math/random.ts";
import { exportRun } from "./export.ts";
import { equalDraws, parameterValues } from "./export-draws.ts";
import { formatNetcdf } from "./export-netcdf.ts";
import type { FitConfig, PosteriorDraws, RunResult } from "./types.ts";

const M = 4000;
const names = ["tbabs.nH", "2:powerlaw.norm"];
const rng = stream(1, "export-test", 0);
const theta = Float64Array.from({ length: 2 * M }, () => rng.uniform());
const draws: PosteriorDraws = {
  names,
  theta,
  logPrior: new Float64Array(M).fill(-1),
  logLike: Float64Array.from({ length: M }, (_, m) => -10 - theta[2 * m]),
  // proportional to the first parameter: its mean is then 2/3
  weight: Float64Array.from({ length: M }, (_, m) => theta[2 * m] / (M / 2)),
};
const result = {
  xnpe: "0.1.0",
  model: "tbabs*powerlaw",
  method: "npe",
  seed: 3,
  parameters: names.map((name) => ({ name, unit: "keV" })),
  statistic: { name: "cstat" },
} as unknown as RunResult;
const config = { model: "tbabs*powerlaw" } as FitConfig;

describe("draws of equal weight", () => {
  it("have the weighted mean, and no order", () => {
    const equal = equalDraws(draws, 4000, 1);
    const values = parameterValues(equal, 0);
    // sd of a mean of 4000 with repeats: 0.24 sqrt(2/4000) = 0.005; 5 of them
    expect(values.reduce((a, b) => a + b) / 4000).toBeGreaterThan(2 / 3 - 0.027);
    expect(values.reduce((a, b) => a + b) / 4000).toBeLessThan(2 / 3 + 0.027);
    const neighbours = values.slice(1).filter((v, m) => v === values[m]).length;
    // a draw of weight 2 comes twice: in order, half of the neighbours would be equal
    expect(neighbours).toBeLessThan(30);
    equal.logLike.forEach((v, m) => {
      expect(v).toBe(-10 - values[m]);
    });
  });

  it("are the same for the same seed", () => {
    expect(equalDraws(draws, 100, 5)).toEqual(equalDraws(draws, 100, 5));
    expect(equalDraws(draws, 100, 5)).not.toEqual(equalDraws(draws, 100, 6));
  });
});

describe("an exported run", () => {
  it("as XSPEC's chain has columns named by parameter and number, and the statistic", async () => {
    const bytes = await exportRun({ config, result, draws }, "chain", { draws: 50 });
    const [table] = tables(parseFits(bytes as Uint8Array, "chain"));
    // powerlaw.norm is the third of three; the second group's numbers go on from there
    expect(table.columns.map(({ name, type }) => [name, type])).toEqual([
      ["nH__1", "D"],
      ["norm__6", "D"],
      ["FIT_STATISTIC", "D"],
    ]);
    expect([table.name, table.rows, table.header.get("TEMPR001"), table.header.get("STROW001")]).toEqual([
      "CHAIN",
      50,
      1,
      1,
    ]);
    const [nH, , statistic] = table.columns.map((column) => readNumbers(table, column));
    statistic.forEach((v, m) => {
      expect(v).toBeCloseTo(20 + 2 * nH[m], 12);
    });
  });

  it("as CSV has a header and a row a draw", async () => {
    const text = String(await exportRun({ config, result, draws }, "csv", { draws: 10 }));
    const rows = text.trimEnd().split("\n");
    expect(rows[0]).toBe("tbabs.nH,2:powerlaw.norm,logPrior,logLike");
    expect(rows).toHaveLength(11);
    expect(rows[1].split(",").map(Number).every(Number.isFinite)).toBe(true);
  });

  it("as netCDF is an HDF5 file", async () => {
    const bytes = await formatNetcdf(equalDraws(draws, 10, 1), result);
    expect(Array.from(bytes.subarray(0, 4))).toEqual([137, 72, 68, 70]);
  });

  it("without draws can only be a script", async () => {
    await expect(exportRun({ config, result }, "chain")).rejects.toThrow(
      /best fit and has no draws, which chain needs/,
    );
  });
});
