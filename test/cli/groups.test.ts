import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeFixture, TRUTH, writeVariant } from "./fixture.ts";
import { xnpe } from "./spawn.ts";

let folder = "";
let remove: () => Promise<void> = async () => undefined;
beforeAll(async () => {
  ({ folder, remove } = await makeFixture());
  // the same counts in four fifths of the time: as from a detector that sees a quarter more
  await writeVariant(folder, "bright.pha", (spectrum) => ({
    ...spectrum,
    exposure: 0.8 * spectrum.exposure,
  }));
});
afterAll(() => remove());

async function json(...args: string[]) {
  const ran = await xnpe([...args, "--json", "--quiet"], { cwd: folder });
  expect([ran.code, ran.code === 0 ? "" : ran.stderr]).toEqual([0, ""]);
  return JSON.parse(ran.stdout);
}

const MODEL = ["--model", "constant*tbabs*powerlaw", "--notice", "0.3-7"];
const FIXED = Object.entries(TRUTH).flatMap(([name, value]) => ["--set", `${name}=${value}`]);

describe("data groups", () => {
  it("have the first group's parameters but those that are given", async () => {
    const value = async (...set: string[]) =>
      (await json("stat", "small.pha", "bright.pha", ...MODEL, ...FIXED, ...set)).value;
    const one = (await json("stat", "small.pha", ...MODEL, ...FIXED)).value;
    // the same counts are expected: a quarter more in four fifths of the time
    expect(await value("--set", "2:constant.factor=1.25")).toBeCloseTo(2 * one, 8);
    expect(await value("--set", "2:constant.factor=1.25*constant.factor")).toBeCloseTo(2 * one, 8);
    expect(await value()).toBeGreaterThan(2 * one + 10);
  });

  it("are fitted together, by the network as by nested sampling", async () => {
    const run = (method: string, ...more: string[]) =>
      json(
        ...[
          "fit",
          "small.pha",
          "bright.pha",
          ...MODEL,
          "--set",
          "constant.factor=1",
          "--set",
          "tbabs.nH=0.2",
        ],
        ...["--prior", "powerlaw.PhoIndex=uniform(0.5,3)", "--prior", "powerlaw.norm=loguniform(0.01,1)"],
        ...[
          "--prior",
          "2:constant.factor=uniform(0.8,1.8)",
          "--method",
          method,
          "--seed",
          "1",
          "--out",
          method,
        ],
        ...more,
      );
    const npe = await run("npe", "--simulations", "2000", "--samples", "4000");
    const nested = await run("nested", "--live-points", "200");
    expect(npe.parameters.map(({ name }: { name: string }) => name)).toEqual([
      "powerlaw.PhoIndex",
      "powerlaw.norm",
      "2:constant.factor",
    ]);
    for (const [d, parameter] of npe.parameters.entries()) {
      const exact = nested.parameters[d];
      // 4 standard errors of two samples of some 500 independent draws
      expect(Math.abs(parameter.mean - exact.mean)).toBeLessThan(0.25 * exact.sd);
      expect(Math.abs(parameter.sd / exact.sd - 1)).toBeLessThan(0.25);
    }
    const factor = npe.parameters[2];
    expect(Math.abs(factor.mean - 1.25)).toBeLessThan(4 * factor.sd);
    expect(npe.importance.efficiencyFlow).toBeGreaterThan(0.3);
  });

  it("that no spectrum has are refused", async () => {
    const { stderr, code } = await xnpe(["stat", "small.pha", ...MODEL, "--set", "3:constant.factor=1"], {
      cwd: folder,
    });
    expect(stderr).toMatch(/data group 3, but there is only one spectrum/);
    expect(code).toBe(2);
  });
});
