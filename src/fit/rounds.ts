import { stream } from "../math/random.ts";
import type { Region } from "../npe/region.ts";
import { ellipsoidAround, weightedDraws } from "../npe/truncation.ts";
import type { CountsWindow } from "../npe/window.ts";
import { backgroundMean } from "./counts-window.ts";
import { type NpeInput, type PreparedNetwork, type Stopwatch, stopwatch } from "./npe-input.ts";
import type { Pool } from "./pool.ts";
import { binCount, observedCounts } from "./problem.ts";
import { checkCovered } from "./restrict-check.ts";
import { openRestriction } from "./restriction.ts";
import { joinBanks, pickInside } from "./rounds-bank.ts";
import { type Judgement, judge, leakage, shortPlan, trainOn } from "./rounds-network.ts";
import { type Bank, simulateBank } from "./simulate.ts";
import { simulateNear } from "./simulate-near.ts";
import type { Trained } from "./train.ts";
import type { Control, RoundResult } from "./types.ts";

/** A network of several rounds: the best of them for the observation, and what was seen of each. */
export interface PreparedRounds extends PreparedNetwork {
  readonly rounds: readonly RoundResult[];
  /** What the best round's network is shown in place of the observed counts (C each). */
  readonly spectra: readonly Float64Array[];
}

/** One round, done. */
interface Round extends Judgement {
  readonly bank: Bank;
  readonly trained: Trained;
}

/** What stays the same in all rounds. */
interface Setting {
  readonly pool: Pool;
  readonly input: NpeInput;
  readonly control: Control;
  readonly timed: Stopwatch;
  readonly window: CountsWindow;
}

/**
 * Truncated sequential estimation of one observation (TSNPE: Deistler, Goncalves & Macke 2022, with an ellipsoid for the region): every later round simulates the prior
 * truncated to where the round before found the posterior, so that networks need no correction. Each round trains a network of its own on all simulations so far
 * that lie in its region; the one with the highest importance efficiency wins.
 */
export async function prepareRounds(
  pool: Pool,
  input: NpeInput,
  control: Control,
  clock: () => number,
): Promise<PreparedRounds> {
  const { config, observations, prior, build } = input;
  const { rounds: R = 1, seed } = config;
  const timings: Record<string, number> = {};
  const timed = stopwatch(timings, clock);
  const size = {
    simulations: config.simulations,
    dimensions: prior.priors.length,
    bins: binCount(observations),
  };
  const part = await openRestriction(pool, input, control, timed);
  const near = await timed("simulate", () =>
    simulateNear(
      pool,
      part.window,
      part.flexible,
      { ...size, seed, restricted: part.region !== undefined },
      inRound(control, 0, R),
    ),
  );
  const { window } = near;
  checkCovered(input, near.bank);
  const warnings = [...part.warnings, ...near.warnings];
  const setting = { pool, input, control, timed, window };
  const first = await oneRound(setting, near.bank, 0, near.bank.theta);
  const done: Round[] = [first];
  const banks = [near.bank];
  for (let r = 1; r < R; r++) {
    const ellipsoid = ellipsoidAround(weightedDraws(done[r - 1].pilot), prior);
    const region: Region = { ...part.region, ...(ellipsoid && { ellipsoids: [ellipsoid] }) };
    await pool.all({ kind: "regionOpen", region, build });
    const fresh = await timed("simulate", () =>
      simulateBank(
        pool,
        { ...size, seed: roundSeed(seed, r), window, restricted: true, name: `round/${r}` },
        inRound(control, r, R),
      ),
    );
    const pooled = joinBanks(await pickInside(pool, banks, prior.priors.length), fresh, pool.size > 1);
    banks.push(fresh);
    await pool.all({ kind: "bank", mu: pooled.mu });
    done.push(await oneRound(setting, pooled, r, near.bank.theta));
  }
  const best = done.reduce((a, b) => (b.pilot.efficiencyFlow > a.pilot.efficiencyFlow ? b : a));
  const { bank, trained, spectra } = best;
  await pool.all({ kind: "bank", mu: bank.mu });
  const rounds = done.map((round, r) => roundResult(round, banks[r]));
  return {
    ...{ window, bank, trained, spectra, rounds, timings, warnings },
    ...(part.region && { region: part.region }),
    ...(part.learning && { learning: part.learning }),
  };
}

/** Trains on a bank that every rank has, and looks at what the network makes of the observation. */
async function oneRound(
  { pool, input, control, timed }: Setting,
  bank: Bank,
  r: number,
  candidates: Float64Array,
): Promise<Round> {
  const { config, observations, prior } = input;
  const { preset, rounds: R = 1 } = config;
  const seed = roundSeed(config.seed, r);
  const background = backgroundMean(observations);
  const trained = await timed("train", () =>
    trainOn(pool, input, bank, { seed, plan: shortPlan(preset) }, inRound(control, r, R)),
  );
  const judgement = await timed("judge", () =>
    judge(pool, {
      ...{ preset, trained, prior, seed, candidates, counts: observedCounts(observations) },
      ...(background && { background }),
    }),
  );
  return { bank, trained, ...judgement };
}

/** The seed of a round, so that no two of them share random numbers. */
export function roundSeed(seed: number, r: number): number {
  return r === 0 ? seed : stream(seed, "round", r).uint32();
}

function roundResult({ pilot, trained }: Round, { rows, tried, acceptance }: Bank): RoundResult {
  return {
    simulations: rows,
    acceptance: acceptance ?? rows / tried,
    efficiency: pilot.efficiencyFlow,
    leakage: leakage(pilot),
    validationLoss: trained.validationLoss,
  };
}

/** Progress that names the round. */
function inRound(control: Control, r: number, R: number): Control {
  const { onProgress } = control;
  if (onProgress === undefined) return control;
  return {
    ...control,
    onProgress: (progress) =>
      onProgress({
        ...progress,
        note: `round ${r + 1} of ${R}${progress.note === undefined ? "" : `, ${progress.note}`}`,
      }),
  };
}
