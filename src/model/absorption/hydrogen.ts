/**
 * Photoionisation cross-section of atomic hydrogen in Mb, energy in eV. Band, Trzhaskovskaya, Verner & Yakovlev 1990,
 * A&A 237, 267, as TBabs has it.
 */
export function hydrogenMegabarn(energy: number): number {
  if (energy < 13.599) return 0;
  const y = (2 * energy) / 13.599;
  const root = Math.sqrt(y);
  return 605 / (y * root * (1 + root) ** 4);
}

/** Range of energies (eV, upper end exclusive) with sigma = scale x^power P(t), x = E/15.4 eV. */
interface MolecularRange {
  readonly below: number;
  readonly scale: number;
  readonly power: number;
  readonly variable: (x: number) => number;
  readonly coefficients: readonly number[];
}

const molecularRanges: readonly MolecularRange[] = [
  {
    below: 18,
    scale: 1e8,
    power: 0,
    variable: (x) => x,
    coefficients: [-37.895, 99.723, -87.227, 25.4],
  },
  {
    below: 30,
    scale: 2e7,
    power: -0.252,
    variable: (x) => 1 / x,
    coefficients: [0.071, -0.673, 1.977, -0.692],
  },
  {
    below: 85,
    scale: 1e6,
    power: 0,
    variable: (x) => 1 / x,
    coefficients: [0.664, -11.768, 78.118, -231.339, 368.053, -189.953],
  },
  {
    below: Number.POSITIVE_INFINITY,
    // 45.57 (E/keV)^-3.5 in terms of x
    scale: 45.57 * 0.0154 ** -3.5,
    power: -3.5,
    variable: (x) => 1 / Math.sqrt(x),
    coefficients: [1, -2.003, -4.806, 50.577, -171.044, 231.608, -81.885],
  },
];

/**
 * Photoionisation cross-section of a hydrogen molecule in Mb, energy in eV. Wilms, Allen & McCray 2000, ApJ 542, 914,
 * after Yan, Sadeghpour & Dalgarno 1998, ApJ 496, 1044. XSPEC keeps the polynomial as printed there, without the
 * erratum of 2001 (ApJ 559, 1194), and so does this.
 */
export function molecularHydrogenMegabarn(energy: number): number {
  const x = energy / 15.4;
  if (x <= 1) return 0;
  for (const { below, scale, power, variable, coefficients } of molecularRanges) {
    if (energy < below) return 1e-6 * scale * x ** power * polynomial(coefficients, variable(x));
  }
  return 0;
}

/** Sum of c_k t^k, constant first. */
export function polynomial(coefficients: readonly number[], t: number): number {
  let sum = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) sum = sum * t + coefficients[k];
  return sum;
}
