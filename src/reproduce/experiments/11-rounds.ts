import { amortisedChoice } from "../choices.ts";
import { exactPosterior } from "../exact.ts";
import { cornerFigure } from "../figures.ts";
import { fitRun } from "../fit-run.ts";
import { differences } from "../moments.ts";
import { openNetwork } from "../network.ts";
import { posteriorAt } from "../posterior.ts";
import { SECONDS } from "../published.ts";
import { againstExact, check, info, REFINED, UNREFINED } from "../rows.ts";
import { withSession } from "../session.ts";
import { SETUPS } from "../setups.ts";
import type { Experiment } from "../types.ts";
import { percent } from "./06-against-exact.ts";

export const rounds: Experiment = {
  id: "11",
  aliases: ["fig10", "rounds"],
  where: "figure 10, section 5",
  title: "Three rounds of 1000 simulations against one of 20 000",
  run: (lab) =>
    withSession(lab, SETUPS.faint, async (session) => {
      const network = await openNetwork(session, amortisedChoice(lab, "faint"));
      const one = await posteriorAt(session, network);
      const exact = await exactPosterior(session);
      const [lower, upper] = SETUPS.faint.window;
      const several = await fitRun(lab, SETUPS.faint, "rounds", {
        simulations: lab.size(1000, 200),
        rounds: lab.size(3, 2),
        restrict: { kind: "counts", lower, upper },
      });
      return {
        tables: [
          {
            title: "Three rounds, network alone",
            rows: againstExact("network alone", differences(several.unrefined, exact.moments), UNREFINED),
          },
          {
            title: "Three rounds, refined",
            rows: againstExact("refined", differences(several.moments, exact.moments), REFINED),
          },
          {
            title: "Quality and time",
            rows: [
              info(
                "efficiency of the network's draws, three rounds; one round",
                `${percent(several.importance?.efficiencyFlow ?? 0)}; ${percent(one.refined.efficiencyFlow)}`,
              ),
              check(
                "time",
                { value: several.seconds },
                "at most the published time",
                several.seconds <= SECONDS.rounds,
                { published: { value: SECONDS.rounds }, unit: "s" },
              ),
            ],
          },
        ],
        figures: [
          cornerFigure(session, {
            name: "posterior",
            title: "Several rounds",
            caption:
              "Posterior of Spectrum2000 by three rounds of 1000 simulations, by one of 20 000 (networks alone), and exactly.",
            sets: [
              { label: "3 x 1000, network alone", theta: several.flowDraws },
              { label: "1 x 20 000, network alone", theta: one.unrefined, dash: [3, 2] },
              { label: "nested sampling", theta: exact.draws },
            ],
            first: true,
          }),
        ],
        notes: [
          "Later rounds simulate the prior truncated to the last round's posterior (TSNPE), not the posterior itself with an atomic loss.",
          ...several.warnings,
        ],
        timings: several.timings,
      };
    }),
};
