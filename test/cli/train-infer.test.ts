import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { InferenceResult } from "../../src/fit/infer-output.ts";
import type { TrainingResult } from "../../src/fit/train-types.ts";
import { MODEL, makeFixture, PRIORS, TRUTH, writeVariant } from "./fixture.ts";
import { xnpe } from "./spawn.ts";

let folder = "";
let remove: () => Promise<void> = async () => undefined;
let trained: TrainingResult;

const TRAIN = [
  "train",
  "small.pha",
  "bright.pha",
  ...MODEL,
  ...PRIORS,
  "--simulations",
  "1000",
  "--seed",
  "1",
];
const INFER = ["--samples", "2000", "--seed", "3"];

beforeAll(async () => {
  ({ folder, remove } = await makeFixture());
  const scaled = (factor: number) => (counts: Float64Array) => counts.map((n) => Math.round(factor * n));
  await writeVariant(folder, "bright.pha", (one) => ({ ...one, counts: scaled(1.5)(one.counts) }));
  await writeVariant(folder, "longer.pha", (one) => ({ ...one, exposure: 70 }));
  await writeFile(join(folder, "broken.pha"), "not FITS at all");
  await writeFile(join(folder, "list.txt"), "small.pha\n# a remark\n\nbright.pha # brighter\n");
  const { code, stdout, stderr } = await xnpe(
    [...TRAIN, "--test", "50", "--out", "net", "--json", "--quiet"],
    {
      cwd: folder,
    },
  );
  expect(stderr).toBe("");
  expect(code).toBe(0);
  trained = JSON.parse(stdout);
}, 120_000);
afterAll(() => remove());

const read = async (name: string) => JSON.parse(await readFile(join(folder, name), "utf8"));

/** The table without what a clock decides. */
async function table(run: string) {
  const bytes = await readFile(join(folder, run, "posteriors.parquet"));
  const rows = await parquetReadObjects({ file: new Uint8Array(bytes).buffer });
  return rows.map(({ seconds: _, ...rest }) => rest);
}

describe("xnpe train", () => {
  it("leaves a network with what it was trained on and how it does", async () => {
    expect((await readdir(join(folder, "net"))).sort()).toEqual([
      ...["config.yml", "figures", "network.safetensors", "report.html", "training.json"],
    ]);
    expect(await read("net/training.json")).toEqual(trained);
    expect(trained.spectra.map(({ file }) => file)).toEqual(["small.pha", "bright.pha"]);
    const [small, bright] = trained.spectra.map(({ counts }) => counts);
    expect(trained.window.lower).toBeLessThan(0.71 * small);
    expect(trained.window.upper).toBeGreaterThan(1.39 * bright);
    expect(trained.test?.parameters).toHaveLength(3);
    const figures = await readdir(join(folder, "net/figures"));
    for (const name of ["recovery", "training", "prior", "prior-predictive"])
      expect(figures).toContain(`${name}.svg`);
  });

  it("refuses spectra of several set-ups before any work", async () => {
    const args = ["train", "small.pha", "longer.pha", ...MODEL, ...PRIORS, "--out", "no"];
    const { code, stderr } = await xnpe(args, { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toMatch(/longer\.pha: not of the set-up of .*small\.pha.* 70 s instead of 50 s/);
    expect(await readdir(folder)).not.toContain("no");
  });

  it("that is interrupted leaves nothing", async () => {
    const before = await readdir(folder);
    const args = [...TRAIN, "--out", "stopped"];
    const { code, stderr } = await xnpe(args, { cwd: folder, interruptAt: /simulating/ });
    expect(stderr).toMatch(/interrupted; nothing was written\n$/);
    expect(code).toBe(130);
    expect(await readdir(folder)).toEqual(before);
  });
});

describe("xnpe infer", () => {
  it("gives each spectrum its posterior: in a table, with draws, figure and report", async () => {
    const args = ["infer", "net", "@list.txt", ...INFER, "--draws", "--out", "run"];
    const { code, stdout } = await xnpe(args, { cwd: folder });
    expect(code).toBe(0);
    expect(stdout).toMatch(/small\.pha +\d+ /);
    const { spectra = [], refined, failures }: InferenceResult = await read("run/results.json");
    expect({ refined, failures }).toEqual({ refined: true, failures: [] });
    // The posterior of one fixed seed; a sound run is beyond 4 sigma once in 5000 for three parameters
    for (const { name, mean, sd } of spectra[0].parameters)
      expect(Math.abs(mean - TRUTH[name as keyof typeof TRUTH])).toBeLessThan(4 * sd);
    const norms = spectra.map(({ parameters }) => parameters[2]);
    // 1.5 times the counts: the norm's posterior moves by as much, within its own width.
    expect(Math.abs(norms[1].median / norms[0].median - 1.5)).toBeLessThan(
      1.5 * (norms[0].sd / norms[0].median),
    );
    expect((await readdir(join(folder, "run"))).sort()).toEqual([
      ...["draws", "figures", "posteriors.csv", "posteriors.parquet", "report.html", "results.json"],
    ]);
    expect((await readdir(join(folder, "run/draws"))).sort()).toEqual(["bright.parquet", "small.parquet"]);
    expect(await readdir(join(folder, "run/figures"))).toContain("evolution.svg");
  });

  it("gives the same numbers for any number of workers", async () => {
    for (const workers of ["1", "2", "3"]) {
      const args = ["infer", "net", "small.pha", "bright.pha", ...INFER, "--workers", workers, "--quiet"];
      const { code, stderr } = await xnpe([...args, "--out", `w${workers}`], { cwd: folder });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    }
    const [one, two, three] = await Promise.all(["w1", "w2", "w3"].map(table));
    expect(two).toEqual(one);
    // More workers than spectra share each spectrum's draws.
    expect(three).toEqual(one);
  });

  it("does what can be done, and says at the end what could not", async () => {
    const names = ["small.pha", "broken.pha", "longer.pha", "missing.pha"];
    const args = ["infer", "net", ...names, ...INFER, "--no-refine", "--out", "some"];
    const { code, stdout, stderr } = await xnpe(args, { cwd: folder });
    expect(code).toBe(2);
    expect(stdout).toContain("small.pha");
    expect(stderr).toMatch(
      /3 of 4 spectra could not be done:\n {2}broken\.pha: .+\n {2}longer\.pha: .+\n {2}missing\.pha: .+\n$/,
    );
    const { done, failures }: InferenceResult = await read("some/results.json");
    expect(done).toBe(1);
    expect(failures.map(({ file }) => file)).toEqual(names.slice(1));
    expect((await table("some")).map(({ error }) => error === "")).toEqual([true, false, false, false]);
  });

  it("of nothing that can be done leaves nothing", async () => {
    const { code, stderr } = await xnpe(["infer", "net", "missing.pha", "--out", "none"], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toMatch(/missing\.pha: there is no such spectrum file/);
    expect(await readdir(folder)).not.toContain("none");
  });

  it.each([
    ["is not there", async () => undefined, /elsewhere: no such network/],
    ["is cut", async (bytes: Buffer) => bytes.subarray(0, -1), /is the file complete/],
    [
      "is damaged",
      async (bytes: Buffer) => Buffer.from(bytes.map((b, i) => (i === bytes.length - 9 ? b ^ 1 : b))),
      /is damaged.*SHA-256/,
    ],
    ["is something else", async () => Buffer.from("seed: 1\n".repeat(9)), /elsewhere: expected a header/],
  ])("refuses a network that %s", async (_what, change, message) => {
    const bytes = await change(await readFile(join(folder, "net/network.safetensors")));
    if (bytes !== undefined) await writeFile(join(folder, "elsewhere"), bytes);
    const { code, stderr } = await xnpe(["infer", "elsewhere", "small.pha", "--seed", "1"], { cwd: folder });
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});
