import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { models } from "../../src/model/index.ts";
import { makeFixture, smallSpectrum, TRUTH, writeVariant } from "./fixture.ts";
import { MAIN, xnpe } from "./spawn.ts";

let folder = "";
let remove: () => Promise<void> = async () => undefined;
beforeAll(async () => {
  ({ folder, remove } = await makeFixture());
});
afterAll(() => remove());

/** Runs a command that must succeed and gives its JSON. */
async function json(...args: string[]) {
  const { code, stdout, stderr } = await xnpe([...args, "--json"], { cwd: folder });
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

const SET = Object.entries(TRUTH).flatMap(([name, value]) => ["--set", `${name}=${value}`]);

describe("evaluate", () => {
  it("integrates a power law over each bin", async () => {
    const { edges, values } = await json(
      "evaluate",
      "--model",
      "powerlaw",
      "--set",
      "powerlaw.PhoIndex=2",
      "--edges",
      "1:4:3",
    );
    expect(edges).toEqual([1, 2, 3, 4]);
    // int_a^b E^-2 dE = 1/a - 1/b; double precision
    [1 / 2, 1 / 6, 1 / 12].forEach((exact, i) => {
      expect(values[i]).toBeCloseTo(exact, 14);
    });
  });

  it("takes edges from a file, with comments", async () => {
    await writeFile(join(folder, "edges.txt"), "# keV\n0.5\n1 # one\n\n2\n");
    expect((await json("evaluate", "--model", "powerlaw", "--edges", "edges.txt")).edges).toEqual([
      0.5, 1, 2,
    ]);
    await writeFile(join(folder, "bad.txt"), "0.5\n0.4\n");
    const { code, stderr } = await xnpe(["evaluate", "--model", "powerlaw", "--edges", "bad.txt"], {
      cwd: folder,
    });
    expect(stderr).toMatch(/bad\.txt:2: expected ascending energies, found 0\.4 after 0\.5/);
    expect(code).toBe(2);
  });

  it("of a logarithmic grid has exact ends and equal ratios", async () => {
    const { edges } = await json("evaluate", "--model", "powerlaw", "--edges", "0.3:10:7:log");
    expect([edges[0], edges[7]]).toEqual([0.3, 10]);
    const ratio = (10 / 0.3) ** (1 / 7);
    for (let i = 0; i < 7; i++) expect(edges[i + 1] / edges[i]).toBeCloseTo(ratio, 12);
  });

  it("of an absorber is a factor between 0 and 1", async () => {
    const { values } = await json(
      "evaluate",
      "--model",
      "tbabs",
      "--set",
      "tbabs.nH=1",
      "--edges",
      "0.3:10:20",
    );
    expect(values.every((value: number) => value >= 0 && value <= 1)).toBe(true);
    expect(values[0]).toBeLessThan(values[19]);
  });
});

describe("stat", () => {
  const args = ["stat", "small.pha", "--model", "tbabs*powerlaw", ...SET, "--notice", "0.3-7"];

  it("counts what the file holds in the kept bins", async () => {
    const { name, value, bins, counts } = await json(...args);
    // Groups of two 0.1 keV channels from 0.1 keV: 0.1-0.3 encloses the lower limit under XSPEC's rule
    const inside = smallSpectrum().counts.slice(0, 2 * bins);
    expect(name).toBe("cstat");
    expect(counts).toBe(inside.reduce((sum, n) => sum + n, 0));
    // Drawn from this very model: C is about the number of bins, and beyond 5 sqrt(2 bins) once in a million
    expect(Math.abs(value - bins)).toBeLessThan(5 * Math.sqrt(2 * bins));
  });

  it("says which parameters of a configuration have no value", async () => {
    await writeFile(
      join(folder, "prior.yml"),
      "spectra: small.pha\nmodel: powerlaw\nparameters:\n  powerlaw.norm: uniform(0,1)\n",
    );
    const { code, stderr } = await xnpe(["stat", "--config", "prior.yml"], { cwd: folder });
    expect(stderr).toMatch(/powerlaw\.norm has a prior but no value, so XSPEC's default is used/);
    expect(code).toBe(0);
  });

  it("of two spectra is the sum", async () => {
    const one = await json(...args);
    const two = await json("stat", "small.pha", ...args.slice(1));
    expect(two.value).toBeCloseTo(2 * one.value, 9);
    expect(two.bins).toBe(2 * one.bins);
    expect(two.spectra).toHaveLength(2);
  });

  it("of a spectrum without counts is twice the expected counts", async () => {
    await writeVariant(folder, "zero.pha", (spectrum) => ({
      ...spectrum,
      counts: spectrum.counts.map(() => 0),
    }));
    const zero = await json("stat", "zero.pha", ...args.slice(2));
    const real = await json(...args);
    expect(zero.counts).toBe(0);
    // C = 2 sum mu, and the counts are Poisson(sum mu): within 5 sigma
    expect(Math.abs(zero.value / 2 - real.counts)).toBeLessThan(5 * Math.sqrt(real.counts));
  });
});

describe("fakeit", () => {
  const fake = (out: string, ...more: string[]) =>
    json(
      "fakeit",
      "--response",
      "small.rmf",
      "--arf",
      "small.arf",
      "--model",
      "tbabs*powerlaw",
      ...SET,
      "--exposure",
      "50",
      "--out",
      out,
      ...more,
    );

  it("draws the same spectrum from the same seed, another from another", async () => {
    await fake("a.pha", "--seed", "1", "--group", "constant(2)");
    await fake("b.pha", "--seed", "1", "--group", "constant(2)");
    await fake("c.pha", "--seed", "2", "--group", "constant(2)");
    const [a, b, c] = await Promise.all(["a", "b", "c"].map((name) => readFile(join(folder, `${name}.pha`))));
    expect(a.equals(b)).toBe(true);
    expect(a.equals(c)).toBe(false);
  });

  it("names its response, so that the file can be used at once", async () => {
    const { counts } = await fake("d.pha", "--seed", "3");
    const [{ spectra }] = await json("info", "d.pha");
    expect(spectra[0]).toMatchObject({
      response: "small.rmf",
      arf: "small.arf",
      counts,
      exposure: 50,
      groups: 80,
    });
    expect((await json("stat", "d.pha", "--model", "tbabs*powerlaw", ...SET)).counts).toBe(counts);
  });

  it("adds a background and writes a draw of it beside", async () => {
    const { counts, background } = await fake("e.pha", "--seed", "4", "--background", "small.pha");
    expect(background).toBe("e_bkg.pha");
    const { name, value, bins } = await json(
      "stat",
      "e.pha",
      "--model",
      "tbabs*powerlaw",
      ...SET,
      "--notice",
      "0.3-7",
    );
    expect(name).toBe("wstat");
    // Drawn from model plus background: W is about the number of bins, and beyond 5 sqrt(2 bins) once in a million
    expect(Math.abs(value - bins)).toBeLessThan(5 * Math.sqrt(2 * bins));
    const source = smallSpectrum().counts.reduce((sum, n) => sum + n, 0);
    expect(Math.abs(counts - 2 * source)).toBeLessThan(5 * Math.sqrt(3 * source));
  });
});

describe("models", () => {
  it("lists every model, and describes each", async () => {
    expect((await json("models")).map((model: { name: string }) => model.name)).toEqual(
      models.map((model) => model.name),
    );
    const { stdout } = await xnpe(["models", "TBabs"]);
    expect(stdout).toMatch(/^tbabs \(multiplicative\)/);
    expect(stdout).toMatch(/nH +1e22 cm-2/);
  });

  it("ends quietly when its reader goes away", async () => {
    const child = spawn("sh", ["-c", `"${process.execPath}" "${MAIN}" models --json | head -c 10; exit 0`]);
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += String(chunk);
    });
    await new Promise((done) => child.on("close", done));
    expect(stderr).toBe("");
  });
});

describe("an output on a full disk", () => {
  it.skipIf(!existsSync("/dev/full"))("ends with code 2 and a sentence", async () => {
    const child = spawn("sh", ["-c", `"${process.execPath}" "${MAIN}" models > /dev/full`]);
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += String(chunk);
    });
    const code = await new Promise((done) => child.on("close", done));
    expect(stderr).toMatch(/^xnpe: cannot write the output: ENOSPC.*\n$/);
    expect(code).toBe(2);
  });
});

describe("info", () => {
  it("describes each kind of file", async () => {
    const found = await json("info", "small.pha", "small.rmf", "small.arf");
    expect(found.map((file: { kind: string }) => file.kind)).toEqual(["spectrum", "response", "ancillary"]);
    const { stdout } = await xnpe(["info", "small.pha"], { cwd: folder });
    expect(stdout).toMatch(/exposure +50 s/);
  });
});

describe("cite", () => {
  it("names the paper of the default method", async () => {
    expect(await json("cite")).toContainEqual(
      expect.objectContaining({ doi: "10.1051/0004-6361/202449214" }),
    );
  });
});
