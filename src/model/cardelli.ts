import { polynomial } from "./absorption/hydrogen.ts";

const visualA = [1, 0.17699, -0.50447, -0.02427, 0.72085, 0.01979, -0.7753, 0.32999];
const visualB = [0, 1.41338, 2.28305, 1.07233, -5.38434, -0.62251, 5.3026, -2.09002];

/**
 * Extinction in magnitudes for E(B-V) = 1 and R_V = 3.1 at the wave number x (1/micron): 3.1 (a + b/3.1), Cardelli,
 * Clayton & Mathis 1989, ApJ 345, 245, eqs. 1-5. None beyond x = 11; below x = 0.3 the infrared formula goes on.
 */
export function cardelliExtinction(x: number): number {
  if (x > 11) return 0;
  const [a, b] = coefficients(x);
  return 3.1 * a + b;
}

function coefficients(x: number): readonly [number, number] {
  if (x < 1.1) return [0.574 * x ** 1.61, -0.527 * x ** 1.61];
  if (x <= 3.3) return [polynomial(visualA, x - 1.82), polynomial(visualB, x - 1.82)];
  if (x <= 8) {
    const d = Math.max(0, x - 5.9);
    return [
      1.752 - 0.316 * x - 0.104 / ((x - 4.67) ** 2 + 0.341) - d * d * (0.04473 + 0.009779 * d),
      -3.09 + 1.825 * x + 1.206 / ((x - 4.62) ** 2 + 0.263) + d * d * (0.213 + 0.1207 * d),
    ];
  }
  const d = x - 8;
  return [polynomial([-1.073, -0.628, 0.137, -0.07], d), polynomial([13.67, 4.257, -0.42, 0.374], d)];
}
