import type { EnsembleState } from "../sample/ensemble.ts";
import { keepIfInterrupted } from "./checkpoint-run.ts";
import { type Agreement, agreement, type EnsembleChain, stepsOf } from "./mcmc-chains.ts";
import type { ChainPlan } from "./mcmc-plan.ts";
import type { Pool } from "./pool.ts";
import { joined } from "./simulate.ts";
import type { Control } from "./types.ts";

export interface ChainInput {
  readonly plan: ChainPlan;
  readonly dimensions: number;
  readonly seed: number;
  /** Walkers' first places (W, D) in x of each ensemble; not needed to go on from a state. */
  readonly starts: readonly Float64Array[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly resumed?: ChainState | undefined;
}

/** Everything that interrupted chains need to go on. */
export interface ChainState {
  readonly ensembles: readonly EnsembleState[];
  readonly chains: readonly EnsembleChain[];
  readonly steps: number;
  readonly nextLook: number;
}

export interface ChainRun extends Agreement {
  /** Kept states, step by step: (M, D) in x, and their ln densities (M), ensemble after ensemble. */
  readonly x: Float64Array;
  readonly logDensity: Float64Array;
  /** Steps kept and dropped of each ensemble. */
  readonly kept: number;
  readonly burn: number;
  readonly acceptance: number;
  readonly agreed: boolean;
}

/** Steps between two looks at whether the run is to end, and the first of them. */
const BLOCK = 50;
const FIRST_LOOK = 200;
/** Chains agree below this R-hat with at least so many effective draws (Vehtari et al. 2021), and are given up after so many steps. */
const AGREED = { rhat: 1.01, ess: 1000, steps: 20_000 };

/**
 * Runs ensembles of walkers on the pool's ranks: as many steps as planned, or until the second halves of all agree. The result does not
 * depend on the number of ranks, nor on interruptions.
 */
export async function runChains(pool: Pool, input: ChainInput, control: Control = {}): Promise<ChainRun> {
  const { plan, settings } = input;
  const { walkers, fixed } = plan;
  const D = input.dimensions;
  const runs = Array.from({ length: plan.ensembles }, (_, run) => run);
  const rank = (run: number) => run % pool.size;
  const { chains, ...opened } = await open(pool, input);
  let { steps, nextLook } = opened;
  let seen: Agreement | undefined;
  const last = fixed?.steps ?? AGREED.steps;
  const counts = { proposed: 0, accepted: 0 };
  const state = async (): Promise<ChainState> => ({
    ensembles: await Promise.all(runs.map((run) => pool.run(rank(run), { kind: "mcmcState", run }))),
    chains: chains.map(({ x, logDensity }) => ({ x: [joined(x)], logDensity: [joined(logDensity)] })),
    steps,
    nextLook,
  });
  for (;;) {
    await keepIfInterrupted(control, settings, state);
    if (steps >= last) break;
    if (fixed === undefined && steps >= nextLook) {
      const half = Math.floor(steps / 2);
      seen = agreement(
        chains.map((chain) => stepsOf(chain, [half, steps], walkers, D).x),
        walkers,
        D,
      );
      if (seen.rhat < AGREED.rhat && seen.ess > AGREED.ess) break;
      nextLook = Math.ceil((1.3 * steps) / BLOCK) * BLOCK;
    }
    report(control, { steps, last: fixed?.steps, nextLook, seen });
    const block = Math.min(BLOCK, last - steps);
    const parts = await Promise.all(
      runs.map((run) => pool.run(rank(run), { kind: "mcmcStep", run, steps: block })),
    );
    parts.forEach(({ x, logDensity }, run) => {
      chains[run].x.push(x);
      chains[run].logDensity.push(logDensity);
    });
    counts.proposed = parts.reduce((sum, { proposed }) => sum + proposed, 0);
    counts.accepted = parts.reduce((sum, { accepted }) => sum + accepted, 0);
    steps += block;
  }
  const burn = fixed?.burn ?? Math.floor(steps / 2);
  const kept = chains.map((chain) => stepsOf(chain, [burn, steps], walkers, D));
  const found = agreement(
    kept.map(({ x }) => x),
    walkers,
    D,
  );
  return {
    x: joined(kept.map(({ x }) => x)),
    logDensity: joined(kept.map(({ logDensity }) => logDensity)),
    kept: steps - burn,
    burn,
    acceptance: counts.proposed > 0 ? counts.accepted / counts.proposed : 0,
    agreed: found.rhat < AGREED.rhat,
    ...found,
  };
}

/** The ensembles at their starting places, which count as their first step, or where they were interrupted. */
async function open(
  pool: Pool,
  { plan, seed, starts, resumed }: ChainInput,
): Promise<Omit<ChainState, "ensembles">> {
  const states = await Promise.all(
    Array.from({ length: plan.ensembles }, async (_, run) => {
      const earlier = resumed && { state: resumed.ensembles[run] };
      const start = starts[run] ?? new Float64Array(0);
      await pool.run(run % pool.size, { kind: "mcmcOpen", run, seed, start, ...earlier });
      return pool.run(run % pool.size, { kind: "mcmcState", run });
    }),
  );
  if (resumed !== undefined) return resumed;
  const chains = states.map(({ theta, logDensity }) => ({
    x: [theta.slice()],
    logDensity: [logDensity.slice()],
  }));
  return { chains, steps: 1, nextLook: FIRST_LOOK };
}

function report(
  { onProgress }: Control,
  {
    steps,
    last,
    nextLook,
    seen,
  }: { steps: number; last: number | undefined; nextLook: number; seen: Agreement | undefined },
): void {
  const note =
    seen === undefined
      ? `${steps} steps`
      : `${steps} steps, R-hat ${seen.rhat.toFixed(3)}, ${Math.round(seen.ess)} effective draws`;
  // Towards the end planned, or towards the draws that are asked for.
  const done =
    last === undefined
      ? Math.min(0.95, Math.max((seen?.ess ?? 0) / AGREED.ess, steps / (10 * nextLook)))
      : steps / last;
  onProgress?.({ stage: "mcmc", done: Math.round(100 * done), total: 100, note });
}
