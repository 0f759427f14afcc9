import { describe, expect, it } from "vitest";
import { statistic } from "../observe/statistic.ts";
import type { Observation } from "../observe/types.ts";
import { loadObservations, problemOf } from "./load.ts";
import { backgroundLaw, measuredData, networkData } from "./network-data.ts";
import { createPool } from "./pool.ts";
import { observedCounts } from "./problem.ts";
import { createSimulator } from "./simulator.ts";
import { smallFit } from "./small.fixture.ts";

const load = (spectra: Parameters<typeof smallFit>[0]) => {
  const { config, readFile } = smallFit(spectra);
  return loadObservations(config, readFile).then((observations) => ({ config, observations }));
};

/** The same background, exposed `times` as long. */
function exposed({ background, ...rest }: Observation, times: number): Observation {
  if (background === undefined) return rest;
  const counts = background.counts.map((b) => times * b);
  return {
    ...rest,
    background: { ...background, counts, variance: counts, scale: background.scale.map((t) => times * t) },
  };
}

describe("what a network is shown", () => {
  it("of a problem without background is the counts alone", async () => {
    const { observations } = await load([{}, { file: "second.pha" }]);
    expect(backgroundLaw([observations], "cstat")).toBeUndefined();
    expect(networkData(undefined, observations)).toEqual(observedCounts(observations));
  });

  it("is source counts, then background counts, none where a spectrum has no background", async () => {
    const { observations } = await load([{ background: 300 }, { file: "second.pha" }]);
    const law = backgroundLaw([observations], "wstat");
    const data = networkData(law, observations);
    const C = observedCounts(observations).length;
    expect(data.slice(0, C)).toEqual(observedCounts(observations));
    const bins = observations[0].counts.length;
    expect(data.slice(C, C + bins)).toEqual(observations[0].background?.counts);
    expect(data.slice(C + bins).every((b) => b === 0)).toBe(true);
    // And back.
    const back = measuredData(law, observations, data);
    back.forEach(({ counts, background }, k) => {
      expect(counts).toEqual(observations[k].counts);
      expect(background?.counts).toEqual(observations[k].background?.counts);
      background?.scale.forEach((t, c) => {
        expect(t / (observations[k].background?.scale[c] ?? 0)).toBeCloseTo(1, 14);
      });
    });
  });

  it("of a background exposed longer is the counts that the training's exposure expects", async () => {
    const { observations } = await load([{ background: 300 }]);
    const law = backgroundLaw([observations], "wstat");
    const longer = networkData(law, [exposed(observations[0], 3)]);
    networkData(law, observations).forEach((x, i) => {
      expect(longer[i]).toBeCloseTo(x, 10);
    });
  });

  it("of a background known without error is source counts, with the training's background in place of their own", async () => {
    const { observations } = await load([{ background: 300 }]);
    const law = backgroundLaw([observations], "pstat");
    expect(networkData(law, observations)).toEqual(observedCounts(observations));
    const [one] = observations;
    const brighter = one.background && { ...one.background, counts: one.background.counts.map((b) => b + 8) };
    const shown = networkData(law, [{ ...one, ...(brighter && { background: brighter }) }]);
    shown.forEach((x, c) => {
      expect(x).toBeCloseTo(one.counts[c] - 8 * (law?.ratio[c] ?? 0), 10);
    });
  });
});

describe("the law of a background", () => {
  it("has the total of the measured one and half a count, and counts where none was measured", async () => {
    const { observations } = await load([{ background: 60 }]);
    const law = backgroundLaw([observations], "wstat");
    const measured = observations[0].background?.counts ?? new Float64Array();
    const total = (x: ArrayLike<number>) => Array.from(x).reduce((a, b) => a + b, 0);
    expect(total(law?.mean ?? [])).toBeCloseTo(total(measured) + 0.5, 10);
    expect(law?.mean.every((m) => m > 0)).toBe(true);
  });

  it("covers each of several backgrounds", async () => {
    const faint = await load([{ background: 200 }]);
    const bright = await load([{ background: 3200 }]);
    const alone = backgroundLaw([faint.observations], "wstat");
    const both = backgroundLaw([faint.observations, bright.observations], "wstat");
    // Half the distance of their logarithms, ln(16)/2, beside what each has; Poisson scatter of 200 counts moves it by 0.04.
    expect(Math.abs((both?.spread ?? 0) - Math.hypot(alone?.spread ?? 0, Math.log(4)))).toBeLessThan(0.2);
  });
});

describe("simulated source and background counts", () => {
  it.each([
    ["wstat", "Poisson(g)"],
    ["pgstat", "normal with the variance of the measured counts"],
    ["pstat", "g itself, which is not shown"],
  ] as const)("of %s have the moments of the law: S ~ Poisson(mu + r g), B ~ %s", async (name, _) => {
    const { config, observations } = await load([{ background: 800 }]);
    const problem = problemOf({ ...config, statistic: name }, observations);
    const law = backgroundLaw([observations], name);
    if (law === undefined) throw new Error("no law");
    const pool = createPool({ size: 1 });
    await pool.all({ kind: "open", problem });
    const C = law.mean.length;
    const n = 20_000;
    const mu = new Float32Array(n * C).fill(6);
    await pool.all({ kind: "bank", mu });
    // No common factor, so that the moments are those of a gamma variate of mean m and variance m^2/k in each bin.
    const background = { ...law, spread: 0 };
    const data = await pool.run(0, { kind: "counts", seed: 5, name: "test", from: 0, to: n, background });
    pool.close();
    const L = data.length / n;
    expect(L).toBe(name === "pstat" ? C : 2 * C);
    let [worst, tests] = [0, 0];
    const expectMean = (value: (i: number) => number, mean: number) => {
      let [sum, squares] = [0, 0];
      for (let i = 0; i < n; i++) {
        sum += value(i) / n;
        squares += value(i) ** 2 / n;
      }
      const error = Math.sqrt(Math.max(0, squares - sum * sum) / n);
      worst = Math.max(worst, error === 0 ? Math.abs(sum - mean) : Math.abs(sum - mean) / error);
      tests++;
    };
    for (let c = 0; c < C; c += 3) {
      const [m, r] = [law.mean[c], law.ratio[c]];
      const known = name === "pstat";
      const own = known ? 0 : law.variance === undefined ? m : law.variance[c];
      const spread = known || own === 0 ? 0 : m ** 2 / (m ** 2 / (10 * own) + 0.5);
      const source = 6 + r * m;
      const s = (i: number) => data[i * L + c] - source;
      const b = (i: number) => data[i * L + C + c] - m;
      expectMean(s, 0);
      expectMean((i) => s(i) ** 2, source + r * r * spread);
      if (known) continue;
      expectMean(b, 0);
      expectMean((i) => b(i) ** 2, own + spread);
      expectMean((i) => s(i) * b(i), r * spread);
    }
    // Simulations share 1024 shapes, which makes means of g as uncertain as those of 1024 draws: sqrt(20) standard errors of 20 000 at most.
    expect(tests).toBeGreaterThan(20);
    expect(worst).toBeLessThan(4.5 * Math.sqrt(20));
  });
});

describe("the likelihood of other data", () => {
  it.each(["cstat", "wstat", "lstat", "pgstat", "pstat"] as const)(
    "by %s is that of observing them",
    async (name) => {
      const backgrounds =
        name === "cstat"
          ? [{}, { file: "second.pha" }]
          : [{ background: 300 }, { file: "second.pha", background: 500 }];
      const { config, observations } = await load(backgrounds);
      const problem = problemOf({ ...config, statistic: name }, observations);
      const law = backgroundLaw([observations], name);
      const simulator = createSimulator(problem);
      const data = networkData(law, observations).map((x, i) => x + (i % 3));
      const theta = Float64Array.of(1.5, 0.8, 2, 1.2);
      const foreign = simulator.logLike(theta, data);
      const again = simulator.logLikeOf(simulator.mu(theta), data);
      const other = measuredData(law, observations, data);
      simulator.observe(other);
      simulator.logLike(theta).forEach((l, i) => {
        // Scales go through one division.
        expect(Math.abs(foreign[i] / l - 1)).toBeLessThan(1e-12);
        expect(Math.abs(again[i] / l - 1)).toBeLessThan(1e-9);
      });
      const mu = simulator.mu(theta.subarray(0, 2));
      let at = 0;
      const sum = observations.reduce((total, observation, k) => {
        const bins = observation.counts.length;
        const value = statistic(name, { ...observation, ...other[k] }).value(mu.subarray(at, at + bins));
        at += bins;
        return total - 0.5 * value;
      }, 0);
      expect(Math.abs(foreign[0] / sum - 1)).toBeLessThan(1e-9);
    },
  );

  it("is not defined for chi", async () => {
    const { config, observations } = await load([{}]);
    const simulator = createSimulator(problemOf({ ...config, statistic: "chi" }, observations));
    expect(() => simulator.logLike(Float64Array.of(1.5, 1), observations[0].counts)).toThrow(/internal: chi/);
  });
});
