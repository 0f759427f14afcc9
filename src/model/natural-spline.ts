/**
 * Natural cubic splines through points at x (n), ascending: continuous to the second derivative, which is zero at both ends. What depends on x
 * alone is done once. `fill` puts the spline of `y` (n) at `factor` times the ascending `at` into `out`; beyond its ends the outermost cubics go on.
 */
export function naturalSpline(x: Float64Array): {
  fill(out: Float64Array, y: Float64Array, at: Float64Array, factor: number): void;
} {
  const n = x.length;
  const step = Float64Array.from({ length: n - 1 }, (_, k) => x[k + 1] - x[k]);
  // of the tridiagonal equations h[k-1] m[k-1] + 2 (h[k-1] + h[k]) m[k] + h[k] m[k+1] = 6 (slope[k] - slope[k-1]), eliminated downward
  const pivot = new Float64Array(n);
  for (let k = 1; k < n - 1; k++) {
    const above = k === 1 ? 0 : step[k - 1] ** 2 / pivot[k - 1];
    pivot[k] = 2 * (step[k - 1] + step[k]) - above;
  }
  const bend = new Float64Array(n);
  return {
    fill(out, y, at, factor) {
      for (let k = 1; k < n - 1; k++) {
        const right = 6 * ((y[k + 1] - y[k]) / step[k] - (y[k] - y[k - 1]) / step[k - 1]);
        bend[k] = right - (k === 1 ? 0 : (step[k - 1] / pivot[k - 1]) * bend[k - 1]);
      }
      for (let k = n - 2; k > 0; k--) bend[k] = (bend[k] - step[k] * bend[k + 1]) / pivot[k];
      let cell = 0;
      for (let i = 0; i < out.length; i++) {
        const value = at[i] * factor;
        while (cell < n - 2 && value > x[cell + 1]) cell++;
        const h = step[cell];
        const a = (x[cell + 1] - value) / h;
        const b = (value - x[cell]) / h;
        const curved = a * (a * a - 1) * bend[cell] + b * (b * b - 1) * bend[cell + 1];
        out[i] = a * y[cell] + b * y[cell + 1] + (curved * h * h) / 6;
      }
    },
  };
}
