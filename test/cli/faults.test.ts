import { execFileSync } from "node:child_process";
import { chmod, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MODEL, makeFixture, PRIORS, writeVariant } from "./fixture.ts";
import { type Ended, xnpe } from "./spawn.ts";

let folder = "";
let remove: () => Promise<void> = async () => undefined;
beforeAll(async () => {
  ({ folder, remove } = await makeFixture());
});
afterAll(() => remove());

const FIT = ["fit", "small.pha", ...MODEL, ...PRIORS, "--seed", "1", "--out", "run"];

/** FIT with an option's value replaced, or another option behind. */
const fitWith = (...more: string[]) => [...FIT, ...more];
const fitOf = (spectrum: string, ...more: string[]) => ["fit", spectrum, ...FIT.slice(2), ...more];
const fitPrior = (prior: string) => [
  "fit",
  "small.pha",
  ...MODEL,
  "--prior",
  prior,
  "--seed",
  "1",
  "--out",
  "run",
];

async function expectRefusal(args: readonly string[], expected: RegExp): Promise<Ended> {
  const before = await readdir(folder);
  const ended = await xnpe(args, { cwd: folder });
  expect(ended.stderr).toMatch(expected);
  expect(ended.code).toBe(2);
  expect(ended.stdout).toBe("");
  const said = ended.stderr
    .trimEnd()
    .split("\n")
    .filter((line) => !/^(reading|seed) /.test(line));
  expect(said.length).toBeLessThanOrEqual(3);
  expect(ended.stderr).not.toMatch(/\n\s+at /);
  expect(await readdir(folder)).toEqual(before);
  return ended;
}

describe("a fault in what the user gave ends with code 2, a sentence, and nothing written:", () => {
  beforeAll(async () => {
    await writeVariant(folder, "lonely.pha", ({ responseFile: _, ...spectrum }) => spectrum);
    await writeVariant(folder, "negative.pha", (s) => ({
      ...s,
      counts: s.counts.map((n, i) => (i === 20 ? -3 : n)),
    }));
    await writeVariant(folder, "unexposed.pha", (s) => ({ ...s, exposure: 0 }));
    await writeFile(join(folder, "text.pha"), "this is not FITS\n");
    await writeFile(join(folder, "empty.pha"), "");
    await writeFile(join(folder, "bad.yml"), "spectra: small.pha\nmodel: tbabs*powerlaw\nsimulatons: 10\n");
    await mkdir(join(folder, "taken"));
  });

  it.each<[string, string[], RegExp]>([
    ["a spectrum that is not there", fitOf("none.pha"), /no such file: none\.pha; check/],
    ["a folder for a spectrum", fitOf("taken"), /taken is a folder; name a file in it/],
    ["a text for a spectrum", fitOf("text.pha"), /^xnpe: text\.pha.*(FITS)/],
    ["an empty file for a spectrum", fitOf("empty.pha"), /^xnpe: empty\.pha/],
    [
      "a spectrum without a response",
      fitOf("lonely.pha"),
      /lonely\.pha\[SPECTRUM\] RESPFILE: .*--response FILE/,
    ],
    [
      "a response that is not there",
      fitWith("--response", "none.rmf"),
      /--response: no such file: none\.rmf/,
    ],
    [
      "a response of other channels",
      fitWith("--response", "other.rmf", "--arf", "none"),
      /channels.*(40|80)/,
    ],
    ["an ARF on other energies", fitWith("--response", "other.rmf"), /channels|energies/],
    [
      "an unknown model",
      ["fit", "small.pha", "--model", "tbabs*powerlow", ...PRIORS],
      /--model: .*did you mean powerlaw\?/,
    ],
    [
      "a model that is no algebra",
      ["fit", "small.pha", "--model", "tbabs*(powerlaw", ...PRIORS],
      /--model: /,
    ],
    [
      "an unknown parameter",
      fitWith("--set", "powerlaw.Phoindx=2"),
      /--set: .*did you mean powerlaw\.PhoIndex\?/,
    ],
    [
      "a prior with its limits reversed",
      fitPrior("tbabs.nH=uniform(0.3,0.1)"),
      /--prior: uniform: .*0\.3 and 0\.1/,
    ],
    [
      "a prior of no width",
      fitPrior("tbabs.nH=uniform(0.3,0.3)"),
      /--prior: uniform: the lower limit must be below/,
    ],
    [
      "the logarithm of zero",
      fitPrior("powerlaw.norm=loguniform(0,1)"),
      /--prior: loguniform: .*above 0, found 0/,
    ],
    ["a prior beyond the hard limits", fitPrior("tbabs.nH=uniform(-1,1)"), /limits/],
    ["an unknown prior", fitPrior("tbabs.nH=flat(0,1)"), /unknown prior "flat"/],
    [
      "a number for a prior",
      fitPrior("tbabs.nH=0.3"),
      /expected a prior .*found 0\.3; to fix it: --set "tbabs\.nH=0\.3"/,
    ],
    ["no prior at all", ["fit", "small.pha", "--model", "powerlaw"], /no parameter has a prior/],
    ["no model at all", ["fit", "small.pha"], /no model given; write one as in XSPEC/],
    ["no spectrum at all", ["fit", ...MODEL, ...PRIORS], /no spectrum given/],
    [
      "a band without channels",
      ["fit", "small.pha", "--model", "tbabs*powerlaw", ...PRIORS, "--notice", "20-30"],
      /no channels in the chosen ranges; good ones cover 0\.1-8\.1 keV/,
    ],
    ["a reversed band", fitWith("--notice", "7-0.3"), /--notice: .*did you mean 0\.3-7\?/],
    ["negative counts", fitOf("negative.pha"), /negative\.pha\[SPECTRUM\] COUNTS: row 21 holds -3 counts/],
    [
      "no exposure",
      fitOf("unexposed.pha"),
      /unexposed\.pha\[SPECTRUM\] EXPOSURE: expected a positive exposure/,
    ],
    [
      "a background without exposure",
      fitWith("--background", "unexposed.pha"),
      /unexposed\.pha\[SPECTRUM\] EXPOSURE: expected a positive exposure/,
    ],
    [
      "a value outside the hard limits",
      ["stat", "small.pha", ...MODEL, "--set", "tbabs.nH=-1"],
      /--set: the value -1 lies outside the hard limits of tbabs\.nH; expected 0 to/,
    ],
    [
      "a start outside the prior",
      fitWith("--method", "mle", "--start", "powerlaw.norm=-5"),
      /--start: the start -5 of powerlaw\.norm lies outside its prior/,
    ],
    [
      "a weight for another statistic than chi",
      fitWith("--weight", "model"),
      /--weight: .*for the statistic chi/,
    ],
    [
      "an unknown weight",
      fitWith("--statistic", "chi", "--weight", "heavy"),
      /--weight: expected one of standard, gehrels/,
    ],
    [
      "goodness of chi",
      ["stat", "small.pha", ...MODEL, "--statistic", "chi", "--goodness", "100"],
      /--goodness: .*take --statistic cstat/,
    ],
    [
      "an unknown test of goodness",
      ["stat", "small.pha", ...MODEL, "--goodness", "100", "--test", "kss"],
      /--test: expected one of ks, ad, cvm, runs, residual, found "kss"/,
    ],
    [
      "too few simulations",
      fitWith("--simulations", "10"),
      /--simulations: expected a whole number from 200 .*found 10/,
    ],
    [
      "a word for a number",
      fitWith("--samples", "lots"),
      /--samples: expected a whole number .*found "lots"/,
    ],
    [
      "an unknown method",
      fitWith("--method", "nsted"),
      /--method: expected one of npe, nested.*did you mean nested\?/,
    ],
    [
      "ties that form a cycle",
      ["fit", "small.pha", "--model", "powerlaw", "--set", "powerlaw.norm=2*powerlaw.norm"],
      /--set: these ties form a cycle: powerlaw\.norm -> powerlaw\.norm/,
    ],
    ["a statistic without its background", fitWith("--statistic", "pgstat"), /pgstat needs a background/],
    [
      "a misspelt key of a configuration",
      ["fit", "--config", "bad.yml"],
      /bad\.yml:3:1 simulatons: unknown key; did you mean simulations\?/,
    ],
    ["a configuration that is not there", ["fit", "--config", "none.yml"], /none\.yml: no such file/],
    [
      "a misspelt option",
      fitWith("--simulation", "1000"),
      /unknown option '--simulation'\n\(Did you mean --simulations\?\)/,
    ],
    ["a misspelt command", ["fitt", "small.pha"], /unknown command 'fitt'\n\(Did you mean fit\?\)/],
    [
      "a folder that exists",
      fitWith("--out", "taken"),
      /taken exists already; choose another folder with --out, or replace it with --force/,
    ],
    ["a folder inside a file", fitWith("--out", "small.pha/run"), /small\.pha is a file, not a folder/],
    [
      "a grid that is none",
      ["evaluate", "--model", "powerlaw", "--edges", "1:2"],
      /--edges: expected LO:HI:N/,
    ],
    [
      "a descending grid",
      ["evaluate", "--model", "powerlaw", "--edges", "2:1:10"],
      /expected 0 < LO < HI, found 2 and 1/,
    ],
    [
      "a fake without exposure",
      ["fakeit", "--response", "small.rmf", "--model", "powerlaw", "--exposure", "0", "--out", "f.pha"],
      /--exposure: expected a time in seconds above zero/,
    ],
    [
      "a fake onto an existing file",
      ["fakeit", "--response", "small.rmf", "--model", "powerlaw", "--exposure", "1", "--out", "small.pha"],
      /small\.pha exists already/,
    ],
    ["a comparison of what is no run", ["compare", "taken", "taken"], /taken: holds no result\.json/],
    ["an unknown model's page", ["models", "tbab"], /did you mean tbabs\?/],
  ])("%s", async (_what, args, expected) => {
    await expectRefusal(args, expected);
  });

  it("a prior under which nothing has a likelihood", async () => {
    // A multiplicative factor of exp(-1e5 sigma) leaves no photon at all where counts were seen
    const args = ["fit", "small.pha", "--model", "tbabs*powerlaw", "--notice", "0.3-7", "--out", "run"];
    await expectRefusal(
      [
        ...args,
        "--prior",
        "powerlaw.norm=uniform(0,1)",
        "--set",
        "tbabs.nH=100000",
        "--simulations",
        "500",
        "--seed",
        "1",
      ],
      /predicts no counts in any kept bin/,
    );
  });

  it.skipIf(process.getuid?.() === 0)("a spectrum that may not be read", async () => {
    await writeFile(join(folder, "secret.pha"), "");
    await chmod(join(folder, "secret.pha"), 0);
    await expectRefusal(fitOf("secret.pha"), /cannot read it: permission denied/);
  });
});

/** Mounts a disk of 64 kB; false where that is not allowed. */
function mountSmallDisk(at: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", at], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe("a full disk", () => {
  it("ends with code 2, a sentence, and an empty disk", async ({ skip }) => {
    const disk = join(folder, "disk");
    await mkdir(disk);
    if (!mountSmallDisk(disk)) {
      console.warn(
        "full disk: mounting is not allowed here, so only the injected failure (src/node.test.ts) is tested",
      );
      skip();
    }
    try {
      const { code, stderr } = await xnpe(
        [...FIT.slice(0, -2), "--simulations", "500", "--samples", "500", "--out", "disk/run"],
        { cwd: folder },
      );
      expect(stderr).toMatch(/no space left on the disk; free some, or choose a folder on another disk/);
      expect(code).toBe(2);
      expect(await readdir(disk)).toEqual([]);
    } finally {
      execFileSync("umount", [disk]);
    }
  });
});
