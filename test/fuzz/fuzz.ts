/**
 * Damages FITS files at random and reads them: `npm run fuzz [-- CASES [SEED]]` from the repository root. Files are
 * those of fixtures/ogip and, where that folder is there, small ones of ../shared/data. A case passes when the
 * file is read or refused with an InputError within two seconds. Ends with `N passed, N failed`.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../src/errors.ts";
import { type Rng, stream } from "../../src/math/index.ts";
import { exercise } from "./exercise.ts";
import { type Damage, damage } from "./mutate.ts";

const SLOW_SECONDS = 2;
const LARGEST = 100_000;

interface Subject {
  readonly name: string;
  readonly bytes: Uint8Array;
}

function subjectsIn(folder: string): Subject[] {
  if (!existsSync(folder)) return [];
  return (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => !/(\.(py|json)|README)$/.test(name))
    .filter((name) => statSync(join(folder, name)).isFile() && statSync(join(folder, name)).size <= LARGEST)
    .sort()
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
}

const below = (rng: Rng, n: number) => Math.floor(rng.uniform() * n);

/** Half of the places lie in the first 6 kB, where the headers are. */
function randomDamage(rng: Rng, size: number): Damage {
  const at = rng.uniform() < 0.5 ? rng.uniform() * Math.min(1, 6000 / size) : rng.uniform();
  switch (below(rng, 8)) {
    case 0:
      return { kind: "cut", at };
    case 1:
      return { kind: "repeat", at, length: 1 + below(rng, 40) };
    case 2:
      return { kind: "remove", at, length: 1 + below(rng, 40) };
    case 3:
      return { kind: "byte", at, value: below(rng, 256) };
    case 4:
      return { kind: "bit", at, bit: below(rng, 8) };
    default:
      return { kind: "digit", at, value: below(rng, 10) };
  }
}

interface Outcome {
  readonly kind: "read" | "refused" | "failed";
  readonly seconds: number;
  readonly note?: string;
}

async function attempt(bytes: Uint8Array, name: string): Promise<Outcome> {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  try {
    await exercise(bytes, name);
    const slow = seconds() > SLOW_SECONDS;
    return slow ? { kind: "failed", seconds: seconds(), note: "slow" } : { kind: "read", seconds: seconds() };
  } catch (error) {
    if (error instanceof InputError && seconds() <= SLOW_SECONDS)
      return { kind: "refused", seconds: seconds() };
    return {
      kind: "failed",
      seconds: seconds(),
      note: error instanceof Error ? `${error.stack}` : String(error),
    };
  }
}

async function main(cases: number, seed: number): Promise<void> {
  const subjects = [...subjectsIn("fixtures/ogip"), ...subjectsIn("../shared/data")];
  const count = { read: 0, refused: 0, failed: 0 };
  let slowest = 0;
  for (let i = 0; i < cases; i++) {
    const rng = stream(seed, "fuzz", i);
    const { name, bytes } = subjects[below(rng, subjects.length)];
    let broken = bytes;
    for (let n = 1 + below(rng, 4); n > 0; n--) broken = damage(broken, randomDamage(rng, bytes.length));
    const outcome = await attempt(broken, name);
    count[outcome.kind]++;
    slowest = Math.max(slowest, outcome.seconds);
    if (outcome.note !== undefined) console.log(`case ${i}, ${name}: ${outcome.note}`);
    if ((i + 1) % 5000 === 0) console.log(`${i + 1} cases: ${JSON.stringify(count)}`);
  }
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `seed ${seed}, ${subjects.length} files, slowest case ${slowest.toFixed(2)} s, peak memory ${memory} MB`,
  );
  console.log(`${count.read} read, ${count.refused} refused`);
  console.log(`${count.read + count.refused} passed, ${count.failed} failed`);
  process.exitCode = count.failed > 0 ? 1 : 0;
}

await main(Number(process.argv[2] ?? 20_000), Number(process.argv[3] ?? 1));
