import { amortisedChoice } from "../choices.ts";
import { exactPosterior } from "../exact.ts";
import { spectrumFigure } from "../figures.ts";
import { openNetwork } from "../network.ts";
import { type Posterior, posteriorAt } from "../posterior.ts";
import { STATISTICS } from "../published.ts";
import { check, info, signed } from "../rows.ts";
import { type Session, withSession } from "../session.ts";
import { SETUPS } from "../setups.ts";
import type { Experiment, ResultTable } from "../types.ts";

export interface PublishedStatistic {
  readonly sbi: number;
  readonly xspec: number;
  readonly deviation: number;
}

/** C at the network's median and at the minimum, beside the published ones. */
export async function statisticTable(
  session: Session,
  found: Posterior,
  published: PublishedStatistic,
): Promise<ResultTable> {
  const exact = await exactPosterior(session);
  const { atMedian, deviation = Number.NaN } = found.atMedian;
  const excess = atMedian - exact.cstat;
  const paper = session.lab.data.published;
  const beside = (value: number) => (paper ? { published: { value } } : {});
  return {
    title: "C statistic",
    rows: [
      check(
        "C at the medians of the network alone",
        { value: atMedian },
        "within 1 of the exact least C",
        excess <= 1,
        beside(published.sbi),
      ),
      info(
        "its deviation from the expected C",
        { value: deviation },
        { ...beside(published.deviation), unit: "sigma" },
      ),
      info("least C (published: XSPEC)", { value: found.cstat }, beside(published.xspec)),
      info(
        "least C of nested sampling",
        `${exact.cstat.toFixed(2)} (${signed(found.cstat - exact.cstat, 3)})`,
      ),
      info("bins", { value: session.bins }),
    ],
  };
}

export const folded: Experiment = {
  id: "7",
  aliases: ["fig7"],
  where: "figure 7, section 4.1",
  title: "Spectrum20000: folded model and residuals",
  run: (lab) =>
    withSession(lab, SETUPS.bright, async (session) => {
      const network = await openNetwork(session, amortisedChoice(lab, "bright"));
      const found = await posteriorAt(session, network);
      return {
        tables: [await statisticTable(session, found, STATISTICS.bright)],
        figures: [
          await spectrumFigure(
            session,
            found,
            "Spectrum with the folded model, its 68 % band, and residuals.",
          ),
        ],
        notes: ["The response is a reconstruction, so C differs from the published one by some tenths."],
        timings: { refine: found.seconds },
      };
    }),
};
