import { mkdir, readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { VERSION } from "../../src/fit/version.ts";
import { markedPart } from "../../src/reproduce/docs.ts";
import { cached, stored } from "./cache.ts";
import { caseConfig, VALIDATION_CASES, type ValidationCase } from "./cases.ts";
import { fitCase } from "./fits.ts";
import { modelSection, withModels } from "./models.ts";
import { published } from "./published.ts";
import { type CaseRecord, referenceOf, type SpreadRecord, validationPage, verdicts } from "./report.ts";
import { efficiencySpread, type Spread } from "./spread.ts";

const SEEDS = [1, 2, 3];
const root = fileURLToPath(new URL("../../../", import.meta.url));

const { values } = parseArgs({
  options: {
    data: { type: "string", default: `${root}../shared/data` },
    cache: { type: "string", default: `${root}node_modules/.cache/xnpe-validate` },
    only: { type: "string", multiple: true },
    quick: { type: "boolean", default: false },
    cached: { type: "boolean", default: false },
    models: { type: "boolean", default: false },
    workers: { type: "string", default: String(availableParallelism()) },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  console.log(`npm run validate -- [options]: fits real and published spectra, compares with nested sampling
  --data DIR      folder with the spectra, default ../shared/data
  --only NAME     one case: ${VALIDATION_CASES.map(({ name }) => name).join(", ")} (may be repeated; writes no page)
  --quick         fewer live points and spectra; writes no page
  --cached        no new measurements of efficiency; the page shows those that are finished
  --models        renews the page's section on models alone
  --cache DIR     where finished runs are kept; remove it to measure anew
  --workers N     threads, default all cores`);
  process.exit(0);
}

const PAGE = `${root}docs/validation.md`;

/** The page with the section on models, where there are reference values. */
function withModelSection(page: string): string {
  const section = modelSection(values.data);
  return section === undefined ? page : withModels(page, section);
}

if (values.models) {
  await write(PAGE, withModelSection(await readFile(PAGE, "utf8")));
  process.exit(0);
}

const workers = Number(values.workers);
const quick = values.quick;
const livePoints = quick ? 1600 : 16_000;
const spread = { spectra: quick ? 40 : 200, draws: 2000 };
const cases = VALIDATION_CASES.filter(({ name }) => values.only?.includes(name) ?? true);
/** Quick results are kept apart from full ones. */
const folder = quick ? `${values.cache}/quick` : values.cache;
const keep = <T>(name: string, work: () => Promise<T>) => {
  return cached(folder, name, () => {
    console.log(name);
    return work();
  });
};

async function runCase(one: ValidationCase): Promise<CaseRecord> {
  const npe = [];
  for (const seed of SEEDS)
    npe.push(
      await keep(`${one.name}-npe-${seed}`, () => fitCase(caseConfig(one, values.data, { seed, workers }))),
    );
  const nested = await keep(`${one.name}-nested`, () =>
    fitCase(caseConfig(one, values.data, { method: "nested", livePoints, workers })),
  );
  return { case: one, livePoints, nested, npe, published: published(one, nested) };
}

async function runSpreads(one: ValidationCase): Promise<SpreadRecord[]> {
  const { counts, name } = one;
  if (counts === undefined) return [];
  const [lower, upper] = counts;
  const wide = { restrict: { kind: "counts", lower, upper } } as const;
  const goal = one.settings.model === "tbabs*powerlaw" ? ([0.5, 0.9] as const) : undefined;
  const window = `${lower}-${upper}`;
  const choices = [
    { label: `default; ${window}`, choice: wide, goal },
    { label: "default; as the observed", choice: {}, goal },
    { label: `paper; ${window}`, choice: { ...wide, preset: "paper", features: "raw" }, goal: undefined },
  ] as const;
  const records: SpreadRecord[] = [];
  for (const { label, choice, goal } of choices) {
    const config = caseConfig(one, values.data, { ...choice, workers });
    const measure = () => efficiencySpread(config, spread);
    const key = `${name}-spread-${label.replace(/\W+/g, "-")}`;
    const measured = values.cached ? await stored<Spread>(folder, key) : await keep(key, measure);
    if (measured === undefined) continue;
    records.push({ case: one, label, spread: measured, ...(goal && { goal }) });
  }
  return records;
}

const records: CaseRecord[] = [];
for (const one of cases) records.push(await runCase(one));
const spreads: SpreadRecord[] = [];
for (const one of cases) spreads.push(...(await runSpreads(one)));

const page = validationPage(records, spreads, quick);
if (quick || values.only !== undefined) console.log(page);
else {
  const demos = markedPart(await readFile(PAGE, "utf8").catch(() => ""));
  const whole = withModelSection(page);
  await write(PAGE, demos === undefined ? whole : `${whole.trimEnd()}\n\n${demos}\n`);
  await write(`${root}fixtures/validation/nested.json`, fixture());
}
const failed = records.flatMap(verdicts).filter(({ passed }) => !passed);
for (const { what } of failed) console.log(`does not hold: ${what}`);
if (failed.length > 0 && !quick) process.exitCode = 1;

/** The exact answers, for tests that have no time for nested sampling. */
function fixture(): string {
  const made = {
    provenance: `npm run validate, xnpe ${VERSION}: nested sampling with ${livePoints} live points, seed 1, of the cases in bench/validate/cases.ts. Means and standard deviations in log10 where the name says so.`,
    cases: Object.fromEntries(
      records.map(({ case: { name }, nested }) => [
        name,
        { ...referenceOf(nested), ess: nested.nested?.ess },
      ]),
    ),
  };
  return `${JSON.stringify(made, undefined, 2)}\n`;
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  console.log(`written: ${path}`);
}
