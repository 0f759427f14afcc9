import { describe, expect, it, vi } from "vitest";
import { ess } from "../diagnose/ess.ts";
import { runFit } from "./analysis.ts";
import { smallFit } from "./small.fixture.ts";
import type { FitConfig, PosteriorDraws, RunResult } from "./types.ts";

vi.mock("../npe/recipe.ts", async (original) => {
  const real = await original<typeof import("../npe/recipe.ts")>();
  const { shortened } = await import("./short-training.fixture.ts");
  return { recipe: (...given: Parameters<typeof real.recipe>) => shortened(real.recipe(...given)) };
});

const NPE = { method: "npe", simulations: 1500, samples: 4000 } as const;
const NESTED = { method: "nested", livePoints: 200 } as const;

async function both(spectra: Parameters<typeof smallFit>[0], changes: Partial<FitConfig> = {}) {
  const npe = smallFit(spectra, { ...changes, ...NPE });
  const nested = smallFit(spectra, { ...changes, ...NESTED });
  return { npe: await runFit(npe.config, npe), nested: await runFit(nested.config, nested) };
}

type Fit = { readonly result: RunResult; readonly draws: PosteriorDraws };

/** The two posteriors agree in evidence, means and widths, within four standard errors of both. */
function expectAgreement(a: Fit, b: Fit): void {
  const [evidence, other] = [a.result.evidence!, b.result.evidence!];
  const error = Math.hypot(evidence.logZError, other.logZError);
  // For 2 parameters five statistics, each beyond 4 errors once in 16 000 seeds; the seeds are fixed.
  expect(Math.abs(evidence.logZ - other.logZ)).toBeLessThan(4 * error);
  const effective = [a, b].map(({ draws }) => ess(draws.weight));
  // Means and (halved) relative widths scatter by 1 and 0.7 posterior deviations over sqrt(ESS).
  const allowed = 4 * Math.hypot(...effective.map((n) => 1 / Math.sqrt(n)));
  a.result.parameters.forEach((parameter, d) => {
    const one = parameter.log10 ?? parameter;
    const two = b.result.parameters[d].log10 ?? b.result.parameters[d];
    expect(Math.abs(one.mean - two.mean) / two.sd).toBeLessThan(allowed);
    expect(Math.abs(Math.log(one.sd / two.sd))).toBeLessThan(allowed);
    // Polished in both.
    expect(Math.abs(parameter.best - b.result.parameters[d].best)).toBeLessThan(
      0.05 * b.result.parameters[d].sd,
    );
  });
  expect(Math.abs(a.result.statistic.best - b.result.statistic.best)).toBeLessThan(0.01);
}

describe("the refined posterior is that of nested sampling", () => {
  it("for one spectrum", async () => {
    const { npe, nested } = await both([{}]);
    expect(npe.result.statistic.name).toBe("cstat");
    expectAgreement(npe, nested);
  });

  it("for a spectrum with a measured background, by the W statistic", async () => {
    const { npe, nested } = await both([{ exposure: 0.3, background: 400 }]);
    expect(npe.result.statistic.name).toBe("wstat");
    expect(nested.result.statistic.name).toBe("wstat");
    expectAgreement(npe, nested);
  });

  it("where no part of the prior predicts the observed counts, with a warning", async () => {
    const priors = { "powerlaw.PhoIndex": "uniform(0.5, 3)", "powerlaw.norm": "loguniform(2, 10)" };
    const { npe, nested } = await both([{}], { priors });
    expect(npe.result.warnings.join()).toContain("its nearest part was simulated");
    expectAgreement(npe, nested);
  });

  it("for two spectra together, which tell more than one", async () => {
    const spectra = [{ file: "a.pha" }, { file: "b.pha", exposure: 1 }];
    const { npe, nested } = await both(spectra);
    expect(npe.result.spectra.map(({ file }) => file)).toEqual(["a.pha", "b.pha"]);
    expectAgreement(npe, nested);
    const alone = smallFit(spectra.slice(0, 1), NESTED);
    const single = await runFit(alone.config, alone);
    // Three times the counts: widths down by sqrt(3).
    npe.result.parameters.forEach(({ sd }, d) => {
      expect(sd / single.result.parameters[d].sd).toBeLessThan(0.75);
    });
  });
});

describe("a run", () => {
  it("with the same seed gives the same result, with another seed other draws of the same posterior", async () => {
    const run = (seed: number) => {
      const small = smallFit([{}], { ...NPE, seed });
      return runFit(small.config, small);
    };
    const first = await run(1);
    const again = await run(1);
    expect(again.result).toEqual(first.result);
    expect(again.draws).toEqual(first.draws);
    expect(again.network).toEqual(first.network);
    const other = await run(2);
    expect(other.draws.theta).not.toEqual(first.draws.theta);
    expectAgreement(other, first);
  });

  it("by the paper's recipe on raw counts has the same refined posterior", async () => {
    const paper = smallFit([{}], { ...NPE, preset: "paper", features: "raw" });
    const nested = smallFit([{}], NESTED);
    expectAgreement(await runFit(paper.config, paper), await runFit(nested.config, nested));
  });
});
