import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RUN_ENTRIES } from "../../src/fit/output-entries.ts";
import type { RunResult } from "../../src/fit/types.ts";
import { MODEL, makeFixture, PRIORS, TRUTH, writeVariant } from "./fixture.ts";
import { xnpe } from "./spawn.ts";

let folder = "";
let remove: () => Promise<void> = async () => undefined;
beforeAll(async () => {
  ({ folder, remove } = await makeFixture());
});
afterAll(() => remove());

const SMALL = ["--simulations", "1000", "--samples", "2000", "--seed", "1"];
const FIT = ["fit", "small.pha", ...MODEL, ...PRIORS, ...SMALL];

async function fitted(...args: string[]): Promise<RunResult> {
  const { code, stdout, stderr } = await xnpe([...args, "--json", "--quiet"], { cwd: folder });
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return JSON.parse(stdout) as RunResult;
}

const stored = async (run: string) => JSON.parse(await readFile(join(folder, run, "result.json"), "utf8"));

/** What a seed decides: everything but how long it took and the name of the file. */
const decided = ({ timings: _, spectra: __, ...rest }: RunResult) => rest;

describe("a fit by the network", () => {
  let first: RunResult;

  it("leaves a whole run and shows people a table, with plain lines of progress on stderr", async () => {
    const { code, stdout, stderr } = await xnpe([...FIT, "--out", "run"], { cwd: folder });
    expect(stderr).toMatch(/simulating +[\d ]+ spectra in/);
    expect(stderr).not.toContain("\x1b");
    expect(stderr.split("\n").length).toBeLessThan(20);
    expect(code).toBe(0);
    expect(stdout).toMatch(/parameter +unit +median +68 % interval +best +network alone/);
    expect(stdout).toMatch(/tbabs\.nH +1e22 cm-2/);
    expect(stdout).toMatch(/log Z +-?\d/);
    first = await stored("run");
    const left = (await readdir(join(folder, "run"))).sort();
    expect(left).toEqual([...RUN_ENTRIES].sort());
    const figures = await readdir(join(folder, "run", "figures"));
    for (const name of ["corner", "spectrum"]) {
      for (const kind of ["svg", "pdf"]) expect(figures).toContain(`${name}.${kind}`);
    }
    expect(await readFile(join(folder, "run", "report.html"), "utf8")).toContain("<!doctype html>");
  });

  it("finds the truth", () => {
    for (const { name, mean, sd } of first.parameters) {
      // The posterior of one fixed seed; a sound run is beyond 4 sigma once in 5000 for three parameters
      expect(Math.abs(mean - TRUTH[name as keyof typeof TRUTH])).toBeLessThan(4 * sd);
    }
    expect(first.parameters.map((parameter) => parameter.prior)).toEqual([
      "uniform(0, 1)",
      "uniform(0.5, 3)",
      "loguniform(0.01, 1)",
    ]);
  });

  it("is the same for any number of workers, and prints what it stores", async () => {
    const one = await fitted(...FIT, "--workers", "1", "--out", "one");
    expect(await stored("one")).toEqual(one);
    expect(decided(one)).toEqual(decided(first));
    const three = await fitted(...FIT, "--workers", "3", "--out", "three");
    expect(decided(three)).toEqual(decided(one));
    const draws = (run: string) => readFile(join(folder, run, "posterior.parquet"));
    expect(await draws("three")).toEqual(await draws("one"));
  });

  it("of a spectrum without any counts works: zero is a Poisson count", async () => {
    await writeVariant(folder, "zero.pha", (spectrum) => ({
      ...spectrum,
      counts: spectrum.counts.map(() => 0),
    }));
    const wide = ["--prior", "powerlaw.norm=loguniform(1e-6,1)", ...PRIORS.slice(0, 4)];
    const result = await fitted("fit", "zero.pha", ...MODEL, ...wide, ...SMALL, "--out", "zero");
    expect(result.spectra[0].counts).toBe(0);
    // The fixture's norm of 0.1 gives 3000 counts: none at all means below 1e-4 with certainty
    const norm = result.parameters.find(({ name }) => name === "powerlaw.norm")!;
    expect(norm.interval90[1]).toBeLessThan(2e-4);
  });
});

describe("a finished run", () => {
  const NESTED = [...FIT, "--method", "nested", "--live-points", "50"];
  let first: RunResult;

  it("is repeated by the configuration that it leaves, from any folder", async () => {
    first = await fitted(...NESTED, "--out", "quick");
    const again = [
      "fit",
      "--config",
      join(folder, "quick/config.yml"),
      "--out",
      join(folder, "again"),
      "--json",
    ];
    const { code, stdout } = await xnpe(again, { cwd: "/" });
    expect(code).toBe(0);
    expect(decided(JSON.parse(stdout))).toEqual(decided(first));
  });

  it("is replaced with --force only", async () => {
    expect((await xnpe([...NESTED, "--out", "quick"], { cwd: folder })).code).toBe(2);
    expect(await stored("quick")).toEqual(first);
    await fitted(...NESTED, "--seed", "2", "--out", "quick", "--force");
    expect((await stored("quick")).seed).toBe(2);
  });

  it("is cited with the papers of its method", async () => {
    const { stdout } = await xnpe(["cite", "quick"], { cwd: folder });
    expect(stdout).toMatch(/Skilling 2006/);
    expect(stdout).toMatch(/Wilms, Allen & McCray 2000/);
    expect(stdout).not.toMatch(/Barret/);
  });
});

describe("the exact reference", () => {
  it("agrees with the network, says compare", async () => {
    const nested = await fitted(...FIT, "--method", "nested", "--out", "nested");
    expect(nested.nested?.livePoints).toBe(1000);
    const { code, stdout } = await xnpe(["compare", "one", "nested", "--json", "--out", "side"], {
      cwd: folder,
    });
    expect(code).toBe(0);
    const [{ parameters, deltaLogZ, deltaLogZError }] = JSON.parse(stdout);
    expect(parameters).toHaveLength(3);
    for (const { shift, widthRatio, distance } of parameters) {
      // Effective draws of both runs are some thousand: means are good to 0.03 sigma, widths to 3 %
      expect(Math.abs(shift)).toBeLessThan(0.2);
      expect(Math.abs(widthRatio - 1)).toBeLessThan(0.15);
      expect(distance).toBeLessThan(0.15);
    }
    expect(Math.abs(deltaLogZ)).toBeLessThan(5 * deltaLogZError);
    expect((await readdir(join(folder, "side"))).sort()).toEqual(["compare.json", "figures"]);
  });
});

describe("Ctrl-C", () => {
  it.each([
    ["simulating", /reading/, "200000"],
    ["training", /simulating/, "1000"],
  ])("while %s ends a fit with code 130 and leaves nothing", async (_stage, interruptAt, simulations) => {
    const before = await readdir(folder);
    const args = [
      "fit",
      "small.pha",
      ...MODEL,
      ...PRIORS,
      "--seed",
      "1",
      "--simulations",
      simulations,
      "--out",
      "stopped",
    ];
    const { code, stdout, stderr } = await xnpe(args, { cwd: folder, interruptAt });
    expect(stderr).toMatch(/interrupted; nothing was written\n$/);
    expect(code).toBe(130);
    expect(stdout).toBe("");
    expect(await readdir(folder)).toEqual(before);
  });
});
