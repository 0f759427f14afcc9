/** The nearest neighbours of each of N points, nearest first: row i of `index` and `squared` (N, each). */
export interface Neighbours {
  readonly each: number;
  readonly index: Int32Array;
  readonly squared: Float64Array;
}

/** Up to 16 nearest neighbours of points (N, D) that are sorted by their first coordinate, which bounds the search. */
export function nearestNeighbours(points: Float64Array, n: number, d: number): Neighbours {
  const each = Math.min(16, n - 1);
  const index = new Int32Array(n * each);
  const squared = new Float64Array(n * each).fill(Infinity);
  for (let i = 0; i < n; i++) {
    searchTowards(points, n, d, i, 1, each, index, squared);
    searchTowards(points, n, d, i, -1, each, index, squared);
  }
  return { each, index, squared };
}

function searchTowards(
  points: Float64Array,
  n: number,
  d: number,
  i: number,
  step: 1 | -1,
  each: number,
  index: Int32Array,
  squared: Float64Array,
): void {
  const row = i * each;
  const last = row + each - 1;
  for (let j = i + step; j >= 0 && j < n; j += step) {
    const along = points[j * d] - points[i * d];
    let distance = along * along;
    if (distance >= squared[last]) return;
    for (let k = 1; k < d; k++) distance += (points[j * d + k] - points[i * d + k]) ** 2;
    if (distance >= squared[last]) continue;
    let place = last;
    for (; place > row && squared[place - 1] > distance; place--) {
      squared[place] = squared[place - 1];
      index[place] = index[place - 1];
    }
    squared[place] = distance;
    index[place] = j;
  }
}

/** Label (N) from 0 of the connected component of each point, where neighbours within `radius` are connected. */
export function components({ each, index, squared }: Neighbours, n: number, radius: number): Int32Array {
  const parent = Int32Array.from({ length: n }, (_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  };
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < each && squared[i * each + k] <= radius * radius; k++) {
      parent[root(i)] = root(index[i * each + k]);
    }
  }
  const names = new Map<number, number>();
  return Int32Array.from({ length: n }, (_, i) => {
    const top = root(i);
    if (!names.has(top)) names.set(top, names.size);
    return names.get(top)!;
  });
}
