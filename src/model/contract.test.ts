import { describe, expect, it } from "vitest";
import { stream } from "../math/index.ts";
import { plainVectorMath } from "../math/vector.ts";
import { fixtureAtmosphere } from "./atmosphere.fixture.ts";
import type { Model, Parameter } from "./index.ts";
import * as room from "./index.ts";
import { models, nsatmosOf } from "./index.ts";

const settings = { abund: "wilm", xsect: "vern", vector: plainVectorMath };
const edges = grid(0.2, 12, 400);

/**
 * How closely the photons of a bin equal those of its halves. Models not named here use XSPEC's two-point or Simpson rule,
 * whose error over these bins (ln b/a = 0.01) is below 1e-3 for any smooth spectrum.
 */
const conservation: Readonly<Record<string, number>> = {
  // closed form: rounding alone
  powerlaw: 1e-13,
  zpowerlw: 1e-13,
  bknpower: 1e-12,
  bkn2pow: 1e-12,
  pegpwrlw: 1e-13,
  expdec: 1e-13,
  // 5-point quadrature
  cutoffpl: 1e-10,
  // the same, of a table good to 1e-9
  diskbb: 2e-9,
  diskpbb: 2e-9,
  redge: 1e-13,
  agauss: 1e-6,
  zagauss: 1e-6,
  // midpoint rule, and the step is only three bins wide
  step: 2e-2,
  // Simpson's rule: (ln b/a)^4/2880 times a few
  logpar: 1e-9,
  eplogpar: 1e-9,
  // lines: differences of a cumulative function, with a remainder that XSPEC puts into one bin
  gaussian: 1e-8,
  zgauss: 1e-8,
  lorentz: 1e-6,
  voigt: 1e-6,
  diskline: 1e-12,
  // cubic interpolation between the points of a table
  nthcomp: 1e-7,
  // the edges of the elements
  pexrav: 1e-3,
};

/** Factors that XSPEC lets fall below zero. */
const signed: ReadonlySet<string> = new Set(["dust", "spline"]);

function grid(low: number, high: number, bins: number): Float64Array {
  return Float64Array.from({ length: bins + 1 }, (_, i) => low * (high / low) ** (i / bins));
}

function defaults(model: Model): number[] {
  return model.parameters.map((parameter) => parameter.default);
}

function evaluate(model: Model, theta: ArrayLike<number>, on = edges): Float64Array {
  const out = operand(model, on);
  model.prepare(on, settings)(out, theta);
  return out;
}

/** What an evaluation may find in its output: anything, but for a convolution a spectrum or a factor. */
function operand({ kind, operand }: Model, on = edges): Float64Array {
  const bins = { length: on.length - 1 };
  if (kind !== "convolution") return new Float64Array(on.length - 1).fill(Number.NaN);
  return Float64Array.from(bins, (_, i) =>
    operand === "multiplicative" ? Math.exp(-1 / on[i]) : (on[i + 1] - on[i]) * on[i] ** -1.5,
  );
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** A value inside the soft limits, near the default's scale where they are wide. */
function draw(parameter: Parameter, u: number): number {
  const { default: value, softMin = parameter.min, softMax = parameter.max } = parameter;
  const low = Math.max(softMin, value - 10 * Math.max(1, Math.abs(value)));
  const high = Math.min(softMax, value + 10 * Math.max(1, Math.abs(value)));
  return low + (high - low) * u;
}

describe("the list of models", () => {
  it("has unique names in lower case, each exported by that name", () => {
    const names = models.map((model) => model.name);
    expect(new Set(names).size).toBe(names.length);
    for (const model of models) {
      expect(model.name).toMatch(/^[a-z][a-z0-9]*$/);
      expect((room as Readonly<Record<string, unknown>>)[model.name]).toBe(model);
    }
  });
});

/** A model that needs a grid has one made here. */
const ready = models.map((model) => (model.grid === undefined ? model : nsatmosOf(fixtureAtmosphere())));

describe.each(ready.map((model) => [model.name, model] as const))("%s", (name, model) => {
  const additive = model.kind === "additive";

  it("has parameters with unique names whose default lies within ordered limits", () => {
    const names = model.parameters.map((parameter) => parameter.name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    for (const { min, softMin = min, default: value, max, softMax = max, delta } of model.parameters) {
      expect([min, softMin, value, softMax, max]).toEqual(
        [min, softMin, value, softMax, max].toSorted((a, b) => a - b),
      );
      expect(delta).not.toBe(0);
    }
  });

  it("has a norm, last, if and only if it is additive", () => {
    expect(model.parameters.map((parameter) => parameter.name).indexOf("norm")).toBe(
      additive ? model.parameters.length - 1 : -1,
    );
  });

  it(`is finite ${signed.has(name) ? "" : "and not negative "}anywhere within its soft limits`, () => {
    const rng = stream(1, name);
    const evaluateOnGrid = model.prepare(edges, settings);
    for (let trial = 0; trial < 40; trial++) {
      const theta = model.parameters.map((parameter) => draw(parameter, rng.uniform()));
      const out = operand(model);
      evaluateOnGrid(out, theta);
      const wrong = out.findIndex((value) => !((value >= 0 || signed.has(name)) && Number.isFinite(value)));
      expect(wrong, `theta = ${theta.join(", ")} at ${edges[wrong]} keV: ${out[wrong]}`).toBe(-1);
    }
  });

  it("does not depend on earlier calls or on what the output held", () => {
    const evaluateOnGrid = model.prepare(edges, settings);
    const theta = defaults(model);
    const out = operand(model);
    evaluateOnGrid(
      out,
      theta.map((value, k) => value + 0.1 * Math.abs(model.parameters[k].delta)),
    );
    if (model.kind === "convolution") out.set(operand(model));
    evaluateOnGrid(out, theta);
    expect(out).toEqual(evaluate(model, theta));
  });

  it.runIf(model.kind === "convolution")("does not change a spectrum of zeros", () => {
    if (model.operand === "multiplicative") return;
    const out = new Float64Array(edges.length - 1);
    model.prepare(edges, settings)(out, defaults(model));
    expect(out.every((value) => value === 0)).toBe(true);
  });

  it.runIf(model.kind === "convolution" && model.operand === "additive")(
    "gives twice of twice the spectrum, or the same where it sets the flux",
    () => {
      const once = evaluate(model, defaults(model));
      const twice = operand(model).map((value) => 2 * value);
      model.prepare(edges, settings)(twice, defaults(model));
      const factor = model.scales === false ? 1 : 2;
      twice.forEach((value, i) => {
        expect(Math.abs(value - factor * once[i])).toBeLessThanOrEqual(1e-12 * value);
      });
    },
  );

  it.runIf(model.kind !== "convolution")("keeps its values where the grid is cut, far from the cut", () => {
    const whole = evaluate(model, defaults(model));
    const part = evaluate(model, defaults(model), edges.slice(100, 301));
    // lines are filled outward from their centre, which lies inside both grids or outside both
    for (let i = 0; i < part.length; i++) expect(part[i]).toBeCloseTo(whole[100 + i], 7);
  });

  it.runIf(additive)("is proportional to its norm", () => {
    const theta = defaults(model);
    const single = evaluate(model, theta);
    const triple = evaluate(model, [...theta.slice(0, -1), 3]);
    triple.forEach((value, i) => {
      // one rounding for each of the few factors; the smallest numbers have fewer digits
      expect(Math.abs(value - 3 * single[i])).toBeLessThanOrEqual(1e-14 * Math.abs(value) + 1e-322);
    });
  });

  it.runIf(additive)("conserves photons when every bin is split in two", () => {
    const halves = Float64Array.from({ length: 2 * edges.length - 1 }, (_, i) =>
      i % 2 === 0 ? edges[i / 2] : 0.5 * (edges[(i - 1) / 2] + edges[(i + 1) / 2]),
    );
    const whole = evaluate(model, defaults(model));
    const split = evaluate(model, defaults(model), halves);
    const tolerance = conservation[name] ?? 1e-3;
    const scale = total(whole) / whole.length;
    whole.forEach((value, i) => {
      const sum = split[2 * i] + split[2 * i + 1];
      expect(Math.abs(sum - value)).toBeLessThanOrEqual(tolerance * Math.max(value, scale));
    });
  });
});
