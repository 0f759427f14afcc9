import { ess, normaliseLogWeights } from "../diagnose/ess.ts";
import { psis } from "../diagnose/psis.ts";
import { pickRows, rowsInside } from "../fit/inside-prior.ts";
import { poolLogLike } from "../fit/log-like.ts";
import { projectOnModel } from "../fit/npe.ts";
import { sampleFlow } from "../fit/proposal.ts";
import { quantiles } from "../math/quantile.ts";
import type { Network } from "./network.ts";
import type { Session } from "./session.ts";
import { testSpectra } from "./test-set.ts";

/** Importance efficiency of one network over spectra that it has not seen. Plain data. */
export interface Spread {
  readonly spectra: number;
  /** 5th, 25th, 50th percentile of ESS/N of the flow's own draws. */
  readonly efficiency: readonly [number, number, number];
  /** Fraction of spectra with a Pareto k above 0.7. */
  readonly poor: number;
}

/** Spectra, and draws of the flow for each. */
const SPECTRA = 200;
const DRAWS = 2000;

/** ESS/N = (sum w)^2 / (N sum w^2), w = L p / q, of the open network's draws for test spectra of the session's set-up. */
export function efficiencySpread(session: Session, network: Network): Promise<Spread> {
  const { lab, bins } = session;
  return lab.kept(`efficiency/${network.name}`, async () => {
    const spectra = lab.size(SPECTRA, 5);
    const { counts } = await testSpectra(session, spectra);
    const efficiency = new Float64Array(spectra);
    let poor = 0;
    for (let i = 0; i < spectra; i++) {
      const found = await weigh(session, network, counts.slice(i * bins, (i + 1) * bins), lab.seed + i);
      efficiency[i] = found.efficiency;
      if (found.k > 0.7) poor++;
      lab.control.onProgress?.({ stage: "refine", done: (i + 1) * DRAWS, total: spectra * DRAWS });
    }
    const [low, quarter, median] = quantiles(efficiency, [0.05, 0.25, 0.5]);
    return { spectra, efficiency: [low, quarter, median] as const, poor: poor / spectra };
  });
}

async function weigh(
  { lab, pool, prior, dimensions: D }: Session,
  { plain }: Network,
  counts: Float64Array,
  seed: number,
): Promise<{ efficiency: number; k: number }> {
  const draws = lab.size(DRAWS, 200);
  const seen = plain ? counts : await projectOnModel(pool, { counts, prior, seed, foreign: true });
  const { theta, logProb } = await sampleFlow(pool, seen, draws, seed);
  const inside = rowsInside(theta, prior);
  if (inside.length === 0) return { efficiency: 0, k: Number.POSITIVE_INFINITY };
  const rows = pickRows(theta, inside, D);
  const logLike = await poolLogLike(pool, rows, D, { counts });
  const logWeight = new Float64Array(draws).fill(Number.NEGATIVE_INFINITY);
  inside.forEach((i, n) => {
    logWeight[i] = logLike[n] + prior.logPdf(rows.subarray(n * D, (n + 1) * D)) - logProb[i];
  });
  return { efficiency: ess(normaliseLogWeights(logWeight)) / draws, k: psis(logWeight).k };
}
