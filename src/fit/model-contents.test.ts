import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { powerlaw } from "../model/powerlaw.ts";
import { defineModel, defineTable } from "../model/registry.ts";
import { tableModelFile } from "../ogip/table-model.fixture.ts";
import { readTableModel } from "../ogip/table-model.ts";
import { infer } from "./infer.ts";
import { loadObservations, problemOf } from "./load.ts";
import { checkModelContents } from "./model-contents.ts";
import type { NetworkFile } from "./network-file.ts";
import { networkOrigin } from "./network-origin.ts";
import { openNetwork } from "./open-network.ts";
import { createPool } from "./pool.ts";
import { smallFit } from "./small.fixture.ts";

const edges = Array.from({ length: 21 }, (_, i) => 0.1 * 100 ** (i / 20));

/** A table of power laws whose photons of the bin that begins above 5 keV are multiplied by a factor. */
function slopes(factor = 1): Uint8Array {
  return tableModelFile({
    name: "Slope",
    axes: [{ name: "G", values: [1.5, 2, 2.5] }],
    edges,
    spectrum: ([g], e) => (e === 17 ? factor : 1) * (edges[e] ** (1 - g) - edges[e + 1] ** (1 - g)),
  });
}

async function originOf(model: string, priors: Readonly<Record<string, string>>) {
  const { config, readFile } = smallFit([{}], { model, priors, fixed: {} });
  const observations = await loadObservations(config, readFile);
  const window = { lower: 0, upper: 5000 };
  const recipe = { preset: "default" } as unknown as NetworkFile["origin"]["recipe"];
  const origin = await networkOrigin(problemOf(config, observations), config, { window, recipe });
  return { origin, observations, readFile };
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => "accepted",
    (error: unknown) => (error instanceof InputError ? error.message : String(error)),
  );

const PRIORS = { "slope.G": "uniform(1.5, 2.5)", "slope.norm": "loguniform(0.1, 10)" };

describe("a network of a table model", () => {
  it("is used with the table of its training, wherever else the file's bytes differ", async () => {
    defineTable(await readTableModel(slopes(), "slope.fits"));
    const { origin } = await originOf("atable{slope.fits}", PRIORS);
    defineTable(await readTableModel(slopes(), "slope.fits"));
    expect(await refusal(checkModelContents(origin))).toBe("accepted");
  });

  it("is refused with another table of the same name, even if one number differs", async () => {
    defineTable(await readTableModel(slopes(), "slope.fits"));
    const { origin, observations, readFile } = await originOf("atable{slope.fits}", PRIORS);
    const other = slopes(1.001);
    defineTable(await readTableModel(other, "slope.fits"));
    const network = { origin } as NetworkFile;
    const sentence =
      /^slope\.fits: the table model has other contents than .* trained with \(checksum [0-9a-f]{8} against [0-9a-f]{8}\); put the former file back, or train/;
    expect(await refusal(openNetwork(createPool({ size: 1 }), network, observations))).toMatch(sentence);
    const io = { readFile: async (name: string) => (name === "slope.fits" ? other : readFile(name)) };
    const settings = { workers: 1, samples: 100, seed: 1, refine: true };
    const first = infer(network, [{ file: "small.pha" }], io, settings).next();
    expect(await refusal(first)).toMatch(sentence);
  });

  it("is refused where it does not say what was in the table", async () => {
    defineTable(await readTableModel(slopes(), "slope.fits"));
    const { contents: _, ...origin } = (await originOf("atable{slope.fits}", PRIORS)).origin;
    expect(await refusal(checkModelContents(origin))).toMatch(
      /does not say what was in the table model slope\.fits/,
    );
  });
});

describe("a network of a model of one's own", () => {
  const define = (factor: number) =>
    defineModel({
      ...powerlaw,
      name: "mine",
      prepare: (grid, settings) => {
        const evaluate = powerlaw.prepare(grid, settings);
        return (out, theta) => {
          evaluate(out, theta);
          for (let i = 0; i < out.length; i++) out[i] *= 1 + (factor - 1) * (grid[i] > 5 ? 1 : 0);
        };
      },
    });
  const priors = { "mine.PhoIndex": "uniform(0.5, 3)", "mine.norm": "loguniform(0.1, 10)" };

  it("is refused with another function of the same name, and used with one that gives the same", async () => {
    define(1);
    const { origin } = await originOf("mine", priors);
    define(1);
    expect(await refusal(checkModelContents(origin))).toBe("accepted");
    define(1 + 1e-14);
    expect(await refusal(checkModelContents(origin))).toBe("accepted");
    define(1.001);
    expect(await refusal(checkModelContents(origin))).toMatch(
      /^the model mine of your own gives other spectra/,
    );
  });

  it("which the list has all of needs no record", async () => {
    const { origin } = await originOf("tbabs*powerlaw", { "tbabs.nH": "uniform(0,1)" });
    expect(origin.contents).toBeUndefined();
  });
});
