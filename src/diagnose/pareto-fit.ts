/** Generalised Pareto law of x >= 0: P(X > x) = (1 + k x / sigma)^(-1/k). */
export interface ParetoFit {
  readonly k: number;
  readonly sigma: number;
}

/**
 * Fit of a generalised Pareto law to exceedances (M) in ascending order, all > 0 but perhaps a few: the quasi-Bayesian
 * estimator of Zhang & Stephens 2009 (Technometrics 51, 316, section 2), a mean over a profile likelihood on a grid.
 */
export function fitPareto(exceedances: Float64Array): ParetoFit {
  const n = exceedances.length;
  const largest = exceedances[n - 1];
  const quartile = exceedances[Math.max(0, Math.floor(n / 4 + 0.5) - 1)];
  // Where a quarter of the exceedances is zero (ties at the threshold) the grid needs another scale.
  const scale = quartile > 0 ? quartile : largest / 4;
  const points = 30 + Math.floor(Math.sqrt(n));
  const grid = Float64Array.from(
    { length: points },
    (_, j) => 1 / largest + (1 - Math.sqrt(points / (j + 0.5))) / (3 * scale),
  );
  const profile = grid.map((theta) => {
    const k = shape(exceedances, theta);
    return n * (Math.log(-theta / k) - k - 1);
  });
  const best = profile.reduce((most, value) => Math.max(most, value), -Infinity);
  let total = 0;
  let theta = 0;
  for (let j = 0; j < points; j++) {
    const weight = Math.exp(profile[j] - best);
    if (!(weight > 0)) continue;
    total += weight;
    theta += weight * grid[j];
  }
  theta /= total;
  const k = shape(exceedances, theta);
  return { k, sigma: -k / theta };
}

/** Shape k that belongs to theta = -k / sigma: mean ln(1 - theta x). */
function shape(x: Float64Array, theta: number): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += Math.log1p(-theta * x[i]);
  return sum / x.length;
}
