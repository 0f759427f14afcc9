import { bornCorrections, gammaNodes, lowTemperatureGaunt, uLimits } from "./data/kellogg.ts";

/*
 * XSPEC's thermally averaged free-free Gaunt factor for u = E/kT and gamma^2 = Z^2 Ry/kT, in three regimes:
 *
 *   gamma^2 < 1e-3          Born's approximation  g = 0.5513 e^(u/2) K0(u/2)
 *   1e-3 <= gamma^2 <= 0.1  times polynomials in u, linear in gamma^2 between their nodes
 *   gamma^2 > 0.1           bilinear in log u and log gamma^2 in a table
 *
 * Kellogg, Baldwin & Koch 1975, ApJ 199, 299; Kurucz 1970, SAO Special Report 309.
 */

/** The correction of a nucleus: what Born's approximation is multiplied by, or in cool plasmas the Gaunt factor itself. */
export interface GauntRegime {
  readonly factor: (u: number, logU: number) => number;
  /** `factor` is to be multiplied by `bornGaunt`. */
  readonly born: boolean;
}

export function gauntRegime(gamma2: number): GauntRegime {
  if (gamma2 > 0.1) return { factor: lowTemperature(Math.log10(gamma2)), born: false };
  if (1000 * gamma2 < 1) return { factor: () => 1, born: true };
  return { factor: polynomials(1000 * gamma2), born: true };
}

/**
 * Born's approximation, 0.5513 e^x K0(x) with x = u/2 and `growth` = e^x. Polynomials of Abramowitz & Stegun 1964, 9.8.1, 9.8.5 and 9.8.6, good to 2e-7.
 */
export function bornGaunt(u: number, growth: number): number {
  const x = 0.5 * u;
  const y = 0.5 * x;
  if (x > 2) return (0.5513 * polynomial(LARGE, 1 / y)) / Math.sqrt(x);
  const i0 = polynomial(I0, (x / 3.75) ** 2);
  return 0.5513 * growth * (polynomial(SMALL, y * y) - Math.log(y) * i0);
}

const I0 = [1, 3.5156229, 3.0899424, 1.2067492, 0.2659732, 0.0360768, 0.0045813];
const SMALL = [-0.57721566, 0.4227842, 0.23069756, 0.0348859, 0.00262698, 0.0001075, 0.0000074];
const LARGE = [1.25331414, -0.07832358, 0.02189568, -0.01062446, 0.00587872, -0.0025154, 0.00053208];

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) sum = sum * x + coefficients[k];
  return sum;
}

/** Least u that the polynomials are taken at. */
const LEAST_U = 0.003;

/** Polynomials in u at 1000 gamma^2, for each range of u. */
function polynomials(thousandGamma2: number): GauntRegime["factor"] {
  let m = 0;
  while (m < gammaNodes.length - 2 && thousandGamma2 > gammaNodes[m + 1]) m++;
  const share = (thousandGamma2 - gammaNodes[m]) / (gammaNodes[m + 1] - gammaNodes[m]);
  const mixed = Float64Array.from(
    bornCorrections.flatMap((nodes) => nodes[m].map((low, k) => (1 - share) * low + share * nodes[m + 1][k])),
  );
  return (given) => {
    const u = Math.max(LEAST_U, given);
    let range = 0;
    while (range < uLimits.length && u > uLimits[range]) range++;
    return mixed[3 * range] + u * (mixed[3 * range + 1] + u * mixed[3 * range + 2]);
  };
}

/**
 * The table at log10 gamma^2; straight on below its least u = 1e-4. Beyond its greatest gamma^2 = 100 and u = 31.6 the factor is zero, as in XSPEC.
 */
function lowTemperature(logGamma2: number): GauntRegime["factor"] {
  const column = 2 * logGamma2 + 2;
  const left = Math.max(0, Math.floor(column));
  if (left > 5) return () => 0;
  const mixed = lowTemperatureGaunt.map((row) => row[left] + (column - left) * (row[left + 1] - row[left]));
  return (_, logU) => {
    const position = 2 * logU + 8;
    const row = Math.max(0, Math.floor(position));
    return row > 10 ? 0 : mixed[row] + (position - row) * (mixed[row + 1] - mixed[row]);
  };
}
