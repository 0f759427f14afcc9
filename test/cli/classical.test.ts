import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ErrorResult } from "../../src/fit/error-types.ts";
import type { BestFitResult } from "../../src/fit/mle-types.ts";
import { MODEL, makeFixture, PRIORS, TRUTH } from "./fixture.ts";
import { xnpe } from "./spawn.ts";

let folder = "";
let remove: () => Promise<void> = async () => undefined;
beforeAll(async () => {
  ({ folder, remove } = await makeFixture());
});
afterAll(() => remove());

const FIT = ["fit", "small.pha", ...MODEL, ...PRIORS, "--seed", "1"];
const run = (...args: string[]) => xnpe(args, { cwd: folder });

async function json<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await run(...args, "--json", "--quiet");
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return JSON.parse(stdout) as T;
}

describe("a best fit", () => {
  let result: BestFitResult;

  it("shows log, errors, covariance and minima, and leaves a folder without draws", async () => {
    const { code, stdout, stderr } = await run(...FIT, "--method", "mle", "--out", "best");
    expect(stderr).toMatch(/fitting +10 starts in/);
    expect(code).toBe(0);
    expect(stdout).toMatch(/cstat +\|beta\|\/N +level +tbabs\.nH/);
    expect(stdout).toMatch(/powerlaw\.norm +photon\/keV\/cm2\/s +0\.\d+ +0\.0\d+/);
    expect(stdout).toMatch(/10 of 10 came to this minimum/);
    expect(stdout).toMatch(/only its support counts/);
    const left = (await readdir(join(folder, "best"))).sort();
    expect(left).toEqual(["config.yml", "figures", "report.html", "result.json"]);
    expect(await readdir(join(folder, "best", "figures"))).toContain("spectrum.svg");
    const report = await readFile(join(folder, "best", "report.html"), "utf8");
    expect(report).toContain("<!doctype html>");
    expect(report).toContain("Local minima");
  });

  it("prints what it stores, the truth within four errors", async () => {
    result = await json<BestFitResult>(...FIT, "--method", "mle", "--out", "again");
    const stored = JSON.parse(await readFile(join(folder, "again", "result.json"), "utf8"));
    expect(stored).toEqual(result);
    // One fixed spectrum; beyond 4 errors once in 5000.
    for (const { name, best, error } of result.parameters)
      expect(Math.abs(best - TRUTH[name as keyof typeof TRUTH])).toBeLessThan(4 * error!);
  });

  it("is the same for any number of workers", async () => {
    const many = (workers: string, out: string) =>
      json<BestFitResult>(...FIT, "--method", "mle", "--starts", "120", "--workers", workers, "--out", out);
    const [one, three] = [await many("1", "w1"), await many("3", "w3")];
    expect({ ...three, timings: {} }).toEqual({ ...one, timings: {} });
    expect(one.fit.starts).toBe(120);
  });

  it("refuses starts outside the prior, or of what is not free, and comparison with posteriors", async () => {
    const start = (text: string) => run(...FIT, "--method", "mle", "--start", text, "--out", "no");
    expect((await start("tbabs.nH=2")).stderr).toMatch(/--start: the start 2 of tbabs\.nH lies outside/);
    expect((await start("tbabs.nH")).stderr).toMatch(/--start: expected NAME=VALUE/);
    expect((await start("powerlaw.nrm=1")).stderr).toMatch(/--start: .*powerlaw\.norm/);
    const compared = await run("compare", "best", "again");
    expect(compared.code).toBe(2);
    expect(compared.stderr).toMatch(/best fit without a posterior/);
  });

  it("gives confidence ranges from its folder, the same as from the spectrum", async () => {
    const { code, stdout } = await run("error", "best", "powerlaw.PhoIndex", "--quiet");
    expect(code).toBe(0);
    expect(stdout).toMatch(/powerlaw\.PhoIndex +[\d.]+ +[\d.]+ +[\d.]+ +\(-0\.\d+, 0\.\d+\) +FFFFFFFFF/);
    const [one, two] = [
      await json<ErrorResult>("error", "best", "2", "--delta", "1"),
      await json<ErrorResult>("error", ...FIT.slice(1), "powerlaw.PhoIndex", "--delta", "1"),
    ];
    expect(one.parameters).toHaveLength(1);
    const [[a], [b]] = [one.parameters, two.parameters];
    // Each end may be off by a rise of 0.01 in 1, half a per cent of its distance, and each fit by 0.01.
    expect(Math.abs(a.lower - b.lower)).toBeLessThan(0.02 * a.error!);
    expect(Math.abs(a.upper - b.upper)).toBeLessThan(0.02 * a.error!);
  });

  it.each([
    [["error", "nowhere.pha", "2"], /no such file or run: nowhere\.pha/],
    [["error", "best", "tbabs.nHH"], /has no parameter "tbabs\.nHH"/],
    [["error", "best", "--delta", "0"], /--delta: expected a number above 0/],
  ])("%j is refused", async (args, expected) => {
    const { code, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(expected);
  });
});

describe("chains", () => {
  const CHAINS = ["--method", "mcmc", "--walkers", "8", "--burn", "400", "--length", "1600"];

  it("as XSPEC counts leave so many draws, and the table says how they mixed", async () => {
    const { code, stdout } = await run(...FIT, ...CHAINS, "--out", "chains", "--quiet");
    expect(code).toBe(0);
    expect(stdout).toMatch(/R-hat \d\.\d+ .* of 1 600 after 400 dropped; 1 x 8 walkers, \d+ % accepted/);
    expect(stdout).not.toMatch(/log Z/);
  });

  it("go on after Ctrl-C and end with the same bits", async () => {
    const long = ["--method", "mcmc", "--walkers", "20", "--length", "16000", "--starts", "1"];
    const args = [...FIT, ...long, "--workers", "1"];
    const stopped = await xnpe([...args, "--out", "stopped"], {
      cwd: folder,
      interruptAt: /fitting .*start in/,
    });
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toMatch(/interrupted; go on with: xnpe fit --resume stopped/);
    expect((await readdir(join(folder, "stopped"))).sort()).toEqual(["checkpoint.bin", "config.yml"]);
    expect((await run("fit", "--resume", "stopped", "--quiet")).code).toBe(0);
    expect(await readdir(join(folder, "stopped"))).not.toContain("checkpoint.bin");
    expect((await run(...args, "--out", "whole", "--quiet")).code).toBe(0);
    const draws = (name: string) => readFile(join(folder, name, "posterior.parquet"));
    expect(await draws("stopped")).toEqual(await draws("whole"));
    const again = await run("fit", "--resume", "stopped");
    expect(again.code).toBe(2);
    expect(again.stderr).toMatch(/checkpoint\.bin: no such file/);
  });
});
