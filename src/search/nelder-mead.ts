import { clampInto } from "./bounds.ts";
import type { Descent } from "./newton.ts";
import type { SearchParameter, Statistic } from "./types.ts";

interface Vertex {
  readonly x: Float64Array;
  readonly value: number;
}

/**
 * Downhill simplex inside the limits (points are moved onto them), with the dimension-dependent coefficients of Gao & Han
 * 2012 (Comput. Optim. Appl. 51, 259): slow, but needs no derivatives and survives kinks, noise and infinities.
 * Converged where the values at the corners differ by less than `tolerance`.
 * Nelder & Mead 1965, Comput. J. 7, 308.
 */
export function nelderMead(
  f: Statistic,
  start: Float64Array,
  parameters: readonly SearchParameter[],
  tolerance: number,
  evaluations = 400 * start.length,
): Descent {
  const d = start.length;
  let left = evaluations;
  const vertex = (x: Float64Array): Vertex => {
    left--;
    return { x: clampInto(x, parameters), value: f(x) };
  };
  const simplex = firstSimplex(start, parameters).map(vertex);
  const byValue = (a: Vertex, b: Vertex) => a.value - b.value;
  simplex.sort(byValue);
  while (left > 0 && !(simplex[d].value - simplex[0].value < tolerance)) {
    const improved = movedCorner(simplex, d, vertex);
    if (improved === undefined) shrink(simplex, d, vertex);
    else simplex[d] = improved;
    simplex.sort(byValue);
  }
  return { ...simplex[0], converged: simplex[d].value - simplex[0].value < tolerance };
}

function firstSimplex(start: Float64Array, parameters: readonly SearchParameter[]): Float64Array[] {
  const corners = parameters.map(({ upper, scale }, i) => {
    const corner = start.slice();
    corner[i] += start[i] + scale <= upper ? scale : -scale;
    return corner;
  });
  return [start.slice(), ...corners];
}

/** The worst corner reflected, expanded or contracted through the centre of the others; undefined where none is better. */
function movedCorner(
  simplex: readonly Vertex[],
  d: number,
  vertex: (x: Float64Array) => Vertex,
): Vertex | undefined {
  const worst = simplex[d];
  const center = new Float64Array(d);
  for (let k = 0; k < d; k++) for (let i = 0; i < d; i++) center[i] += simplex[k].x[i] / d;
  const along = (t: number) => vertex(center.map((c, i) => c + t * (c - worst.x[i])));
  const reflected = along(1);
  if (reflected.value < simplex[0].value) {
    const expanded = along(1 + 2 / Math.max(2, d));
    return expanded.value < reflected.value ? expanded : reflected;
  }
  if (reflected.value < simplex[d - 1].value) return reflected;
  const contraction = 0.75 - 1 / (2 * Math.max(2, d));
  const contracted = along(reflected.value < worst.value ? contraction : -contraction);
  return contracted.value < Math.min(reflected.value, worst.value) ? contracted : undefined;
}

function shrink(simplex: Vertex[], d: number, vertex: (x: Float64Array) => Vertex): void {
  const best = simplex[0].x;
  const keep = 1 - 1 / Math.max(2, d);
  for (let k = 1; k <= d; k++)
    simplex[k] = vertex(simplex[k].x.map((x, i) => best[i] + keep * (x - best[i])));
}
