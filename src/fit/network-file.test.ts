import { describe, expect, it, vi } from "vitest";
import { InputError } from "../errors.ts";
import { decodeSafetensors, encodeSafetensors } from "../flow/safetensors.ts";
import { parseExpression } from "../model/expression.ts";
import { everything } from "../npe/window.ts";
import { loadObservations, problemOf } from "./load.ts";
import { formatNetwork, type NetworkFile, parseNetwork } from "./network-file.ts";
import { openPosterior } from "./npe.ts";
import { createPool } from "./pool.ts";
import { observedCounts, problemPrior } from "./problem.ts";
import { sampleFlow } from "./proposal.ts";
import { simulateBank } from "./simulate.ts";
import { smallFit } from "./small.fixture.ts";
import { trainNetwork } from "./train.ts";

vi.mock("../npe/recipe.ts", async (original) => {
  const real = await original<typeof import("../npe/recipe.ts")>();
  const { shortened } = await import("./short-training.fixture.ts");
  return { recipe: (...given: Parameters<typeof real.recipe>) => shortened(real.recipe(...given)) };
});

const { config, readFile } = smallFit([{}]);
const observations = await loadObservations(config, readFile);
const problem = problemOf(config, observations);
const { priors } = problemPrior(parseExpression(problem.model), problem.free);
const pool = createPool({ size: 1 });
await pool.all({ kind: "open", problem });
const bins = observations[0].counts.length;

async function train(features: "sufficient" | "raw"): Promise<NetworkFile> {
  const window = { lower: 100, upper: 5000 };
  const bank = await simulateBank(pool, { simulations: 300, dimensions: 2, bins, seed: 1, window });
  const input = { bank, bins, priors, preset: "default", features, seed: 1, build: "plain" } as const;
  const { posterior, flow, recipe } = await trainNetwork(pool, input);
  const { model, abund, xsect, values, free } = problem;
  const responseHash = "0123";
  return {
    origin: { model, abund, xsect, values, free, window, responseHash, seed: 1, recipe },
    posterior,
    flow,
  };
}

async function draws({ posterior, flow }: NetworkFile) {
  await openPosterior(pool, posterior, flow, "plain");
  return sampleFlow(pool, observedCounts(observations), 500, 7);
}

const network = await train("sufficient");
const bytes = formatNetwork(network);

/** The file with another text in the metadata. */
function withText(change: (text: string) => string): Uint8Array {
  const { arrays, metadata } = decodeSafetensors(bytes, "net");
  return encodeSafetensors({ arrays, metadata: { ...metadata, xnpe: change(metadata.xnpe) } });
}

describe("a network's file", () => {
  it("gives the network back that draws the same, bit for bit", async () => {
    for (const given of [network, await train("raw")]) {
      const back = parseNetwork(formatNetwork(given), "net");
      expect(back).toEqual(given);
      expect(await draws(back)).toEqual(await draws(given));
    }
  });

  it("keeps a window without an end", () => {
    const open = { ...network, origin: { ...network.origin, window: everything } };
    expect(parseNetwork(formatNetwork(open), "net").origin.window).toEqual(everything);
  });

  it("that is cut anywhere is refused with its name", () => {
    for (const length of [0, 1, 7, 8, 100, bytes.length >> 1, bytes.length - 1]) {
      expect(() => parseNetwork(bytes.slice(0, length), "cut.safetensors")).toThrow(InputError);
      expect(() => parseNetwork(bytes.slice(0, length), "cut.safetensors")).toThrow(/^cut\.safetensors/);
    }
  });

  it("of a later layout is refused, and xnpe's version named", () => {
    const later = withText((text) => text.replace('"format":1', '"format":2'));
    expect(() => parseNetwork(later, "net")).toThrow(InputError);
    expect(() => parseNetwork(later, "net")).toThrow(/layout 2 .*update xnpe/);
  });

  it("with a description that is no JSON, or not ours, is refused", () => {
    for (const text of ["", "{", "null", "7", '{"format":1}', '{"format":1,"origin":{},"posterior":3}'])
      expect(() =>
        parseNetwork(
          withText(() => text),
          "net",
        ),
      ).toThrow(InputError);
  });
});
