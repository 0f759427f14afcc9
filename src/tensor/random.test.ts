import { describe, expect, it } from "vitest";
import { philox4x32 } from "../math/index.ts";
import { createEngine } from "./engine.ts";
import { floats, words } from "./memory.ts";
import { randomKey } from "./streams.ts";
import { builds, enableRelaxed } from "./workbench.fixture.ts";

describe.each(builds)("%s generators", (build) => {
  it("Philox blocks are those of the reference implementation", async () => {
    const { kernels, arena, memory } = await createEngine({ build, enableRelaxed });
    const place = arena.floats(4);
    const block = new Uint32Array(4);
    const counters = [
      [0, 0, 0, 0, 0, 0],
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0],
    ] as const;
    for (const [c0, c1, c2, c3, k0, k1] of counters) {
      kernels.philoxBlock(place, c0, c1, c2, c3, k0, k1);
      philox4x32(block, c0, c1, c2, c3, k0, k1);
      expect([...words(memory, place, 4)]).toEqual([...block]);
    }
  });

  it("normals have the moments and tails of a standard normal", async () => {
    const { kernels, arena, memory } = await createEngine({ build, enableRelaxed });
    const [D, tiles] = [3, 5000];
    const n = D * tiles * 8;
    const z = arena.floats(n);
    const { key0, key1, c2, c3 } = randomKey(1, "test");
    kernels.normals(z, D, tiles, 0, c2, c3, key0, key1, arena.floats(8));
    const values = floats(memory, z, n);
    const moment = (k: number): number => values.reduce((sum, v) => sum + v ** k, 0) / n;
    // Five standard errors of each moment: sqrt(1, 2, 15, 96 / n). A false alarm is rarer than 1 in 10^6; the seed is fixed.
    const error = 5 / Math.sqrt(n);
    expect(Math.abs(moment(1))).toBeLessThan(error);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(error * Math.sqrt(2));
    expect(Math.abs(moment(3))).toBeLessThan(error * Math.sqrt(15));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(error * Math.sqrt(96));
    const beyond2 = values.filter((v) => Math.abs(v) > 2).length / n;
    expect(Math.abs(beyond2 - 0.0455003)).toBeLessThan(error * Math.sqrt(0.0455 * 0.9545));
  });

  it("neighbouring dimensions and samples are uncorrelated", async () => {
    const { kernels, arena, memory } = await createEngine({ build, enableRelaxed });
    const [D, tiles] = [2, 4000];
    const n = D * tiles * 8;
    const z = arena.floats(n);
    kernels.normals(z, D, tiles, 0, 5, 6, 7, 8, arena.floats(8));
    const values = floats(memory, z, n);
    for (const lag of [1, 4, 8, 16]) {
      let sum = 0;
      for (let i = lag; i < n; i++) sum += values[i] * values[i - lag];
      expect(Math.abs(sum / (n - lag)), `lag ${lag}`).toBeLessThan(5 / Math.sqrt(n));
    }
  });

  it("a shuffle is a permutation, and every place gets every number equally often", async () => {
    const { kernels, arena, memory } = await createEngine({ build, enableRelaxed });
    const [n, rounds] = [6, 6000];
    const place = arena.floats(n);
    const counts = new Float64Array(n * n);
    for (let i = 0; i < rounds; i++) {
      kernels.shuffle(place, n, 0, i, 1, 2, 3);
      const order = [...words(memory, place, n)];
      expect(order.toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
      for (let k = 0; k < n; k++) counts[k * n + order[k]]++;
    }
    // chi^2 with (n - 1)^2 = 25 degrees of freedom: above 70 in 4e-6 of all seeds.
    const expected = rounds / n;
    expect(counts.reduce((sum, c) => sum + (c - expected) ** 2 / expected, 0)).toBeLessThan(70);
  });
});
