import { describe, expect, it, vi } from "vitest";
import { InputError } from "../errors.ts";
import { decodeSafetensors, encodeSafetensors } from "../flow/safetensors.ts";
import { initialWeights } from "../flow/weights.ts";
import { parseExpression } from "../model/expression.ts";
import { everything } from "../npe/window.ts";
import { loadObservations, problemOf } from "./load.ts";
import { formatNetwork, type NetworkFile, parseNetwork } from "./network-file.ts";
import { networkOrigin } from "./network-origin.ts";
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
  return { ...real, recipe: (...given: Parameters<typeof real.recipe>) => shortened(real.recipe(...given)) };
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
  const { posterior, flows, recipe } = await trainNetwork(pool, input);
  return { origin: await networkOrigin(problem, config, { window, recipe }), posterior, flows };
}

async function draws({ posterior, flows }: NetworkFile) {
  await openPosterior(pool, posterior, flows, "plain");
  return sampleFlow(pool, observedCounts(observations), 500, 7);
}

const network = await train("sufficient");
const bytes = await formatNetwork(network);

/** The file with another text in the metadata. */
function withText(change: (text: string) => string): Uint8Array {
  const { arrays, metadata } = decodeSafetensors(bytes, "net");
  return encodeSafetensors({ arrays, metadata: { ...metadata, xnpe: change(metadata.xnpe) } });
}

describe("a network's file", () => {
  it("gives the network back that draws the same, bit for bit", async () => {
    for (const given of [network, await train("raw")]) {
      const back = await parseNetwork(await formatNetwork(given), "net");
      expect(back).toEqual(given);
      expect(await draws(back)).toEqual(await draws(given));
    }
  });

  it("holds several flows, whose mean is drawn from", async () => {
    const other = initialWeights(network.flows[0].spec, 9);
    const ensemble = { ...network, flows: [...network.flows, other] };
    const back = await parseNetwork(await formatNetwork(ensemble), "net");
    expect(back).toEqual(ensemble);
    const both = await draws(back);
    const [alone, beside] = [await draws(network), await draws({ ...network, flows: [other] })];
    expect(both.theta).not.toEqual(alone.theta);
    const logProb = async (flows: NetworkFile["flows"]) => {
      await openPosterior(pool, network.posterior, flows, "plain");
      return pool.run(0, { kind: "logProb", counts: observedCounts(observations), theta: alone.theta });
    };
    const [p, q, mean] = [await logProb(network.flows), await logProb([other]), await logProb(back.flows)];
    expect(beside.theta).not.toEqual(alone.theta);
    // Two roundings of exp and log.
    mean.forEach((value, m) => {
      expect(value).toBeCloseTo(Math.log(0.5 * Math.exp(p[m]) + 0.5 * Math.exp(q[m])), 10);
    });
  });

  it("keeps a window without an end", async () => {
    const open = { ...network, origin: { ...network.origin, window: everything } };
    expect((await parseNetwork(await formatNetwork(open), "net")).origin.window).toEqual(everything);
  });

  it("keeps numbers that JSON does not have", async () => {
    const odd = { ...network, origin: { ...network.origin, values: [1, Number.NEGATIVE_INFINITY, 0.1] } };
    expect((await parseNetwork(await formatNetwork(odd), "net")).origin.values).toEqual(odd.origin.values);
  });

  it("that is cut anywhere is refused with its name", async () => {
    for (const length of [0, 1, 7, 8, 100, bytes.length >> 1, bytes.length - 1]) {
      const cut = parseNetwork(bytes.slice(0, length), "cut.safetensors");
      await expect(cut).rejects.toThrow(InputError);
      await expect(cut).rejects.toThrow(/^cut\.safetensors/);
    }
  });

  it("with any number of it changed is refused: the checksum differs", async () => {
    const header = 8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
    for (const at of [header, header + 1001, bytes.length - 1]) {
      const flipped = bytes.slice();
      flipped[at] ^= 1;
      await expect(parseNetwork(flipped, "net")).rejects.toThrow(/^net: is damaged.*SHA-256/);
    }
    const other = withText((text) => text.replace('"seed":1', '"seed":2'));
    await expect(parseNetwork(other, "net")).rejects.toThrow(/^net: is damaged.*SHA-256/);
  });

  it("of another layout is refused, and what to do named", async () => {
    const later = parseNetwork(
      withText((text) => text.replace('"format":2', '"format":4')),
      "net",
    );
    await expect(later).rejects.toThrow(InputError);
    await expect(later).rejects.toThrow(/layout 4 .*update xnpe/);
    const earlier = withText((text) => text.replace('"format":2', '"format":1'));
    await expect(parseNetwork(earlier, "net")).rejects.toThrow(/layout 1 .*train the network again/);
  });

  it("with a description that is no JSON, or not ours, is refused", async () => {
    for (const text of ["", "{", "null", "7", '{"format":2}', '{"format":2,"origin":{},"posterior":3}'])
      await expect(
        parseNetwork(
          withText(() => text),
          "net",
        ),
      ).rejects.toThrow(InputError);
  });
});
