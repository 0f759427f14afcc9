import { InputError } from "../errors.ts";
import { ellipsoidVolume } from "../npe/bounding.ts";
import type { Region } from "../npe/region.ts";
import { type Criterion, labelDraws, meets } from "../npe/restriction.ts";
import { everything } from "../npe/window.ts";
import type { JointPrior } from "../prior/types.ts";
import type { Build } from "../tensor/engine.ts";
import { CONFIG_DEFAULTS } from "./config-defaults.ts";
import type { Pool } from "./pool.ts";
import { type Label, labelCriterion } from "./restrict-criteria.ts";
import { learnRegion } from "./restrict-learn.ts";
import { type Bank, joined, simulateBank } from "./simulate.ts";
import type { Control, RestrictionPlan, RestrictionRound } from "./types.ts";

export interface RestrictInput {
  /** What is wanted: a criterion, or a function of theta (D) and its noise-free counts (C), which runs in the calling thread. */
  readonly label: Criterion | Label;
  readonly prior: JointPrior;
  readonly bins: number;
  readonly seed: number;
  readonly build: Build;
  /** Default: 2000 simulations a round, 10 rounds, stop at 0.95. */
  readonly plan?: RestrictionPlan;
}

export interface RestrictedPrior {
  /** Absent where all of the prior is wanted. */
  readonly region?: Region;
  readonly rounds: readonly RestrictionRound[];
  /** Simulations of all rounds. */
  readonly simulations: number;
  readonly warnings: readonly string[];
}

/** Members below which nothing can be learnt of where they lie; the next round then simulates the same region. */
const FEWEST = 20;

/**
 * Restricts the prior to where a condition is met, by a classifier that learns it (Barret & Dupourque 2024, section 2.4): each round simulates the
 * present restricted prior without noise, labels the draws of all rounds by one cut (`labelDraws`), and trains a classifier on them, the last round
 * included. Stops when the share `plan.stop` of a round's draws meets the condition.
 *
 * The region is a truncation: inside, the prior is as before but for a factor. Members seen are never lost; of others less than one in n + 1 is, n
 * being the members that a classifier is checked with. Attempts of round r use the stream `restrict/r`.
 *
 * The problem must be open on the pool; its ranks then have the region open. InputError where the condition is met nowhere.
 */
export async function restrictPrior(
  pool: Pool,
  { label, prior, bins, seed, build, plan = CONFIG_DEFAULTS.restriction }: RestrictInput,
  { onProgress }: Control = {},
): Promise<RestrictedPrior> {
  const D = prior.priors.length;
  const criterion = typeof label === "function" ? labelCriterion(label, D, bins) : label;
  const { simulations, rounds: most, stop } = plan;
  const size = { simulations, dimensions: D, bins, seed, window: everything };
  let draws: Draws = {
    theta: new Float64Array(0),
    distances: new Float64Array(0),
    inside: new Uint8Array(0),
  };
  const rounds: RestrictionRound[] = [];
  let region: Region | undefined;
  for (let r = 0; r < most; r++) {
    const bank = await simulateBank(pool, {
      ...size,
      restricted: region !== undefined,
      name: `restrict/${r}`,
    });
    const fresh = await criterion.distances(bank.theta, bank.mu);
    draws = append(draws, bank.theta, fresh, bank.rows);
    const labels = labelDraws(criterion, draws.distances, draws.inside);
    const valid = share(meets(fresh, labels.cut));
    const accepted = acceptedShare(region, bank);
    rounds.push({
      simulations,
      valid,
      accepted,
      ...(criterion.telling && { threshold: Math.max(...labels.cut) }),
    });
    onProgress?.({
      stage: "restrict",
      done: (r + 1) * simulations,
      total: most * simulations,
      note: `${percent(accepted)} of the prior, of which ${percent(valid)} valid`,
    });
    const members = labels.member.reduce((sum, m) => sum + m, 0);
    if (members >= FEWEST && members < labels.member.length) {
      const learnt = await learnRegion({
        ...{ theta: draws.theta, member: labels.member, prior, seed, build },
        name: `restrict/${r}/classifier`,
      });
      region = learnt.region;
      draws.inside = learnt.inside;
      await pool.all({ kind: "regionOpen", region, build });
    }
    if (labels.final && valid >= stop) break;
  }
  if (share(meets(draws.distances, criterion.reach(draws.distances))) === 0)
    throw keptNothing(criterion.words, rounds.length * simulations);
  const few = region === undefined && rounds[rounds.length - 1].valid < stop;
  return {
    ...(region && { region }),
    rounds,
    simulations: rounds.length * simulations,
    warnings: few ? [tooFew(criterion.words)] : [],
  };
}

/** The draws of all rounds. */
interface Draws {
  /** (N, D) and (N, K). */
  theta: Float64Array;
  distances: Float64Array;
  /** Which of them lie in the present region (N). */
  inside: Uint8Array;
}

function append(draws: Draws, theta: Float64Array, distances: Float64Array, rows: number): Draws {
  const inside = new Uint8Array(draws.inside.length + rows).fill(1);
  inside.set(draws.inside);
  return { theta: joined([draws.theta, theta]), distances: joined([draws.distances, distances]), inside };
}

/** Share of the prior that a bank was drawn from. */
export function acceptedShare(
  region: Region | undefined,
  { rows, tried, acceptance = rows / tried }: Pick<Bank, "rows" | "tried" | "acceptance">,
): number {
  if (region === undefined) return acceptance;
  const { ellipsoids = [] } = region;
  if (ellipsoids.length > 1) throw new Error("internal: the volume of several ellipsoids");
  return (ellipsoids.length === 1 ? ellipsoidVolume(ellipsoids[0]) : 1) * acceptance;
}

const share = (member: Uint8Array): number => member.reduce((sum, m) => sum + m, 0) / member.length;
const percent = (x: number): string => `${(100 * x).toPrecision(3)} %`;

function keptNothing(words: string, draws: number): InputError {
  return new InputError(
    `the restriction keeps nothing of the prior: none of ${draws} draws meets it (${words}); ` +
      "widen the restriction or the priors, or use --restrict auto",
    { key: "restrict" },
  );
}

const tooFew = (words: string): string =>
  `too few draws of the prior meet the restriction (${words}) to learn where they lie, so the prior was not restricted; ` +
  "raise --restrict-simulations, or widen the restriction";
