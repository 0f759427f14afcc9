import { describe, expect, it } from "vitest";
import { loadObservations } from "./load.ts";
import { problemHash } from "./problem-hash.ts";
import { smallFit } from "./small.fixture.ts";

const { config, readFile } = smallFit([{ seed: 1 }]);
const observations = await loadObservations(config, readFile);
const hash = await problemHash(observations);

describe("the hash of the responses", () => {
  it("is 64 hexadecimal digits, the same each time", async () => {
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(await problemHash(await loadObservations(config, readFile))).toBe(hash);
  });

  it("does not depend on the counts", async () => {
    const other = smallFit([{ seed: 2 }]);
    const loaded = await loadObservations(other.config, other.readFile);
    expect(loaded[0].counts).not.toEqual(observations[0].counts);
    expect(await problemHash(loaded)).toBe(hash);
  });

  it("depends on exposure, folding, energies and the order of the spectra", async () => {
    const [one] = observations;
    const changed = (values: Float64Array) => values.map((v, i) => (i === 3 ? v * (1 + 1e-15) + 1e-300 : v));
    const { folding } = one;
    const long = { ...one, scale: one.scale.map((v) => 2 * v) };
    const variants = [
      [long],
      [one, one],
      [one, long],
      [long, one],
      [{ ...one, folding: { ...folding, values: changed(folding.values) } }],
      [{ ...one, folding: { ...folding, edges: changed(folding.edges) } }],
      [{ ...one, energyLow: changed(one.energyLow) }],
    ];
    const hashes = await Promise.all(variants.map(problemHash));
    expect(new Set([hash, ...hashes]).size).toBe(variants.length + 1);
  });
});
