import { beforeAll, describe, expect, it, vi } from "vitest";
import { loadObservations } from "./load.ts";
import { countsWindow } from "./npe.ts";
import { smallFit } from "./small.fixture.ts";
import { testSeed } from "./test-set.ts";
import { type TrainingRecord, trainForMany } from "./train-run.ts";

vi.mock("../npe/recipe.ts", async (original) => {
  const real = await original<typeof import("../npe/recipe.ts")>();
  const { shortened } = await import("./short-training.fixture.ts");
  return { ...real, recipe: (...given: Parameters<typeof real.recipe>) => shortened(real.recipe(...given)) };
});

const { config, readFile } = smallFit(
  [{ file: "a.pha" }, { file: "b.pha" }, { file: "c.pha", exposure: 2 }],
  {
    ...{ simulations: 2000, restrict: { kind: "counts", lower: 500, upper: 3000 } },
  },
);
const pair = { ...config, spectra: config.spectra.slice(0, 2) };
const SPECTRA = 150;

let record: TrainingRecord;
beforeAll(async () => {
  record = await trainForMany(pair, { readFile }, { test: SPECTRA });
}, 120_000);

describe("spectra that a network is tested with", () => {
  it("come back without bias, inside their intervals as often as these say", () => {
    const { test } = record.result;
    expect(test?.spectra).toBe(SPECTRA);
    expect(test?.parameters.map(({ name, logarithmic }) => [name, logarithmic])).toEqual([
      ["powerlaw.PhoIndex", false],
      ["powerlaw.norm", true],
    ]);
    for (const { throughOrigin, line, coverage68, coverage90 } of test?.parameters ?? []) {
      // A short training is calibrated to some per cent; four standard errors (binomial: 0.038, 0.024) and 0.05.
      expect(Math.abs(coverage68 - 0.683)).toBeLessThan(4 * 0.038 + 0.05);
      expect(Math.abs(coverage90 - 0.9)).toBeLessThan(4 * 0.024 + 0.05);
      // Half the 95 % interval is two standard errors; twice that, and 0.01 for the training.
      expect(Math.abs((throughOrigin?.slope ?? 0) - 1)).toBeLessThan(2 * (throughOrigin?.error ?? 0) + 0.01);
      expect(Math.abs((line?.slope ?? 0) - 1)).toBeLessThan(4 * (line?.slopeError ?? 0) + 0.02);
    }
  });

  it("are drawn from the simulated part of the prior by a seed of their own", () => {
    const { test } = record.result;
    expect(test?.seed).toBe(testSeed(config.seed));
    expect(testSeed(1)).not.toBe(testSeed(2));
    expect(Number.isSafeInteger(testSeed(7))).toBe(true);
    const shown = record.figures.tested?.parameters[1].recovered.truth ?? [];
    const restricted = record.figures.prior?.restricted ?? new Float64Array();
    const trained = new Set(Array.from(restricted, Math.log10));
    expect(Array.from(shown).filter((truth) => trained.has(truth))).toEqual([]);
  });
});

describe("a training for many spectra", () => {
  it("covers the counts of each, where the restriction follows them", async () => {
    const one = { ...pair, simulations: 300, restrict: { kind: "auto" } as const };
    const windows = (await loadObservations(pair, readFile)).map((each) =>
      countsWindow({ kind: "auto" }, [each]),
    );
    const { window } = (await trainForMany(one, { readFile }, { test: 0 })).result;
    expect(windows[0]).not.toEqual(windows[1]);
    expect(window.lower).toBe(Math.min(...windows.map(({ lower }) => lower)));
    expect(window.upper).toBe(Math.max(...windows.map(({ upper }) => upper)));
  });

  it("refuses spectra of different set-ups, methods and rounds", async () => {
    const refused = (changes: Partial<typeof config>) =>
      trainForMany({ ...config, ...changes }, { readFile }, { test: 0 });
    await expect(refused({})).rejects.toThrow(/^c\.pha: .*of a\.pha.*exposure 2 s instead of 0\.5 s/);
    await expect(refused({ method: "nested" })).rejects.toThrow(/method: .*npe, found nested/);
    await expect(refused({ rounds: 3 })).rejects.toThrow(
      /rounds: 3 rounds make a network for one observation/,
    );
  });
});
