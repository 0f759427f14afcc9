import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { groupChannels, readSpectrum } from "../../src/ogip/index.ts";
import { makeFixture } from "./fixture.ts";
import { xnpe } from "./spawn.ts";

let folder = "";
let remove: () => Promise<void> = async () => undefined;
beforeAll(async () => {
  ({ folder, remove } = await makeFixture());
});
afterAll(() => remove());

const source = "small.pha";

async function grouped(rule: string, out: string, ...more: string[]) {
  const ran = await xnpe(["group", source, rule, "--out", out, "--json", ...more], { cwd: folder });
  expect(ran.stderr).toBe("");
  const spectrum = await readSpectrum(new Uint8Array(await readFile(join(folder, out))), out);
  return { spectrum, groups: groupChannels(spectrum), said: JSON.parse(ran.stdout) };
}

describe("group", () => {
  it.each([
    ["min(40)", 40],
    ["snr(5)", 25],
  ])(
    "%s leaves no group but bad ones with fewer counts, and the counts as they were",
    async (rule, least) => {
      const before = await readSpectrum(new Uint8Array(await readFile(join(folder, source))), source);
      const { spectrum, groups, said } = await grouped(rule, `${rule}.pha`);
      expect(spectrum.counts).toEqual(before.counts);
      expect(spectrum.exposure).toBe(before.exposure);
      expect(said).toMatchObject({ rule, channels: before.counts.length, groups: groups.length });
      expect(groups.length).toBeGreaterThan(2);
      for (const { first, last } of groups)
        expect(spectrum.counts.subarray(first, last + 1).reduce((a, b) => a + b)).toBeGreaterThanOrEqual(
          least,
        );
    },
  );

  it("optimal follows the response that the header names; none takes all groups apart", async () => {
    const { groups } = await grouped("optimal", "opt.pha");
    const apart = await grouped("none", "none.pha");
    expect(apart.groups).toHaveLength(apart.spectrum.counts.length);
    expect(groups.length).toBeLessThan(apart.groups.length);
  });

  it("refuses an unknown rule and a file that exists, and writes nothing", async () => {
    const bad = await xnpe(["group", source, "mean(3)", "--out", "x.pha"], { cwd: folder });
    expect(bad.stderr).toMatch(/expected none, constant\(N\) channels, min\(N\) counts/);
    expect(bad.code).toBe(2);
    await expect(readFile(join(folder, "x.pha"))).rejects.toThrow();
    await grouped("constant(3)", "there.pha");
    const twice = await xnpe(["group", source, "constant(3)", "--out", "there.pha"], { cwd: folder });
    expect(twice.stderr).toMatch(/exists already/);
  });
});
