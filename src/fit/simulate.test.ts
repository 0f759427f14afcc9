import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { everything } from "../npe/window.ts";
import { loadObservations, problemOf } from "./load.ts";
import { createPool, type Pool } from "./pool.ts";
import { joined, ranges, simulateBank } from "./simulate.ts";
import { createSimulator } from "./simulator.ts";
import { smallFit } from "./small.fixture.ts";

const { config, readFile } = smallFit([{}]);
const observations = await loadObservations(config, readFile);
const problem = problemOf(config, observations);
const pool = createPool({ size: 1 });
await pool.all({ kind: "open", problem });
const bins = observations[0].counts.length;
const options = { simulations: 500, dimensions: 2, bins, seed: 5, window: { lower: 700, upper: 1300 } };

/** A pool whose simulations are all outside the window, or all empty. */
function barren(kept: boolean): Pool {
  const draw = (job: { count: number }) => ({
    tried: job.count,
    theta: new Float64Array(kept ? 2 * job.count : 0),
    mu: new Float32Array(kept ? bins * job.count : 0),
  });
  const map = async (jobs: readonly unknown[]) => jobs.map((job) => draw(job as { count: number }));
  return { ...pool, map } as Pool;
}

describe("the bank of simulations", () => {
  it("holds draws whose expected counts lie in the window, no others", async () => {
    const { rows, theta, mu, tried } = await simulateBank(pool, options);
    expect(rows).toBe(500);
    expect(tried).toBeGreaterThan(rows);
    const exact = await pool.run(0, { kind: "mu", theta });
    for (let i = 0; i < rows; i++) {
      const total = mu.subarray(i * bins, (i + 1) * bins).reduce((sum, v) => sum + v, 0);
      // float32 spectra: 1e-6 of the total.
      expect(total).toBeGreaterThan(700 * (1 - 1e-6));
      expect(total).toBeLessThan(1300 * (1 + 1e-6));
    }
    mu.forEach((v, i) => {
      expect(Math.abs(v - exact[i])).toBeLessThan(2e-6 * exact[i] + 1e-6);
    });
  });

  it("holds the first accepted draws of the prior in their order, however they were shared out", async () => {
    const { theta, mu, tried } = await simulateBank(pool, options);
    const whole = createSimulator(problem).draw(5, 0, tried, options.window);
    expect(theta).toEqual(whole.theta.slice(0, 1000));
    expect(mu).toEqual(whole.mu.slice(0, 500 * bins));
  });

  it("of fewer simulations is the beginning of that of more", async () => {
    const few = await simulateBank(pool, { ...options, simulations: 100 });
    const many = await simulateBank(pool, options);
    expect(few.theta).toEqual(many.theta.slice(0, 200));
    expect(few.mu).toEqual(many.mu.slice(0, 100 * bins));
  });

  it("follows the prior where there is no window", async () => {
    const { theta, tried } = await simulateBank(pool, { ...options, window: everything });
    expect(tried).toBeGreaterThanOrEqual(500);
    const slope = theta.filter((_, i) => i % 2 === 0);
    const mean = slope.reduce((sum, v) => sum + v, 0) / 500;
    // uniform(0.5, 3): mean within 5 standard errors, a false alarm once in 2e6 seeds.
    expect(Math.abs(mean - 1.75)).toBeLessThan((5 * 2.5) / Math.sqrt(12 * 500));
  });

  it("is the user's fault to ask for where the window lets nothing through", async () => {
    const work = simulateBank(barren(false), options);
    await expect(work).rejects.toBeInstanceOf(InputError);
    await expect(work).rejects.toThrow(/only 0 of \d+ draws .* 700\.0 to 1300 expected source counts/);
  });

  it("is given up early where nothing comes through, not after all attempts", async () => {
    // 500 rows of 4 005 000 attempts are an acceptance of 1.2e-4, far above none in 200 000; rounds grow ninefold.
    await expect(simulateBank(barren(false), options)).rejects.toThrow(/only 0 of \d{6} draws/);
  });

  it("is the user's fault to ask for where the model predicts nothing", async () => {
    const work = simulateBank(barren(true), options);
    await expect(work).rejects.toBeInstanceOf(InputError);
    await expect(work).rejects.toThrow(/no counts in any kept bin/);
  });
});

it("ranges cover all rows once", () => {
  for (const [n, size] of [
    [0, 4],
    [8, 4],
    [9, 4],
    [3, 10],
  ]) {
    const rows = ranges(n, size).flatMap(({ from, to }) =>
      Array.from({ length: to - from }, (_, i) => from + i),
    );
    expect(rows).toEqual(Array.from({ length: n }, (_, i) => i));
  }
});

it("joined arrays stand one after the other", () => {
  expect(joined([Float64Array.of(1, 2), new Float64Array(0), Float64Array.of(3)])).toEqual(
    Float64Array.of(1, 2, 3),
  );
});
