import { afterAll, describe, expect, it, vi } from "vitest";
import { parseExpression } from "../model/expression.ts";
import type { Observation } from "../observe/types.ts";
import { checkNetwork } from "./check.ts";
import { testBank } from "./check-bank.ts";
import { checkFiles } from "./check-output.ts";
import { sbcOfNetwork } from "./check-sbc.ts";
import { loadObservations, problemOf } from "./load.ts";
import type { NetworkFile } from "./network-file.ts";
import { networkOrigin } from "./network-origin.ts";
import { openNetwork } from "./open-network.ts";
import { createPool } from "./pool.ts";
import { problemPrior } from "./problem.ts";
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
const pool = createPool({ size: 1 });
afterAll(() => pool.close());
const WINDOW = { lower: 500, upper: 1500 };

async function train(): Promise<NetworkFile> {
  const problem = problemOf(config, observations);
  const { priors } = problemPrior(parseExpression(problem.model), problem.free);
  await pool.all({ kind: "open", problem });
  const bins = observations[0].counts.length;
  const bank = await simulateBank(pool, { simulations: 2000, dimensions: 2, bins, seed: 1, window: WINDOW });
  const shared = { preset: "default", features: "sufficient", seed: 1, build: "plain" } as const;
  const { posterior, flows, recipe } = await trainNetwork(pool, { bank, bins, priors, ...shared });
  return { origin: await networkOrigin(problem, config, { window: WINDOW, recipe }), posterior, flows };
}

const network = await train();

/** The network with posteriors `width` times as wide. */
function stretched(width: number): NetworkFile {
  const { posterior } = network;
  const { base } = posterior;
  return {
    ...network,
    posterior: { ...posterior, base: { ...base, factor: base.factor.map((f) => width * f) } },
  };
}

const open = (which: NetworkFile) => openNetwork(pool, which, observations);
const size = { spectra: 120, draws: 150, seed: 5, goodness: 30 };

describe("the check of a network", () => {
  it("passes a sound one, and spectra of its model", async () => {
    const { result } = await checkNetwork(await open(network), { ...size, observed: [observations] });
    // A false alarm in one of 100 seeds, each family; the seed is fixed.
    expect(result.network.pValue).toBeGreaterThan(0.01);
    expect(result.refined?.pValue).toBeGreaterThan(0.01);
    expect(result.importance?.efficiency[2]).toBeGreaterThan(0.5);
    expect(result.verdict.grade).not.toBe("poor");
    expect(result.observed[0].verdict.grade).not.toBe("poor");
  });

  it("finds posteriors that are too wide, and that weights repair them", async () => {
    const { result } = await checkNetwork(await open(stretched(1.5)), size);
    expect(result.network.pValue).toBeLessThan(0.01);
    expect(result.refined?.pValue).toBeGreaterThan(0.01);
    expect(result.verdict.grade).toBe("fair");
    expect(result.verdict.sentence).toMatch(/refined posteriors.*not the network alone/);
    for (const { network: alone, refined } of result.parameters) {
      // 1/1.5 for the network; 4 standard errors of the quantile, 0.06.
      expect(Math.abs(alone[0].factor - 1 / 1.5)).toBeLessThan(0.24);
      expect(alone[0].factor).toBeLessThan(refined?.[0].factor ?? 0);
    }
  });

  it("finds posteriors that are too narrow, everywhere, and does not trust the network", async () => {
    const { result } = await checkNetwork(await open(stretched(0.35)), size);
    expect(result.network.pValue).toBeLessThan(0.01);
    expect(result.findings[0].meaning).toMatch(/too narrow/);
    expect(result.importance?.unreliable).toBeGreaterThan(0.1);
    expect(result.verdict.grade).toBe("poor");
    expect(result.failures.some(({ text }) => /everywhere|too narrow/.test(text))).toBe(true);
  });

  it("finds a spectrum that the model does not make, whatever the network", async () => {
    const [one] = observations;
    // A line that triples the counts of three bins of some 20 each.
    const counts = one.counts.map((n, c) => (c >= 12 && c < 15 ? 3 * n + 20 : n));
    const odd: Observation = { ...one, counts, variance: counts };
    const { result } = await checkNetwork(await open(network), { ...size, spectra: 50, observed: [[odd]] });
    const [spectrum] = result.observed;
    expect(spectrum.verdict.grade).toBe("poor");
    expect(spectrum.predictive.find(({ name }) => name === "largest residual")?.adjusted).toBeLessThan(0.01);
  });
});

describe("the test spectra", () => {
  it("lie in the window that was trained on, and so do the draws that are compared", async () => {
    const bank = await testBank(await open(network), { spectra: 40, draws: 100, seed: 2 });
    const total = async (theta: Float64Array) => {
      const mu = await pool.run(0, { kind: "mu", theta });
      const bins = (2 * mu.length) / theta.length;
      return Array.from({ length: mu.length / bins }, (_, i) =>
        mu.subarray(i * bins, (i + 1) * bins).reduce((sum, v) => sum + v, 0),
      );
    };
    let dropped = 0;
    for (const { truth, network: kept, outside } of bank) {
      // Truths are folded in float32.
      const rows = [...(await total(truth)).map(Math.fround), ...(kept ? await total(kept.draws) : [])];
      for (const counts of rows) {
        expect(counts).toBeGreaterThanOrEqual(WINDOW.lower * (1 - 1e-6));
        expect(counts).toBeLessThanOrEqual(WINDOW.upper * (1 + 1e-6));
      }
      dropped += outside;
    }
    // Posteriors of spectra near the window's ends reach over them.
    expect(dropped).toBeGreaterThan(0);
  });

  it("are none of the training's, whatever the seed, and the same for the same seed", async () => {
    const opened = await open(network);
    const bank = await simulateBank(pool, {
      simulations: 60,
      dimensions: 2,
      bins: 39,
      seed: 1,
      window: WINDOW,
    });
    const tests = await testBank(opened, { spectra: 60, draws: 100, seed: 1 });
    expect(tests.map(({ truth }) => truth[0])).not.toContain(bank.theta[0]);
    expect(await testBank(opened, { spectra: 60, draws: 100, seed: 1 })).toEqual(tests);
  });

  it("by chi are tested without weights, as its variances are those of the data", async () => {
    const { config: other, readFile: read } = smallFit([{}], { statistic: "chi" });
    const data = await loadObservations(other, read);
    const problem = problemOf(other, data);
    const origin = await networkOrigin(problem, other, { window: WINDOW, recipe: network.origin.recipe });
    const found = await sbcOfNetwork(await openNetwork(pool, { ...network, origin }, data), {
      ...{ spectra: 60, draws: 100, seed: 1 },
    });
    expect(found.refined).toBeUndefined();
    expect(found.refinedSpectra).toBe(0);
  });
});

describe("the page of a check", () => {
  it("says the verdict first, holds its figures, and is JSON beside", async () => {
    const opened = await open(network);
    const checked = await checkNetwork(opened, { ...size, spectra: 50, observed: [observations] });
    const fonts = { files: [], regular: await font() };
    const files = await checkFiles(opened, checked, { fonts, title: "<network>", command: "xnpe check a" });
    const page = String(files.find(({ name }) => name === "check.html")?.bytes);
    expect(page).toContain("Check of &lt;network&gt;");
    expect(page.indexOf(checked.result.verdict.grade)).toBeLessThan(page.indexOf("<svg"));
    expect(page.match(/<svg/g)).toHaveLength(files.filter(({ name }) => name.endsWith(".svg")).length);
    expect(page).not.toMatch(/<script|src="http/);
    const last = files[files.length - 1];
    expect(last.name).toBe("check.json");
    expect(JSON.parse(String(last.bytes)).verdict).toEqual(checked.result.verdict);
  });
});

async function font(): Promise<Uint8Array> {
  const { loadFonts } = await import("../files.ts");
  return (await loadFonts()).regular;
}
