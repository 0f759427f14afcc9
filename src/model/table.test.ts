import { describe, expect, it } from "vitest";
import { plainVectorMath } from "../math/vector.ts";
import { parseExpression } from "./expression.ts";
import { defineModel, defineTable, tableFiles, withTableFiles } from "./registry.ts";
import { type TableAxis, type TableGrid, tableModel } from "./table.ts";

const settings = { abund: "wilm", xsect: "vern", vector: plainVectorMath };
const EDGES = Float64Array.from({ length: 101 }, (_, i) => 0.1 * 200 ** (i / 100));

function axis(name: string, values: readonly number[], logarithmic = false): TableAxis {
  const [min, max] = [values[0], values[values.length - 1]];
  const limits = { min, softMin: min, softMax: max, max };
  return {
    name,
    unit: "",
    default: min,
    ...limits,
    delta: 0.01,
    values: Float64Array.from(values),
    logarithmic,
  };
}

interface Made {
  readonly axes: readonly TableAxis[];
  readonly of: (point: readonly number[], low: number, high: number, a: number) => number;
  readonly more?: Partial<TableGrid>;
}

function grid({ axes, of, more = {} }: Made): TableGrid {
  const points = axes.reduce<number[][]>(
    (rows, { values }) => rows.flatMap((row) => Array.from(values, (v) => [...row, v])),
    [[]],
  );
  const { additional = [], edges = EDGES } = more;
  const rows = points.flatMap((point) =>
    [undefined, ...additional].flatMap((_, a) =>
      Array.from({ length: edges.length - 1 }, (_, e) => of(point, edges[e], edges[e + 1], a)),
    ),
  );
  return {
    file: "t.fits",
    name: "test",
    additive: true,
    axes,
    additional: [],
    redshift: false,
    scaled: false,
    edges,
    spectra: Float32Array.from(rows),
    ...more,
  };
}

function evaluate(
  table: TableGrid,
  theta: readonly number[],
  form: "atable" | "mtable" | "etable" = "atable",
  edges = EDGES,
) {
  const out = new Float64Array(edges.length - 1);
  tableModel(table, form).prepare(edges, settings)(out, theta);
  return out;
}

/** Float32 spectra. */
const ROUNDING = 2e-7;
const closeTo = (
  a: Float64Array,
  expected: (low: number, high: number) => number,
  edges = EDGES,
  relative = ROUNDING,
) =>
  a.forEach((v, i) => {
    const wanted = expected(edges[i], edges[i + 1]);
    expect(Math.abs(v - wanted)).toBeLessThanOrEqual(relative * Math.abs(wanted));
  });

describe("a table model", () => {
  const bilinear = grid({
    axes: [axis("a", [1, 2, 4]), axis("b", [0, 1])],
    of: ([a, b], low, high) => (high - low) * (1 + a + 10 * b + 3 * a * b),
  });

  it.each([
    [1, 0],
    [2, 1],
    [4, 1],
    [1.5, 0.25],
    [3.9, 0.99],
  ])("gives what is linear in its parameters exactly, at the grid's points (%d, %d) and between", (a, b) => {
    closeTo(evaluate(bilinear, [a, b, 2]), (low, high) => 2 * (high - low) * (1 + a + 10 * b + 3 * a * b));
  });

  it("mixes spectra linearly, with fractions of the logarithm where the file says so", () => {
    const table = grid({ axes: [axis("t", [1, 100], true)], of: ([t], low, high) => (high - low) * t });
    // half way in ln t, the mean of the two spectra
    closeTo(evaluate(table, [10, 1]), (low, high) => (high - low) * 50.5);
  });

  it("adds its additional spectra times their parameter", () => {
    const more = { additional: [{ name: "Fe", unit: "", default: 1, min: 0, max: 10, delta: 0.1 }] };
    const table = grid({
      axes: [axis("a", [0, 1])],
      of: ([a], low, high, k) => (high - low) * (k === 0 ? 1 + a : 5),
      more,
    });
    closeTo(evaluate(table, [0.5, 2, 1]), (low, high) => (high - low) * 11.5);
  });

  it("shares photons out over other bins and keeps their sum", () => {
    const wide = Float64Array.from({ length: 8 }, (_, i) => 0.1 * 200 ** (i / 7));
    const out = evaluate(bilinear, [1, 0, 1], "atable", wide);
    closeTo(out, (low, high) => 2 * (high - low), wide, 1e-6);
  });

  it("is shifted by its redshift, and photons are divided by 1 + z", () => {
    const table = grid({
      axes: [axis("a", [0, 1])],
      of: (_, low, high) => 1 / low - 1 / high,
      more: { redshift: true },
    });
    // E^-2 at z: (1+z)^-2 (1+z) ... / (1+z); bins are flat inside, so only where they are fine
    const z = 1;
    const out = evaluate(table, [0, z, 1]);
    closeTo(out.subarray(0, 80), (low, high) => (1 / low - 1 / high) / (1 + z) ** 2, EDGES, 2e-3);
    const whole = out.reduce((a, b) => a + b);
    // photons between 0.1 and 20 (1+z) keV are seen; those that were at 20 keV and above are not in the table
    expect(whole).toBeCloseTo((1 / 0.2 - 1 / 20) / 2, 2);
  });

  it("has a factor on energies that undoes a redshift", () => {
    const table = grid({
      axes: [axis("a", [0, 1])],
      of: (_, low, high) => high - low,
      more: { redshift: true, scaled: true },
    });
    closeTo(evaluate(table, [0, 2, 1, 4]), (low, high) => 2 * (high - low));
  });

  it("is zero, or what the file says, outside its energies; a bin that starts below them is outside", () => {
    const edges = Float64Array.of(1, 2, 3, 4);
    const table = (more: Partial<TableGrid>) =>
      grid({ axes: [axis("a", [0, 1])], of: (_, low, high) => high - low, more: { edges, ...more } });
    const on = Float64Array.of(0.5, 0.9, 1.5, 2, 3.5, 4.5, 5);
    expect(Array.from(evaluate(table({}), [0, 1], "atable", on))).toEqual([0, 0, 0.5, 1.5, 0.5, 0]);
    expect(Array.from(evaluate(table({ below: 7, above: 8 }), [0, 1], "atable", on))).toEqual([
      7, 7, 0.5, 1.5, 0.5, 8,
    ]);
  });

  it("of factors is averaged over bins, 1 outside; of depths it is exp(-depth)", () => {
    const edges = Float64Array.of(1, 2, 3);
    const table = grid({
      axes: [axis("a", [1, 2])],
      of: ([a], low) => a * low,
      more: { edges, additive: false },
    });
    const on = Float64Array.of(0.5, 0.8, 1, 3, 4);
    expect(Array.from(evaluate(table, [1], "mtable", on))).toEqual([1, 1, 1.5, 1]);
    const depth = evaluate(table, [2], "etable", on);
    expect(depth[2]).toBeCloseTo(0.5 * (Math.exp(-2) + Math.exp(-4)), 12);
    expect(depth[3]).toBe(1);
  });

  it("does not extrapolate, and says what the range is", () => {
    expect(() => evaluate(bilinear, [4.1, 0, 1])).toThrow(
      /a = 4\.1 lies outside the table, which goes from 1 to 4/,
    );
  });

  it("of photons cannot be a factor, nor the other way round", () => {
    expect(() => tableModel(bilinear, "mtable")).toThrow(/use it as atable\{t\.fits\}/);
  });
});

describe("an expression with a table", () => {
  it("takes it by its file, labels it by its name, and numbers two of them", () => {
    defineTable({
      ...grid({ axes: [axis("a", [0, 1])], of: (_, low, high) => high - low }),
      file: "dir/My file.fits",
      name: "mine",
    });
    const text = "tbabs*(atable{dir/My file.fits} + atable{dir/My file.fits})";
    expect(parseExpression(text).parameters.map(({ path }) => path)).toEqual([
      "tbabs.nH",
      "mine_1.a",
      "mine_1.norm",
      "mine_2.a",
      "mine_2.norm",
    ]);
    expect(tableFiles(text)).toEqual(["dir/My file.fits"]);
    expect(withTableFiles("mtable{x}*powerlaw", (file) => `/abs/${file}`)).toBe("mtable{/abs/x}*powerlaw");
    expect(() => parseExpression("atable{other}")).toThrow(/table model other has not been read/);
  });
});

describe("a function of one's own", () => {
  it("is a model by its name, but takes no name of the list", () => {
    const line = parseExpression("powerlaw").components[0].model;
    defineModel({ ...line, name: "mypowerlaw" });
    expect(parseExpression("tbabs*mypowerlaw").parameters.map(({ path }) => path)).toContain(
      "mypowerlaw.PhoIndex",
    );
    expect(() => defineModel(line)).toThrow(/there is a model powerlaw already/);
  });
});
