import { plainVectorMath } from "../../src/math/vector.ts";
import { gaussian, type Model, models, powerlaw } from "../../src/model/index.ts";

/** One case of XSPEC's values. */
export interface Case {
  readonly model: string;
  readonly type: "add" | "mul" | "con";
  readonly params: readonly number[];
  readonly abund: string;
  readonly xsect: string;
  readonly values: Readonly<Record<string, readonly number[]>>;
  readonly TBABSVERSION?: unknown;
}
export interface Reference {
  readonly grids: Readonly<Record<string, readonly number[]>>;
  readonly cases: readonly Case[];
}

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

export interface Rule {
  readonly measure: Measure;
  readonly limit: number;
}

/** Photoelectric models by their cross-section setting; the rest to float32, which XSPEC's Fortran models compute in. */
export function rule({ model, xsect }: Case): Rule {
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
  nthcomp: { limit: 0.0075 },
  compst: { limit: 0.0014 },
  comptt: { limit: 0.006 },
  diskline: { limit: 0.004 },
  pexrav: { limit: 0.008 },
  // XSPEC's temperatures stand in bins, which tells at low energies
  grad: { limit: 0.004 },
};

/** Why a case is not compared; undefined where it is. */
export function reasonToSkip({ model: name, type, params, TBABSVERSION }: Case): string | undefined {
  if (type === "con" && models.some((model) => model.name === name))
    return "a convolution, compared elsewhere";
  if (models.every((model) => model.name !== name.toLowerCase())) return "no such model here";
  if (TBABSVERSION !== undefined) return "version 1 is not offered";
  if (name === "compTT" && params[4] < 0) return "approx is outside its limits: beta from a table";
  return undefined;
}

/** Where a case is furthest from XSPEC, in units of its measure. */
export interface Deviation {
  readonly worst: number;
  /** keV. */
  readonly at: number;
  readonly obtained: number;
  readonly expected: number;
}

/** The model's largest deviation from a case's values on one of its grids. */
export function deviation(model: Model, entry: Case, grid: string, { grids }: Reference): Deviation {
  const { measure } = rule(entry);
  const edges = Float64Array.from(grids[grid]);
  const expected = entry.values[grid];
  const out = new Float64Array(expected.length);
  const theta = entry.type === "add" ? [...entry.params, 1] : entry.params;
  model.prepare(edges, { abund: entry.abund, xsect: entry.xsect, vector: plainVectorMath })(out, theta);
  let worst = 0;
  let where = 0;
  expected.forEach((value, i) => {
    const found = measure(out[i], value);
    if (!(found <= worst)) [worst, where] = [found, i];
  });
  return { worst, at: edges[where], obtained: out[where], expected: expected[where] };
}

/** The reference convolves powerlaw(1.7), and a line besides in these. */
const WITH_LINE = ["gsmooth", "lsmooth", "rdblur", "kdblur", "zashift", "zmshift", "vashift"];
const SETTINGS = { abund: "angr", xsect: "bcmc", vector: plainVectorMath };

/** Largest deviation allowed of a convolution, relative to the value: float32, but for rdblur, which has a quadrature of its own. */
export function convolutionLimit({ model }: Case): number {
  return model === "rdblur" ? 1e-2 : 1e-5;
}

/** The convolution's largest relative deviation from a case's values on one of its grids. */
export function convolutionDeviation(model: Model, one: Case, grid: string, { grids }: Reference): Deviation {
  const edges = Float64Array.from(grids[grid]);
  const expected = one.values[grid];
  const out = new Float64Array(edges.length - 1);
  powerlaw.prepare(edges, SETTINGS)(out, [1.7, 1]);
  if (WITH_LINE.includes(one.model)) {
    const line = new Float64Array(out.length);
    gaussian.prepare(edges, SETTINGS)(line, [6.4, 0.05, 0.05]);
    for (let i = 0; i < out.length; i++) out[i] += line[i];
  }
  model.prepare(edges, SETTINGS)(out, one.params);
  let worst = 0;
  let where = 0;
  out.forEach((value, i) => {
    const found = relative(value, expected[i]);
    if (!(found <= worst)) [worst, where] = [found, i];
  });
  return { worst, at: edges[where], obtained: out[where], expected: expected[where] };
}
