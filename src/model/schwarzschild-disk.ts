/**
 * A thin disc around a black hole that does not rotate, from the last stable orbit at 6 GM/c^2 outward, as the observer sees it:
 * patches of black body. Radii in GM/c^2, temperatures in units of (3 G M Mdot/(8 pi sigma (GM/c^2)^3))^1/4.
 */
export interface DiskPatches {
  /** Observed temperature of each patch: its own times the energy shift. */
  readonly temperature: Float64Array;
  /** Solid angle of each patch times distance^2, (GM/c^2)^2. */
  readonly area: Float64Array;
}

/** How finely the disc is cut. */
export interface PatchGrid {
  readonly rings: number;
  readonly sectors: number;
}

export const standardPatches: PatchGrid = { rings: 320, sectors: 64 };

const inner = 6;
const outer = 1e6;

/**
 * Patches of the disc at an inclination (radians).
 *
 * Relativistic: flux of Page & Thorne 1974 (ApJ 191, 499, eq. 15n without spin); energy shift (1 - 3/r)^1/2/(1 + (1 - 2/r)^1/2 r^-3/2 l), l =
 * b sin i sin phi/sin psi the photon's angular momentum about the axis. The square root belongs to XSPEC: without it the shift is that of the
 * geodesic, and the Wien tail at i = 30 degrees has 45 % more photons at 20 times the highest temperature. The ray leaves radius r towards the observer, who is at the
 * angle psi from there, with the impact parameter b(r, psi) of `impactParameter`, and the area is b db/dr cos i/sin^2 psi.
 * Otherwise Newton's disc: no shift, straight rays, flux ~ r^-3 (1 - (6/r)^1/2).
 */
export function diskPatches(
  inclination: number,
  relativistic: boolean,
  { rings, sectors }: PatchGrid = standardPatches,
): DiskPatches {
  const temperature = new Float64Array(rings * sectors);
  const area = new Float64Array(rings * sectors);
  const logStep = Math.log(outer / inner) / rings;
  const sine = Math.sin(inclination);
  const cosine = Math.abs(Math.cos(inclination));
  const azimuths = sectorsOf(sectors, relativistic ? cosine : 1);
  for (let ring = 0; ring < rings; ring++) {
    const r = inner * Math.exp((ring + 0.5) * logStep);
    const size = r * logStep * cosine;
    const flux = relativistic ? relativisticFlux(r) : (1 - Math.sqrt(inner / r)) / r ** 3;
    const own = flux ** 0.25;
    for (let sector = 0; sector < sectors; sector++) {
      const { phi, width } = azimuths[sector];
      const k = ring * sectors + sector;
      temperature[k] = own;
      area[k] = r * size * width;
      if (!relativistic) continue;
      const cosPsi = sine * Math.cos(phi);
      const sinPsi = Math.sqrt(1 - cosPsi * cosPsi);
      const b = impactParameter(r, cosPsi);
      const delta = 1e-4 * r;
      const rise = (impactParameter(r + delta, cosPsi) - impactParameter(r - delta, cosPsi)) / (2 * delta);
      const momentum = ((b * sine * Math.sin(phi)) / sinPsi) * Math.sqrt(1 - 2 / r);
      temperature[k] = (own * Math.sqrt(1 - 3 / r)) / (1 + momentum / r ** 1.5);
      area[k] = (b * rise * size * width) / (sinPsi * sinPsi);
    }
  }
  return { temperature, area };
}

/**
 * Middles and widths of sectors, narrow behind the hole (phi = pi), where light from a disc seen at cosine mu is focussed within an angle mu:
 * tan((phi - pi)/2) = mu^1/2 tan(t/2) for even steps of t.
 */
function sectorsOf(
  count: number,
  cosine: number,
): readonly { readonly phi: number; readonly width: number }[] {
  const squeeze = Math.sqrt(Math.max(cosine, 1e-4));
  return Array.from({ length: count }, (_, k) => {
    const half = Math.PI * ((k + 0.5) / count - 0.5);
    const stretch = squeeze / (Math.cos(half) ** 2 + (squeeze * Math.sin(half)) ** 2);
    const phi = Math.PI + 2 * Math.atan(squeeze * Math.tan(half));
    return { phi, width: ((2 * Math.PI) / count) * stretch };
  });
}

/** Flux of the disc's surface without torque at its inner edge, in units of 3 G M Mdot/(8 pi (GM/c^2)^3). */
function relativisticFlux(r: number): number {
  const x = Math.sqrt(r);
  const [a, edge] = [Math.sqrt(3), Math.sqrt(inner)];
  const logs = Math.log((x + a) / (edge + a)) - Math.log((x - a) / (edge - a));
  return Math.max(0, x - edge + 0.5 * a * logs) / (x * (1 - 3 / r) * r ** 3);
}

/**
 * Impact parameter of the ray from radius r that leaves at an angle whose cosine to the radius at infinity is cosPsi: with
 * the emission angle alpha of Poutanen 2020 (A&A 640, A24, eq. 2, an improved Beloborodov 2002), 0.1 % from r = 6 on.
 */
export function impactParameter(r: number, cosPsi: number): number {
  const u = 2 / r;
  const y = 1 - cosPsi;
  const bracket = 1 + (u * u * y * y) / 112 - (Math.E / 100) * u * y * (Math.log(1 - y / 2) + y / 2);
  const x = (1 - u) * y * bracket;
  // sin alpha from 1 - cos alpha
  return (r * Math.sqrt(Math.max(0, x * (2 - x)))) / Math.sqrt(1 - u);
}
