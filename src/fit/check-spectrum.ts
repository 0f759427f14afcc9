import { ess, normaliseLogWeights } from "../diagnose/ess.ts";
import { holm } from "../diagnose/holm.ts";
import { predictiveChecks } from "../diagnose/index.ts";
import { stream } from "../math/random.ts";
import { addBackground } from "../npe/background.ts";
import { features } from "../npe/features.ts";
import type { Refined } from "../npe/refine.ts";
import type { Observation } from "../observe/types.ts";
import { resample } from "../sample/resample.ts";
import { amortisedGoodness } from "./amortised-goodness.ts";
import type { TestSpectrum } from "./check-bank.ts";
import { featureDistance } from "./check-distance.ts";
import type { SpectrumCheck } from "./check-types.ts";
import { spectrumFindings, spectrumVerdict } from "./check-words-spectrum.ts";
import { pickRows, rowsInside } from "./inside-prior.ts";
import { poolLogLike } from "./log-like.ts";
import { networkData } from "./network-data.ts";
import { refineObservation } from "./npe.ts";
import { measured, type OpenNetwork } from "./open-network.ts";
import type { PredictiveData } from "./output-figures.ts";
import { observedCounts } from "./problem.ts";

/** Draws behind the importance weights, and behind the predictive checks; simulated spectra of the goodness. */
const SAMPLES = 4000;
const PREDICTED = 1000;
const GOODNESS = 100;

export interface SpectrumOptions {
  readonly seed: number;
  /** Simulated spectra that the statistic is compared with. */
  readonly goodness?: number;
}

export interface CheckedSpectrum {
  readonly check: SpectrumCheck;
  /** Spectra drawn from the posterior, one figure an observation. */
  readonly predictive: readonly PredictiveData[];
}

/** Whether a spectrum of the network's set-up is one that its model makes, and one that the network can be used for. */
export async function checkSpectrum(
  open: OpenNetwork,
  observations: readonly Observation[],
  bank: readonly TestSpectrum[],
  { seed, goodness: simulations = GOODNESS }: SpectrumOptions,
): Promise<CheckedSpectrum> {
  const { pool, prior, network } = open;
  const counts = observedCounts(observations);
  const seen = await open.project(measured(observations), seed);
  const refined = await refineObservation(pool, {
    ...{ seen, prior, posterior: network.posterior, samples: SAMPLES, seed },
  });
  const data = networkData(network.posterior.features.background, observations);
  const efficiencyRaw = await rawEfficiency(open, data, seed);
  const { mu, replicas } = await predicted(open, observations, refined, seed);
  const checks = predictiveChecks({ counts, mu, rng: stream(seed, "check/predictive") });
  const adjusted = holm(checks.map(({ pValue }) => pValue));
  const goodness = await amortisedGoodness(
    open,
    observations,
    { theta: refined.theta, weight: refined.weight },
    { simulations, seed },
  );
  const found = {
    file: observations.map(({ file }) => file).join(", "),
    counts: counts.reduce((sum, n) => sum + n, 0),
    bins: counts.length,
    predictive: checks.map(({ name, pValue, error }, i) => ({ name, pValue, error, adjusted: adjusted[i] })),
    ...(goodness && { goodness }),
    distance: featureDistance(
      features(network.posterior.features, data),
      bank.map((one) => one.features),
    ),
    importance: { efficiencyRaw, efficiency: refined.efficiencyFlow, paretoK: refined.paretoK },
  };
  const findings = spectrumFindings(found);
  return {
    check: { ...found, findings, verdict: spectrumVerdict(findings) },
    predictive: predictiveData(observations, replicas),
  };
}

/** ESS / M where the network sees the data (L) as they are. */
async function rawEfficiency(
  { pool, prior, posteriorOf }: OpenNetwork,
  counts: Float64Array,
  seed: number,
): Promise<number> {
  const D = prior.priors.length;
  const { theta, logProb } = await posteriorOf(counts, { samples: SAMPLES, seed });
  const inside = rowsInside(theta, prior);
  if (inside.length === 0) return 0;
  const rows = pickRows(theta, inside, D);
  const logLike = await poolLogLike(pool, rows, D);
  const logWeight = logLike.map(
    (l, i) => l + prior.logPdf(rows.subarray(i * D, (i + 1) * D)) - logProb[inside[i]],
  );
  return ess(normaliseLogWeights(logWeight)) / logProb.length;
}

/** Expected counts (M, C) at draws of the posterior, backgrounds with their uncertainty included, and counts drawn from them. */
async function predicted(
  { pool, prior }: OpenNetwork,
  observations: readonly Observation[],
  { theta, weight }: Refined,
  seed: number,
) {
  const rows = resample(weight, PREDICTED, stream(seed, "check/posterior"));
  const mu = await pool.run(0, { kind: "mu", theta: pickRows(theta, Array.from(rows), prior.priors.length) });
  const C = mu.length / PREDICTED;
  const replicas = new Float64Array(mu.length);
  for (let m = 0; m < PREDICTED; m++) {
    let at = m * C;
    for (const [k, { background, scale }] of observations.entries()) {
      const part = mu.subarray(at, at + scale.length);
      at += scale.length;
      if (background === undefined) continue;
      const ratio = scale.map((s, c) => s / background.scale[c]);
      addBackground(part, background.counts, ratio, stream(seed, `check/background/${k}`, m));
    }
    const rng = stream(seed, "check/replica", m);
    for (let c = 0; c < C; c++) replicas[m * C + c] = rng.poisson(mu[m * C + c]);
  }
  return { mu, replicas };
}

function predictiveData(observations: readonly Observation[], replicas: Float64Array): PredictiveData[] {
  const C = replicas.length / PREDICTED;
  let at = 0;
  return observations.map(({ energyLow, energyHigh, scale, counts }) => {
    const own = counts.length;
    const simulated = new Float64Array(PREDICTED * own);
    for (let m = 0; m < PREDICTED; m++)
      simulated.set(replicas.subarray(m * C + at, m * C + at + own), m * own);
    at += own;
    return { energyLow, energyHigh, scale, simulated, observed: counts };
  });
}
