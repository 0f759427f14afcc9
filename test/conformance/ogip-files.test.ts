import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.ts";
import { readFits } from "../../src/fits/index.ts";
import {
  ancillaryOf,
  channelRows,
  describeFile,
  groupChannels,
  identify,
  loadSpectrum,
  readRedistribution,
  readSpectrum,
  redistributionOf,
  type Selection,
  selectGroups,
  spectraOf,
  writeAncillary,
  writeRedistribution,
  writeSpectrum,
} from "../../src/ogip/index.ts";

const data = new URL("../../../shared/data/", import.meta.url);
const present = existsSync(data);
if (!present) console.warn(`skipped: ${data.pathname} is absent, so no real files are read`);

interface Golden {
  readonly kind: string;
  readonly spectra?: readonly Record<"counts" | "weighted" | "exposure" | "channels" | "groups", number>[];
  readonly energies?: number;
  readonly channels?: number;
  readonly elements?: number;
  readonly sum?: number;
  readonly weighted?: number;
  readonly last?: number;
}

/** What astropy reads in each file; made by fixtures/conformance/ogip-golden.py. */
const golden = JSON.parse(
  readFileSync(new URL("../../fixtures/conformance/ogip-golden.json", import.meta.url), "utf8"),
) as Record<string, Golden>;

const read = (name: string) => new Uint8Array(readFileSync(new URL(name, data)));
const total = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

/** Sums in another order: 9 million terms, each rounded to 1e-16. */
const close = (found: number, expected = Number.NaN) =>
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-9 * Math.abs(expected));

async function checkSpectra(name: string, expected: Golden): Promise<void> {
  const spectra = spectraOf(await readFits(read(name), name));
  expect(spectra.length).toBe(expected.spectra?.length);
  for (const [i, spectrum] of spectra.entries()) {
    const want = expected.spectra?.[i];
    const again = await readSpectrum(writeSpectrum(spectrum), "again");
    for (const s of [spectrum, again]) {
      // A rate times the exposure is a whole number only within float32: 1e-6.
      const scale = spectrum.fromRate ? 1e-6 : 1e-12;
      expect(Math.abs(total(s.counts) - (want?.counts ?? 0))).toBeLessThanOrEqual(
        scale * Math.abs(want?.counts ?? 0),
      );
      const weighted = total(s.counts.map((c, k) => c * (k + 1)));
      expect(Math.abs(weighted - (want?.weighted ?? 0))).toBeLessThanOrEqual(
        scale * Math.abs(want?.weighted ?? 0),
      );
      expect([s.exposure, s.counts.length, groupChannels(s).length]).toEqual([
        want?.exposure,
        want?.channels,
        want?.groups,
      ]);
    }
  }
}

async function checkResponse(name: string, expected: Golden): Promise<void> {
  const rmf = redistributionOf(await readFits(read(name), name));
  const again = await readRedistribution(writeRedistribution(rmf), "again");
  for (const r of [rmf, again]) {
    const sums = Array.from({ length: r.edges.length - 1 }, (_, e) => {
      let sum = 0;
      for (let g = r.groupStart[e]; g < r.groupStart[e + 1]; g++)
        for (let k = 0; k < r.groupLength[g]; k++) sum += r.values[r.groupOffset[g] + k];
      return sum;
    });
    expect([sums.length, r.channelLow.length, total(r.groupLength), r.edges[r.edges.length - 1]]).toEqual([
      expected.energies,
      expected.channels,
      expected.elements,
      expected.last,
    ]);
    close(total(sums), expected.sum);
    close(total(sums.map((s, e) => s * r.edges[e + 1])), expected.weighted);
  }
  expect(again.firstChannel).toBe(rmf.firstChannel);
  expect(again.groupChannel).toEqual(rmf.groupChannel);
}

async function checkAncillary(name: string, expected: Golden): Promise<void> {
  const arf = ancillaryOf(await readFits(read(name), name));
  expect(arf.area.length).toBe(expected.energies);
  close(total(arf.area), expected.sum);
  const again = ancillaryOf(
    await readFits(writeAncillary(arf, { telescope: "T", instrument: "I" }), "again"),
  );
  expect(again.area).toEqual(arf.area);
  expect(again.edges).toEqual(arf.edges);
}

describe.skipIf(!present)("every FITS file at hand", () => {
  const files = present
    ? (readdirSync(data, { recursive: true }) as string[]).filter(
        (f) => /\.[^/]*$/.test(f) && !f.endsWith(".json"),
      )
    : [];

  it("has an entry in the table of what astropy reads", () => {
    expect(files.filter((f) => !(f in golden)).sort()).toEqual([]);
  });

  it.each(Object.entries(golden))(
    "%s holds what astropy reads, and still does when written and read again",
    async (name, expected) => {
      expect(identify(await readFits(read(name), name))).toBe(expected.kind);
      if (expected.kind === "spectrum") await checkSpectra(name, expected);
      if (expected.kind === "response") await checkResponse(name, expected);
      if (expected.kind === "ancillary") await checkAncillary(name, expected);
      expect((await describeFile(read(name), name)).kind).toBe(expected.kind);
    },
  );

  it("loads with the companions that lie beside it, or says in one sentence which one is missing", async () => {
    const readFile = async (path: string) => (existsSync(new URL(path, data)) ? read(path) : undefined);
    const outcome: Record<string, string> = {};
    for (const name of Object.keys(golden).filter((n) => golden[n].kind === "spectrum")) {
      const path = golden[name].spectra?.length === 12 ? `${name}{1}` : name;
      outcome[name] = await loadSpectrum(path, readFile).then(
        ({ background, ancillary }) => `loaded${ancillary ? " arf" : ""}${background ? " background" : ""}`,
        (error: unknown) => {
          if (!(error instanceof InputError)) throw error;
          return error.message;
        },
      );
    }
    expect(outcome).toMatchSnapshot();
  });
});

describe.skipIf(!present)("the bins of real spectra", () => {
  const NICER = "nicer/nicer_reconstructed.rmf.gz";
  const GROUPED = "nicer/Reference_pha_tbabs_powerlaw_20000counts_groupconstant_5.pha";

  async function select(pha: string, rmf: string, options: Partial<Selection>) {
    const spectrum = await readSpectrum(read(pha), pha);
    const response = await readRedistribution(read(rmf), rmf);
    const groups = groupChannels(spectrum);
    const kept = selectGroups({ groups, rows: channelRows(spectrum, response), response, ...options });
    return [groups.length, kept.length, kept[0].first, kept[kept.length - 1].last];
  }

  // Barret & Dupourque (2024): 193, 133, 95 and 80 bins inside 0.3-10 keV; XSPEC's rule keeps the straddling ones.
  it.each([
    [GROUPED, "inside", 193],
    [GROUPED, "xspec", 195],
    ["nicer/pre_burst_spectrum_opt.pha", "inside", 133],
    ["nicer/b_008_0.25s_raw_opt.pha", "inside", 95],
    ["nicer/b_008_0.25s_raw_opt.pha", "xspec", 97],
    ["nicer/b_004_0.25s_raw_opt.pha", "inside", 80],
  ] as const)("%s, rule %s, 0.3-10 keV: %i", async (pha, rule, bins) => {
    expect((await select(pha, NICER, { notice: [[0.3, 10]], rule }))[1]).toBe(bins);
  });

  it("Swift, notice 0.3-8.0: channels 29 to 799, as XSPEC 12.9.1", async () => {
    const rmf = "swift_xrt_target_sr/swxpc0to12s6_20130101v014.rmf.gz";
    expect(await select("swift_xrt_target_sr/target_sr.pha", rmf, { notice: [[0.3, 8]] })).toEqual([
      1024, 771, 29, 799,
    ]);
  });

  it("ASCA, ignore **-0.5 7.0-**: 71 of 81 groups, as XSPEC 12.14.1", async () => {
    const ignore = [
      [-Infinity, 0.5],
      [7, Infinity],
    ] as const;
    const [groups, kept] = await select("asca_sis_mar24/s0_mar24_bin.pha", "asca_sis_mar24/s0_mar24.rmf", {
      ignore,
    });
    expect([groups, kept]).toEqual([81, 71]);
  });

  it("EXOSAT, ignore bad, ignore 15.0-**: 45 of 125 bins, as in the XSPEC manual", async () => {
    const names = ["exosat_s54405/s54405.pha", "exosat_s54405/s54405.rsp"] as const;
    const [groups, kept] = await select(...names, { ignore: [[15, Infinity]] });
    expect([groups, kept]).toEqual([125, 45]);
    expect((await select(...names, {}))[1]).toBe(85);
  });
});
