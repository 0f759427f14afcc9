/** Spectra of neutron stars' atmospheres on a grid, for `nsatmos{file}`. Plain data. */
export interface AtmosphereGrid {
  readonly form: "nsatmos";
  readonly file: string;
  /** log10 of effective temperature, K; of surface gravity, cm/s2; cosine of the angle from which on rays come back. All ascending. */
  readonly temperatures: Float64Array;
  readonly gravities: Float64Array;
  readonly cosines: Float64Array;
  /** keV (S), ascending, of a surface scaled to 1e6 K. */
  readonly energies: Float64Array;
  /** log10 of the surface's flux scaled to 1e6 K, erg/cm2/s/keV: (temperature, gravity, cosine, S), the last fastest. */
  readonly logFlux: Float32Array;
}

/** Fills out (S) with the grid's log10 flux, linear in each of the three; beyond an axis its last interval goes on. */
export function mixAtmosphere(
  out: Float64Array,
  { temperatures, gravities, cosines, logFlux }: AtmosphereGrid,
  temperature: number,
  gravity: number,
  cosine: number,
): void {
  const axes = [place(temperatures, temperature), place(gravities, gravity), place(cosines, cosine)];
  const strides = [gravities.length * cosines.length, cosines.length, 1];
  out.fill(0);
  for (let corner = 0; corner < 8; corner++) {
    let weight = 1;
    let row = 0;
    for (let k = 0; k < 3; k++) {
      const upper = (corner >> k) & 1;
      const { cell, fraction } = axes[k];
      weight *= upper ? fraction : 1 - fraction;
      row += (cell + upper) * strides[k];
    }
    if (weight === 0) continue;
    const from = row * out.length;
    for (let e = 0; e < out.length; e++) out[e] += weight * logFlux[from + e];
  }
}

/** Interval of an ascending axis and the fraction in it, below 0 or above 1 beyond the ends. */
function place(values: Float64Array, value: number): { readonly cell: number; readonly fraction: number } {
  let cell = 0;
  while (cell < values.length - 2 && value >= values[cell + 1]) cell++;
  return { cell, fraction: (value - values[cell]) / (values[cell + 1] - values[cell]) };
}
