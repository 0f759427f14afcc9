import { amortisedChoice, pcaChoice } from "../choices.ts";
import { type Exact, exactPosterior } from "../exact.ts";
import { cornerFigure } from "../figures.ts";
import { differences } from "../moments.ts";
import { type NetworkChoice, openNetwork } from "../network.ts";
import { type Posterior, posteriorAt } from "../posterior.ts";
import { againstExact, check, info, REFINED, signed, UNREFINED } from "../rows.ts";
import { type Session, withSession } from "../session.ts";
import { SETUPS, type Setup } from "../setups.ts";
import type { Experiment, Lab, Outcome, ResultTable, Row } from "../types.ts";

/** Network, refined network and nested sampling of the same spectrum, side by side. */
export function exactTables(found: Posterior, exact: Exact, cstat?: Row): ResultTable[] {
  const { refined, unrefinedMoments, moments } = found;
  const unrefined = againstExact("network alone", differences(unrefinedMoments, exact.moments), UNREFINED);
  const weighed = againstExact("refined", differences(moments, exact.moments), REFINED);
  const shift = refined.logZ - exact.logZ;
  const error = Math.hypot(refined.logZError, exact.logZError);
  return [
    { title: "Network alone against the exact posterior", rows: unrefined },
    { title: "Refined against the exact posterior", rows: weighed },
    {
      title: "Evidence, statistic and quality",
      rows: [
        info("ln Z refined", { value: refined.logZ, error: refined.logZError }),
        check(
          "ln Z refined - exact",
          { value: shift, error },
          "within 0.1 or 4 of its errors",
          Math.abs(shift) <= Math.max(0.1, 4 * error),
        ),
        ...(cstat ? [cstat] : []),
        info("efficiency of the network's draws", percent(refined.efficiencyFlow)),
        info("Pareto k", { value: refined.paretoK }),
        info("effective draws of the exact posterior", { value: Math.round(exact.ess) }),
      ],
    },
  ];
}

export const percent = (x: number) => `${(100 * x).toFixed(1)} %`;

/** The three posteriors in one corner plot. */
export function exactFigure(session: Session, found: Posterior, exact: Exact, title: string) {
  const { setup, lab } = session;
  const truth = session.prior.names.map((name) => setup.truth[name]);
  const known = !lab.data.published || setup.name === "bright" || setup.name === "faint";
  return cornerFigure(session, {
    name: "posterior",
    title,
    caption: "Posterior by the network alone, refined by the likelihood, and exactly by nested sampling.",
    sets: [
      { label: "refined", theta: found.refined.theta, weights: found.refined.weight },
      { label: "network alone", theta: found.unrefined, dash: [3, 2] },
      { label: "nested sampling", theta: exact.draws },
    ],
    first: true,
    ...(known && { truth }),
  });
}

interface Comparison {
  readonly setup: Setup;
  readonly choice: NetworkChoice;
  readonly title: string;
}

function against(lab: Lab, { setup, choice, title }: Comparison): Promise<Outcome> {
  return withSession(lab, setup, async (session) => {
    const network = await openNetwork(session, choice);
    const found = await posteriorAt(session, network);
    const exact = await exactPosterior(session);
    const { simulateSeconds, trainSeconds } = network;
    const training = simulateSeconds + trainSeconds;
    const least = found.cstat - exact.cstat;
    const cstat = info(
      "least C; difference from that of nested sampling",
      `${found.cstat.toFixed(2)}; ${signed(least, 3)}`,
    );
    const times: Row[] = [
      info("simulating and training", { value: training }, { unit: "s" }),
      info("exact posterior", { value: exact.seconds }, { unit: "s" }),
      info(
        "exact posterior, in times of simulating and training",
        { value: exact.seconds / training },
        { published: { value: 1 } },
      ),
    ];
    return {
      tables: [...exactTables(found, exact, cstat), { title: "Time", rows: times }],
      figures: [exactFigure(session, found, exact, title)],
      notes: [
        "The exact posterior stands for XSPEC's MCMC and for BXA of the paper: the same likelihood and priors, by nested sampling.",
      ],
      timings: { train: training, refine: found.seconds, nested: exact.seconds },
    };
  });
}

export const exactBright: Experiment = {
  id: "6",
  aliases: ["fig6"],
  where: "figure 6, section 4.1",
  title: "Spectrum20000: network against the exact posterior",
  run: (lab) =>
    against(lab, { setup: SETUPS.bright, choice: amortisedChoice(lab, "bright"), title: "Spectrum20000" }),
};

export const exactFaint: Experiment = {
  id: "10",
  aliases: ["fig9"],
  where: "figure 9, section 4.2",
  title: "Spectrum2000: network against the exact posterior",
  run: (lab) =>
    against(lab, { setup: SETUPS.faint, choice: amortisedChoice(lab, "faint"), title: "Spectrum2000" }),
};

export const exactPca: Experiment = {
  id: "14",
  aliases: ["fig13"],
  where: "figure 13, section 7",
  title: "Spectrum2000: network on principal components against the exact posterior",
  run: (lab) =>
    against(lab, {
      setup: SETUPS.faint,
      choice: pcaChoice(lab),
      title: "Spectrum2000, principal components",
    }),
};
