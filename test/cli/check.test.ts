import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CheckResult } from "../../src/fit/check-types.ts";
import { MODEL, makeFixture, PRIORS, writeVariant } from "./fixture.ts";
import { xnpe } from "./spawn.ts";

let folder = "";
let remove: () => Promise<void> = async () => undefined;
const SMALL = ["--spectra", "50", "--draws", "100", "--quiet"];

beforeAll(async () => {
  ({ folder, remove } = await makeFixture());
  await writeVariant(folder, "longer.pha", (one) => ({ ...one, exposure: 70 }));
  const train = [
    "train",
    "small.pha",
    ...MODEL,
    ...PRIORS,
    "--simulations",
    "1000",
    "--test",
    "0",
    "--seed",
    "1",
  ];
  const { code, stderr } = await xnpe([...train, "--out", "net", "--quiet"], { cwd: folder });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
}, 60_000);

afterAll(() => remove());

describe("xnpe check", () => {
  it("writes a page and the same result as it prints, and repeats it by the seed", async () => {
    const args = ["check", "net", ...SMALL, "--seed", "4", "--json"];
    const first = await xnpe([...args, "--out", "one"], { cwd: folder });
    expect(first.code).toBe(0);
    const result: CheckResult = JSON.parse(first.stdout);
    expect(result.spectra).toBe(50);
    expect(result.observed.map(({ file }) => file)).toEqual([expect.stringMatching(/small\.pha$/)]);
    expect(JSON.parse(await readFile(join(folder, "one/check.json"), "utf8")).verdict).toEqual(
      result.verdict,
    );
    const page = await readFile(join(folder, "one/check.html"), "utf8");
    expect(page).toContain("What these tests cannot see");
    const again = await xnpe([...args, "--workers", "1", "--out", "two"], { cwd: folder });
    expect(JSON.parse(again.stdout)).toEqual(result);
  }, 60_000);

  it("says in words what it found, for a network's file with a spectrum, too", async () => {
    const args = ["check", "net/network.safetensors", "small.pha", ...SMALL, "--out", "three"];
    const { code, stdout } = await xnpe(args, { cwd: folder });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^network {2}(not )?trustworthy/);
    expect(stdout).toMatch(/spectrum small\.pha: /);
  }, 60_000);

  it("refuses what it cannot test, and says what to do", async () => {
    const refused = async (...args: string[]) => {
      const { code, stderr } = await xnpe(["check", ...args, "--out", "none", "--quiet"], { cwd: folder });
      expect(code).toBe(2);
      return stderr;
    };
    expect(await refused("nowhere.safetensors")).toMatch(/no such file; name a network/);
    expect(await refused(".")).toMatch(/holds no network\.safetensors/);
    expect(await refused("net", "longer.pha")).toMatch(/longer\.pha: not of the set-up.*exposure/);
    expect(await refused("net", "--spectra", "10")).toMatch(/--spectra: expected a whole number from 50/);
    expect(await refused("net", "small.pha", "--arf", "a.arf", "--arf", "b.arf")).toMatch(
      /--arf: expected one file/,
    );
    await rm(join(folder, "net/config.yml"));
    expect(await refused("net")).toMatch(/a network holds no response; name a spectrum/);
  }, 60_000);
});
