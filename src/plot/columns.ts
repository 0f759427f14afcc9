import type { Numbers } from "./scene.ts";

/**
 * Row-major draws (M, D) as one array a parameter, in log10 where `logarithmic` says so: what `corner` takes. Draws
 * that have no logarithm become NaN and are refused by the figure.
 */
export function parameterColumns(theta: Numbers, logarithmic: readonly boolean[]): Float64Array[] {
  const d = logarithmic.length;
  const draws = Math.floor(theta.length / d);
  return logarithmic.map((inLog, k) => {
    const column = new Float64Array(draws);
    for (let i = 0; i < draws; i++) column[i] = inLog ? Math.log10(theta[i * d + k]) : theta[i * d + k];
    return column;
  });
}
