/**
 * Constants of the built-in instrument's redistribution: a parametric description of the response of NICER's X-ray
 * Timing Instrument, made because no matrix of the instrument team is carried along. The resolution was measured on a published NICER
 * matrix; tail, offset and normalisation were fitted to NICER spectra simulated with the matrices of
 * Barret & Dupourque 2024 (A&A). See docs/instrument.md.
 */

/** sigma^2 = s0 + s1 E + s2 E^2  [keV^2], E in keV: FWHM 85.6 eV at 1 keV, 138 eV at 6 keV. */
export const resolution = { s0: 8.928433e-4, s1: 4.287159e-4, s2: -6.118828e-7 } as const;

/** Lines peak this much above E on the scale of the channels, keV. */
export const gainOffset = 4.838935169217167e-3;

/** Where the two descriptions of the tail meet, the K edge of silicon, keV. */
export const siliconEdge = 1.839;

/** Total efficiency relative to the effective area. */
export const normalisation = Math.exp(8.792660904272225e-4);

/** The tail's constants on one side of the edge. */
export interface TailConstants {
  /** [energy keV, ln of the tail's fraction f], linear in ln E between, constant outside. */
  readonly fraction: readonly (readonly [number, number])[];
  /** tau = exp(lnTau) (E/pivot)^power, keV. */
  readonly lnTau: number;
  readonly pivot: number;
  readonly power: number;
  /** The share of the tail that is flat is 1/(1 + exp(-logitFlat)). */
  readonly logitFlat: number;
}

export const tailBelow: TailConstants = {
  fraction: [
    [0.25, -0.7856840274627871],
    [0.45, -1.7158572209328313],
    [0.7, -3.054516017172177],
    [1, -3.8677174319247483],
    [1.4, -4.217587570614445],
    [1.838, -4.417082537472807],
  ],
  lnTau: -0.6068977430842808,
  pivot: 1,
  power: 3.888122847983202,
  logitFlat: -1.1538692977363356,
};

export const tailAbove: TailConstants = {
  fraction: [
    [1.84, -1.9926448610810386],
    [2.1, -2.2740101380164783],
    [2.6, -2.4821297667029882],
    [3.5, -2.9111621801042693],
    [5, -3.472423366337035],
    [7, -3.9979058312577322],
    [10, -4.499846442277269],
  ],
  lnTau: -2.009911077121779,
  pivot: 2,
  power: -0.04583186421815719,
  logitFlat: -0.9053675133118947,
};

/**
 * Energy grid: [number of bins, width in units of 0.05 eV] from 0.1 keV to 20 keV, 3451 bins. Fine at the edges of O,
 * Ne (fine structure of interstellar absorption), Si and Au.
 */
export const gridStart = 2000;
export const gridUnit = 5e-5;
export const gridSegments: readonly (readonly [number, number])[] = [
  [34, 100],
  [25, 20],
  [19, 100],
  [40, 20],
  [18, 100],
  [13, 20],
  [80, 1],
  [11, 20],
  [240, 1],
  [5, 20],
  [21, 100],
  [80, 20],
  [17, 100],
  [30, 20],
  [120, 1],
  [29, 20],
  [124, 100],
  [45, 40],
  [42, 100],
  [70, 20],
  [54, 100],
  [120, 40],
  [1520, 100],
  [186, 200],
  [28, 100],
  [400, 200],
  [80, 1000],
];

/** Channels 0-1500 of 10 eV: channel i covers 0.01 i to 0.01 (i+1) keV. */
export const channelCount = 1501;
export const channelWidth = 0.01;

/** Photons above this energy, keV, are not described and reach no channel. */
export const highestEnergy = 13;

/** Probabilities below this at the upper end of a row are dropped, as in matrices of the instrument team's format. */
export const lowestProbability = 2e-7;
