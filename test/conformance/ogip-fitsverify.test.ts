import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import {
  readAncillary,
  readRedistribution,
  readSpectrum,
  writeAncillary,
  writeRedistribution,
} from "../../src/ogip/index.ts";
import { writeChain } from "../../src/ogip/write-chain.ts";
import { xnpe } from "../cli/spawn.ts";
import { pythonWithAstropy } from "./astropy.ts";

const cfitsio = spawnSync("fitsverify", ["-h"]).status !== null;
if (!cfitsio)
  console.warn("skipped: fitsverify (cfitsio) is absent, so written files are not verified by it");
const python = pythonWithAstropy;
if (python === undefined) console.warn("skipped: astropy is absent, so written files are not verified by it");
const data = fileURLToPath(new URL("../../../shared/data/", import.meta.url));
const present = existsSync(data);
if (!present) console.warn(`skipped: ${data} is absent, so no observed spectrum is regrouped and verified`);

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/ogip/${name}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "xnpe-verify-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Errors and warnings that fitsverify finds in the files, and what it says of them. */
function complaints(names: readonly string[]): { readonly number: number; readonly text: string } {
  const { stdout, status } = spawnSync("fitsverify", names, { cwd: folder, encoding: "utf8" });
  return { number: status ?? Number.POSITIVE_INFINITY, text: stdout };
}

const STRICT = `
import sys, warnings
from astropy.io import fits
warnings.simplefilter("error")
for path in sys.argv[1:]:
    with fits.open(path, checksum=True) as hdus:
        hdus.verify("exception")
        for hdu in hdus:
            hdu.data
`;

/** Whether astropy reads the files, their checksums included, without a warning. */
function astropyPasses(names: readonly string[]): boolean {
  return spawnSync(python ?? "python3", ["-c", STRICT, ...names], { cwd: folder }).status === 0;
}

function verify(names: readonly string[]): void {
  if (python !== undefined) expect(astropyPasses(names)).toBe(true);
  if (!cfitsio) return;
  const { number, text } = complaints(names);
  expect(number, text).toBe(0);
}

/** A file made from `original` has no fault that this has not. */
function verifyLike(original: string, name: string): void {
  if (cfitsio) {
    const { number, text } = complaints([name]);
    expect(number, text).toBeLessThanOrEqual(complaints([original]).number);
  }
  if (python !== undefined && astropyPasses([original])) expect(astropyPasses([name])).toBe(true);
}

async function run(...args: string[]): Promise<void> {
  const { stderr, code } = await xnpe([...args, "--quiet"], { cwd: folder });
  expect(code, stderr).toBe(0);
}

describe.skipIf(!cfitsio && python === undefined)(
  "cfitsio's fitsverify and astropy find no new fault in",
  () => {
    it("spectra from xnpe fakeit, with the background's", async () => {
      const response = await readRedistribution(new Uint8Array(readFileSync(fixture("variable.rmf"))), "r");
      const arf = await readAncillary(new Uint8Array(readFileSync(fixture("toy.arf"))), "a");
      writeFileSync(join(folder, "r.rmf"), writeRedistribution(response));
      writeFileSync(join(folder, "a.arf"), writeAncillary(arf, response));
      await run(
        ...["fakeit", "--response", "r.rmf", "--arf", "a.arf", "--background", fixture("back.pha")],
        ...["--model", "powerlaw", "--exposure", "1000", "--seed", "1", "--out", "fake.pha"],
      );
      verify(["r.rmf", "a.arf", "fake.pha", "fake_bkg.pha"]);
    });

    it("chains for XSPEC", () => {
      const values = Float64Array.of(1.5, 1.7, 1.6);
      const columns = [{ name: "nH", number: 1, unit: "10^22", values }];
      writeFileSync(
        join(folder, "chain.fits"),
        writeChain({ columns, statistic: values, statisticName: "C-Statistic" }),
      );
      verify(["chain.fits"]);
    });

    it.each(["grouped.pha", "pair.pha", "unsigned.pha", "rate-subset.pha"])(
      "%s after xnpe group",
      async (name) => {
        await run("group", fixture(name), "constant(2)", "--out", name);
        verifyLike(fixture(name), name);
        const { grouping } = await readSpectrum(new Uint8Array(readFileSync(join(folder, name))), name);
        expect(grouping).toContain(-1);
      },
    );

    it.skipIf(!present).each([
      ["chandra_9774/9774.pi", "min(20)"],
      ["nicer/b_008_0.25s_raw_opt.pha", "constant(5)"],
      ["asca_sis_mar24/s0_mar24_bin.pha", "min(30)"],
    ])("%s after xnpe group", async (path, rule) => {
      const out = path.replace("/", "-");
      await run("group", join(data, path), rule, "--out", out);
      verifyLike(join(data, path), out);
    });
  },
);
