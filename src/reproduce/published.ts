/**
 * Numbers of Barret & Dupourque (2024, A&A 686, A133; accepted version) and of the outputs published with their code. Errors of slopes
 * are half of the 95 % interval, those of medians half of the 68 % one.
 */

export interface Published {
  readonly value: number;
  readonly error: number;
}

const of = (value: number, error: number): Published => ({ value, error });

/** Slopes through the origin of in-out plots, one a parameter: N_H, Gamma, log10 norm. */
export const SLOPES = {
  /** Figure 5. */
  bright: [of(0.9972, 0.0026), of(1.001, 0.0011), of(1.0027, 0.0022)],
  /** Figure 8. */
  faint: [of(0.9888, 0.0077), of(0.9923, 0.0036), of(0.9904, 0.0067)],
  /** Figure 12. */
  pca: [of(0.9902, 0.0062), of(0.9952, 0.0025), of(0.9879, 0.005)],
} as const;

/** Seconds on a laptop of 2.9 GHz with six cores. */
export const SECONDS = {
  simulate: 10,
  coarse: 60,
  train: 180,
  posteriors: 180,
  rounds: 90,
  goodness: 300,
  persistentAmortised: 2400,
  persistentRounds: 720,
  burstTraining: 900,
  burstPosteriors: 20,
  onePosterior: 1,
} as const;

/** Least or median C with its deviation from what is expected. */
export const STATISTICS = {
  bright: { sbi: 223.4, xspec: 221.8, deviation: 1.1 },
  persistent: { sbi: 172.7, xspec: 172.5, deviation: 2.4 },
} as const;

/** Dimensions before and after the principal components. */
export const PCA_DIMENSIONS = { before: 200, after: 60 } as const;
