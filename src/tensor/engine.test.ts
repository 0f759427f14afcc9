import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { bestBuild, createEngine } from "./engine.ts";
import { ARENA_START, createArena, createMemory, floats } from "./memory.ts";
import { adam } from "./optimiser.ts";
import { clearStore, createStore, readParameter, writeParameter } from "./parameters.ts";
import { adamStep } from "./reference.ts";
import { shareJobs } from "./share.ts";
import { createTeam } from "./team.ts";
import { builds, enableRelaxed, normals, relativeError } from "./workbench.fixture.ts";

it.each(builds)("one %s binary computes the same on shared and unshared memory", async (build) => {
  const results = [false, true].map(async (shared) => {
    const memory = createMemory(1 << 16, { shared });
    const { kernels, arena } = await createEngine({ memory, build, enableRelaxed });
    const place = arena.floats(24);
    kernels.normals(place, 3, 1, 0, 1, 2, 3, 4, arena.floats(8));
    return [...floats(memory, place, 24)];
  });
  const [unshared, shared] = await Promise.all(results);
  expect(shared).toEqual(unshared);
  expect(new Set(unshared).size).toBe(24);
});

it("the kernels' declared parameters are as many as the binaries take: a missing one would count as zero", async () => {
  const { kernels } = await createEngine({ build: "plain" });
  const text = readFileSync(new URL("./kernel-functions.ts", import.meta.url), "utf8");
  const declared = [...text.matchAll(/^ {2}(\w+)\(([^)]*)\)/gm)].map(([, name, list]) => {
    return [name, list.split(":").length - 1] as const;
  });
  const functions = Object.entries(kernels).filter(([, value]) => typeof value === "function");
  const taken = functions.map(([name, value]) => [name, (value as () => void).length] as const);
  expect(new Map(declared)).toEqual(new Map(taken));
});

it("reproducible means the plain build, whatever the machine could do", async () => {
  expect((await createEngine({ reproducible: true, enableRelaxed })).build).toBe("plain");
});

it("the door to relaxed SIMD is only opened where it is shut", () => {
  let opened = 0;
  const before = WebAssembly.validate;
  WebAssembly.validate = () => opened > 0;
  expect(bestBuild({ enableRelaxed: () => opened++ })).toBe("relaxed");
  expect(bestBuild({ enableRelaxed: () => opened++ })).toBe("relaxed");
  WebAssembly.validate = () => false;
  expect(bestBuild()).toBe("plain");
  WebAssembly.validate = before;
  expect(opened).toBe(1);
});

it("an arena on an unshared memory grows, and on a full shared memory says so", () => {
  const unshared = createArena(createMemory(0));
  expect(unshared.floats(1)).toBe(ARENA_START);
  const far = unshared.floats(1_000_000);
  expect(floats(unshared.memory, far, 1_000_000)).toHaveLength(1_000_000);
  const shared = createArena(createMemory(1000, { shared: true }));
  expect(() => shared.floats(1_000_000)).toThrow(/cannot grow/);
});

it("a parameter read back is what was written, with masked entries at zero", async () => {
  const engine = await createEngine({ build: "plain" });
  const mask = Float32Array.from([1, 0, 1, 0, 1, 0]);
  const store = createStore(engine, [{ name: "w", rows: 2, columns: 3, mask }]);
  const w = store.list[0];
  writeParameter(engine, w, Float32Array.from([1, 2, 3, 4, 5, 6]));
  expect([...readParameter(engine, w)]).toEqual([1, 0, 3, 0, 5, 0]);
  expect(() => writeParameter(engine, w, new Float32Array(5))).toThrow(/6 values, 5 were given/);
});

it.each([0.5, 100])(
  "Adam steps agree with float64, gradients of scale %f clipped to a norm of 5",
  async (scale) => {
    const engine = await createEngine({ build: "plain" });
    const store = createStore(engine, [{ name: "w", rows: 3, columns: 5 }], { training: true });
    clearStore(engine, store);
    const [w] = store.list;
    const start = normals(15, 1);
    const gradient = normals(15, 2, scale);
    writeParameter(engine, w, Float32Array.from(start));
    const padded = floats(engine.memory, w.gradient, 3 * w.ld);
    for (let i = 0; i < 15; i++) padded[Math.floor(i / 5) * w.ld + (i % 5)] = gradient[i];
    const norm = Math.hypot(...gradient);
    floats(engine.memory, store.squares, 1)[0] = norm ** 2;
    const optimiser = adam(engine, store, createTeam(engine.memory, 0, 0, 1));
    const clip = Math.min(1, 5 / (norm + 1e-6));
    let states = [...start].map((p) => ({ p, m: 0, v: 0 }));
    for (let t = 1; t <= 5; t++) {
      optimiser.update(t, 0.01);
      states = states.map((state, i) => adamStep(state, clip * gradient[i], t, 0.01));
    }
    const moved = readParameter(engine, w).map((p, i) => p - start[i]);
    expect(
      relativeError(
        moved,
        states.map(({ p }, i) => p - start[i]),
      ),
    ).toBeLessThan(1e-4);
  },
);

it.each([1, 2, 3, 7])(
  "%i threads share all blocks, each exactly once, in nearly equal parts",
  async (ranks) => {
    const engine = await createEngine({ build: "plain" });
    const shapes = [
      [200, 250],
      [1, 250],
      [50, 50],
      [3, 50],
      [50, 6],
    ];
    const store = createStore(
      engine,
      shapes.map(([rows, columns], i) => ({ name: `${i}`, rows, columns })),
    );
    const jobs = store.list.map((parameter) => {
      const costs = Array.from(parameter.depths, (rows) => rows + 1);
      return { parameter, costs, run: () => undefined };
    });
    const shares = Array.from({ length: ranks }, (_, rank) => shareJobs(jobs, rank, ranks));
    const owned = shares.flat().flatMap(({ job, first, last }) => {
      return Array.from({ length: last - first }, (_, i) => `${job.parameter.name}:${first + i}`);
    });
    const all = store.list.flatMap(({ name, blocks }) =>
      Array.from({ length: blocks }, (_, i) => `${name}:${i}`),
    );
    expect(owned.toSorted()).toEqual(all.toSorted());
    const cost = (rank: number): number =>
      shares[rank].flatMap(({ job, first, last }) => job.costs.slice(first, last)).reduce((a, b) => a + b, 0);
    const total = jobs.flatMap(({ costs }) => costs).reduce((a, b) => a + b, 0);
    // At most one block, of cost 201, away from the equal part.
    for (let rank = 0; rank < ranks; rank++) expect(Math.abs(cost(rank) - total / ranks)).toBeLessThan(202);
  },
);
