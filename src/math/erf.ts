import { ERFCX_CHEBYSHEV } from "./erfcx-table.ts";

const TWO_OVER_SQRT_PI = 1.1283791670955126;

/** Error function, 2/sqrt(pi) int_0^x exp(-t^2) dt; relative error below 1e-15. Taylor series below 0.5, 1 - erfc above. */
export function erf(x: number): number {
  const a = Math.abs(x);
  if (!(a < 0.5)) return x < 0 ? erfc(a) - 1 : 1 - erfc(a);
  let term = x;
  let sum = x;
  for (let n = 1; n < 16; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return TWO_OVER_SQRT_PI * sum;
}

/** Complementary error function 1 - erf(x); relative error below 1e-14 down to the smallest normal numbers (x = 26.5). */
export function erfc(x: number): number {
  if (x < 0.5) return x > -0.5 ? 1 - erf(x) : 2 - erfc(-x);
  return expMinusSquare(x) * erfcx(x);
}

/** Scaled complementary error function exp(x^2) erfc(x) for x >= 0; relative error below 1e-15. Chebyshev series. */
export function erfcx(x: number): number {
  if (x === Infinity) return 0;
  const t = (x - 3) / (x + 3);
  let b0 = 0;
  let b1 = 0;
  let b2 = 0;
  for (let i = ERFCX_CHEBYSHEV.length - 1; i >= 0; i--) {
    b2 = b1;
    b1 = b0;
    b0 = 2 * t * b1 - b2 + ERFCX_CHEBYSHEV[i];
  }
  return (b0 - b2) / (2 * (1 + 2 * x));
}

/** exp(-x^2) without the rounding error of x^2: the square of a 24-bit head is exact. */
export function expMinusSquare(x: number): number {
  // Far out the second factor overflows while the first is zero.
  if (Math.abs(x) > 40) return 0;
  const head = Math.fround(x);
  return Math.exp(-head * head) * Math.exp(-(x - head) * (x + head));
}
