import { pickRows, rowsInside } from "../../fit/inside-prior.ts";
import { sampleFlow } from "../../fit/proposal.ts";
import { quantiles } from "../../math/quantile.ts";
import { stream } from "../../math/random.ts";
import { amortisedChoice } from "../choices.ts";
import { histogramFigure } from "../figures.ts";
import { momentsOf } from "../moments.ts";
import { openNetwork } from "../network.ts";
import { medians, posteriorAt } from "../posterior.ts";
import { SECONDS } from "../published.ts";
import { check, info } from "../rows.ts";
import { type Session, timed, withSession } from "../session.ts";
import { SETUPS } from "../setups.ts";
import type { Experiment } from "../types.ts";

/** Draws behind the median of each simulated spectrum. */
const DRAWS = 1000;

/** C at the medians of the network's posterior of given counts. */
async function cstatAtMedian(session: Session, counts: Float64Array, seed: number): Promise<number> {
  const { pool, prior, dimensions: D, lab } = session;
  const { theta } = await sampleFlow(pool, counts, lab.size(DRAWS, 200), seed);
  const inside = pickRows(theta, rowsInside(theta, prior), D);
  const median = medians(session, momentsOf(inside, prior));
  const [logLike] = await pool.run(0, { kind: "logLike", theta: median, counts });
  return -2 * logLike;
}

/** Theta from the posterior, a spectrum of each, the network's medians of that: the law of C where the model is right. */
export const amortisedGoodness: Experiment = {
  id: "8",
  aliases: ["goodness"],
  where: "section 4.1",
  title: "Amortised goodness of fit",
  run: (lab) =>
    withSession(lab, SETUPS.bright, async (session) => {
      const { pool, observation, bins, dimensions: D } = session;
      const network = await openNetwork(session, amortisedChoice(lab, "bright"));
      const found = await posteriorAt(session, network);
      const spectra = lab.size(1000, 30);
      const theta = found.unrefined.slice(0, spectra * D);
      const { value, seconds } = await timed(lab, async () => {
        const mu = await pool.run(0, { kind: "mu", theta });
        const all = new Float64Array(spectra);
        for (let i = 0; i < spectra; i++) {
          const rng = stream(lab.seed, "reproduce/goodness", i);
          const counts = mu.slice(i * bins, (i + 1) * bins).map((mean) => rng.poisson(mean));
          all[i] = await cstatAtMedian(session, counts, lab.seed + i);
        }
        return all;
      });
      const observed = await cstatAtMedian(session, observation.counts, lab.seed + spectra);
      const share = value.filter((c) => c < observed).length / spectra;
      const [low, median, high] = quantiles(value, [0.025, 0.5, 0.975]);
      return {
        tables: [
          {
            title: "Percentile of the observed C among those of simulated spectra",
            rows: [
              info("observed C at the network's medians", { value: observed }),
              info(
                "C of simulated spectra: median, 95 % range",
                `${median.toFixed(1)}, ${low.toFixed(1)} to ${high.toFixed(1)}`,
              ),
              check(
                "percentile of the observed C",
                { value: 100 * share },
                "between 0.5 and 99.5 %",
                share > 0.005 && share < 0.995,
                {
                  published: "about 50 if the model is right",
                  unit: "%",
                },
              ),
              check(
                `time for ${spectra} spectra`,
                { value: seconds },
                "at most a few minutes, as published",
                seconds <= SECONDS.goodness,
                {
                  published: "a few minutes",
                  unit: "s",
                },
              ),
            ],
          },
        ],
        figures: [
          histogramFigure(
            "goodness",
            "Amortised goodness",
            "C at the medians of spectra simulated from the posterior; the line is the observed one.",
            {
              label: "C at the medians",
              sets: [{ label: `${spectra} simulated spectra`, values: value }],
              marked: { at: observed, label: "observed" },
            },
          ),
        ],
        notes: [],
        timings: { goodness: seconds },
      };
    }),
};
