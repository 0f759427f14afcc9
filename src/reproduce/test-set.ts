import { recoveredParameters } from "../diagnose/recovered.ts";
import { type OriginSlope, type Recovered, slopeThroughOrigin } from "../diagnose/regression.ts";
import { posteriorRanks } from "../diagnose/sbc.ts";
import { pickRows, rowsInside } from "../fit/inside-prior.ts";
import { sampleFlow } from "../fit/proposal.ts";
import { simulateBank } from "../fit/simulate.ts";
import { stream } from "../math/random.ts";
import { type Network, partOf } from "./network.ts";
import { type Session, timed } from "./session.ts";

/** Spectra that no network has seen: parameters of the restricted prior by another seed, Poisson counts of them. */
export interface TestSpectra {
  /** (N, D) and (N, C). */
  readonly theta: Float64Array;
  readonly counts: Float64Array;
}

/** Streams of test spectra, apart from those of the training. */
const TEST_SEED = 7919;

export async function testSpectra(
  session: Session,
  spectra: number,
  network?: Pick<Network, "found">,
): Promise<TestSpectra> {
  const { lab, pool, bins, dimensions } = session;
  const seed = lab.seed + TEST_SEED;
  const { theta } = await simulateBank(pool, {
    simulations: spectra,
    dimensions,
    bins,
    seed,
    ...partOf(session, network?.found),
  });
  const noise = { seed, name: "validation", from: 0, to: spectra };
  const counts = await pool.run(0, { kind: "counts", ...noise });
  return { theta, counts: Float64Array.from(counts) };
}

/** What a network makes of a test set. Plain data. */
export interface TestSet {
  readonly spectra: number;
  readonly draws: number;
  /** One record a parameter, in log10 where the prior is logarithmic. */
  readonly recovered: readonly PlainRecovered[];
  /** One list a parameter. */
  readonly ranks: readonly (readonly number[])[];
  /** Seconds for the posteriors of all spectra. */
  readonly seconds: number;
}

type PlainRecovered = { readonly [K in keyof Recovered]: readonly number[] };

/** Draws a posterior: the scatter of a median of 4000 is 2 % of the posterior's width. The paper draws 20 000. */
const DRAWS = 4000;

/** Amortised posteriors of a test set by the open network, unrefined: what in-out plots and ranks are made of. */
export function testSet(session: Session, network: Network, spectra: number): Promise<TestSet> {
  const { lab } = session;
  const draws = lab.size(DRAWS, 200);
  return lab.kept(`tests/${network.name}`, async () => {
    const tests = await testSpectra(session, spectra, network);
    const { value, seconds } = await timed(lab, () => posteriors(session, tests, draws));
    const logarithmic = session.prior.priors.map((prior) => prior.logarithmic);
    const recovered = recoveredParameters(value, { logarithmic }).map(plain);
    const rng = stream(lab.seed, "reproduce/ranks");
    const ranks = posteriorRanks(value, { rng }).map((each) => Array.from(each));
    return { spectra, draws, recovered, ranks, seconds };
  });
}

const plain = ({ truth, median, low, high }: Recovered): PlainRecovered => ({
  truth: Array.from(truth),
  median: Array.from(median),
  low: Array.from(low),
  high: Array.from(high),
});

async function posteriors(session: Session, { theta, counts }: TestSpectra, draws: number) {
  const { lab, pool, prior, dimensions: D, bins } = session;
  const N = theta.length / D;
  const cases: { truth: Float64Array; draws: Float64Array }[] = [];
  for (let i = 0; i < N; i++) {
    const drawn = await sampleFlow(pool, counts.slice(i * bins, (i + 1) * bins), draws, lab.seed + i);
    const inside = pickRows(drawn.theta, rowsInside(drawn.theta, prior), D);
    if (inside.length === 0) throw new Error(`internal: no draw for test spectrum ${i} is inside the prior`);
    cases.push({ truth: theta.slice(i * D, (i + 1) * D), draws: inside });
    lab.control.onProgress?.({ stage: "sample", done: (i + 1) * draws, total: N * draws });
  }
  return cases;
}

/** Slopes through the origin, one a parameter. */
export function slopes({ recovered }: TestSet): OriginSlope[] {
  return recovered.map(slopeThroughOrigin);
}
