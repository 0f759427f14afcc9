import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { fixtureAtmosphere } from "../model/atmosphere.fixture.ts";
import { defineTable } from "../model/registry.ts";
import { resolveConfig } from "./config.ts";
import { selectionOf } from "./config-ranges.ts";
import { parseXcm } from "./xcm-read.ts";
import { formatXcm } from "./xcm-write.ts";

const SCRIPT = `# a script as XSPEC's save writes it
method leven 10 0.01
abund wilm
xsect vern
cosmo 70 0 0.73
systematic 0
data 1:1 a.pha 2:2 b.pha
response 2 b.rmf
arf 2 b.arf
backgrnd 2 b_bkg.pha
ignore bad
ignore 1-2:**-0.3 10.0-**
model  constant*TBabs(powerlaw + bbodyrad)
              1      -0.01          0          0      1e+10      1e+10
            0.2      0.001          0       0.15       0.35      1e+06
            1.7       0.01         -3          1          3         10
              1       0.01          0        0.1         10      1e+24
            0.5       0.01     0.0001        0.3          3        200
= 100*p4 + p2
            1.1       0.01          0        0.5          2      1e+10
= p2
= p3
= p4
= p5
= p6
bayes on
bayes 4 jeffreys
bayes 2 gauss 0.21 0.01
freeze 5
newpar 3 1.8
fit 100
`;

const resolve = async (text: string) => resolveConfig(parseXcm(text, "run.xcm"), { seed: 1 });

describe("an XSPEC script", () => {
  it("gives data, energies, model, values, ties, groups and priors", async () => {
    const config = await resolve(SCRIPT);
    expect(config.spectra).toEqual([
      { file: "a.pha" },
      { file: "b.pha", response: "b.rmf", arf: "b.arf", background: "b_bkg.pha" },
    ]);
    expect(config.groups).toEqual([1, 2]);
    expect(config.ignore).toEqual([
      [-Infinity, 0.3],
      [10, Infinity],
    ]);
    expect(config.notice).toEqual([]);
    expect(config.model).toBe("constant*TBabs(powerlaw + bbodyrad)");
    expect(config.priors).toEqual({
      "tbabs.nH": "normal(0.21, 0.01)",
      "powerlaw.PhoIndex": "uniform(1, 3)",
      "powerlaw.norm": "loguniform(0.1, 10)",
      "2:constant.factor": "uniform(0.5, 2)",
    });
    expect(config.fixed).toEqual({ "constant.factor": 1, "bbodyrad.kT": 0.5 });
    expect(config.ties).toMatchObject({ "bbodyrad.norm": "100*powerlaw.norm + tbabs.nH" });
    expect(config.start).toMatchObject({ "powerlaw.PhoIndex": 1.8, "2:constant.factor": 1.1 });
  });

  it("written from settings and read again gives the same settings", async () => {
    const config = await resolve(SCRIPT);
    const values = Object.fromEntries(
      Object.keys(config.priors).map((path) => [path, config.start?.[path] ?? 1]),
    );
    const text = formatXcm({ config, values });
    const again = await resolve(text);
    for (const key of [
      "spectra",
      "groups",
      "ignore",
      "model",
      "priors",
      "fixed",
      "start",
      "abund",
      "xsect",
    ] as const)
      expect(again[key], key).toEqual(config[key]);
    expect(again.ties?.["bbodyrad.norm"]).toBe("100*powerlaw.norm + tbabs.nH");
  });

  it("adds what it notices again after ignoring all", async () => {
    const config = await resolve(
      SCRIPT.replace("ignore 1-2:**-0.3 10.0-**", "ignore **:**-**\nnotice 0.5-2.0,3.0-8.0\nignore 1.0-1.5"),
    );
    // The bins that enclose 1.0 and 1.5 keV are dropped, so these are not the same as 0.5-1.0 and 1.5-2.0.
    expect(config.notice).toEqual([
      [0.5, 2],
      [3, 8],
    ]);
    expect(config.ignore).toEqual([[1, 1.5]]);
  });

  it("without numbers of spectra means those named last, the first one alone at the beginning", async () => {
    const script = (text: string) => SCRIPT.replace("ignore 1-2:**-0.3 10.0-**", text);
    const bare = await resolve(script("ignore **-0.3\nignore 2:**-0.5\nignore 10.0-**"));
    const of = (k: number, range: readonly [number, number]) => ({ spectra: [k, k], range });
    expect(bare.ignore).toEqual([of(1, [-Infinity, 0.3]), of(2, [-Infinity, 0.5]), of(2, [10, Infinity])]);
  });

  it("gives the statistic at the values of free parameters, too", async () => {
    const config = await resolve(SCRIPT);
    expect(config.start).toMatchObject({ "tbabs.nH": 0.2, "powerlaw.norm": 1 });
  });

  it("ends with ignore bad, as notice brings bad channels back in XSPEC", async () => {
    const config = await resolve(SCRIPT);
    const lines = formatXcm({ config, values: config.start ?? {} }).split("\n");
    const last = lines.findLastIndex((line) => /^(ignore|notice)/.test(line));
    expect(lines[last]).toBe("ignore bad");
  });

  it("may set tables and statistic by xset, and other things that change nothing here", async () => {
    const config = await resolve(
      SCRIPT.replace("abund wilm", "xset abund angr\nxset delta 0.01\nxset TBABSVERSION 2"),
    );
    expect(config.abund).toBe("angr");
  });

  it("keeps channels, other ranges of other spectra, and the order of notice and ignore", async () => {
    const text = SCRIPT.replace(
      "ignore 1-2:**-0.3 10.0-**",
      "ignore 1:1-29,800-1024 2:**-0.5 10.-**\nnotice 2:0.4-0.45 1:5",
    );
    const config = await resolve(text);
    const ofSecond = (range: readonly [number, number]) => ({ spectra: [2, 2], range });
    expect(config.select).toEqual([
      { keep: false, range: { spectra: [1, 1], range: { channels: [1, 29] } } },
      { keep: false, range: { spectra: [1, 1], range: { channels: [800, 1024] } } },
      { keep: false, range: ofSecond([-Infinity, 0.5]) },
      { keep: false, range: ofSecond([10, Infinity]) },
      { keep: true, range: ofSecond([0.4, 0.45]) },
      { keep: true, range: { spectra: [1, 1], range: { channels: [5, 5] } } },
    ]);
    const values = Object.fromEntries(Object.keys(config.priors).map((path) => [path, 1]));
    expect((await resolve(formatXcm({ config, values }))).select).toEqual(config.select);
  });

  it("written with other ranges for each spectrum keeps the same of each", async () => {
    const layer = parseXcm(SCRIPT, "run.xcm");
    const notice = ["1:0.3-10", "2:3-79", "2:ch5"];
    const config = await resolveConfig(
      { ...layer, values: { ...layer.values, ignore: [], notice } },
      { seed: 1 },
    );
    const values = Object.fromEntries(Object.keys(config.priors).map((path) => [path, 1]));
    const again = await resolve(formatXcm({ config, values }));
    for (const k of [0, 1]) {
      const { steps } = selectionOf(again, k);
      expect(steps[0]).toEqual({ keep: false, range: [-Infinity, Infinity] });
      expect(steps.slice(1)).toEqual(selectionOf(config, k).notice.map((range) => ({ keep: true, range })));
    }
  });

  it("names nsatmos without our file, since XSPEC has its own", async () => {
    defineTable(fixtureAtmosphere({ file: "grids/a.fits" }));
    const config = await resolve("data a.pha\nmodel tbabs*nsatmos{grids/a.fits}\n");
    expect(config.model).toBe("tbabs*nsatmos{grids/a.fits}");
    expect(formatXcm({ config, values: {} })).toMatch(/^model tbabs\*nsatmos$/m);
    await expect(resolve("data a.pha\nmodel tbabs*nsatmos\n")).rejects.toThrow(
      /run\.xcm:2.*write nsatmos\{nsatmosdata\.fits\}/,
    );
  });

  it("defines models by formulas", async () => {
    const config = await resolve(
      "data a.pha\nmdefine dpl e^-a + f*e^-b : add\nmodel tbabs*dpl\n 0.2 -1\n 1 0.1 0 0 3 3\n 1 -1\n 2 -1\n 1 -1\n",
    );
    expect(config.model).toBe("tbabs*dpl; dpl = e^-a + f*e^-b : add");
    expect(config.priors).toEqual({ "dpl.a": "uniform(0, 3)" });
    expect(formatXcm({ config, values: { "dpl.a": 1 } })).toMatch(/^mdefine dpl e\^-a \+ f\*e\^-b : add$/m);
  });

  it.each([
    ["tclout stat", /run\.xcm:2:1: the XSPEC command "tclout" is not supported/],
    ["gain fit 1", /run\.xcm:2:1: the XSPEC command "gain" is not supported/],
    [
      "ignore 1-x\nmodel powerlaw",
      /run\.xcm:2:1: expected a range of energies such as 0.3-10.0 or of channels/,
    ],
    ["ignore 20-1\nmodel powerlaw", /run\.xcm:2:1: expected a range .* found "20-1"/],
    ["setplot wave\nmodel powerlaw", /run\.xcm:2:1: ranges after setplot wave are wavelengths/],
    ["xset POW_EMIN 2\nmodel powerlaw", /run\.xcm:2:1: xset POW_EMIN 2 changes the model/],
    [
      "model powerlaw\n 17 0.01\n 1 0.01",
      /run\.xcm:3:1: the value 17 of powerlaw.PhoIndex lies outside its hard limits -3 to 10/,
    ],
    [
      "model powerlaw\n 1 0.01\n 1 0.01\n= p1",
      /run\.xcm:5:1: a line of a parameter behind all 2 of the model/,
    ],
    ["ignore 3:0.1-0.3\nmodel powerlaw", /run\.xcm:2:1: there is no spectrum 3/],
    ["response 4 x.rmf", /run\.xcm:2:1: there is no spectrum 4/],
    ["weight heavy", /expected weight standard, gehrels, churazov, model, found heavy/],
    ["systematic much", /expected systematic FRACTION, found much/],
    ["newpar 1 2", /newpar needs a model before it/],
    ["model 2:back powerlaw", /models with a name of their own \(2:back\) are not supported/],
    ["model powerlow", /run\.xcm:2:1: .*did you mean powerlaw/],
    ["model powerlaw\n 1 0.1\n 1 x", /run\.xcm:4:1: expected a number for powerlaw\.norm, found "x"/],
    ["model powerlaw\n 1 0.1\n = p7", /run\.xcm:4:1: .*names parameter 7, which is not there/],
    ["model powerlaw\n/*\nfreeze 3", /run\.xcm:4:1: there is no parameter 3; the model has 1 to 2/],
    ["model powerlaw\n/*\nbayes 2 jeffreys", /run\.xcm:2:1: loguniform: the lower limit must be above 0/],
    ["model powerlaw\n/*\nbayes 2 exp 3", /run\.xcm:2:1: .*exp/],
  ])("with %j is refused with its line", async (line, message) => {
    const fault = await resolve(`data a.pha\n${line}\n`).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(InputError);
    expect(String(fault)).toMatch(message);
  });
});

describe("weights of chi in a script", () => {
  const script = (statistic: string) =>
    `statistic ${statistic}\nweight gehr\nsystematic 0.02\ndata a.pha\nmodel powerlaw\n1.7\n1\n`;

  it("are read, and come back from the script that is written", async () => {
    const config = await resolve(script("chi"));
    expect([config.weight, config.systematic]).toEqual(["gehrels", 0.02]);
    const again = await resolve(formatXcm({ config, values: {} }));
    expect([again.statistic, again.weight, again.systematic]).toEqual(["chi", "gehrels", 0.02]);
  });

  it("are passed over where the statistic knows none", async () => {
    const config = await resolve(script("cstat"));
    expect([config.weight, config.systematic]).toEqual([undefined, undefined]);
  });
});

it("bayes on lets the priors count in best fits, bayes off and silence do not; and so it is written", async () => {
  const body =
    "data a.pha\nmodel powerlaw\n1.7 0.01 -3 1 3 10\n1 0.01 0 0.1 10 1e24\nbayes 1 gauss 1.7 0.1\n";
  expect((await resolve(body)).bayes).toBeUndefined();
  expect((await resolve(`${body}bayes off\n`)).bayes).toBeUndefined();
  expect((await resolve(`bayes on\n${body}bayes off\n`)).bayes).toBeUndefined();
  const config = { ...(await resolve(`${body}bayes on\n`)), method: "mle" as const };
  expect(config.bayes).toBe(true);
  const written = (changed: typeof config) => formatXcm({ config: changed, values: {} });
  expect(written(config)).toMatch(/^bayes on$/m);
  expect((await resolve(written(config))).bayes).toBe(true);
  const { bayes: _, ...alone } = config;
  expect(written(alone)).toMatch(/^bayes off$/m);
  expect((await resolve(written(alone))).bayes).toBeUndefined();
});
