import { amortisedChoice } from "../choices.ts";
import { exactPosterior } from "../exact.ts";
import { cornerFigure, spectrumFigure } from "../figures.ts";
import { fitRun } from "../fit-run.ts";
import { differences } from "../moments.ts";
import { openNetwork } from "../network.ts";
import { posteriorAt } from "../posterior.ts";
import { SECONDS, STATISTICS } from "../published.ts";
import { againstExact, check, info, REFINED } from "../rows.ts";
import { withSession } from "../session.ts";
import { SETUPS, type Setup } from "../setups.ts";
import type { Experiment, Lab, Outcome, Row } from "../types.ts";
import { exactTables, percent } from "./06-against-exact.ts";
import { statisticTable } from "./07-folded.ts";

/** Rounds of the sequential mode, and simulations of each. */
const ROUNDS = 4;
const EACH = 2000;

/** The persistent spectrum: one network, several rounds, and the exact posterior. */
function persistent(lab: Lab, setup: Setup, problem: "persistent" | "persistentLog"): Promise<Outcome> {
  return withSession(lab, setup, async (session) => {
    const network = await openNetwork(session, amortisedChoice(lab, problem));
    const found = await posteriorAt(session, network);
    const exact = await exactPosterior(session);
    const rounds = { simulations: lab.size(EACH, 200), rounds: lab.size(ROUNDS, 2) };
    const several = await fitRun(lab, setup, "rounds", rounds);
    const training = network.simulateSeconds + network.trainSeconds;
    const efficiency = several.importance?.efficiencyFlow ?? 0;
    const cstat = several.statistic.best - exact.cstat;
    const sequential: Row[] = [
      check("efficiency of the network's draws", percent(efficiency), "at least 60 %", efficiency >= 0.6),
      check("least C - exact least C", { value: cstat }, "at most 1", cstat <= 1),
      check(
        "C at the medians - exact least C",
        { value: several.statistic.atMedian - exact.cstat },
        "at most 1",
        several.statistic.atMedian - exact.cstat <= 1,
      ),
      ...againstExact("refined", differences(several.moments, exact.moments), REFINED),
      info("simulations", { value: rounds.simulations * rounds.rounds }, { published: "3 x 5000" }),
      check(
        "time",
        { value: several.seconds },
        "at most the published time",
        several.seconds <= SECONDS.persistentRounds,
        {
          published: { value: SECONDS.persistentRounds },
          unit: "s",
        },
      ),
    ];
    const amortised: Row[] = [
      info("simulations", { value: network.simulations }, { published: { value: 100_000 } }),
      check(
        "simulating and training",
        { value: training },
        "at most the published time",
        training <= SECONDS.persistentAmortised,
        {
          published: { value: SECONDS.persistentAmortised },
          unit: "s",
        },
      ),
      info("exact posterior", { value: exact.seconds }, { unit: "s" }),
    ];
    const caption = "Posterior by one amortised network (refined), by several rounds (refined), and exactly.";
    return {
      tables: [
        await statisticTable(session, found, STATISTICS.persistent),
        ...exactTables(found, exact),
        { title: `${rounds.rounds} rounds of ${rounds.simulations} simulations`, rows: sequential },
        { title: "Size and time of the amortised network", rows: amortised },
      ],
      figures: [
        await spectrumFigure(
          session,
          found,
          "Persistent spectrum with the folded model, its components, and residuals.",
        ),
        cornerFigure(session, {
          name: "posterior",
          title: "Persistent emission",
          caption,
          sets: [
            { label: "one round", theta: found.refined.theta, weights: found.refined.weight },
            { label: "several rounds", theta: several.draws, dash: [3, 2] },
            { label: "nested sampling", theta: exact.draws },
          ],
          first: true,
        }),
      ],
      notes: [
        "The published networks were trained in the part of the prior with the best 25 % of C; here, in the part with 200 000 to 250 000 expected counts.",
        ...several.warnings,
      ],
      timings: { train: training, rounds: several.seconds, nested: exact.seconds },
    };
  });
}

export const persistentUniform: Experiment = {
  id: "15",
  aliases: ["fig14", "persistent"],
  where: "figure 14, section 8.2",
  title: "Persistent emission of 4U 1820-303",
  run: (lab) => persistent(lab, SETUPS.persistent, "persistent"),
};

export const persistentLogarithmic: Experiment = {
  id: "16",
  aliases: ["persistent-log"],
  where: "section 8.2",
  title: "Persistent emission with log-uniform norms",
  run: (lab) => persistent(lab, SETUPS.persistentLog, "persistentLog"),
};
