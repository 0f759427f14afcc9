import { parquetMetadata } from "hyparquet";
import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { formatDraws, parseDraws } from "./output-draws.ts";
import { readDraws, readRun } from "./output-folder.ts";
import { formatResult, parseResult } from "./output-result.ts";
import type { PosteriorDraws, RunResult } from "./types.ts";

const DRAWS: PosteriorDraws = {
  names: ["tbabs.nH", "powerlaw.norm"],
  theta: Float64Array.of(0.1, 1, 0.2, 2, 0.3, 1e-300),
  logPrior: Float64Array.of(-1, -2, -3),
  logLike: Float64Array.of(-10, -Infinity, -30.125),
  logProb: Float64Array.of(0.5, 1 / 3, 2),
  logProposal: Float64Array.of(0.25, 1, 2),
  source: Uint8Array.of(0, 1, 0),
  weight: Float64Array.of(0.5, 0.25, 0.25),
};

const RESULT: RunResult = {
  xnpe: "0.1.0",
  method: "npe",
  seed: 1,
  model: "tbabs*powerlaw",
  spectra: [{ file: "a.pha", exposure: 10, counts: 100, bins: 5, band: [0.3, 10] }],
  parameters: ["tbabs.nH", "powerlaw.norm"].map((name) => ({
    name,
    unit: "",
    prior: "uniform(0, 1)",
    mean: 0.2,
    sd: 0.01,
    median: 0.2,
    interval68: [0.19, 0.21],
    interval90: [0.18, 0.22],
    best: 0.2,
  })),
  statistic: { name: "cstat", best: 10, atMedian: 11, bins: 5 },
  evidence: { logZ: -10, logZError: 0.01 },
  importance: { efficiencyFlow: 0.5, efficiency: 0.6, ess: 100, paretoK: 0.1 },
  responseHash: "abc",
  kernels: "plain",
  timings: { total: 1 },
  warnings: ["careful"],
};

/** Reads from a record of files. */
const reader = (files: Record<string, Uint8Array | string>) => async (path: string) => {
  const bytes = files[path];
  return typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
};

describe("the draws of a posterior", () => {
  it("come back from Parquet bit for bit, infinities too", async () => {
    expect(await parseDraws(await formatDraws(DRAWS), "p.parquet")).toEqual(DRAWS);
  });

  it("come back from a part of a larger memory, as Node reads small files", async () => {
    const pooled = Buffer.concat([Buffer.alloc(7), await formatDraws(DRAWS), Buffer.alloc(9)]);
    expect(await parseDraws(pooled.subarray(7, pooled.length - 9), "p.parquet")).toEqual(DRAWS);
  });

  it("of a method without a flow have no columns for it", async () => {
    const { logProb: _, logProposal: __, source: ___, ...plain } = DRAWS;
    const back = await parseDraws(await formatDraws(plain), "p.parquet");
    expect(back).toEqual(plain);
    expect(Object.keys(back)).not.toContain("logProb");
  });

  it("have the columns of the manual, in its order, and say where they are from", async () => {
    const bytes = await formatDraws(DRAWS, { model: "tbabs*powerlaw" });
    const metadata = parquetMetadata(bytes.slice().buffer);
    expect(metadata.schema.slice(1).map((column) => column.name)).toEqual([
      "tbabs.nH",
      "powerlaw.norm",
      "logPrior",
      "logLike",
      "logProb",
      "logProposal",
      "source",
      "weight",
    ]);
    expect(metadata.key_value_metadata).toContainEqual({ key: "model", value: "tbabs*powerlaw" });
    expect(Number(metadata.num_rows)).toBe(3);
  });

  it("in a file that was cut are the user's to know of", async () => {
    const bytes = await formatDraws(DRAWS);
    await expect(parseDraws(bytes.slice(0, bytes.length - 20), "p.parquet")).rejects.toThrow(InputError);
    await expect(parseDraws(bytes.slice(0, 3), "p.parquet")).rejects.toThrow(
      /p\.parquet: this is not a whole Parquet file/,
    );
  });
});

describe("result.json", () => {
  it("gives back what was written", () => {
    expect(parseResult(formatResult(RESULT), "result.json")).toEqual(RESULT);
  });

  it("holds no number that JSON lacks: the entry goes, and a warning says so", () => {
    const odd = {
      ...RESULT,
      importance: { ...RESULT.importance!, paretoK: Infinity },
      parameters: [{ ...RESULT.parameters[0], interval90: [-Infinity, 1] as const }],
    };
    const text = formatResult(odd);
    expect(text).not.toMatch(/null|Infinity(?!.*left out)/);
    const back = parseResult(text, "result.json");
    expect(back.importance).toEqual({ efficiencyFlow: 0.5, efficiency: 0.6, ess: 100 });
    expect(back.parameters[0]).not.toHaveProperty("interval90");
    expect(back.warnings).toEqual([
      "careful",
      "parameters[0].interval90 is not a finite number and was left out",
      "importance.paretoK is not a finite number and was left out",
    ]);
  });

  it.each([
    ["cut", "{", /this is not JSON/],
    ["foreign", "[1]", /expected the result of a run with the key "xnpe"/],
    [
      "of a newer version",
      JSON.stringify({ ...RESULT, xnpe: "0.9.0" }),
      /written by xnpe 0\.9\.0, but this is xnpe 0\.1\.0; update/,
    ],
    ["incomplete", JSON.stringify({ xnpe: "0.1.0" }), /"method" is missing/],
  ])("that is %s is refused with a sentence", (_what, text, expected) => {
    expect(() => parseResult(text, "result.json")).toThrow(expected);
    expect(() => parseResult(text, "result.json")).toThrow(/^result\.json: /);
  });
});

describe("a run's folder", () => {
  it("is read back with the abundances of its configuration", async () => {
    const files = { "run/result.json": formatResult(RESULT), "run/config.yml": "abund: angr\n" };
    expect(await readRun("run", reader(files))).toEqual({ folder: "run", result: RESULT, abund: "angr" });
  });

  it("without a result is not a run", async () => {
    await expect(readRun("run", reader({ "run/config.yml": "" }))).rejects.toThrow(
      /^run: holds no result\.json/,
    );
  });

  it("whose draws are of other parameters than its result is refused", async () => {
    const files = {
      "run/posterior.parquet": await formatDraws({ ...DRAWS, names: ["tbabs.nH", "powerlaw.PhoIndex"] }),
    };
    const run = { folder: "run", result: RESULT, abund: "wilm" };
    await expect(readDraws(run, reader(files))).rejects.toThrow(/are both of one run\?/);
  });
});
