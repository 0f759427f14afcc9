import { InputError } from "../errors.ts";
import { norm, parameter, redshift } from "./parameter.ts";
import { average, overlaps, redistribute } from "./rebin.ts";
import type { Evaluate, Model, Parameter } from "./types.ts";

/** Parameter of a table model that its spectra are interpolated in. */
export interface TableAxis extends Parameter {
  /** Tabulated values, ascending. */
  readonly values: Float64Array;
  /** Fractions between values are taken of logarithms. */
  readonly logarithmic: boolean;
}

/** A table model's content. Plain data. Reference: OGIP/92-009. */
export interface TableGrid {
  readonly form?: undefined;
  readonly file: string;
  /** MODLNAME, as a component's name. */
  readonly name: string;
  /** Spectra of photons, else factors. */
  readonly additive: boolean;
  readonly axes: readonly TableAxis[];
  /** Parameters whose spectra are added, times their value. */
  readonly additional: readonly Parameter[];
  /** Has a redshift; has a factor on energies. */
  readonly redshift: boolean;
  readonly scaled: boolean;
  /** Energies, keV (E+1). */
  readonly edges: Float64Array;
  /** (R, 1 + additional, E): row r holds the grid's spectrum and its additional ones; the last axis runs fastest. */
  readonly spectra: Float32Array;
  /** What bins outside the table's energies get, where the file says. */
  readonly below?: number;
  readonly above?: number;
}

export type TableForm = "atable" | "mtable" | "etable";

const scale = parameter("Escale", "", 1, [1e-20, 1e-20, 1e20, 1e20], -0.01);

/**
 * A model of tabulated spectra. They are mixed linearly at every corner of the cell around the parameters, with fractions that may be of
 * logarithms; additional spectra are added times their parameter; energies are multiplied by Escale / (1 + z), photons
 * divided by 1 + z. `atable`: photons, shared out over the bins; `mtable`: factors, averaged; `etable`: exp(-depth).
 */
export function tableModel(grid: TableGrid, form: TableForm): Model {
  const additive = form === "atable";
  if (additive !== grid.additive)
    throw new InputError(
      grid.additive
        ? `is a table of photon spectra; use it as atable{${grid.file}}`
        : `is a table of factors or depths; use it as mtable{...} or etable{...}`,
      { file: grid.file },
    );
  return {
    kind: additive ? "additive" : "multiplicative",
    name: grid.name,
    summary: `table model of ${grid.file}`,
    formula: form === "etable" ? "exp(-table)" : "table",
    reference: "OGIP Memo 92-009 (Arnaud)",
    parameters: [
      ...grid.axes,
      ...grid.additional,
      ...(grid.scaled ? [scale] : []),
      ...(grid.redshift ? [{ ...redshift, name: "z" }] : []),
      ...(additive ? [norm("")] : []),
    ],
    prepare: (edges) => evaluator(grid, form, edges),
  };
}

function evaluator(grid: TableGrid, form: TableForm, edges: Float64Array): Evaluate {
  const mixed = new Float64Array(grid.edges.length - 1);
  const mix = mixer(grid, mixed);
  const overlap = overlaps(edges, grid.edges, 1);
  const before = grid.axes.length + grid.additional.length;
  let factor = 1;
  return (out, theta) => {
    mix(theta);
    if (form === "etable") for (let e = 0; e < mixed.length; e++) mixed[e] = transmission(mixed[e]);
    let next = before;
    const stretch = grid.scaled ? theta[next++] : 1;
    const z = grid.redshift ? theta[next++] : 0;
    if (stretch / (1 + z) !== factor) {
      factor = stretch / (1 + z);
      overlaps(edges, grid.edges, factor, overlap);
    }
    const low = grid.edges[0] * factor;
    const high = grid.edges[mixed.length] * factor;
    if (form !== "atable") {
      average(out, mixed, overlap, 1);
      fillOutside(out, edges, { low, high, below: grid.below ?? 1, above: grid.above ?? 1 }, false);
      return;
    }
    redistribute(out, mixed, overlap);
    fillOutside(out, edges, { low, high, below: grid.below ?? 0, above: grid.above ?? 0 }, true);
    const photons = theta[next] / (1 + z);
    for (let i = 0; i < out.length; i++) out[i] *= photons;
  };
}

function transmission(depth: number): number {
  return depth > 100 ? 0 : Math.exp(-depth);
}

interface Outside {
  readonly low: number;
  readonly high: number;
  readonly below: number;
  readonly above: number;
}

/** Bins beyond the table; as in XSPEC an additive one's that starts below it, too. */
function fillOutside(
  out: Float64Array,
  edges: Float64Array,
  { low, high, below, above }: Outside,
  cut: boolean,
): void {
  for (let i = 0; i < out.length; i++) {
    const beneath = cut ? edges[i] < low * (1 - 1e-6) : edges[i + 1] <= low;
    if (beneath) out[i] = below;
    else if (edges[i] >= high) out[i] = above;
  }
}

/** Fills `mixed` (E) with the table's spectrum at parameters theta. */
function mixer({ axes, additional, spectra, file }: TableGrid, mixed: Float64Array) {
  const E = mixed.length;
  const n = axes.length;
  const per = 1 + additional.length;
  const strides = axes.map((_, k) => axes.slice(k + 1).reduce((rows, { values }) => rows * values.length, 1));
  const cell = new Int32Array(n);
  const fraction = new Float64Array(n);
  return (theta: ArrayLike<number>) => {
    for (let k = 0; k < n; k++) locate(axes[k], theta[k], k, cell, fraction, file);
    mixed.fill(0);
    for (let corner = 0; corner < 1 << n; corner++) {
      let weight = 1;
      let row = 0;
      for (let k = 0; k < n; k++) {
        const upper = (corner >> k) & 1;
        weight *= upper ? fraction[k] : 1 - fraction[k];
        row += (cell[k] + upper) * strides[k];
      }
      if (weight === 0) continue;
      for (let a = 0; a < per; a++) {
        const w = a === 0 ? weight : weight * theta[n + a - 1];
        const at = (row * per + a) * E;
        for (let e = 0; e < E; e++) mixed[e] += w * spectra[at + e];
      }
    }
  };
}

/** Relative distance at which a parameter counts as one of the tabulated values. */
const FUZZ = 1e-7;

/** Cell of a value in an axis and the fraction in it. */
function locate(
  { values, logarithmic, name }: TableAxis,
  value: number,
  k: number,
  cell: Int32Array,
  fraction: Float64Array,
  file: string,
): void {
  const last = values.length - 1;
  const slack = FUZZ * Math.max(Math.abs(values[0]), Math.abs(values[last]));
  if (!(value >= values[0] - slack && value <= values[last] + slack))
    throw new InputError(
      `${name} = ${value} lies outside the table, which goes from ${values[0]} to ${values[last]}`,
      { file },
    );
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (values[middle] <= value) low = middle;
    else high = middle;
  }
  cell[k] = low;
  const [a, b] = [values[low], values[Math.min(low + 1, last)]];
  const f = a === b ? 0 : logarithmic ? Math.log(value / a) / Math.log(b / a) : (value - a) / (b - a);
  fraction[k] = f < FUZZ ? 0 : f > 1 - FUZZ ? 1 : f;
}
