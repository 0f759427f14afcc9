import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixtureAtmosphere } from "../../src/model/atmosphere.fixture.ts";
import { atmosphereFile } from "../../src/ogip/atmosphere-grid.fixture.ts";
import { tableModelFile } from "../../src/ogip/table-model.fixture.ts";
import { makeFixture } from "./fixture.ts";
import { xnpe } from "./spawn.ts";

let folder = "";
let remove: () => Promise<void> = async () => undefined;
beforeAll(async () => {
  ({ folder, remove } = await makeFixture());
  const edges = Array.from({ length: 101 }, (_, i) => 0.1 * 100 ** (i / 100));
  const table = {
    name: "Slope",
    axes: [{ name: "G", values: [1.5, 2, 2.5] }],
    edges,
    spectrum: ([g]: readonly number[], e: number) =>
      (edges[e] ** (1 - g) - edges[e + 1] ** (1 - g)) / (g - 1),
  };
  await writeFile(join(folder, "slope.fits"), tableModelFile(table));
  await writeFile(join(folder, "atmosphere.fits"), atmosphereFile(fixtureAtmosphere({ energies: 40 })));
  await writeFile(join(folder, "broken.fits"), tableModelFile({ ...table, rows: (rows) => rows.slice(1) }));
});
afterAll(() => remove());

describe("a model that is not in the list", () => {
  it("as a table gives the statistic of what it tabulates", async () => {
    const stat = async (model: string, ...set: string[]) => {
      const ran = await xnpe(["stat", "small.pha", "--notice", "0.3-7", "--model", model, ...set, "--json"], {
        cwd: folder,
      });
      expect(ran.stderr).toBe("");
      return JSON.parse(ran.stdout).value as number;
    };
    const norm = ["--set", "tbabs.nH=0.2"];
    const table = await stat(
      "tbabs*atable{slope.fits}",
      ...norm,
      "--set",
      "slope.G=2",
      "--set",
      "slope.norm=0.1",
    );
    const listed = ["--set", "powerlaw.PhoIndex=2", "--set", "powerlaw.norm=0.1"];
    // the table's bins of ln b/a = 0.046 are flat inside
    expect(Math.abs(table - (await stat("tbabs*powerlaw", ...norm, ...listed)))).toBeLessThan(1);
  });

  it("as a table of an XSPEC script is found beside the script", async () => {
    const data = "data small.pha\nresponse 1 small.rmf\narf 1 small.arf\n";
    const script = (model: string) =>
      `${data}ignore **-0.3 7.0-**\nmodel ${model}\n 0.2 -1\n 2 -1\n 0.1 -1\n`;
    await writeFile(join(folder, "table.xcm"), script("tbabs*atable{slope.fits}"));
    await writeFile(join(folder, "plain.xcm"), script("tbabs*powerlaw"));
    const value = async (file: string) => {
      const { code, stdout, stderr } = await xnpe(["stat", "--config", join(folder, file), "--json"], {
        cwd: "/",
      });
      expect(stderr).toBe("");
      expect(code).toBe(0);
      return JSON.parse(stdout).value as number;
    };
    expect(Math.abs((await value("table.xcm")) - (await value("plain.xcm")))).toBeLessThan(1);
  });

  it("as a table fits on several workers", async () => {
    const fit = [
      "fit",
      "small.pha",
      "--notice",
      "0.3-7",
      "--model",
      "tbabs*atable{slope.fits}",
      "--set",
      "tbabs.nH=0.2",
    ];
    const priors = ["--prior", "slope.G=uniform(1.5,2.5)", "--prior", "slope.norm=loguniform(0.01,1)"];
    const some = [
      "--method",
      "nested",
      "--live-points",
      "100",
      "--workers",
      "2",
      "--seed",
      "1",
      "--out",
      "table-run",
      "--json",
    ];
    const ran = await xnpe([...fit, ...priors, ...some], { cwd: folder });
    expect([ran.code, ran.code === 0 ? "" : ran.stderr]).toEqual([0, ""]);
    const [slope] = JSON.parse(ran.stdout).parameters;
    expect(slope.name).toBe("slope.G");
    // drawn with 1.7
    expect(Math.abs(slope.mean - 1.7)).toBeLessThan(5 * slope.sd);
  });

  const STAR = ["--set", "nsatmos.M_ns=1.4", "--set", "nsatmos.R_ns=10", "--set", "nsatmos.dist=1"];

  it("as a grid of atmospheres gives photons and a statistic", async () => {
    const set = [...STAR, "--set", "nsatmos.LogT_eff=6.4", "--model", "tbabs*nsatmos{atmosphere.fits}"];
    const evaluated = await xnpe(["evaluate", "--edges", "0.3:7:20", ...set, "--json"], { cwd: folder });
    expect(evaluated.stderr).toBe("");
    expect(Math.min(...JSON.parse(evaluated.stdout).values)).toBeGreaterThan(0);
    const stat = await xnpe(["stat", "small.pha", "--notice", "0.3-7", ...set, "--json"], { cwd: folder });
    expect(stat.stderr).toBe("");
    expect(JSON.parse(stat.stdout).value).toBeGreaterThan(0);
  });

  it("as a grid of atmospheres fits on several workers, and its saved configuration does so from another folder", async () => {
    const priors = ["nsatmos.LogT_eff=uniform(6,6.5)", "nsatmos.norm=loguniform(1e-4,100)"];
    const given = priors.flatMap((prior) => ["--prior", prior]);
    const model = ["--model", "nsatmos{atmosphere.fits}", ...STAR];
    const how = ["--method", "nested", "--live-points", "100", "--workers", "2", "--seed", "1", "--json"];
    const first = await xnpe(
      ["fit", "small.pha", "--notice", "0.3-7", ...model, ...given, ...how, "--out", "star-run"],
      { cwd: folder },
    );
    expect([first.code, first.code === 0 ? "" : first.stderr]).toEqual([0, ""]);
    const again = await xnpe(
      ["fit", "--config", "config.yml", "--workers", "1", "--out", "star-again", "--json"],
      { cwd: join(folder, "star-run") },
    );
    expect([again.code, again.code === 0 ? "" : again.stderr]).toEqual([0, ""]);
    expect(JSON.parse(again.stdout).parameters).toEqual(JSON.parse(first.stdout).parameters);
  });

  it.each([
    ["nsatmos", /nsatmos needs the file of its grid; write nsatmos\{nsatmosdata\.fits\}/],
    ["nsatmos{nowhere.fits}", /no such file: nowhere\.fits/],
    ["nsatmos{slope.fits}", /slope\.fits: expected the grid of nsatmos with the tables MODELINFO and FLUX/],
    ["tbabs*atable{nowhere.fits}", /no such file: nowhere\.fits/],
    ["tbabs*atable{broken.fits}", /broken\.fits.*2 spectra, but the grid of 3 values needs 3/],
    ["tbabs*atable{small.arf}", /expected a table model with the tables PARAMETERS, ENERGIES, SPECTRA/],
    ["mtable{slope.fits}*powerlaw", /use it as atable/],
  ])("%s is refused in a sentence", async (model, message) => {
    const { code, stderr } = await xnpe(["stat", "small.pha", "--model", model], { cwd: folder });
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});
