import { InputError } from "../errors.ts";
import { type Formula, FormulaError, parseFormula } from "../math/formula.ts";
import { findParameter } from "./find-parameter.ts";
import { splitGroup } from "./group-path.ts";
import type { ModelExpression } from "./types.ts";

/**
 * How the parameters of several data groups hang together. Plain data. A parameter of group g is written `g:component.name`, without number that of
 * the first group; what is not said of a parameter of a later group equals the first group's.
 */
export interface ParameterLinks {
  /** Data group of each spectrum, from 1. */
  readonly groups: readonly number[];
  /** Fixed values of parameters of later groups. */
  readonly values: Readonly<Record<string, number>>;
  /** Formulas of tied parameters, such as `2*diskbb.Tin`. */
  readonly ties: Readonly<Record<string, string>>;
}

/** A parameter of one group. */
export interface GroupParameter {
  /** From 1. */
  readonly group: number;
  /** Index in the expression's parameters. */
  readonly index: number;
  /** As users see it: without number for the first group. */
  readonly path: string;
}

/** The parameter of a path with or without group. InputError for an unknown one. */
export function groupParameter(expression: ModelExpression, path: string): GroupParameter {
  const { group, name } = splitGroup(path);
  const index = findParameter(expression, name);
  const own = expression.parameters[index].path;
  return { group, index, path: group === 1 ? own : `${group}:${own}` };
}

/** Values of all parameters of every group (G rows of P), as functions of the free ones. */
export interface LinkedValues {
  /** One row a group; filled by `set`. */
  readonly rows: readonly Float64Array[];
  /** Puts row `row` of theta (n, D) in and computes what is tied. */
  set(theta: ArrayLike<number>, row: number): void;
}

/**
 * Parameters by their links: `values` (P) are those of the first group (placeholders for free ones), `free` the paths of theta's columns.
 *
 * InputError for ties that form a cycle, that name an unknown parameter, or a group that no spectrum has.
 */
export function linkParameters(
  expression: ModelExpression,
  values: readonly number[],
  free: readonly string[],
  links: ParameterLinks = { groups: [1], values: {}, ties: {} },
): LinkedValues {
  const groups = Math.max(...links.groups);
  const P = expression.parameters.length;
  const rows = Array.from({ length: groups }, () => Float64Array.from(values));
  const cell = (path: string): number => {
    const { group, index } = groupParameter(expression, path);
    if (group < 1 || group > groups)
      throw new InputError(
        `there is no data group ${group}; ${groups === 1 ? "there is one" : `the groups are 1 to ${groups}`}`,
        { key: path },
      );
    return (group - 1) * P + index;
  };
  const put = (at: number, value: number) => {
    rows[Math.floor(at / P)][at % P] = value;
  };
  const get = (at: number) => rows[Math.floor(at / P)][at % P];

  const columns = free.map(cell);
  const said = new Set(columns);
  for (const [path, value] of Object.entries(links.values)) {
    const at = cell(path);
    said.add(at);
    put(at, value);
  }
  const ties = Object.entries(links.ties).map(([path, text]) => makeTie(cell(path), path, text, cell));
  for (const { at, path } of ties) {
    if (said.has(at)) throw new InputError("is tied, and has a prior or a value besides", { key: path });
    said.add(at);
  }
  const copies = rows.slice(1).flatMap((_, g) =>
    Array.from({ length: P }, (_, p) => (g + 1) * P + p)
      .filter((at) => !said.has(at))
      .map((at): Tie => ({ at, path: "", from: [at % P], evaluate: () => get(at % P) })),
  );
  const order = sorted([...ties, ...copies], (at) => expression.parameters[at % P].path);
  return {
    rows,
    set(theta, row) {
      const D = columns.length;
      for (let d = 0; d < D; d++) put(columns[d], theta[row * D + d]);
      for (const tie of order) put(tie.at, tie.evaluate(get));
    },
  };
}

/** Refuses values of groups (G rows of P), as ties compute them, outside of the hard limits. */
export function checkLimits({ parameters }: ModelExpression, rows: readonly Float64Array[]): void {
  for (const [g, row] of rows.entries())
    for (const [p, { path, min, max }] of parameters.entries()) {
      if (row[p] >= min && row[p] <= max) continue;
      const key = g === 0 ? path : `${g + 1}:${path}`;
      throw new InputError(`its tie gives ${row[p]}, outside the hard limits ${min} to ${max}`, { key });
    }
}

interface Tie {
  readonly at: number;
  readonly path: string;
  readonly from: readonly number[];
  evaluate(get: (at: number) => number): number;
}

function makeTie(at: number, path: string, text: string, cell: (path: string) => number): Tie {
  const formula = compile(text, path);
  const from = formula.names.map((name) => {
    try {
      return cell(name);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new InputError(
        `the tie "${text}" names ${name}, which is no parameter of the model (${error.message})`,
        { key: path },
        { cause: error },
      );
    }
  });
  const values = new Float64Array(from.length);
  return {
    at,
    path,
    from,
    evaluate(get) {
      for (let k = 0; k < from.length; k++) values[k] = get(from[k]);
      const value = formula.evaluate(values);
      if (!Number.isFinite(value))
        throw new InputError(
          `the tie "${text}" has no finite value at ${formula.names.map((name, k) => `${name} = ${values[k]}`).join(", ")}`,
          { key: path },
        );
      return value;
    },
  };
}

function compile(text: string, path: string): Formula {
  try {
    return parseFormula(text);
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    throw new InputError(`"${text}", column ${error.position + 1}: ${error.message}`, { key: path });
  }
}

/** Ties in an order in which each comes after those that it depends on. InputError that shows a cycle. */
function sorted(ties: readonly Tie[], name: (at: number) => string): Tie[] {
  const byCell = new Map(ties.map((tie) => [tie.at, tie]));
  const done = new Set<Tie>();
  const order: Tie[] = [];
  const visit = (tie: Tie, above: readonly Tie[]) => {
    if (done.has(tie)) return;
    if (above.includes(tie)) {
      const loop = [...above.slice(above.indexOf(tie)), tie].map(({ path, at }) => path || name(at));
      throw new InputError(
        `these ties form a cycle: ${loop.join(" -> ")}; give one of them a value or a prior`,
        {
          key: loop[0],
        },
      );
    }
    for (const at of tie.from) {
      const next = byCell.get(at);
      if (next !== undefined) visit(next, [...above, tie]);
    }
    done.add(tie);
    order.push(tie);
  };
  for (const tie of ties) visit(tie, []);
  return order;
}
