import { describe, expect, it } from "vitest";
import { componentCounts } from "./component-counts.ts";
import { loadObservations, problemOf } from "./load.ts";
import { createSimulator } from "./simulator.ts";
import { smallFit } from "./small.fixture.ts";
import type { FitConfig } from "./types.ts";

const norms = { "powerlaw.norm": "loguniform(0.1, 10)" };

async function partsOf(
  changes: Partial<FitConfig>,
  theta: readonly number[],
  spectra = [{ background: 300 }],
) {
  const { config, readFile } = smallFit(spectra, changes);
  const problem = problemOf(config, await loadObservations(config, readFile));
  const at = Float64Array.from(theta);
  return { parts: componentCounts(problem, at), whole: createSimulator(problem).mu(at) };
}

describe("the counts of components", () => {
  it.each<[string, Partial<FitConfig>, number[]]>([
    [
      "a fixed norm",
      { model: "tbabs*(powerlaw+bbodyrad)", fixed: { "bbodyrad.norm": 50 }, priors: norms },
      [1.2],
    ],
    [
      "a tied norm",
      {
        model: "tbabs*(powerlaw+bbodyrad)",
        fixed: {},
        ties: { "bbodyrad.norm": "40*powerlaw.norm" },
        priors: norms,
      },
      [1.2],
    ],
    [
      "a background model",
      {
        model: "tbabs*powerlaw; bkg: powerlaw+gaussian",
        fixed: { "bkg:gaussian.norm": 0.1 },
        priors: { ...norms, "bkg:powerlaw.norm": "loguniform(0.01, 1)" },
      },
      [1.2, 0.05],
    ],
  ])("add up to all counts with %s", async (_, changes, theta) => {
    const { parts, whole } = await partsOf(changes, theta);
    expect(parts.length).toBeGreaterThan(1);
    for (const [c, all] of whole.entries()) {
      const sum = parts.reduce((total, { mu }) => total + mu[c], 0);
      expect(Math.abs(sum - all)).toBeLessThan(1e-9 * Math.max(1, all));
    }
    // Each has counts of its own somewhere.
    for (const { label, mu } of parts) expect(Math.max(...mu), label).toBeGreaterThan(0);
  });

  it("are none where a convolution sets the flux", async () => {
    const model = "cflux*(powerlaw+bbodyrad)";
    const { parts } = await partsOf(
      { model, fixed: {}, priors: { "cflux.lg10Flux": "uniform(-12, -8)" } },
      [-9],
    );
    expect(parts).toEqual([]);
  });
});
