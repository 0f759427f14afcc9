import { describe, expect, it } from "vitest";
import { plainVectorMath } from "../math/vector.ts";
import { parseExpression } from "../model/expression.ts";
import { runFit } from "./analysis.ts";
import { resolveConfig } from "./config.ts";
import { formatConfig } from "./config-text.ts";
import { loadObservations, problemOf } from "./load.ts";
import { runBestFit } from "./mle-run.ts";
import { createSimulator } from "./simulator.ts";
import { smallFit } from "./small.fixture.ts";
import { statisticAt } from "./statistic-at.ts";
import type { FitConfig } from "./types.ts";

const MODEL = "tbabs*powerlaw; bkg: powerlaw";
const FLAT = { "bkg:powerlaw.PhoIndex": 0 };
const priors = {
  "powerlaw.PhoIndex": "uniform(0.5, 3)",
  "powerlaw.norm": "loguniform(0.1, 10)",
  "bkg:powerlaw.norm": "loguniform(1e-4, 10)",
};
const joint = (changes: Partial<FitConfig> = {}) =>
  smallFit([{ background: 400 }], {
    model: MODEL,
    fixed: { "tbabs.nH": 0.2, ...FLAT },
    priors,
    ...changes,
  });

describe("the model of a background", () => {
  it("has parameters of its own behind the source's, and is evaluated apart from it", () => {
    const whole = parseExpression("tbabs*(powerlaw+bbodyrad); bkg: powerlaw + gaussian");
    expect(whole.parameters.map(({ path }) => path).slice(-6)).toEqual(
      [
        "bkg:powerlaw.PhoIndex",
        "bkg:powerlaw.norm",
        "bkg:gaussian.LineE",
        "bkg:gaussian.Sigma",
        "bkg:gaussian.norm",
      ].toSpliced(0, 0, "bbodyrad.norm"),
    );
    const edges = Float64Array.from({ length: 41 }, (_, i) => 0.3 + 0.2 * i);
    const settings = { abund: "wilm", xsect: "vern", vector: plainVectorMath };
    const values = (prepare: typeof whole.prepare, theta: readonly number[]) => {
      const out = new Float64Array(40);
      prepare(edges, settings)(out, theta);
      return out;
    };
    const [source, background] = [
      [0.2, 1.7, 1, 0.5, 20],
      [0.3, 2, 6.4, 0.1, 0.5],
    ];
    const theta = [...source, ...background];
    const alone = (text: string) => parseExpression(text).prepare;
    expect(values(whole.prepare, theta)).toEqual(values(alone("tbabs*(powerlaw+bbodyrad)"), source));
    expect(values(whole.background!.prepare, theta)).toEqual(values(alone("powerlaw+gaussian"), background));
  });

  it.each([
    ["powerlaw; bkg: tbabs", /the background model "tbabs" emits nothing by itself/],
    ["powerlaw; bkg: powerlaw; bkg: bbody", /two background models/],
    ["powerlaw; bkg: powerlow", /unknown model "powerlow".*did you mean powerlaw/],
  ])("%s is refused", (text, message) => {
    expect(() => parseExpression(text)).toThrow(message);
  });

  it("is kept by config.yml, with ties to the source's parameters", async () => {
    const { parse } = await import("yaml");
    const values = {
      spectra: [{ file: "a.pha", "background-response": "b.rmf", "background-arf": "none" }],
      model: "tbabs*powerlaw",
      "background-model": "powerlaw",
      parameters: {
        "powerlaw.norm": "loguniform(0.1, 10)",
        "bkg:powerlaw.norm": "0.5*powerlaw.norm",
        "BKG:powerlaw_1.PhoIndex": "uniform(0, 1)",
      },
    };
    const layer = (some: Record<string, unknown>) => ({ values: some, where: () => ({}) });
    const config = await resolveConfig(layer(values), { seed: 1 });
    expect(config.model).toBe(MODEL);
    expect(config.ties).toEqual({ "bkg:powerlaw.norm": "0.5*powerlaw.norm" });
    expect(config.priors).toHaveProperty("bkg:powerlaw.PhoIndex");
    expect(config.spectra).toEqual([{ file: "a.pha", backgroundResponse: "b.rmf", backgroundArf: "none" }]);
    const again = await resolveConfig(layer(parse(await formatConfig(config, "0.1.0"))), { seed: 1 });
    expect(again).toEqual(config);
  });
});

describe("a jointly fitted background", () => {
  it("adds to the source, in proportion of the exposures and scales, what is expected in its own spectrum", async () => {
    const { config, readFile } = joint();
    const [source, background] = await loadObservations(config, readFile);
    const [apart] = await loadObservations({ ...config, model: "tbabs*powerlaw" }, readFile);
    expect(source.counts).toEqual(apart.counts);
    expect(background.counts).toEqual(apart.background?.counts);
    const simulator = createSimulator(problemOf(config, [source, background]));
    const alone = createSimulator(
      problemOf(
        {
          ...config,
          model: "tbabs*powerlaw",
          priors: { "powerlaw.norm": "loguniform(0.1, 10)" },
          fixed: { "tbabs.nH": 0.2, "powerlaw.PhoIndex": 1.7 },
        },
        [apart],
      ),
    );
    const C = source.counts.length;
    const mu = simulator.mu(Float64Array.of(1.7, 1.3, 0.05));
    const [own, behind] = [alone.mu(Float64Array.of(1.3)), mu.subarray(C)];
    for (let c = 0; c < C; c++) {
      const ratio = source.scale[c] / (apart.background?.scale[c] ?? 0);
      expect(mu[c]).toBeCloseTo(own[c] + ratio * behind[c], 9);
    }
  });

  it("has the sum of both Poisson statistics, by the kernels as by the plain computation", async () => {
    const { config, readFile } = joint();
    const observations = await loadObservations(config, readFile);
    const simulator = createSimulator(problemOf(config, observations));
    const theta = Float64Array.of(1.6, 1.1, 0.04);
    const fixed = {
      ...config.fixed,
      "powerlaw.PhoIndex": 1.6,
      "powerlaw.norm": 1.1,
      "bkg:powerlaw.norm": 0.04,
    };
    const shares = await statisticAt({ ...config, fixed, priors: {} }, 0, readFile);
    expect(shares.map(({ name, bins }) => [name, bins])).toEqual([
      ["cstat", 39],
      ["cstat", 39],
    ]);
    expect(simulator.logLike(theta)[0]).toBeCloseTo(-(shares[0].value + shares[1].value) / 2, 8);
  });

  it("keeps draws by the counts that both spectra expect", async () => {
    const { config, readFile } = joint();
    const simulator = createSimulator(problemOf(config, await loadObservations(config, readFile)));
    const window = { lower: 900, upper: 2000 };
    const { theta, mu, tried } = simulator.draw(1, 0, 300, window);
    const n = theta.length / 3;
    expect(n).toBeGreaterThan(0);
    expect(n).toBeLessThan(tried);
    for (let i = 0; i < n; i++) {
      const total = mu.subarray(i * 78, (i + 1) * 78).reduce((sum, v) => sum + v, 0);
      expect(total).toBeGreaterThan(899.9);
      expect(total).toBeLessThan(2000.1);
    }
  });

  it("in one bin leaves the source s - r b counts, with variance s + r^2 b", async () => {
    // Two data and two parameters: the best fit meets both, whatever the shape of the models.
    const { config, readFile } = joint({
      notice: [{ channels: [6, 6] }],
      method: "mle",
      fixed: { "tbabs.nH": 0.2, "powerlaw.PhoIndex": 1.7, ...FLAT },
      priors: { "powerlaw.norm": "loguniform(0.1, 10)", "bkg:powerlaw.norm": "loguniform(1e-4, 10)" },
    });
    const [source, background] = await loadObservations(config, readFile);
    const [s, b, r] = [source.counts[0], background.counts[0], source.behind!.ratio[0]];
    const { result } = await runBestFit(config, { readFile });
    const unit = createSimulator(problemOf(config, [source, background])).mu(Float64Array.of(1, 1e-30))[0];
    const [norm] = result.parameters;
    expect(result.statistic.best).toBeLessThan(1e-6);
    // The local fits end where C rises by less than 0.01, far inside the error.
    expect(Math.abs(norm.best * unit - (s - r * b))).toBeLessThan(0.1 * Math.sqrt(s + r * r * b));
    expect(((norm.error ?? Number.NaN) * unit) / Math.sqrt(s + r * r * b)).toBeCloseTo(1, 2);
  });

  it("needs a background spectrum", async () => {
    const { config, readFile } = smallFit([{}], { model: MODEL, fixed: FLAT });
    await expect(loadObservations(config, readFile)).rejects.toThrow(
      "small.pha: has no background spectrum that the background model could be fitted to",
    );
  });

  it("is folded by a response of its own where one is named", async () => {
    const { config, readFile } = joint();
    const [{ file }] = config.spectra;
    const [, plain] = await loadObservations(config, readFile);
    const bare = { ...config, spectra: [{ file, backgroundArf: "none" }] };
    const [source, particles] = await loadObservations(bare, readFile);
    const sum = (values: Float64Array) => values.reduce((total, v) => total + v, 0);
    // Without effective area a response redistributes a photon into at most one count.
    expect(sum(particles.folding.values) / particles.folding.values.length).toBeLessThan(1);
    expect(sum(plain.folding.values)).toBeGreaterThan(100 * sum(particles.folding.values));
    expect(source.counts.length).toBe(particles.counts.length);
    const without = { ...bare, model: "tbabs*powerlaw" };
    await expect(loadObservations(without, readFile)).rejects.toThrow(
      "is for a background model, and there is none",
    );
  });

  it("is inferred by the network as by nested sampling", async () => {
    // Weighted means of 4000 draws are good to 0.03 sigma, those of nested sampling to 0.05; 4 of these are 0.23.
    // The background of this spectrum is flat in counts, and so not folded by the effective area.
    const { config, readFile } = joint({
      priors: { ...priors, "bkg:powerlaw.norm": "loguniform(10, 300)" },
      ...{ samples: 4000, simulations: 1000, steps: 800, livePoints: 300 },
    });
    const spectra = [{ file: "small.pha", backgroundArf: "none" }];
    const inferred = (method: "npe" | "nested") => runFit({ ...config, spectra, method }, { readFile });
    const [npe, nested] = [await inferred("npe"), await inferred("nested")];
    expect(Math.abs(npe.result.statistic.deviation ?? Number.NaN)).toBeLessThan(4);
    expect(npe.result.importance?.paretoK).toBeLessThan(0.7);
    for (const [d, exact] of nested.result.parameters.entries()) {
      const found = npe.result.parameters[d];
      expect(Math.abs(found.mean - exact.mean) / exact.sd, exact.name).toBeLessThan(0.23);
      expect(found.sd / exact.sd, exact.name).toBeGreaterThan(0.85);
      expect(found.sd / exact.sd, exact.name).toBeLessThan(1.18);
    }
    expect(npe.result.evidence!.logZ).toBeCloseTo(nested.result.evidence!.logZ, 0);
    expect(npe.result.spectra.map(({ file }) => file)).toEqual(["small.pha", "bkg-small.pha"]);
  });
});
