/** Geometry of a line-emitting disc around a black hole that does not rotate; radii in GM/c^2. */
export interface LineDisk {
  /** Emissivity per area ~ r^emissivity. */
  readonly emissivity: number;
  readonly inner: number;
  readonly outer: number;
  /** Degrees; 0 is face-on. */
  readonly inclination: number;
}

/** Fraction of the photons with observed over emitted energy below exp(from + i step), i = 0 .. */
export interface LineProfile {
  readonly from: number;
  readonly step: number;
  readonly below: Float64Array;
}

/** How finely the disc is cut; `diskLineProfile` says how good that is. */
export interface DiskGrid {
  readonly rings: number;
  /** Of half a turn; the other half is alike. */
  readonly sectors: number;
}

export const standardGrid: DiskGrid = { rings: 300, sectors: 160 };

/** Step of the profile in ln energy. */
const step = 2e-4;

/**
 * Photons from a disc in Keplerian rotation by energy. A patch at radius r and azimuth phi adds r^(1 + emissivity) g^3 dr dphi
 * photons at the energy shift g (Fabian+ 1989, MNRAS 238, 729; Schwarzschild metric, straight rays):
 *
 *   g = (1 - 3/r)^1/2/(1 + cos b/(r (1 + tan^2 xi) - 2)^1/2)
 *   cos b = cos phi sin i/(cos^2 i + cos^2 phi sin^2 i)^1/2,  sin xi = sin phi sin i
 *
 * Patches equal in ln r and phi; each one's photons are spread evenly over the energies of its corners.
 */
export function diskLineProfile(disk: LineDisk, grid: DiskGrid = standardGrid): LineProfile {
  const { rings, sectors } = grid;
  const outer = Math.max(disk.outer, disk.inner * (1 + 1e-6));
  const logStep = Math.log(outer / disk.inner) / rings;
  const shifts = cornerShifts(disk, grid, logStep);
  let [from, to] = [0, 0];
  for (let k = 0; k < shifts.length; k++) {
    from = Math.min(from, shifts[k]);
    to = Math.max(to, shifts[k]);
  }
  from -= 2 * step;
  to += 2 * step;
  const below = new Float64Array(Math.ceil((to - from) / step) + 3);
  for (let ring = 0; ring < rings; ring++) {
    const radius = Math.exp((ring + 0.5) * logStep);
    const emitted = radius ** (2 + disk.emissivity);
    for (let sector = 0; sector < sectors; sector++) {
      const k = ring * (sectors + 1) + sector;
      const next = k + sectors + 1;
      const [a, b, c, d] = [shifts[k], shifts[k + 1], shifts[next], shifts[next + 1]];
      const middle = 0.25 * (a + b + c + d);
      const highest = Math.max(Math.max(a, b), Math.max(c, d));
      const spread = Math.max(highest - Math.min(Math.min(a, b), Math.min(c, d)), step);
      addRamp(below, (middle - 0.5 * spread - from) / step, spread / step, emitted * Math.exp(3 * middle));
    }
  }
  integrateTwice(below);
  return { from, step, below };
}

/** ln g at the corners of the patches, (rings + 1, sectors + 1) row-major. */
function cornerShifts(disk: LineDisk, { rings, sectors }: DiskGrid, logStep: number): Float64Array {
  const sine = Math.sin((disk.inclination * Math.PI) / 180);
  // not exactly edge-on, where a direction is 0/0
  const cosine = Math.max(1e-9, Math.sqrt(1 - sine * sine));
  const shifts = new Float64Array((rings + 1) * (sectors + 1));
  for (let sector = 0; sector <= sectors; sector++) {
    const phi = (Math.PI * sector) / sectors;
    const across = Math.cos(phi) * sine;
    const towards = across / Math.sqrt(cosine * cosine + across * across);
    // 1 + tan^2 xi
    const stretch = 1 / Math.max(1e-18, 1 - (Math.sin(phi) * sine) ** 2);
    for (let ring = 0; ring <= rings; ring++) {
      const radius = disk.inner * Math.exp(ring * logStep);
      const doppler = 1 + towards / Math.sqrt(radius * stretch - 2);
      shifts[ring * (sectors + 1) + sector] = 0.5 * Math.log1p(-3 / radius) - Math.log(doppler);
    }
  }
  return shifts;
}

/** Adds the second difference of a ramp that rises by `amount` over `width` steps from `position` on. */
function addRamp(out: Float64Array, position: number, width: number, amount: number): void {
  addPoint(out, position, amount / width);
  addPoint(out, position + width, -amount / width);
}

function addPoint(out: Float64Array, position: number, amount: number): void {
  const i = Math.floor(position);
  out[i] += amount * (i + 1 - position);
  out[i + 1] += amount * (position - i);
}

/** From second differences to the cumulative fraction. */
function integrateTwice(out: Float64Array): void {
  let slope = 0;
  let sum = 0;
  for (let i = 0; i < out.length; i++) {
    sum += slope;
    slope += out[i];
    out[i] = sum;
  }
  const total = out[out.length - 1];
  for (let i = 0; i < out.length; i++) out[i] /= total;
}

/** The cumulative fraction at ln of the energy shift, linear between points. */
export function fractionBelow({ from, step, below }: LineProfile, logShift: number): number {
  const position = (logShift - from) / step;
  if (position <= 0) return 0;
  if (position >= below.length - 1) return 1;
  const i = Math.floor(position);
  return below[i] + (position - i) * (below[i + 1] - below[i]);
}
