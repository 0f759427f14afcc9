import { bankCoverage } from "./bank-coverage.ts";
import { type NpeInput, type PreparedNetwork, stopwatch } from "./npe-input.ts";
import type { Pool } from "./pool.ts";
import { binCount } from "./problem.ts";
import { checkCovered } from "./restrict-check.ts";
import { openRestriction } from "./restriction.ts";
import { aptPlan, aptRound } from "./rounds-apt.ts";
import { leakage, shortPlan } from "./rounds-network.ts";
import { inRound, type Round, type RoundSetting, trainRound } from "./rounds-one.ts";
import { truncatedRound } from "./rounds-truncated.ts";
import { simulateNear } from "./simulate-near.ts";
import type { Control, RoundResult } from "./types.ts";

/** A network of several rounds: the best of them for the observation, and what was seen of each. */
export interface PreparedRounds extends PreparedNetwork {
  readonly rounds: readonly RoundResult[];
  /** What the best round's network is shown in place of the observed counts (C each). */
  readonly spectra: readonly Float64Array[];
}

/** Share of a network's posterior outside the prior that is warned about. */
const LEAK = 0.1;

/**
 * Several rounds for one observation: the first simulates the configured part of the prior, later ones what `proposal` says. The round with
 * the highest importance efficiency wins, so that rounds that went astray do no harm.
 */
export async function prepareRounds(
  pool: Pool,
  input: NpeInput,
  control: Control,
  clock: () => number,
): Promise<PreparedRounds> {
  const { config, observations, prior } = input;
  const { rounds: R = 1, seed, simulations, proposal = "truncated", preset } = config;
  const timings: Record<string, number> = {};
  const timed = stopwatch(timings, clock);
  const part = await openRestriction(pool, input, control, timed);
  const restricted = part.region !== undefined;
  const size = {
    simulations,
    dimensions: prior.priors.length,
    bins: binCount(observations),
    seed,
    restricted,
  };
  const near = await timed("simulate", () =>
    simulateNear(pool, part.window, part.flexible, size, inRound(control, 0, R)),
  );
  checkCovered(input, near.bank);
  const { window, bank: fresh } = near;
  const setting: RoundSetting = { pool, input, control, timed, part, window };
  const atomic = proposal === "apt";
  const plan = atomic ? aptPlan(preset) : shortPlan(preset);
  const done = [await trainRound(setting, { fresh, bank: fresh }, 0, fresh.theta, { plan })];
  const next = atomic ? aptRound : truncatedRound;
  while (done.length < R) {
    const round = await next(setting, done);
    if (round === undefined) break;
    done.push(round);
  }
  const { bank, trained, spectra } = done.reduce((a, b) =>
    b.pilot.efficiencyFlow > a.pilot.efficiencyFlow ? b : a,
  );
  await pool.all({ kind: "bank", mu: bank.mu });
  const { features } = trained.posterior;
  const coverage = await bankCoverage(pool, { bank, features, seed });
  const rounds = done.map(roundResult);
  const warnings = [...part.warnings, ...near.warnings, ...adviseRounds(rounds, R)];
  return {
    ...{ window, bank, trained, coverage, spectra, rounds, timings, warnings },
    ...(part.region && { region: part.region }),
    ...(part.learning && { learning: part.learning }),
  };
}

/** What the user should know about rounds that led nowhere. */
function adviseRounds(rounds: readonly RoundResult[], wanted: number): string[] {
  const percent = (share: number) => `${(100 * share).toPrecision(2)} %`;
  const leaks = rounds.flatMap(({ leakage: share }, r) =>
    share > LEAK ? [`${percent(share)} after round ${r + 1}`] : [],
  );
  return [
    ...(rounds.length < wanted
      ? [
          `only ${rounds.length} of ${wanted} rounds were done: hardly any draw of the last one's posterior lies where the prior allows it; give rounds ` +
            "more --simulations",
        ]
      : []),
    ...(leaks.length > 0
      ? [
          `the network's posterior leaks out of the prior: ${leaks.join(", ")}; draws outside count for nothing. --proposal truncated leaks less`,
        ]
      : []),
  ];
}

function roundResult({ pilot, trained, fresh: { rows, tried, acceptance } }: Round): RoundResult {
  return {
    simulations: rows,
    acceptance: acceptance ?? rows / tried,
    efficiency: pilot.efficiencyFlow,
    leakage: leakage(pilot),
    validationLoss: trained.validationLoss,
  };
}
