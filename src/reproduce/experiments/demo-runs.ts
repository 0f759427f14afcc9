import { priorDraws } from "../../fit/npe.ts";
import type { NamedFigure } from "../../fit/output-figures.ts";
import { simulateBank } from "../../fit/simulate.ts";
import { demoChanges } from "../demo-config.ts";
import { DEMO_RUNS, type DemoRun } from "../demos.ts";
import { type Exact, exactPosterior } from "../exact.ts";
import { cornerFigure, predictiveFigure, recoveryFigure, spectrumFigure } from "../figures.ts";
import { type FitSummary, fitRun } from "../fit-run.ts";
import { differences, type Moments } from "../moments.ts";
import { type Network, openNetwork, partOf } from "../network.ts";
import { posteriorAt } from "../posterior.ts";
import { classifierRegion, coarseRegion, type FoundRegion, statisticRegion } from "../regions.ts";
import { againstExact, check, info, medianRow, REFINED, slopeRow } from "../rows.ts";
import { type Session, withSession } from "../session.ts";
import { SETUPS } from "../setups.ts";
import { slopes, testSet } from "../test-set.ts";
import type { Experiment, Lab, Outcome, ResultTable, Row } from "../types.ts";
import { percent } from "./06-against-exact.ts";

/** Published medians beside ours, and ours against the exact posterior. */
function posteriorTables(
  { published }: DemoRun,
  session: Session,
  found: {
    readonly refined: readonly Moments[];
    readonly best: number;
    readonly atMedian: number;
    readonly deviation: number | undefined;
  },
  exact: Exact,
): ResultTable[] {
  const paper = session.lab.data.published;
  const medians = found.refined.map((one, d) =>
    paper
      ? medianRow(published.medians[d], one)
      : info(one.name, { value: one.median, error: (one.high - one.low) / 2 }),
  );
  const excess = found.best - exact.cstat;
  const beside = (value: number) => (paper ? { published: { value } } : {});
  return [
    {
      title: "Result",
      rows: [
        ...medians,
        info("C at the medians", { value: found.atMedian }, beside(published.cstat)),
        info(
          "its deviation from the expected C",
          { value: found.deviation ?? Number.NaN },
          { ...beside(published.deviation), unit: "sigma" },
        ),
        check(
          "least C - exact least C",
          { value: Math.round(1000 * excess) / 1000 },
          "at most 1",
          excess <= 1,
        ),
      ],
    },
    {
      title: "Against the exact posterior",
      rows: againstExact("refined", differences(found.refined, exact.moments), REFINED),
    },
  ];
}

function findRegion(session: Session, { restriction }: DemoRun): Promise<FoundRegion> {
  const { lab, observation } = session;
  if (restriction.kind === "coarse")
    return coarseRegion(session, lab.size(restriction.simulations, 400), [observation.counts]);
  const plan = lab.short ? { ...restriction.plan, simulations: 300, rounds: 2 } : restriction.plan;
  return restriction.kind === "cstat"
    ? statisticRegion(session, restriction.fraction, plan)
    : classifierRegion(session, restriction.counts, plan);
}

/** One round: restricts, simulates, trains, tests, and refines, keeping the parts that the published run shows. */
function oneRound(lab: Lab, run: DemoRun): Promise<Outcome> {
  return withSession(lab, SETUPS[run.setup], async (session) => {
    const network = await openNetwork(session, {
      name: run.id,
      simulations: lab.size(run.simulations, 400),
      region: () => findRegion(session, run),
    });
    const figures = await priorFigures(session, network);
    const tests = await testSet(session, network, lab.size(run.tests ?? 100, 20));
    const found = await posteriorAt(session, network);
    const exact = await exactPosterior(session);
    const line = slopes(tests).map(({ slope, error }, d): Row => {
      const published = run.published.slopes?.[d];
      const name = session.prior.names[d];
      const obtained = { value: slope, error };
      return published ? slopeRow(name, published, obtained) : info(`slope of ${name}`, obtained);
    });
    const { atMedian, deviation } = found.atMedian;
    const answer = { refined: found.moments, best: found.cstat, atMedian, deviation };
    const { restrictSeconds, simulateSeconds, trainSeconds } = network;
    const training = restrictSeconds + simulateSeconds + trainSeconds;
    return {
      tables: [
        ...posteriorTables(run, session, answer, exact),
        { title: `${tests.spectra} test spectra`, rows: line },
        {
          title: "Size, quality and time",
          rows: [
            info(
              "simulations, those for the restriction besides",
              `${network.simulations} + ${network.found?.simulations ?? 0}`,
              {
                published: String(run.simulations),
              },
            ),
            info("efficiency of the network's draws", percent(found.refined.efficiencyFlow)),
            info("restricting, simulating and training", { value: training }, { unit: "s" }),
          ],
        },
      ],
      figures: [
        ...figures,
        posteriorFigure(session, exact, found.refined.theta, found.unrefined, found.refined.weight),
        await spectrumFigure(session, found, "Spectrum with the folded model, its 68 % band, and residuals."),
        recoveryFigure(
          session,
          tests,
          "Medians and 68 % intervals of the network's own draws against the true values.",
        ),
      ],
      notes: [...(run.remark ? [run.remark] : []), ...(network.found?.warnings ?? [])],
      timings: {
        restrict: restrictSeconds,
        simulate: simulateSeconds,
        train: trainSeconds,
        sample: tests.seconds,
      },
    };
  });
}

/** Prior against restricted prior, and what the latter predicts. */
async function priorFigures(session: Session, network: Network): Promise<NamedFigure[]> {
  const { pool, prior, bins, dimensions, lab } = session;
  const shown = lab.size(2000, 200);
  const size = { simulations: shown, dimensions, bins, seed: lab.seed + 1, name: "figures" };
  const { theta } = await simulateBank(pool, { ...size, ...partOf(session, network.found) });
  const noise = { seed: lab.seed, name: "noise/figures", from: 0, to: shown };
  const counts = await pool.run(0, { kind: "counts", ...noise });
  return [
    cornerFigure(session, {
      name: "prior",
      title: "Prior",
      caption: "Prior, and the part of it that was simulated.",
      sets: [
        { label: "prior", theta: priorDraws(prior, shown, lab.seed), points: true, color: "#999999" },
        { label: "restricted prior", theta, points: true },
      ],
    }),
    predictiveFigure(session, counts, {
      from: "restricted prior",
      caption: "Observed spectrum over the range of those simulated from the restricted prior.",
    }),
  ];
}

function posteriorFigure(
  session: Session,
  exact: Exact,
  refined: ArrayLike<number>,
  unrefined: ArrayLike<number>,
  weights?: Float64Array,
): NamedFigure {
  return cornerFigure(session, {
    name: "posterior",
    title: "Posterior",
    caption: "Posterior refined by the likelihood, by the network alone, and exactly by nested sampling.",
    sets: [
      { label: "refined", theta: refined, ...(weights && { weights }) },
      { label: "network alone", theta: unrefined, dash: [3, 2] },
      { label: "nested sampling", theta: exact.draws },
    ],
    first: true,
  });
}

/** Several rounds, as `xnpe fit` makes them from the run's configuration. */
function severalRounds(lab: Lab, run: DemoRun): Promise<Outcome> {
  return withSession(lab, SETUPS[run.setup], async (session) => {
    const exact = await exactPosterior(session);
    const changes = demoChanges(run);
    const short = { simulations: 300, rounds: 2, restriction: { simulations: 300, rounds: 2, stop: 0.9 } };
    const settings = { ...changes, ...(lab.short && short) };
    const found: FitSummary = await fitRun(lab, SETUPS[run.setup], run.id, settings);
    const { statistic, importance } = found;
    const answer = {
      refined: found.moments,
      best: statistic.best,
      atMedian: statistic.atMedian,
      deviation: statistic.deviation,
    };
    return {
      tables: [
        ...posteriorTables(run, session, answer, exact),
        {
          title: "Size, quality and time",
          rows: [
            info("rounds x simulations", `${run.rounds} x ${run.simulations}`, {
              published: `${run.rounds} x ${run.simulations}`,
            }),
            info("efficiency of the network's draws", percent(importance?.efficiencyFlow ?? 0)),
            info("time", { value: found.seconds }, { unit: "s" }),
          ],
        },
      ],
      figures: [posteriorFigure(session, exact, found.draws, found.flowDraws)],
      notes: [
        ...(run.remark ? [run.remark] : []),
        "Later rounds simulate the prior truncated to the last round's posterior (TSNPE), not the posterior itself.",
        ...found.warnings,
      ],
      timings: found.timings,
    };
  });
}

/** The twelve demo runs of the release. */
export const demoRuns: readonly Experiment[] = DEMO_RUNS.map((run) => ({
  id: run.id,
  aliases: [],
  where: "demo run of the published code",
  title: run.title,
  run: (lab) => (run.rounds === 1 ? oneRound(lab, run) : severalRounds(lab, run)),
}));
