import { beforeAll, describe, expect, it, vi } from "vitest";
import { ess } from "../diagnose/ess.ts";
import { runFit } from "./analysis.ts";
import { type Inference, infer } from "./infer.ts";
import { inferenceFiles } from "./infer-output.ts";
import type { InferredSpectrum } from "./infer-types.ts";
import { formatNetwork, type NetworkFile, parseNetwork } from "./network-file.ts";
import { smallFit } from "./small.fixture.ts";
import { trainForMany } from "./train-run.ts";

vi.mock("../npe/recipe.ts", async (original) => {
  const real = await original<typeof import("../npe/recipe.ts")>();
  const { shortened } = await import("./short-training.fixture.ts");
  return { ...real, recipe: (...given: Parameters<typeof real.recipe>) => shortened(real.recipe(...given)) };
});

// Four draws of the same model, one of them of another exposure, and a broken file.
const SPECTRA = [
  { file: "a.pha", seed: 1 },
  { file: "b.pha", seed: 2 },
  { file: "longer.pha", exposure: 0.7 },
  { file: "c.pha", seed: 9 },
];
const small = smallFit(SPECTRA, { simulations: 1500, restrict: { kind: "counts", lower: 300, upper: 3000 } });
const readFile = async (name: string) =>
  name === "broken.pha" ? new Uint8Array(2880) : small.readFile(name);
const SETTINGS = { samples: 2000, seed: 4, refine: true, workers: 1 };
const named = (...files: string[]) => files.map((file) => ({ file }));

let network: NetworkFile;
beforeAll(async () => {
  const single = { ...small.config, spectra: named("a.pha") };
  const record = await trainForMany(single, { readFile }, { test: 0 });
  network = await parseNetwork(await formatNetwork(record.network), "net");
}, 120_000);

async function inferred(files: string[], changes: Partial<typeof SETTINGS> & { goodness?: number } = {}) {
  const out: Inference[] = [];
  for await (const each of infer(network, named(...files), { readFile }, { ...SETTINGS, ...changes }))
    out.push(each);
  return out;
}

function done(inference: Inference) {
  if ("failure" in inference) throw new Error(inference.failure.error);
  return inference;
}

describe("posteriors of many spectra", () => {
  it("are each those of nested sampling", async () => {
    for (const each of (await inferred(["a.pha", "c.pha"])).map(done)) {
      const { file, parameters, evidence, statistic } = each.spectrum;
      const exact = { ...small.config, method: "nested", livePoints: 200, spectra: named(file) } as const;
      const nested = await runFit(exact, { readFile });
      const effective = [each.draws, nested.draws].map(({ weight }) => ess(weight));
      // Means scatter by one posterior deviation over sqrt(ESS), widths by less; beyond 4 of both once in 16 000 seeds, 10 comparisons.
      const allowed = 4 * Math.hypot(...effective.map((n) => 1 / Math.sqrt(n)));
      parameters.forEach((parameter, d) => {
        const [one, two] = [parameter, nested.result.parameters[d]].map((p) => p.log10 ?? p);
        expect(Math.abs(one.mean - two.mean) / two.sd).toBeLessThan(allowed);
        expect(Math.abs(Math.log(one.sd / two.sd))).toBeLessThan(allowed);
      });
      const other = nested.result.evidence;
      const error = Math.hypot(evidence?.logZError ?? 0, other?.logZError ?? 0);
      expect(Math.abs((evidence?.logZ ?? 0) - (other?.logZ ?? 0))).toBeLessThan(4 * error);
      expect(Math.abs(statistic.best - nested.result.statistic.best)).toBeLessThan(0.01);
    }
  });

  it("do not depend on which others are done, nor on their order", async () => {
    const [first, second] = (await inferred(["a.pha", "b.pha"])).map(done);
    const [again] = (await inferred(["b.pha"])).map(done);
    expect(again).toEqual(second);
    const [swapped] = (await inferred(["b.pha", "a.pha"])).map(done);
    expect(swapped).toEqual(second);
    expect(first.spectrum.counts).not.toBe(second.spectrum.counts);
  });

  it("without refinement are near the refined ones, and have no evidence", async () => {
    const [plain] = (await inferred(["b.pha"], { refine: false })).map(done);
    const [refined] = (await inferred(["b.pha"])).map(done);
    expect(plain.spectrum.evidence).toBeUndefined();
    expect(plain.spectrum.importance).toBeUndefined();
    expect(plain.spectrum.statistic.best).toBeCloseTo(refined.spectrum.statistic.best, 3);
    plain.spectrum.parameters.forEach(({ median }, d) => {
      const exact = refined.spectrum.parameters[d];
      // A network of a second's training: half a deviation is its own error, not chance.
      expect(Math.abs(median - exact.median)).toBeLessThan(0.5 * exact.sd);
    });
  });

  it("compare the statistic with that of simulated spectra", async () => {
    const [right] = (await inferred(["c.pha"], { goodness: 100 })).map(done);
    // The model is the true one: below 1 or above 99 % once in 50 seeds.
    expect(right.spectrum.goodness?.percentile).toBeGreaterThan(1);
    expect(right.spectrum.goodness?.percentile).toBeLessThan(99);
    expect(right.spectrum.goodness?.simulations).toBe(100);
  });
});

describe("spectra that cannot be done", () => {
  it("are failures that say why, in their place, and the others are done", async () => {
    const all = await inferred(["broken.pha", "a.pha", "longer.pha", "missing.pha", "b.pha"]);
    const errors = all.map((each) => ("failure" in each ? each.failure.error : ""));
    expect(errors[0]).toMatch(/^broken\.pha/);
    expect(errors[1]).toBe("");
    expect(errors[2]).toMatch(/^longer\.pha: .*exposure 0\.7 s instead of 0\.5 s/);
    expect(errors[3]).toMatch(/^missing\.pha: there is no such spectrum file/);
    expect(done(all[4])).toEqual(done((await inferred(["b.pha"]))[0]));
    for (const each of all) if ("failure" in each) expect(each.failure.defect).toBe(false);
  });

  it("alone end the work with their error", async () => {
    const output = {
      ...{ network, file: "net", options: SETTINGS, keepDraws: false, onResult: () => undefined },
      fonts: { files: [], regular: new Uint8Array() },
    };
    const only = infer(network, named("missing.pha", "broken.pha"), { readFile }, SETTINGS);
    const work = (async () => {
      for await (const _ of inferenceFiles(only, output)) expect.fail("nothing should be written");
    })();
    await expect(work).rejects.toThrow(/missing\.pha: .*\(and 1 more spectrum that could not be done\)/);
  });
});

describe("a spectrum far from what the network was trained for", () => {
  it("carries a warning that says so", async () => {
    const faint: Pick<InferredSpectrum, "file"> = { file: "faint.pha" };
    const spectra = smallFit([{ file: faint.file, exposure: 0.5, seed: 3 }], {});
    const bytes = await spectra.readFile(faint.file);
    const door = async (name: string) => (name === faint.file ? bytes : readFile(name));
    const warned = async (origin: NetworkFile["origin"]) => {
      const answers = infer({ ...network, origin }, named(faint.file), { readFile: door }, SETTINGS);
      for await (const each of answers) return done(each).spectrum.warnings.join();
      return "";
    };
    expect(await warned(network.origin)).not.toMatch(/outside/);
    const { coverage, ...bare } = network.origin;
    if (coverage === undefined) throw new Error("no coverage is stored");
    const other = { ...coverage, totals: { lower: 5000, upper: 9000 } };
    expect(await warned({ ...bare, coverage: other })).toMatch(/outside .* the simulations 5000 to 9000/);
    const window = { lower: 5000, upper: 9000 };
    expect(await warned({ ...bare, window })).toMatch(/net counts lie outside .* 5000 to 9000/);
  });
});
