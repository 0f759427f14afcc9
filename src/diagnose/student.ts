/**
 * Upper limit of the central interval of Student's t: the t with P(abs(T) <= t) = level, for a whole number of degrees of
 * freedom >= 1. Relative error about 1e-12: bisection of the closed form (Abramowitz & Stegun 26.7.3 and 26.7.4).
 */
export function studentLimit(level: number, freedom: number): number {
  let low = 0;
  let high = 1;
  while (studentCentral(high, freedom) < level && high < 1e300) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = 0.5 * (low + high);
    if (studentCentral(middle, freedom) < level) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}

/** P(abs(T) <= t) of Student's t with a whole number of degrees of freedom. */
export function studentCentral(t: number, freedom: number): number {
  const angle = Math.atan2(t, Math.sqrt(freedom));
  const cos2 = Math.cos(angle) ** 2;
  const odd = freedom % 2 === 1;
  let term = odd ? Math.cos(angle) : 1;
  let sum = odd && freedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= freedom - 2; k += 2) {
    term *= (cos2 * (k - 1)) / k;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}
