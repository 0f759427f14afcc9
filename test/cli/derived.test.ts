import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseFits, tables } from "../../src/fits/index.ts";
import { MODEL, makeFixture, PRIORS } from "./fixture.ts";
import { xnpe } from "./spawn.ts";

let folder = "";
let remove: () => Promise<void> = async () => undefined;
const json = async (...args: string[]) => {
  const ran = await xnpe([...args, "--json", "--quiet"], { cwd: folder });
  expect([ran.code, ran.code === 0 ? "" : ran.stderr]).toEqual([0, ""]);
  return ran.stdout === "" ? undefined : JSON.parse(ran.stdout);
};

beforeAll(async () => {
  ({ folder, remove } = await makeFixture());
  const method = ["--method", "nested", "--live-points", "100", "--seed", "1"];
  await json("fit", "small.pha", ...MODEL, ...PRIORS, ...method, "--out", "run");
}, 60_000);
afterAll(() => remove());

describe("what follows from a run", () => {
  it("flux has the best fit's value inside its interval, and more without absorption", async () => {
    const { bands } = await json("flux", "run", "--band", "0.5-2", "--band", "2-7");
    const bare = await json("flux", "run", "--band", "0.5-2", "--of", "powerlaw");
    for (const { energy } of bands) {
      expect(energy.best).toBeGreaterThan(energy.interval90[0]);
      expect(energy.best).toBeLessThan(energy.interval90[1]);
    }
    expect(bare.bands[0].energy.best).toBeGreaterThan(bands[0].energy.best);
  });

  it("steppar rises to both sides of the best fit", async () => {
    const { statistic, best, axes } = await json("steppar", "run", "--step", "powerlaw.PhoIndex=1:2.4:14");
    const lowest = statistic.indexOf(Math.min(...statistic));
    expect(statistic[0] - best).toBeGreaterThan(1);
    expect(statistic.at(-1) - best).toBeGreaterThan(1);
    expect(axes[0].values[lowest]).toBeGreaterThan(1);
    expect(axes[0].values[lowest]).toBeLessThan(2.4);
  });

  it.each(["ldata,delchi", "eeufspec,ratio", "counts,residuals", "emodel", "qq", "contour", "chain"])(
    "%s is drawn",
    async (panels) => {
      const { file } = await json("plot", "run", panels, "--out", `${panels}.svg`);
      const svg = await readFile(join(folder, file), "utf8");
      expect(svg).toMatch(/^<svg /);
      expect(svg).not.toMatch(/NaN|Infinity/);
    },
  );

  it("goes out as a script that comes in again, and as a chain", async () => {
    await json("export", "run", "--to", "xcm", "--out", "run.xcm");
    await json("export", "run", "--to", "chain", "--out", "run.fits", "--draws", "500");
    const fit = await json("fit", "--config", "run.xcm", "--method", "mle", "--seed", "1", "--out", "again");
    const { parameters } = await json("error", "run", "powerlaw.PhoIndex");
    expect(fit.parameters[1].best).toBeCloseTo(parameters[0].best, 2);
    const [chain] = tables(parseFits(new Uint8Array(await readFile(join(folder, "run.fits"))), "run.fits"));
    expect([chain.name, chain.rows, chain.columns.length]).toEqual(["CHAIN", 500, 4]);
  });

  it("follows from a best fit, too, but for what needs draws", async () => {
    await json("fit", "small.pha", ...MODEL, ...PRIORS, "--method", "mle", "--seed", "1", "--out", "best");
    const { energy } = (await json("flux", "best", "--band", "0.5-2")).bands[0];
    expect(Object.keys(energy)).toEqual(["best"]);
    await json("plot", "best", "ldata,delchi", "--out", "best.svg");
    await json("export", "best", "--to", "xcm", "--out", "best.xcm");
    const { code, stderr } = await xnpe(["export", "best", "--to", "chain"], { cwd: folder });
    expect([code, /best fit and has no draws, which chain needs/.test(stderr)]).toEqual([2, true]);
  });

  it.each([
    [["flux", "run"], /no band/],
    [["flux", "nowhere", "--band", "2-10"], /holds no result\.json/],
    [["eqwidth", "run", "gaussian"], /expected an additive component, one of powerlaw/],
    [["eqwidth", "run", "powerlaw"], /only additive component/],
    [["steppar", "run"], /no parameter to step/],
    [["plot", "run", "ldta"], /did you mean ldata\?/],
    [["plot", "run", "qq,ldata"], /one of qq, contour, chain alone/],
    [["plot", "run", "ldata", "--out", "x.gif"], /ends in \.svg, \.png or \.pdf/],
    [["export", "run", "--to", "fits"], /expected one of chain, xcm, csv, parquet, netcdf/],
  ])("%j is refused in a sentence", async (args, message) => {
    const { code, stderr } = await xnpe(args, { cwd: folder });
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});
