import { priorDraws } from "../../fit/npe.ts";
import { quantiles } from "../../math/quantile.ts";
import { binsOutside, predictiveBands } from "../../plot/index.ts";
import { cornerFigure, predictiveFigure } from "../figures.ts";
import { columns } from "../moments.ts";
import { SECONDS } from "../published.ts";
import { classifierRegion, coarseRegion, drawRegion, openRegion } from "../regions.ts";
import { check, info } from "../rows.ts";
import { type Session, withSession } from "../session.ts";
import { SETUPS } from "../setups.ts";
import type { Experiment, Row } from "../types.ts";
import { percent } from "./06-against-exact.ts";

/** Central 90 % range of restricted draws in that of the prior, one fraction a parameter. */
function ranges(session: Session, restricted: Float64Array): number[] {
  const wide = columns(priorDraws(session.prior, 4000, session.lab.seed), session.prior);
  return columns(restricted, session.prior).map((column, d) => {
    const [low, high] = quantiles(column, [0.05, 0.95]);
    const [from, to] = quantiles(wide[d], [0.05, 0.95]);
    return (high - low) / (to - from);
  });
}

function rangeRows({ prior }: Session, found: readonly number[]): Row[] {
  return found.map((range, d) => info(`range of ${prior.names[d]}, of the prior's`, percent(range)));
}

const coarseOf = (session: Session) =>
  openRegion(session, "coarse", () =>
    coarseRegion(session, session.lab.size(5000, 400), [session.observation.counts]),
  );

export const restricted: Experiment = {
  id: "2",
  aliases: ["fig2"],
  where: "figure 2, section 2.4",
  title: "Restricted prior by a classifier on counts",
  run: (lab) =>
    withSession(lab, SETUPS.bright, async (session) => {
      const plan = { simulations: lab.size(2000, 300), rounds: lab.size(10, 2), stop: 0.95 };
      const found = await openRegion(session, "classifier", () =>
        classifierRegion(session, [1e4, 1e5], plan),
      );
      const { theta, counts } = await drawRegion(session, lab.size(2000, 200));
      const range = ranges(session, theta);
      const last = found.rounds[found.rounds.length - 1];
      const most = range.every((one, d) => d === 2 || range[2] < one);
      return {
        tables: [
          {
            title: "Classifier",
            rows: [
              ...rangeRows(session, range),
              check("the norm's range shrinks most", most ? "yes" : "no", "as published", most, {
                published: "yes",
              }),
              info("rounds", { value: found.rounds.length }, { published: "at most 10" }),
              check(
                "valid draws in the last round",
                percent(last.valid),
                "at least the valid share at which the paper stops, 90 %",
                last.valid >= 0.9,
                { published: "90 to 95 %" },
              ),
              info("simulations", { value: found.simulations }, { published: "a few thousand" }),
              info("time", { value: found.seconds }, { published: "seconds to a minute a round", unit: "s" }),
            ],
          },
        ],
        figures: [
          cornerFigure(session, {
            name: "prior",
            title: "Restricted prior",
            caption: "Prior, and the part of it that a classifier takes to give 10 000 to 100 000 counts.",
            sets: [
              {
                label: "prior",
                theta: priorDraws(session.prior, lab.size(2000, 200), lab.seed),
                points: true,
                color: "#999999",
              },
              { label: "restricted prior", theta, points: true },
            ],
          }),
          predictiveFigure(session, counts, {
            from: "restricted prior",
            caption: "Observed spectrum over the range of those simulated from the restricted prior.",
          }),
        ],
        notes: [
          "Counts need no classifier here (--restrict counts(10000,100000) is exact); this is the paper's way, which suits any condition.",
        ],
        timings: { restrict: found.seconds },
      };
    }),
};

export const coarse: Experiment = {
  id: "3",
  aliases: ["fig3", "coarse"],
  where: "figure 3, section 2.5",
  title: "Restricted prior by coarse inference",
  run: (lab) =>
    withSession(lab, SETUPS.bright, async (session) => {
      const found = await coarseOf(session);
      const { theta } = await drawRegion(session, lab.size(2000, 200));
      const range = ranges(session, theta);
      const narrower = range.every((one) => one < 1);
      return {
        tables: [
          {
            title: "Coarse inference",
            rows: [
              ...rangeRows(session, range),
              check("narrower in every parameter", narrower ? "yes" : "no", "as published", narrower, {
                published: "yes",
              }),
              info("simulations", { value: found.simulations }, { published: { value: 5000 } }),
              check(
                "time",
                { value: found.seconds },
                "at most the published time",
                found.seconds <= SECONDS.coarse,
                { published: { value: SECONDS.coarse }, unit: "s" },
              ),
            ],
          },
        ],
        figures: [
          cornerFigure(session, {
            name: "prior",
            title: "Coarse inference",
            caption:
              "Prior, the part of it around the coarse posterior that is simulated next, and the coarse posterior itself.",
            sets: [
              {
                label: "prior",
                theta: priorDraws(session.prior, lab.size(2000, 200), lab.seed),
                points: true,
                color: "#999999",
              },
              { label: "truncated prior", theta, points: true },
              {
                label: "coarse posterior",
                theta: found.draws.subarray(0, 1000 * session.dimensions),
                points: true,
              },
            ],
          }),
        ],
        notes: [
          "The paper draws from the coarse posterior itself and takes the draws for draws of the prior, which counts the data twice. Here the prior is truncated to an ellipsoid around it.",
          ...found.warnings,
        ],
        timings: { restrict: found.seconds },
      };
    }),
};

export const priorPredictive: Experiment = {
  id: "4",
  aliases: ["fig4"],
  where: "figure 4, section 2.6",
  title: "Prior predictive check",
  run: (lab) =>
    withSession(lab, SETUPS.bright, async (session) => {
      await coarseOf(session);
      const draws = lab.size(10_000, 300);
      const { counts } = await drawRegion(session, draws);
      const { energyLow, energyHigh, scale, counts: observed } = session.observation;
      const bands = predictiveBands({ energyLow, energyHigh, scale, simulated: counts, observed });
      const outside = binsOutside(bands, observed).length;
      const within = observed.filter((n, c) => n >= bands.lower68[c] && n <= bands.upper68[c]).length;
      return {
        tables: [
          {
            title: "Prior predictive check",
            rows: [
              check("bins outside of all simulations", { value: outside }, "none", outside === 0, {
                published: "none",
              }),
              info("bins inside the central 68 %", percent(within / observed.length), {
                published: "median near the data",
              }),
              info("draws", { value: draws }, { published: { value: 10_000 } }),
            ],
          },
        ],
        figures: [
          predictiveFigure(session, counts, {
            from: "truncated prior",
            caption:
              "Observed spectrum over the range of those simulated from the truncated prior of experiment 3.",
          }),
        ],
        notes: [],
        timings: {},
      };
    }),
};
