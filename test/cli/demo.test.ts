import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEMO } from "../../src/fit/demo.ts";
import type { RunResult } from "../../src/fit/types.ts";
import { xnpe } from "./spawn.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "xnpe-demo-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const QUICK = ["--method", "nested", "--live-points", "50", "--json", "--quiet"];

async function result(...args: string[]): Promise<RunResult> {
  const { code, stdout, stderr } = await xnpe(args, { cwd: folder });
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

describe("the demo", () => {
  let first: RunResult;

  it("needs nothing but a folder, and shows the truth beside the posterior", async () => {
    first = await result("demo", ...QUICK);
    expect(first.parameters.map(({ name, truth }) => [name, truth])).toEqual(Object.entries(DEMO.truth));
    expect(first.spectra[0].bins).toBe(193);
    for (const { mean, sd, truth } of first.parameters) {
      // One fixed seed; a sound run is beyond 4 sigma once in 5000 for three parameters
      expect(Math.abs(mean - truth!)).toBeLessThan(4 * sd);
    }
    const left = await readdir(join(folder, "xnpe-demo"));
    expect(left).toEqual(
      expect.arrayContaining([...Object.values(DEMO.files), "result.json", "report.html"]),
    );
  });

  it("can be repeated with the files that it leaves, even into the same folder", async () => {
    const again = await result(
      "fit",
      "--config",
      "xnpe-demo/config.yml",
      "--out",
      "xnpe-demo",
      "--force",
      "--json",
      "--quiet",
    );
    const plain = first.parameters.map(({ truth: _, ...parameter }) => parameter);
    expect(again.parameters).toEqual(plain);
    expect(again.evidence).toEqual(first.evidence);
    expect(await readdir(join(folder, "xnpe-demo"))).toEqual(
      expect.arrayContaining(Object.values(DEMO.files)),
    );
  });

  it("replaces its own folder when run again", async () => {
    expect((await result("demo", ...QUICK, "--seed", "2")).seed).toBe(2);
    expect(await readdir(folder)).toEqual(["xnpe-demo"]);
  });
});
