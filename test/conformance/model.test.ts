import { existsSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { plainVectorMath } from "../../src/math/vector.ts";
import type { Model } from "../../src/model/index.ts";
import { models } from "../../src/model/index.ts";

const file = new URL("../../../shared/data/reference/xspec_models.json", import.meta.url);
const present = existsSync(file);
if (!present) console.warn("skipped: XSPEC's values of its models (../shared/data/reference is absent)");

interface Case {
  readonly model: string;
  readonly type: "add" | "mul" | "con";
  readonly params: readonly number[];
  readonly abund: string;
  readonly xsect: string;
  readonly values: Readonly<Record<string, readonly number[]>>;
  readonly TBABSVERSION?: unknown;
}
interface Reference {
  readonly grids: Readonly<Record<string, readonly number[]>>;
  readonly cases: readonly Case[];
}
const reference: Reference = present
  ? JSON.parse(readFileSync(file, "utf8"))
  : { grids: {}, cases: [{ model: "none", type: "con", params: [], abund: "", xsect: "", values: {} }] };

type Measure = (obtained: number, expected: number) => number;

/** Deviation relative to what is allowed at 1e-5 of the value; smaller than float32 can hold counts as zero. */
const relative: Measure = (obtained, expected) =>
  Math.abs(obtained - expected) / Math.max(Math.abs(expected), 1e-37);
const absolute: Measure = (obtained, expected) => Math.abs(obtained - expected);
/**
 * In optical depth, relative to max(1, tau). The reference prints 9 digits of the transmission, which at small depth is a
 * depth known to 1e-8 only; transmissions below float32's smallest number are not compared.
 */
const opticalDepth: Measure = (obtained, expected) => {
  if (expected < 1e-37 || Math.abs(obtained - expected) < 1e-8) return 0;
  return Math.abs(Math.log(obtained / expected)) / Math.max(1, -Math.log(expected));
};

interface Rule {
  readonly measure: Measure;
  readonly limit: number;
}

/** Photoelectric models by their cross-section setting; the rest to float32, which XSPEC's Fortran models compute in. */
function rule({ model, xsect }: Case): Rule {
  const name = model.toLowerCase();
  if (/^z?tb/.test(name)) return { measure: opticalDepth, limit: 1e-6 };
  if (/^(z?phabs|z?vphabs|z?pcfabs)$/.test(name)) {
    return { measure: absolute, limit: xsect === "vern" ? 1e-6 : 2e-5 };
  }
  // XSPEC has a fit to the integral, which is computed here
  if (name === "diskbb") return { measure: relative, limit: 7.1e-5 };
  // XSPEC adds up rings, too coarsely between 0.2 and 0.4 Tin
  if (name === "diskpbb") return { measure: relative, limit: 5e-3 };
  const own = computed[name];
  if (own !== undefined) return { measure: own.measure ?? relative, limit: own.limit };
  // 1 - erf rounds to zero on the far side of the step
  if (name === "step") return { measure: (a, b) => Math.abs(a - b) / Math.max(b, 1e-7), limit: 1e-5 };
  return { measure: relative, limit: 1e-5 };
}

/** Largest deviation of models that are computed here in another way than in XSPEC; their comments say why. */
const computed: Readonly<Record<string, { readonly limit: number; readonly measure?: Measure }>> = {
  // 2 % at kT = 0.2 keV, 0.5 % from 3 keV on; beyond 30 kT, where no photons are left, XSPEC's tables end
  bremss: { limit: 0.021, measure: (a, b) => Math.abs(a - b) / Math.max(b, 1e-12) },
  vbremss: { limit: 0.0032 },
  zbremss: { limit: 0.0054 },
  nthcomp: { limit: 0.0075 },
  compst: { limit: 0.0014 },
  comptt: { limit: 0.006 },
  diskline: { limit: 0.004 },
  pexrav: { limit: 0.008 },
  // 1 % up to 1.5 keV; XSPEC's tables fall off more steeply in the Wien tail
  grad: { limit: 0.135 },
};

const table: string[] = [];
afterAll(() => {
  if (table.length > 0) console.log(["worst deviation from XSPEC 12.9.1", ...table].join("\n"));
  if (uncovered.length > 0) console.log(["not covered:", ...uncovered].join("\n"));
});

const uncovered: string[] = [];

/** Why a case is not compared; undefined where it is. */
function reasonToSkip({ model: name, type, params, TBABSVERSION }: Case): string | undefined {
  if (type === "con") return "a convolution, compared elsewhere";
  if (models.every((model) => model.name !== name.toLowerCase())) return "no such model here";
  if (TBABSVERSION !== undefined) return "version 1 is not offered";
  if (name === "compTT" && params[4] < 0) return "approx is outside its limits: beta from a table";
  return undefined;
}

describe.skipIf(!present)("models give XSPEC's values", () => {
  for (const entry of reference.cases) {
    const model = models.find((candidate) => candidate.name === entry.model.toLowerCase());
    const title = `${entry.model}(${entry.params.join(", ")}) with ${entry.abund}, ${entry.xsect}`;
    const reason = reasonToSkip(entry);
    if (reason !== undefined) uncovered.push(`${title}: ${reason}`);
    if (model === undefined || reason !== undefined) continue;
    it(title, () => compare(title, model, entry));
  }
});

function compare(title: string, model: Model, entry: Case): void {
  const { measure, limit } = rule(entry);
  for (const [grid, expected] of Object.entries(entry.values)) {
    const edges = Float64Array.from(reference.grids[grid]);
    const out = new Float64Array(expected.length);
    const theta = entry.type === "add" ? [...entry.params, 1] : entry.params;
    model.prepare(edges, { abund: entry.abund, xsect: entry.xsect, vector: plainVectorMath })(out, theta);
    let worst = 0;
    let where = 0;
    expected.forEach((value, i) => {
      const deviation = measure(out[i], value);
      if (!(deviation <= worst)) [worst, where] = [deviation, i];
    });
    table.push(
      `${title.padEnd(56)} ${worst.toExponential(1)} at ${edges[where].toFixed(3)} keV (limit ${limit})`,
    );
    expect(theta).toHaveLength(model.parameters.length);
    expect(worst, `at ${edges[where]} keV: ${out[where]}, XSPEC ${expected[where]}`).toBeLessThanOrEqual(
      limit,
    );
  }
}
