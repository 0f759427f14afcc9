import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { resolveConfig } from "../fit/config.ts";
import { parseConfigFile } from "../fit/config-file.ts";
import { builtInData } from "./data.ts";
import { demoChanges } from "./demo-config.ts";
import { DEMO_RUNS } from "./demos.ts";
import { demoTable, markedPart, withMarked } from "./docs.ts";
import { reproduce } from "./engine.ts";
import { experiments } from "./experiments/index.ts";
import { createLab, memoryStore } from "./lab.ts";
import { slopeRow } from "./rows.ts";
import { selectExperiments } from "./select.ts";
import { SETUPS } from "./setups.ts";
import type { Experiment, ExperimentRecord } from "./types.ts";

/** A training of a tenth of a second: these tests ask for laws, not for good networks. */
vi.mock("../fit/train.ts", async (original) => {
  const actual = await original<typeof import("../fit/train.ts")>();
  const quick = { steps: 60, warmup: 10, maxEpochs: 3, hidden: 16, layers: 2 } as const;
  const trainNetwork: typeof actual.trainNetwork = (pool, input, control) =>
    actual.trainNetwork(pool, { ...input, plan: { ...input.plan, ...quick } }, control);
  return { ...actual, trainNetwork };
});

/** Coarse bins, for speed. */
const data = builtInData(1, 25);
const settings = { all: experiments, seed: 1, short: true, workers: 1, force: false };

/** Counts looks at the clock, so that times are finite and the same in every run. */
function io(store = memoryStore()) {
  let now = 0;
  return { store, data, fonts: { files: [], regular: new Uint8Array(0) }, clock: () => now++ };
}

vi.mock("../fit/output-render.ts", () => ({
  renderFigures: async (figures: readonly { name: string; scene: { width: number } }[]) => ({
    files: figures.map(({ name, scene }) => ({ name: `figures/${name}.svg`, bytes: String(scene.width) })),
    warnings: [],
  }),
}));

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

/** All of them with XNPE_LONG=1 (minutes); else some that share networks, exact posteriors and regions. */
const chosen =
  process.env.XNPE_LONG === undefined
    ? selectExperiments(experiments, [
        "1",
        "2",
        "4",
        "5",
        "6",
        "7",
        "8",
        "9",
        "10",
        "12",
        "13",
        "14",
        "17",
        "18",
        "19",
        "20",
        "3_sri",
      ])
    : experiments;

describe("the short forms of experiments on the built-in instrument", () => {
  const store = memoryStore();
  let records: readonly ExperimentRecord[];
  beforeAll(async () => {
    records = await reproduce({ ...settings, experiments: chosen }, io(store));
  }, 600_000);

  it("come to their ends", () => {
    expect(records.flatMap(({ id, failure }) => (failure === undefined ? [] : `${id}: ${failure}`))).toEqual(
      [],
    );
    expect(records.map(({ id }) => id)).toEqual(chosen.map(({ id }) => id));
  });

  it("leave complete tables of finite numbers, whose verdicts say what they ask for", () => {
    for (const { id, tables } of records) {
      expect(tables.length, id).toBeGreaterThan(0);
      for (const { title, rows } of tables) {
        expect(rows.length, `${id}: ${title}`).toBeGreaterThan(0);
        for (const { quantity, obtained, verdict, rule } of rows) {
          const place = `${id}: ${title}: ${quantity}`;
          if (typeof obtained === "string") expect(obtained, place).not.toMatch(/NaN|Infinity|undefined|^$/);
          else expect(Number.isFinite(obtained.value), place).toBe(true);
          expect(rule === undefined, place).toBe(verdict === "info");
        }
      }
    }
  });

  it("stand in one report, with their figures, that says which data and which size were used", () => {
    const report = text(store.files.get("report.html"));
    for (const { id, figures } of records) {
      expect(report).toContain(`id="experiment-${id}"`);
      for (const { name } of figures) expect(store.files.has(`${id}/figures/${name}.svg`)).toBe(true);
    }
    expect(report).toContain("built-in instrument stands in");
    expect(report).toContain("Short form");
    expect(report).not.toMatch(/<(script|img|link)\b/);
  });

  it("are not run again, and make no other report", async () => {
    const before = text(store.files.get("report.html"));
    const never = chosen.map(
      (one): Experiment => ({ ...one, run: () => Promise.reject(new Error(`${one.id} was run again`)) }),
    );
    const again = await reproduce({ ...settings, experiments: never, all: never }, io(store));
    // JSON knows no -0.
    expect(again).toEqual(JSON.parse(JSON.stringify(records)));
    expect(text(store.files.get("report.html"))).toBe(before);
  });

  it("give rows of the documentation for every demo run", () => {
    const table = demoTable(records);
    for (const { id } of records.filter((one) => one.id.includes("_")))
      expect(table).toContain(`| ${id} | C at the medians |`);
  });
});

describe("a run", () => {
  const some = selectExperiments(experiments, ["5", "7"]);
  const withoutTimes = (found: readonly ExperimentRecord[]) =>
    found.map(({ tables }) => tables.filter(({ title }) => !/time/i.test(title)));

  it("that was interrupted and goes on finds what an uninterrupted one finds", async () => {
    const whole = await reproduce({ ...settings, experiments: some }, io());
    const store = memoryStore();
    const stop = new AbortController();
    const interrupted = reproduce(
      { ...settings, experiments: some },
      io(store),
      { signal: stop.signal },
      { ends: () => stop.abort(new Error("stopped by the user")) },
    );
    await expect(interrupted).rejects.toThrow("stopped by the user");
    expect(store.files.has("5/experiment.json")).toBe(true);
    expect(store.files.has("7/experiment.json")).toBe(false);
    const resumed = await reproduce({ ...settings, experiments: some }, io(store));
    expect(withoutTimes(resumed)).toEqual(withoutTimes(whole));
  }, 300_000);

  it("does not mix with results of other settings", async () => {
    const store = memoryStore();
    await reproduce({ ...settings, experiments: [] }, io(store));
    const other = reproduce({ ...settings, experiments: [], seed: 2 }, io(store));
    await expect(other).rejects.toThrow("holds results with seed 1, and this run has seed 2");
    await expect(
      reproduce({ ...settings, experiments: [], seed: 2, force: true }, io(store)),
    ).resolves.toEqual([]);
  });

  it("goes on after an experiment that fails, says why, and tries that one again", async () => {
    const store = memoryStore();
    let attempts = 0;
    const failing: Experiment = {
      ...{ id: "x", aliases: [], where: "", title: "fails once" },
      async run() {
        if (attempts++ === 0) throw new Error("no <luck>");
        return { tables: [], figures: [], notes: [], timings: {} };
      },
    };
    const run = () => reproduce({ ...settings, experiments: [failing], all: [failing] }, io(store));
    expect((await run())[0].failure).toBe("no <luck>");
    expect(text(store.files.get("report.html"))).toContain("Not run: no &lt;luck&gt;");
    expect((await run())[0].failure).toBeUndefined();
  });
});

describe("what experiments share", () => {
  it("is made once, also by a run that is told to begin anew", async () => {
    const store = memoryStore();
    const lab = (anew: boolean) => createLab({ ...settings, anew }, io(store), {});
    let made = 0;
    const work = async () => ({ made: ++made });
    expect(await lab(false).kept("x", work)).toEqual({ made: 1 });
    expect(await lab(false).kept("x", work)).toEqual({ made: 1 });
    const fresh = lab(true);
    expect(await fresh.kept("x", work)).toEqual({ made: 2 });
    expect(await fresh.kept("x", work)).toEqual({ made: 2 });
  });
});

describe("the choice of experiments", () => {
  const ids = (...names: string[]) => selectExperiments(experiments, names).map(({ id }) => id);

  it("takes numbers, figures and demo runs, in the paper's order, each once", () => {
    expect(ids("9", "fig5", "fig8", "3_sri", "05")).toEqual(["5", "9", "3_sri"]);
    expect(ids("demos")).toEqual(DEMO_RUNS.map(({ id }) => id));
    expect(ids("experiments", "demos")).toEqual(ids());
  });

  it("knows every experiment by names of its own", () => {
    const names = experiments.flatMap(({ id, aliases }) => [id, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
    for (let number = 1; number <= 20; number++) expect(ids(String(number))).toEqual([String(number)]);
  });

  it("guesses what a wrong name means", () => {
    expect(() => ids("3_sry")).toThrow("did you mean 3_sri?");
  });
});

describe("a slope", () => {
  const verdict = (published: number, error: number, slope: number) =>
    slopeRow("x", { value: published, error }, { value: slope, error: 0.01 }).verdict;

  it("holds within two published errors of 1, or as near to 1 as the published one", () => {
    expect(verdict(1, 0.01, 1.019)).toBe("pass");
    expect(verdict(1, 0.01, 0.979)).toBe("fail");
    expect(verdict(0.95, 0.01, 0.951)).toBe("pass");
    expect(verdict(0.95, 0.01, 1.051)).toBe("fail");
  });
});

describe("a page of the documentation", () => {
  it("keeps all but what stands between its markers", () => {
    const once = withMarked("# Page\n", "one");
    const twice = withMarked(`${once}after\n`, "two");
    expect(twice).toMatch(/^# Page\n\n<!--.*-->\n\ntwo\n\n<!--.*-->\nafter\n$/s);
    expect(markedPart(twice)).toContain("two");
    expect(markedPart("# Page\n")).toBeUndefined();
  });
});

describe("examples/", () => {
  const folder = fileURLToPath(new URL("../../examples/", import.meta.url));

  it("holds a configuration of every demo run that resolves to what the experiment runs", async () => {
    const files = (await readdir(folder)).filter((name) => name.endsWith(".yml")).sort();
    expect(files).toEqual(DEMO_RUNS.map(({ id }) => `${id}.yml`).sort());
    for (const run of DEMO_RUNS) {
      const file = `${run.id}.yml`;
      const layer = await parseConfigFile(await readFile(folder + file, "utf8"), file);
      const config = await resolveConfig(layer, { seed: 7 });
      const setup = SETUPS[run.setup];
      const { model, priors, fixed } = setup;
      expect(config, file).toMatchObject({
        model,
        priors,
        fixed,
        bins: "inside",
        seed: 1,
        ...demoChanges(run),
      });
      expect(config.spectra[0].file.endsWith(`/${setup.file}`), file).toBe(true);
    }
  });
});
