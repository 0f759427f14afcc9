import { gaussLegendre } from "../quadrature.ts";

/** Spherical grains with a power law of radii (Mathis, Rumpl & Nordsieck 1977). */
export interface GrainSizes {
  /** g/cm3. */
  readonly density: number;
  /** Smallest and largest radius, micron. */
  readonly smallest: number;
  readonly largest: number;
  /** dN/da ~ a^-index. */
  readonly index: number;
}

/** As TBabs has them. */
export const standardGrains: GrainSizes = { density: 1, smallest: 0.025, largest: 0.25, index: 3.5 };

/** Fraction of hydrogen in molecules that TBabs assumes. */
export const standardMolecular = 0.2;

const rule = gaussLegendre(20);

/**
 * How much less a grain absorbs than its atoms would as gas: mean over the grains' volume of (1 - e^-y)/y, where
 * y = (4/3) rho a sigma/mu is the mean optical depth through a grain of radius a, as a function of sigma/mu (cm2/g).
 *
 *   int a^(4-p) (1 - e^-y)/y dln a / int a^(4-p) dln a
 *
 * This is Wilms, Allen & McCray 2000 (ApJ 542, 914), section 2.4 with its integrals done numerically (20 points in ln a,
 * better than 1e-13) in place of incomplete gamma functions.
 */
export function grainShielding({
  density,
  smallest,
  largest,
  index,
}: GrainSizes): (opacity: number) => number {
  const low = Math.log(smallest * 1e-4);
  const half = 0.5 * Math.log(largest / smallest);
  const radii = rule.nodes.map((node) => Math.exp(low + half * (1 + node)));
  const raw = radii.map((radius, k) => rule.weights[k] * radius ** (4 - index));
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  const weights = raw.map((weight) => weight / total);
  return (opacity) => {
    if (opacity <= 0) return 1;
    let mean = 0;
    for (let k = 0; k < radii.length; k++) {
      const depth = (4 / 3) * density * radii[k] * opacity;
      mean += weights[k] * (depth > 0 ? -Math.expm1(-depth) / depth : 1);
    }
    return mean;
  };
}
