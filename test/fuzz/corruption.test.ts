import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { InputError } from "../../src/errors.ts";
import { exercise, exercisePair } from "./exercise.ts";
import { type Damage, damage } from "./mutate.ts";

const folder = new URL("../../fixtures/ogip/", import.meta.url);
const files = readdirSync(folder)
  .filter((name) => !/\.(py|json)$/.test(name))
  .map((name) => ({ name, bytes: new Uint8Array(readFileSync(new URL(name, folder))) }));

const at = fc.double({ min: 0, max: 1, noNaN: true });
const anyDamage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ kind: fc.constant("byte" as const), at, value: fc.integer({ min: 0, max: 255 }) }),
  fc.record({ kind: fc.constant("bit" as const), at, bit: fc.integer({ min: 0, max: 7 }) }),
  fc.record({ kind: fc.constant("digit" as const), at, value: fc.integer({ min: 0, max: 9 }) }),
  fc.record({ kind: fc.constant("cut" as const), at }),
  fc.record({ kind: fc.constant("repeat" as const), at, length: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant("remove" as const), at, length: fc.integer({ min: 1, max: 40 }) }),
);

/** The kind of error, or undefined where the file could be read all the same. */
async function fault(work: () => Promise<void>): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

it("sound fixtures are read without a fault", async () => {
  for (const { name, bytes } of files) expect(await fault(() => exercise(bytes, name))).toBeUndefined();
});

it("a damaged file is read or refused with an InputError that names it, and nothing else", async () => {
  const damages = fc.array(anyDamage, { minLength: 1, maxLength: 4 });
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), damages, async ({ name, bytes }, list) => {
      const error = await fault(() => exercise(list.reduce(damage, bytes), name));
      if (error !== undefined) refused++;
      if (error !== undefined) expect((error as InputError).message).toContain(name);
    }),
    { seed: 1, numRuns: 1500 },
  );
  expect(refused).toBeGreaterThan(300);
});

it("a damaged spectrum never meets a response without a check", async () => {
  const [pha, rmf] = ["rate-subset.pha", "variable.rmf"].map(
    (n) => files.find((f) => f.name === n) as (typeof files)[0],
  );
  await fc.assert(
    fc.asyncProperty(anyDamage, fc.boolean(), async (how, first) => {
      const broken = damage(first ? pha.bytes : rmf.bytes, how);
      await fault(() => (first ? exercisePair(broken, rmf.bytes) : exercisePair(pha.bytes, broken)));
    }),
    { seed: 2, numRuns: 400 },
  );
});
