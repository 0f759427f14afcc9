/** Nodes and weights on [-1, 1]. */
export interface Quadrature {
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}

/**
 * Gauss-Legendre rule of n points: exact for polynomials up to degree 2n - 1.
 *
 * Roots of P_n by Newton's method from Tricomi's first approximation; weights 2/((1 - x^2) P_n'(x)^2).
 * Abramowitz & Stegun 25.4.29.
 */
export function gaussLegendre(n: number): Quadrature {
  const nodes: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < n; i++) {
    let x = -Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    // quadratic convergence from 3 digits: more steps than needed
    for (let iteration = 0; iteration < 6; iteration++) {
      const [value, derivative] = legendre(n, x);
      x -= value / derivative;
    }
    const [, slope] = legendre(n, x);
    nodes.push(x);
    weights.push(2 / ((1 - x * x) * slope * slope));
  }
  return { nodes, weights };
}

/** P_n(x) and its derivative. */
function legendre(n: number, x: number): [number, number] {
  let previous = 1;
  let current = x;
  for (let k = 2; k <= n; k++) {
    const next = ((2 * k - 1) * x * current - (k - 1) * previous) / k;
    previous = current;
    current = next;
  }
  return [current, (n * (x * current - previous)) / (x * x - 1)];
}
