import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { stream } from "../math/random.ts";
import { resolveConfig } from "./config.ts";
import { parseConfigFile } from "./config-file.ts";
import { type ConfigLayer, mergeLayers } from "./config-layer.ts";
import { parseBands } from "./config-ranges.ts";
import { formatConfig } from "./config-text.ts";
import { formatRestriction, parseFeatures, parseRestriction } from "./config-words.ts";

const BURST = `spectra: b_008.pha
notice: 0.3-10
model: tbabs*(powerlaw+bbodyrad)
abund: wilm
parameters:
  tbabs.nH: 0.2                      # fixed
  powerlaw.PhoIndex: 1.7
  powerlaw.norm: loguniform(0.1, 10)
  bbodyrad.kT: uniform(0.1, 4.5)
  bbodyrad.norm: loguniform(0.1, 1e5)
restrict: counts(100, 10000)
simulations: 20000
seed: 1
`;

const read = async (text: string, seed = 5) =>
  resolveConfig(await parseConfigFile(text, "run.yml"), { seed });

/** Settings as a command line gives them. */
const flags = (values: Record<string, unknown>): ConfigLayer => ({
  values,
  where: ([head]) => ({ key: `--${String(head)}` }),
});

async function complaint(text: string): Promise<string> {
  const error = await read(text).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).message;
}

const line = (text: string, was: string, now: string) => {
  expect(text).toContain(was);
  return text.replace(was, now);
};

describe("a configuration file", () => {
  it("is completed by the defaults", async () => {
    expect(await read(BURST)).toEqual({
      spectra: [{ file: "b_008.pha" }],
      notice: [[0.3, 10]],
      ignore: [],
      bins: "xspec",
      model: "tbabs*(powerlaw+bbodyrad)",
      abund: "wilm",
      xsect: "vern",
      priors: {
        "powerlaw.norm": "loguniform(0.1, 10)",
        "bbodyrad.kT": "uniform(0.1, 4.5)",
        "bbodyrad.norm": "loguniform(0.1, 100000)",
      },
      fixed: { "tbabs.nH": 0.2, "powerlaw.PhoIndex": 1.7 },
      method: "npe",
      preset: "default",
      features: "sufficient",
      ensemble: 1,
      restrict: { kind: "counts", lower: 100, upper: 10000 },
      restriction: { simulations: 2000, rounds: 10, stop: 0.95 },
      simulations: 20000,
      rounds: 1,
      proposal: "truncated",
      atoms: 10,
      combinedLoss: false,
      samples: 20000,
      livePoints: 1000,
      starts: 10,
      seed: 1,
      workers: 1,
    });
  });

  it("as written after a run gives the same run again", async () => {
    const config = await read(BURST);
    const text = await formatConfig(config, "0.1.0");
    expect(await resolveConfig(await parseConfigFile(text, "config.yml"), { seed: 99 })).toEqual(config);
  });

  it("as written keeps companions, bands, statistic and preset", async () => {
    const text = `${line(BURST, "spectra: b_008.pha", "spectra: [{file: a.pha, response: a.rmf, background: none}, b.pha]")}ignore: 1.7-2.0, 5-**\nstatistic: pgstat\npreset: paper\nmethod: nested\nlive-points: 123\n`;
    const config = await read(text);
    expect(config.spectra[0]).toEqual({ file: "a.pha", response: "a.rmf", background: "none" });
    expect(config.ignore).toEqual([
      [1.7, 2],
      [5, Infinity],
    ]);
    expect(config.features).toBe("raw");
    const again = await formatConfig(config, "0.1.0");
    expect(await resolveConfig(await parseConfigFile(again, "config.yml"), { seed: 99 })).toEqual(config);
  });

  it("takes the seed that it is offered where it names none", async () => {
    expect((await read(line(BURST, "seed: 1\n", ""), 77)).seed).toBe(77);
  });

  it.each([
    [
      "an unknown key",
      line(BURST, "simulations:", "simulatons:"),
      /^run\.yml:12:1 simulatons: unknown key; did you mean simulations\?/,
    ],
    [
      "an unknown parameter",
      line(BURST, "bbodyrad.kT", "bbodyrad.kt2"),
      /^run\.yml:9:3 parameters\.bbodyrad\.kt2: .* did you mean bbodyrad\.kT\?/,
    ],
    [
      "an unknown model",
      line(BURST, "powerlaw+bb", "powerlow+bb"),
      /^run\.yml:3:8 model: .*unknown model "powerlow"; did you mean powerlaw\?/,
    ],
    [
      "the mark of a later version, whatever else is in it",
      `xnpe: 99.0.1\n${line(BURST, "simulations:", "simulators:")}`,
      /^run\.yml:1:7 xnpe: written by xnpe 99\.0\.1, and this is the older .*; update xnpe/,
    ],
    [
      "a model that emits nothing",
      "spectra: a.pha\nmodel: tbabs\nparameters:\n  tbabs.nH: uniform(0, 1)\n",
      /^run\.yml:2:8 model: "tbabs" emits nothing by itself; .*tbabs\*powerlaw/,
    ],
    [
      "a choice that resembles none",
      `${BURST}method: emcee\n`,
      /^run\.yml:14:9 method: expected one of npe, nested, mcmc, mle, found "emcee"$/,
    ],
    [
      "an unknown table",
      line(BURST, "abund: wilm", "abund: wilms"),
      /^run\.yml:4:8 abund: .*did you mean wilm\?/,
    ],
    [
      "a word for a number",
      line(BURST, "20000", "many"),
      /^run\.yml:12:14 simulations: expected a whole number from 200 to 10000000, found "many"/,
    ],
    [
      "a fraction of a simulation",
      line(BURST, "20000", "1000.5"),
      /^run\.yml:12:14 simulations: .*found 1000\.5/,
    ],
    ["too few simulations", line(BURST, "20000", "3"), /simulations: .* from 200 .*found 3/],
    [
      "an unknown statistic",
      `${BURST}statistic: cash\n`,
      /^run\.yml:14:12 statistic: expected one of cstat, wstat.*found "cash"/,
    ],
    ["a near statistic", `${BURST}statistic: csat\n`, /did you mean cstat\?/],
    ["a reversed band", line(BURST, "0.3-10", "10-0.3"), /^run\.yml:2:9 notice: .*did you mean 0\.3-10\?/],
    [
      "a band that is none",
      line(BURST, "0.3-10", "soft"),
      /^run\.yml:2:9 notice: expected an energy range LOW-HIGH .*found "soft"/,
    ],
    [
      "a prior with its limits swapped",
      line(BURST, "uniform(0.1, 4.5)", "uniform(4.5, 0.1)"),
      /^run\.yml:9:16 parameters\.bbodyrad\.kT: .*below/,
    ],
    [
      "the logarithm of zero",
      line(BURST, "loguniform(0.1, 10)", "loguniform(0, 10)"),
      /^run\.yml:8:18 .*above 0, found 0/,
    ],
    ["a prior beyond the hard limits", line(BURST, "uniform(0.1, 4.5)", "uniform(-1, 4.5)"), /limits/],
    [
      "a value beyond the hard limits",
      line(BURST, "nH: 0.2 ", "nH: -1 "),
      /^run\.yml:6:13 parameters\.tbabs\.nH: the value -1 lies outside/,
    ],
    [
      "a tie to itself",
      line(BURST, "PhoIndex: 1.7", "PhoIndex: 2*powerlaw.PhoIndex"),
      /^run\.yml:7:22 .*cycle: powerlaw\.PhoIndex -> powerlaw\.PhoIndex/,
    ],
    [
      "a tie to what is not there",
      line(BURST, "PhoIndex: 1.7", "PhoIndex: 2*diskbb.Tin"),
      /^run\.yml:7:22 .*names diskbb\.Tin, which is no parameter/,
    ],
    [
      "a parameter of a group that is not there",
      line(BURST, "powerlaw.PhoIndex: 1.7", '"2:powerlaw.PhoIndex": 1.7'),
      /^run\.yml:7:3 .*data group 2, but there is only one spectrum/,
    ],
    [
      "a parameter given twice",
      line(BURST, "powerlaw.PhoIndex: 1.7", "TBabs.nh: 0.3"),
      /^run\.yml:7:3 .*tbabs\.nH is given twice/,
    ],
    ["the same key twice", `${BURST}seed: 2\n`, /^run\.yml:14:1: .*unique/],
    ["text that is not YAML", "model: [", /^run\.yml:1:9: this is not YAML/],
    ["a list", "- a\n- b\n", /^run\.yml: expected lines of the form "key: value"/],
    [
      "a parameter without a value",
      line(BURST, "PhoIndex: 1.7", "PhoIndex:"),
      /^run\.yml:7:\d+ parameters\.powerlaw\.PhoIndex: expected a number \(fixed\) or a prior .*found null/,
    ],
    ["no spectrum", line(BURST, "spectra: b_008.pha\n", ""), /no spectrum given/],
    ["no model", line(BURST, "model: tbabs*(powerlaw+bbodyrad)\n", ""), /no model given/],
    [
      "a companion's misspelt key",
      line(BURST, "b_008.pha", "[{file: a.pha, respons: b}]"),
      /^run\.yml:1:\d+ spectra\.0\.respons: unknown key; did you mean response\?/,
    ],
    [
      "a restriction that is none",
      line(BURST, "counts(100, 10000)", "photons(1,2)"),
      /^run\.yml:11:11 restrict: expected auto, none, counts/,
    ],
  ])("with %s is refused, with the place and what was expected", async (_what, text, expected) => {
    expect(await complaint(text)).toMatch(expected);
  });

  it.each(["mcmc", "mle", "nested", "npe"])("may ask for the method %s", async (method) => {
    expect((await read(`${BURST}method: ${method}\n`)).method).toBe(method);
  });

  it("weighs chi as asked, writes it so that it reads the same, and has no weights for another statistic", async () => {
    const config = await read(`${BURST}statistic: chi\nweight: churazov\nsystematic: 0.01\n`);
    expect([config.weight, config.systematic]).toEqual(["churazov", 0.01]);
    const again = await formatConfig(config, "0.1.0");
    expect(await resolveConfig(await parseConfigFile(again, "config.yml"), { seed: 99 })).toEqual(config);
    await expect(read(`${BURST}weight: model\n`)).rejects.toThrow(
      /weight: a weight is for the statistic chi, and cstat/,
    );
    await expect(read(`${BURST}statistic: wstat\nsystematic: 0.1\n`)).rejects.toThrow(
      /a systematic is for the/,
    );
  });

  it.each([
    ["auto", { kind: "auto" }],
    ["none", { kind: "none" }],
    ["classifier(1e3, 1e4)", { kind: "classifier", lower: 1000, upper: 10000 }],
    ["cstat(0.25)", { kind: "cstat", fraction: 0.25 }],
    ["coarse(1000)", { kind: "coarse", simulations: 1000 }],
  ])("restricts the prior by %s, and writes it so that it reads the same", async (text, expected) => {
    const restrict = parseRestriction(text, {});
    expect(restrict).toEqual(expected);
    expect(parseRestriction(formatRestriction(restrict), {})).toEqual(expected);
  });

  it.each(["cstat(25)", "cstat(0)", "coarse(10)", "coarse(2.5)", "classifier(4,2)"])(
    "refuses the restriction %s",
    (text) => {
      expect(() => parseRestriction(text, {})).toThrow(/expected (cstat|coarse|classifier)\(/);
    },
  );

  it.each([
    ["pca(0.9)", "pca(0.9)"],
    [" pca( 0.50 ) ", "pca(0.5)"],
    ["embedding", "embedding"],
  ])("takes %s as features", (text, expected) => {
    expect(parseFeatures(text, {})).toBe(expected);
  });

  it.each(["pca", "pca(90)", "pca(0)"])("refuses the features %s", (text) => {
    expect(() => parseFeatures(text, {})).toThrow(/expected pca\(fraction\)/);
  });

  it("may tie parameters and give data groups their own; written, it reads the same", async () => {
    const text = line(
      line(BURST, "spectra: b_008.pha", "spectra: [a.pha, b.pha, c.pha]\ngroups: [1, 1, 2]"),
      "powerlaw.PhoIndex: 1.7",
      'powerlaw.PhoIndex: 2 * bbodyrad.kT\n  "2:powerlaw.norm": uniform(0, 1)\n  "2:tbabs.nH": 0.3',
    );
    const config = await read(text);
    expect(config.ties).toEqual({ "powerlaw.PhoIndex": "2 * bbodyrad.kT" });
    expect(config.groups).toEqual([1, 1, 2]);
    expect(Object.keys(config.priors).at(-1)).toBe("2:powerlaw.norm");
    expect(config.fixed["2:tbabs.nH"]).toBe(0.3);
    const written = await formatConfig(config, "0.1.0");
    expect(await resolveConfig(await parseConfigFile(written, "config.yml"), { seed: 99 })).toEqual(config);
  });

  it("needs a prior for a fit, but not for a statistic", async () => {
    const text = "spectra: a.pha\nmodel: powerlaw\nparameters: {powerlaw.PhoIndex: 2}\n";
    expect(await complaint(text)).toMatch(/no parameter has a prior.*--prior "powerlaw\.PhoIndex=uniform/);
    const layer = await parseConfigFile(text, "run.yml");
    expect((await resolveConfig(layer, { seed: 1, needsFree: false })).fixed).toEqual({
      "powerlaw.PhoIndex": 2,
    });
  });
});

describe("any text at all", () => {
  it("is a configuration or a sentence with the file's name, never a defect", async () => {
    const rng = stream(1, "config-mutations", 0);
    const pick = (n: number) => Math.floor(rng.uniform() * n);
    const alphabet = `${BURST}[]{}&*!|>%@\`"'\t\u00e9\0#,?~`;
    let accepted = 0;
    for (let round = 0; round < 1000; round++) {
      let text = BURST;
      for (let edit = 0; edit <= pick(3); edit++) {
        const [from, to] = [pick(text.length), pick(alphabet.length)];
        text = text.slice(0, from) + alphabet.slice(to, to + pick(4)) + text.slice(from + pick(4));
      }
      const error = await read(text).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error === undefined) accepted++;
      else expect(error, `${String(error)}\n${text}`).toBeInstanceOf(InputError);
    }
    expect(accepted).toBeGreaterThan(20);
    expect(accepted).toBeLessThan(980);
  });
});

describe("options on the command line", () => {
  it("win over the file, parameter by parameter and whatever their case", async () => {
    const file = await parseConfigFile(BURST, "run.yml");
    const over = flags({
      simulations: 500,
      parameters: { "TBabs.NH": "uniform(0.1, 0.3)", "powerlaw.norm": "2" },
    });
    const config = await resolveConfig(mergeLayers(file, over), { seed: 5 });
    expect(config.simulations).toBe(500);
    expect(Object.keys(config.priors)).toEqual(["tbabs.nH", "bbodyrad.kT", "bbodyrad.norm"]);
    expect(config.fixed).toEqual({ "powerlaw.PhoIndex": 1.7, "powerlaw.norm": 2 });
  });

  it("are named by a complaint about them, the file by one about it", async () => {
    const merged = mergeLayers(await parseConfigFile(BURST, "run.yml"), flags({ samples: 1 }));
    await expect(resolveConfig(merged, { seed: 5 })).rejects.toThrow(/^--samples: expected a whole number/);
    const other = mergeLayers(
      await parseConfigFile(line(BURST, "seed: 1", "seed: x"), "run.yml"),
      flags({ samples: 1000 }),
    );
    await expect(resolveConfig(other, { seed: 5 })).rejects.toThrow(/^run\.yml:13:7 seed: /);
  });

  it("give one response to all spectra, or one to each, and nothing in between", async () => {
    const base = { model: "powerlaw", parameters: { "powerlaw.norm": "uniform(0,1)" } };
    const resolve = (values: Record<string, unknown>) =>
      resolveConfig(flags({ ...base, ...values }), { seed: 5 });
    const three = ["a.pha", "b.pha", "c.pha"];
    expect((await resolve({ spectra: three, response: ["r"] })).spectra.map((each) => each.response)).toEqual(
      ["r", "r", "r"],
    );
    expect((await resolve({ spectra: three, arf: ["1", "2", "3"] })).spectra.map((each) => each.arf)).toEqual(
      ["1", "2", "3"],
    );
    await expect(resolve({ spectra: three, response: ["r", "s"] })).rejects.toThrow(
      /^--response: 2 files for 3 spectra/,
    );
  });
});

describe("the words of a configuration", () => {
  it("reads bands with exponents, and lists of them", () => {
    expect(parseBands("1e-1-1.5e1", {})).toEqual([[0.1, 15]]);
    expect(parseBands("**-0.3,10-**", {})).toEqual([
      [-Infinity, 0.3],
      [10, Infinity],
    ]);
    expect(parseBands(" 0.3 - 2 ,3-4", {})).toEqual([
      [0.3, 2],
      [3, 4],
    ]);
  });

  it("refuses a counts window that holds nothing", () => {
    expect(parseRestriction("counts( 10 ,1e3)", {})).toEqual({ kind: "counts", lower: 10, upper: 1000 });
    expect(() => parseRestriction("counts(10, 10)", {})).toThrow(/lower < upper/);
    expect(() => parseRestriction("counts(10)", {})).toThrow(/expected auto, none, counts/);
  });
});
