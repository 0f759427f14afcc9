import { describe, expect, it, vi } from "vitest";
import { InputError } from "../errors.ts";
import { parseExpression } from "../model/expression.ts";
import { loadObservations, problemOf } from "./load.ts";
import { runNested } from "./nested.ts";
import { runNpe } from "./npe.ts";
import { spawnNodeWorker } from "./platform-node.ts";
import { createPool, type Pool, type SpawnWorker } from "./pool.ts";
import { problemPrior } from "./problem.ts";
import { smallFit } from "./small.fixture.ts";

// Worker threads run the compiled twin of these sources, which `npm test` builds first.

vi.mock("../npe/recipe.ts", async (original) => {
  const real = await original<typeof import("../npe/recipe.ts")>();
  const { shortened } = await import("./short-training.fixture.ts");
  return { recipe: (...given: Parameters<typeof real.recipe>) => shortened(real.recipe(...given)) };
});

const { config, readFile } = smallFit([{}], { simulations: 600, samples: 600 });
const observations = await loadObservations(config, readFile);
const problem = problemOf(config, observations);
const prior = problemPrior(parseExpression(problem.model), problem.free);

async function inPool<T>(size: number, work: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = createPool({ size, ...(size > 1 && { spawn: spawnNodeWorker }) });
  try {
    await pool.all({ kind: "open", problem });
    return await work(pool);
  } finally {
    pool.close();
  }
}

describe("the result does not depend on the number of threads, bit for bit:", () => {
  it("of neural posterior estimation", async () => {
    const run = (size: number) =>
      inPool(size, async (pool) => {
        expect(pool.size).toBe(size);
        const input = { config, observations, prior, build: "plain" as const };
        const { bank, trained, refined, unrefined } = await runNpe(pool, input, {}, () => 0);
        return { theta: bank.theta, mu: Array.from(bank.mu), trained, refined, unrefined };
      });
    const alone = await run(1);
    expect(await run(2)).toEqual(alone);
    expect(await run(3)).toEqual(alone);
  });

  it("of nested sampling", async () => {
    const run = (size: number) =>
      inPool(size, (pool) => runNested(pool, { dimensions: 2, livePoints: 80, seed: 3 }));
    const alone = await run(1);
    expect(await run(2)).toEqual(alone);
    expect(await run(3)).toEqual(alone);
  });
});

describe("a pool of threads", () => {
  it("rejects with the reason when aborted, and ends its threads", async () => {
    let running = 0;
    const counted: SpawnWorker = () => {
      const port = spawnNodeWorker();
      running++;
      const terminate = () => {
        running--;
        port.terminate();
      };
      return { ...port, terminate };
    };
    const abort = new AbortController();
    const reason = new Error("enough");
    const pool = createPool({ size: 2, spawn: counted, signal: abort.signal });
    await pool.all({ kind: "open", problem });
    expect(running).toBe(2);
    const options = { dimensions: 2, livePoints: 2000, seed: 1 };
    const work = runNested(pool, options, { onProgress: () => abort.abort(reason), signal: abort.signal });
    await expect(work).rejects.toBe(reason);
    expect(running).toBe(0);
    await expect(pool.run(0, { kind: "mu", theta: new Float64Array(2) })).rejects.toBe(reason);
  });

  it("passes a user's fault on as such, and the message of a defect", async () => {
    await inPool(2, async (pool) => {
      const wrong = pool.run(1, { kind: "open", problem: { ...problem, model: "tbabs*powrlaw" } });
      await expect(wrong).rejects.toBeInstanceOf(InputError);
      await expect(wrong).rejects.toThrow(/powerlaw/);
      const defect = pool.run(1, {
        kind: "sample",
        counts: new Float64Array(1),
        seed: 1,
        first: 0,
        count: 1,
      });
      await expect(defect).rejects.not.toBeInstanceOf(InputError);
      await expect(defect).rejects.toThrow("internal: no posterior is open");
    });
  });

  it("hands out jobs as threads become free and keeps their order", async () => {
    await inPool(2, async (pool) => {
      const theta = [1, 2, 3, 4, 5].map((norm) => Float64Array.of(1.7, norm));
      const done: number[] = [];
      const results = await pool.map(
        theta.map((one) => ({ kind: "mu" as const, theta: one })),
        (count) => done.push(count),
      );
      expect(done).toEqual([1, 2, 3, 4, 5]);
      results.forEach((mu, i) => {
        mu.forEach((v, c) => {
          expect(v / results[0][c]).toBeCloseTo(i + 1, 12);
        });
      });
    });
  });
});

describe("a pool without threads", () => {
  it("has one rank, whatever size is asked for", async () => {
    const pool = createPool({ size: 4 });
    expect(pool.size).toBe(1);
    await pool.all({ kind: "open", problem });
    expect(await pool.run(0, { kind: "mu", theta: Float64Array.of(1.7, 1) })).toHaveLength(
      observations[0].counts.length,
    );
  });

  it("rejects with the reason when aborted", async () => {
    const abort = new AbortController();
    const reason = new Error("enough");
    const pool = createPool({ size: 1, signal: abort.signal });
    await pool.all({ kind: "open", problem });
    const work = runNested(
      pool,
      { dimensions: 2, livePoints: 2000, seed: 1 },
      { onProgress: () => abort.abort(reason) },
    );
    await expect(work).rejects.toBe(reason);
  });
});
