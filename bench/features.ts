import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { spawnNodeWorker } from "../src/fit/platform-node.ts";
import { createPool } from "../src/fit/pool.ts";
import { FEATURE_CASES, VARIANTS } from "./features/cases.ts";
import {
  type Effort,
  type Measured,
  measure,
  type Reference,
  reference,
  trainVariant,
} from "./features/measure.ts";
import { type CaseTable, page } from "./features/page.ts";
import { openCase } from "./features/problem.ts";
import { cached } from "./validate/cache.ts";
import type { ValidationCase } from "./validate/cases.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const names = FEATURE_CASES.map(({ name }) => name);

const { values } = parseArgs({
  options: {
    data: { type: "string", default: `${root}../shared/data` },
    cache: { type: "string", default: `${root}node_modules/.cache/xnpe-features` },
    only: { type: "string", multiple: true },
    quick: { type: "boolean", default: false },
    workers: { type: "string", default: String(availableParallelism()) },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  console.log(`node dist/bench/features.js [options]: inputs and density estimators side by side, into docs/features.md
  --data DIR      folder with the spectra, default ../shared/data
  --only NAME     one experiment: ${names.join(", ")} (may be repeated; writes no page)
  --quick         fewer steps and spectra
  --cache DIR     where finished rows are kept; remove it to measure anew
  --workers N     threads, default all cores`);
  process.exit(0);
}

const SIMULATIONS = 10_000;
const effort: Effort = values.quick
  ? { steps: 600, spectra: 20, draws: 500, heldOut: 200 }
  : { steps: 2000, spectra: 100, draws: 500, heldOut: 400 };
const folder = values.quick ? `${values.cache}/quick` : values.cache;
const clock = performance.now();
const say = (text: string) =>
  console.log(`${((performance.now() - clock) / 1000).toFixed(0).padStart(5)} s  ${text}`);

async function tableOf(one: ValidationCase): Promise<CaseTable> {
  const pool = createPool({ size: Number(values.workers), spawn: spawnNodeWorker });
  try {
    const { problem, bank } = await openCase(pool, one, values.data, {
      simulations: SIMULATIONS,
      tests: effort.heldOut,
    });
    let common: Reference | undefined;
    const rows: Record<string, Measured> = {};
    for (const [i, variant] of VARIANTS.entries()) {
      const key = `${one.name}-${variant.name.replace(/\W+/g, "-")}`;
      const { row, found } = await cached(folder, key, async () => {
        say(`${one.name}: ${variant.name} (${i + 1} of ${VARIANTS.length})`);
        const { trained, build, train } = await trainVariant(pool, problem, bank, variant, effort);
        const shared = common ?? (await reference(pool, problem, trained, effort));
        const row: Measured = { build, train, ...(await measure(pool, problem, trained, shared, effort)) };
        return { row, found: i === 0 ? shared : undefined };
      });
      common ??= found;
      rows[variant.name] = row;
    }
    if (common === undefined) throw new Error("internal: the first variant is the reference");
    return { case: one, names: problem.prior.names, ess: common.ess, rows };
  } finally {
    pool.close();
  }
}

const tables: CaseTable[] = [];
for (const one of FEATURE_CASES) if (values.only?.includes(one.name) ?? true) tables.push(await tableOf(one));
const text = page(tables, effort, SIMULATIONS);
say("done");
console.log(text);
if (values.only === undefined) {
  const file = `${root}docs/features.md`;
  const [before, rest] = (await readFile(file, "utf8")).split("<!-- tables -->\n");
  const [, after] = rest.split("<!-- end of tables -->");
  await writeFile(file, `${before}<!-- tables -->\n\n${text}\n\n<!-- end of tables -->${after}`);
  console.log(`written: ${file}`);
}
