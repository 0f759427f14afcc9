import type { AtmosphereGrid } from "./atmosphere-grid.ts";

const stefanBoltzmann = 5.670374e-5;
/** kT of 1e6 K, keV. */
const kT6 = 8.617333e-8 * 1e6;

/** log10 of a black body's flux at 1e6 K, erg/cm2/s/keV: 15/pi^4 sigma T^4/kT x^3/(e^x - 1), x = E/kT. */
function logPlanck(energy: number): number {
  const x = energy / kT6;
  const scale = (15 / Math.PI ** 4) * stefanBoltzmann * (1e24 / kT6);
  return (Math.log(scale) + 3 * Math.log(x) - x - Math.log(-Math.expm1(-x))) / Math.LN10;
}

export interface FixtureAtmosphere {
  readonly file?: string;
  readonly energies?: number;
  /** What the atmosphere does to a black body's log10 flux. */
  readonly change?: (logT: number, logG: number, mu: number, energy: number) => number;
}

/** A small grid over the range of nsatmos' parameters: surfaces that are black bodies, or differ from them by `change`. */
export function fixtureAtmosphere({
  file = "a.fits",
  energies: count = 200,
  change = () => 0,
}: FixtureAtmosphere = {}): AtmosphereGrid {
  const temperatures = Float64Array.of(5, 5.5, 6, 6.5);
  const gravities = Float64Array.of(12, 14, 16);
  const cosines = Float64Array.of(0, 0.3, 0.64);
  const energies = Float64Array.from({ length: count }, (_, e) => 0.004 * 1e4 ** (e / (count - 1)));
  const spectra = Array.from(temperatures, (logT) =>
    Array.from(gravities, (logG) =>
      Array.from(cosines, (mu) =>
        Array.from(energies, (energy) => logPlanck(energy) + change(logT, logG, mu, energy)),
      ),
    ),
  );
  return {
    form: "nsatmos",
    file,
    ...{ temperatures, gravities, cosines, energies },
    logFlux: Float32Array.from(spectra.flat(3)),
  };
}
