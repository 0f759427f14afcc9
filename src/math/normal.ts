import { erf, erfcx } from "./erf.ts";

/** ln sqrt(2 pi). */
export const LN_SQRT_2PI = 0.9189385332046727;

/** Cumulative standard normal distribution Phi(x); relative error below 1e-14 in the lower tail, to x = -37.5. */
export function normalCdf(x: number): number {
  if (Math.abs(x) < 0.5) return 0.5 + 0.5 * erf(x * Math.SQRT1_2);
  const tail = normalTail(Math.abs(x));
  return x < 0 ? tail : 1 - tail;
}

/** Upper tail 1 - Phi(x), x >= 0; relative error below 1e-14. */
function normalTail(x: number): number {
  if (x > 40) return 0;
  // exp(-x^2/2) as the square root of exp(-x^2) would underflow early: scale the exactly split square instead.
  const head = Math.fround(x);
  const gauss = Math.exp(-0.5 * head * head) * Math.exp(-0.5 * (x - head) * (x + head));
  return 0.5 * gauss * erfcx(x * Math.SQRT1_2);
}

/**
 * Inverse of the cumulative standard normal distribution, p in [0, 1] (-+Infinity at the ends, NaN outside).
 * Relative error about 1e-16: algorithm AS 241, PPND16 (Wichura 1988, Appl. Stat. 37, 477), coefficients of that paper.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * centralRatio(0.180625 - q * q);
  const tail = q < 0 ? p : 1 - p;
  if (!(tail >= 0)) return Number.NaN;
  if (tail === 0) return q < 0 ? -Infinity : Infinity;
  const r = Math.sqrt(-Math.log(tail));
  const x = r <= 5 ? middleRatio(r - 1.6) : farRatio(r - 5);
  return q < 0 ? -x : x;
}

function ratio(r: number, above: readonly number[], below: readonly number[]): number {
  let numerator = 0;
  let denominator = 0;
  for (let i = 7; i >= 0; i--) {
    numerator = numerator * r + above[i];
    denominator = denominator * r + below[i];
  }
  return numerator / denominator;
}

const centralRatio = (r: number) =>
  ratio(
    r,
    [
      3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
      67265.7709270087, 33430.57558358813, 2509.0809287301227,
    ],
    [
      1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
      28729.085735721943, 5226.495278852854,
    ],
  );

const middleRatio = (r: number) =>
  ratio(
    r,
    [
      1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
      0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
    ],
    [
      1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
      0.0005475938084995345, 1.0507500716444169e-9,
    ],
  );

const farRatio = (r: number) =>
  ratio(
    r,
    [
      6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
      0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
    ],
    [
      1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
      1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
    ],
  );
