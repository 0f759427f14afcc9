import { rowsInside } from "../fit/inside-prior.ts";
import { openPosterior, projectOnModel } from "../fit/npe.ts";
import { sampleFlow } from "../fit/proposal.ts";
import { restrictPrior } from "../fit/restrict.ts";
import { countsCriterion, statisticCriterion } from "../fit/restrict-criteria.ts";
import { simulateBank } from "../fit/simulate.ts";
import { trainNetwork } from "../fit/train.ts";
import type { RestrictionPlan, RestrictionRound } from "../fit/types.ts";
import type { Region } from "../npe/region.ts";
import { ellipsoidAround } from "../npe/truncation.ts";
import { everything } from "../npe/window.ts";
import { type Session, timed } from "./session.ts";
import { formatTyped, parseTyped } from "./typed-json.ts";

/** A part of the prior, with what it took to find it. */
export interface FoundRegion {
  readonly region: Region;
  readonly simulations: number;
  readonly rounds: readonly RestrictionRound[];
  readonly warnings: readonly string[];
}

/** Where the total of expected counts lies in a range, learnt by a classifier. */
export function classifierRegion(
  session: Session,
  [lower, upper]: readonly [number, number],
  plan: RestrictionPlan,
): Promise<FoundRegion> {
  return learnt(session, countsCriterion(session.bins, lower, upper), plan);
}

/** Where the statistic against the session's spectrum is lowest, learnt by a classifier. */
export function statisticRegion(
  session: Session,
  fraction: number,
  plan: RestrictionPlan,
): Promise<FoundRegion> {
  const { pool, dimensions, observation } = session;
  return learnt(session, statisticCriterion(pool, dimensions, fraction, [[observation]]), plan);
}

type Criterion = ReturnType<typeof countsCriterion>;

async function learnt(session: Session, label: Criterion, plan: RestrictionPlan): Promise<FoundRegion> {
  const { pool, prior, bins, lab } = session;
  const { seed, control } = lab;
  const { region = {}, ...found } = await restrictPrior(
    pool,
    { label, prior, bins, seed, build: "plain", plan },
    control,
  );
  return { region, ...found };
}

/** Draws of a coarse posterior that an ellipsoid is put around. */
const DRAWS = 10_000;

/** A quick training: the coarse posterior may be wide. */
const COARSE = { steps: 1500, warmup: 150 } as const;

export interface CoarseRegion extends FoundRegion {
  /** Draws (M, D) of the coarse posterior of the first spectrum, inside the prior or not. */
  readonly draws: Float64Array;
}

/**
 * The union of ellipsoids around the posteriors of spectra (each C) by a network trained on draws of the whole prior: coarse inference as a truncation
 * of the prior, so that what is trained on it needs no correction.
 */
export async function coarseRegion(
  session: Session,
  simulations: number,
  spectra: readonly Float64Array[],
): Promise<CoarseRegion> {
  const { pool, prior, bins, dimensions: D, lab } = session;
  const { seed, control } = lab;
  const size = { simulations, dimensions: D, bins, seed, window: everything, name: "coarse" };
  const bank = await simulateBank(pool, size, control);
  const input = { bank, bins, priors: prior.priors, seed, build: "plain" } as const;
  const trained = await trainNetwork(
    pool,
    { ...input, preset: "default", features: "sufficient", plan: COARSE },
    control,
  );
  await openPosterior(pool, trained.posterior, trained.flows, "plain");
  const ellipsoids = [];
  const warnings: string[] = [];
  let first: Float64Array | undefined;
  for (const [k, counts] of spectra.entries()) {
    const seen = await projectOnModel(pool, { counts, prior, seed: seed + k, foreign: true });
    const { theta } = await sampleFlow(pool, seen, lab.size(DRAWS, 1000), seed + k);
    first ??= theta;
    const inside = new Set(rowsInside(theta, prior));
    const logWeight = Float64Array.from({ length: theta.length / D }, (_, m) =>
      inside.has(m) ? 0 : Number.NEGATIVE_INFINITY,
    );
    const ellipsoid = ellipsoidAround({ theta, logWeight }, prior);
    if (ellipsoid === undefined)
      warnings.push(`the coarse posterior of spectrum ${k + 1} lies outside the prior`);
    else ellipsoids.push(ellipsoid);
  }
  if (first === undefined || ellipsoids.length === 0)
    throw new Error("internal: no coarse posterior is inside the prior");
  return { region: { ellipsoids }, draws: first, simulations, rounds: [], warnings };
}

/** A region kept under a name, with the seconds that it took; open in the pool. */
export async function openRegion<R extends FoundRegion>(
  session: Session,
  name: string,
  find: () => Promise<R>,
): Promise<R & { readonly seconds: number }> {
  const { lab, pool, setup } = session;
  const bytes = await lab.keptBytes(`regions/${setup.name}-${name}.json`, async () => {
    const { value, seconds } = await timed(lab, find);
    return new TextEncoder().encode(formatTyped({ ...value, seconds }));
  });
  const found = parseTyped(new TextDecoder().decode(bytes)) as R & { seconds: number };
  await pool.all({ kind: "regionOpen", region: found.region, build: "plain" });
  return found;
}

/** Draws (n, D) of the prior in the open region, with Poisson counts (n, C) of each. */
export async function drawRegion(
  { pool, dimensions, bins, lab }: Session,
  n: number,
): Promise<{ readonly theta: Float64Array; readonly counts: Float32Array }> {
  const size = { simulations: n, dimensions, bins, seed: lab.seed + 1, window: everything, name: "figures" };
  const { theta } = await simulateBank(pool, { ...size, restricted: true });
  const counts = await pool.run(0, { kind: "counts", seed: lab.seed, name: "noise/figures", from: 0, to: n });
  return { theta, counts };
}
