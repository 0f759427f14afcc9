/**
 * ln R(x) of the Comptonised spectrum of photons injected far below: n(x) = R(x) x^(-alpha - 1), R(0) = 1, x = E/kT, the
 * solution of Kompaneets' equation with escape that vanishes at high energies (Sunyaev & Titarchuk 1980, A&A 86, 121):
 *
 *   d/dx[x^4 (du/dx + u)] = alpha (alpha + 3) x^2 u,   u = n/x^2
 *   R(x) = exp(-x)/Gamma(2 alpha + 3) int_0^inf t^(alpha - 1) exp(-t) (x + t)^(alpha + 3) dt
 *
 * Its logarithmic slope p = dln u/dln x obeys p' = gamma - p^2 - 3 p - x (p + 4), which decays to the solution when followed
 * downward from high x: trapezoidal rule, on two grids and extrapolated, good to 1e-6. Cubic interpolation; made anew where
 * alpha is not that of the call before.
 */
export function comptonTail(): (logX: number, alpha: number) => number {
  const table = new Float64Array(count);
  const fine = new Float64Array(count);
  let current = Number.NaN;
  return (logX, alpha) => {
    if (alpha !== current) {
      fillTail(table, alpha, 1);
      fillTail(fine, alpha, 2);
      for (let i = 0; i < count; i++) table[i] = (4 * fine[i] - table[i]) / 3;
      current = alpha;
    }
    const position = (logX - lowest) / step;
    if (position <= 0) return 0;
    // Wien's law beyond
    if (position >= count - 1) {
      const top = lowest + (count - 1) * step;
      return table[count - 1] + (alpha + 3) * (logX - top) - Math.exp(logX) + Math.exp(top);
    }
    const i = Math.min(count - 4, Math.max(0, Math.floor(position) - 1));
    const t = position - i - 1;
    const [a, b, c] = [t + 1, t - 1, t - 2];
    const outer = (a * b * t * table[i + 3] - t * b * c * table[i]) / 6;
    return outer + (a * b * c * table[i + 1] - a * t * c * table[i + 2]) / 2;
  };
}

/** Grid of ln x: R - 1 is about x below it. */
const lowest = -16;
const step = 0.05;
const count = 431;

/** Fills ln R, from the top down, with `per` steps of the rule to one of the grid. */
function fillTail(out: Float64Array, alpha: number, per: number): void {
  const gamma = alpha * (alpha + 3);
  const h = 0.5 * (step / per);
  let x = Math.exp(lowest + (count - 1) * step);
  // the slope that stands still
  let p = -0.5 * (3 + x + Math.sqrt((3 + x) ** 2 + 4 * gamma - 16 * x));
  let rate = gamma - p * p - 3 * p - x * (p + 4);
  out[count - 1] = 0;
  for (let i = count - 2; i >= 0; i--) {
    let sum = 0;
    for (let part = 1; part <= per; part++) {
      x = Math.exp(lowest + (i + 1 - part / per) * step);
      const b = 1 - h * (3 + x);
      const c = p - h * rate - h * (gamma - 4 * x);
      const next = (b - Math.sqrt(b * b - 4 * h * c)) / (2 * h);
      sum += h * (p + next);
      p = next;
      rate = gamma - p * p - 3 * p - x * (p + 4);
    }
    out[i] = out[i + 1] - sum - step * (alpha + 3);
  }
  const zero = out[0];
  for (let i = 0; i < count; i++) out[i] -= zero;
}
