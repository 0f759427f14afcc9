import { describe, expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { observe } from "../observe/observation.ts";
import { makeGroups, makeRedistribution, makeSpectrum } from "../observe/test-spectra.ts";
import type { Observation } from "../observe/types.ts";
import { simulatedGoodness } from "./simulated-goodness.ts";

const C = 40;
const identity = Array.from({ length: C }, (_, e) => Array.from({ length: C }, (_, h) => (e === h ? 1 : 0)));
const redistribution = makeRedistribution(identity);
const mu = Float64Array.from({ length: C }, (_, c) => 2 + 12 * Math.exp(-c / 10));

function drawn(seed: number, factor = 1): Observation {
  const rng = stream(seed, "test/goodness");
  const background = Array.from({ length: C }, () => rng.poisson(20));
  const counts = Array.from(mu, (mean) => rng.poisson(factor * mean + 5));
  return observe(
    {
      spectrum: makeSpectrum(counts),
      redistribution,
      background: makeSpectrum(background, { exposure: 400 }),
    },
    makeGroups(0, C - 1),
  );
}

const percentOf = (observation: Observation, name: "wstat" | "pstat" | "pgstat" | "lstat", count = 200) =>
  simulatedGoodness({ observations: [observation], statistic: name, expected: () => mu, count, seed: 3 });

describe("goodness by simulation", () => {
  it("is uniform for data that the model made: percentages of all tests fill 0 to 100", () => {
    const found = Array.from({ length: 60 }, (_, i) => percentOf(drawn(i), "wstat", 100));
    for (const [t, { name }] of found[0].entries()) {
      const share = found.map((one) => one[t].goodness.percentile / 100).sort((a, b) => a - b);
      const distance = share.reduce(
        (most, u, i) => Math.max(most, Math.abs(u - (i + 0.5) / share.length)),
        0,
      );
      // Kolmogorov: 0.25 is exceeded once in 1000 for 60 values; six tests: once in 170 seeds. The seeds are fixed.
      expect(distance, name).toBeLessThan(0.25);
    }
  });

  it.each(["wstat", "pstat", "pgstat", "lstat"] as const)(
    "%s of data with 40 %% too many counts lies above all",
    (name) => {
      const [first] = percentOf(drawn(1, 1.4), name);
      expect(first.name).toBe(name);
      expect(first.goodness.percentile).toBeGreaterThan(97);
      expect(first.goodness.pValue).toBeLessThan(0.04);
    },
  );

  it("takes another mean for each simulation, for data and simulation alike", () => {
    const asked: number[] = [];
    simulatedGoodness({
      observations: [drawn(1)],
      statistic: "wstat",
      expected(m) {
        asked.push(m);
        return mu;
      },
      count: 5,
      seed: 1,
      tests: ["ks"],
    });
    expect(asked).toEqual([0, 1, 2, 3, 4]);
  });

  it("refuses chi, whose data need not be counts", () => {
    expect(() =>
      simulatedGoodness({
        observations: [drawn(1)],
        statistic: "chi",
        expected: () => mu,
        count: 5,
        seed: 1,
      }),
    ).toThrow(/--goodness.*cstat/);
  });
});
