import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import {
  readAncillary,
  readRedistribution,
  readSpectrum,
  writeAncillary,
  writeRedistribution,
  writeSpectrum,
} from "../../src/ogip/index.ts";
import { pythonWithAstropy } from "./astropy.ts";

const python = pythonWithAstropy;
if (python === undefined) console.warn("skipped: astropy is absent, so written files are not verified by it");

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/ogip/${name}`, import.meta.url)));

/** Opens each file with strict verification and prints sums that the reader must agree with. */
const SCRIPT = `
import json, sys, warnings
import numpy as np
from astropy.io import fits
warnings.simplefilter("error")
out = []
for path in sys.argv[1:]:
    with fits.open(path) as hdus:
        hdus.verify("exception")
        table = hdus[1]
        if "COUNTS" in table.columns.names:
            out.append([table.header["RESPFILE"], table.data["COUNTS"].tolist(), table.header["TLMIN1"]])
        elif "MATRIX" in table.columns.names:
            out.append([[list(map(int, f)) for f in table.data["F_CHAN"]], [list(map(float, m)) for m in table.data["MATRIX"]], len(hdus[2].data)])
        else:
            out.append([table.data["SPECRESP"].tolist(), table.data["ENERG_LO"].tolist(), table.name])
print(json.dumps(out))
`;

it.skipIf(python === undefined)(
  "astropy verifies written PHA, RMF and ARF files and reads the same numbers",
  async () => {
    const spectrum = await readSpectrum(fixture("grouped.pha"), "s");
    const rmf = await readRedistribution(fixture("variable.rmf"), "r");
    const arf = await readAncillary(fixture("toy.arf"), "a");
    const folder = mkdtempSync(join(tmpdir(), "xnpe-fits-"));
    try {
      const long = `${"path/".repeat(30)}o'clock.rmf`;
      const files = {
        "s.pha": writeSpectrum({ ...spectrum, responseFile: long }),
        "r.rmf": writeRedistribution(rmf),
        "a.arf": writeAncillary(arf, rmf),
      };
      const paths = Object.entries(files).map(([name, bytes]) => {
        writeFileSync(join(folder, name), bytes);
        return join(folder, name);
      });
      const [s, r, a] = JSON.parse(
        execFileSync(python ?? "python3", ["-c", SCRIPT, ...paths], { encoding: "utf8" }),
      );
      expect(s).toEqual([long, Array.from(spectrum.counts), 1]);
      expect(r[0]).toEqual([[1], [1, 3], [], [2, 7], [5], [6]]);
      expect(r[1].flat()).toEqual(Array.from(rmf.values));
      expect(r[2]).toBe(8);
      expect(a).toEqual([Array.from(arf.area), Array.from(arf.edges.subarray(0, -1)), "SPECRESP"]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
