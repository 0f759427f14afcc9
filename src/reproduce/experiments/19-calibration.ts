import { holm } from "../../diagnose/holm.ts";
import { uniformChiSquare } from "../../diagnose/sbc.ts";
import type { NamedFigure } from "../../fit/output-figures.ts";
import { kolmogorovUniform } from "../../math/kolmogorov.ts";
import { ranks as ranksFigure } from "../../plot/index.ts";
import { amortisedChoice, testSize } from "../choices.ts";
import { efficiencySpread } from "../efficiency.ts";
import { labels } from "../figures.ts";
import { openNetwork } from "../network.ts";
import { check, info } from "../rows.ts";
import { withSession } from "../session.ts";
import { SETUPS } from "../setups.ts";
import { testSet } from "../test-set.ts";
import type { Experiment, Row } from "../types.ts";

const PROBLEMS = ["bright", "faint", "burst", "persistent"] as const;

/** Ranks of one parameter's true values, of the network alone or refined. */
interface Ranks {
  readonly label: string;
  readonly refined: boolean;
  readonly values: readonly number[];
}

/** Simulation-based calibration of every set-up's network, with and without weights. */
export const calibration: Experiment = {
  id: "19",
  aliases: ["sbc", "calibration"],
  where: "section 9",
  title: "Simulation-based calibration",
  async run(lab) {
    const all: Ranks[] = [];
    const figures: NamedFigure[] = [];
    for (const problem of PROBLEMS)
      await withSession(lab, SETUPS[problem], async (session) => {
        const network = await openNetwork(session, amortisedChoice(lab, problem));
        const tests = await testSet(session, network, testSize(lab));
        const spread = await efficiencySpread(session, network);
        session.prior.names.forEach((name, d) => {
          const label = `${problem}, ${name}`;
          all.push({ label, refined: false, values: tests.ranks[d] });
          all.push({ label, refined: true, values: spread.ranks[d] });
        });
        figures.push({
          name: `ranks-${problem}`,
          title: `Ranks, ${problem}`,
          caption: `Distribution of the ranks of ${tests.spectra} true values among the network's own draws, minus the uniform one.`,
          scene: ranksFigure({
            parameters: labels(session).map(({ symbol }, d) => ({ symbol, ranks: tests.ranks[d] })),
          }),
        });
      });
    return {
      tables: [
        { title: "Network alone", rows: family(all.filter(({ refined }) => !refined)) },
        { title: "Refined", rows: family(all.filter(({ refined }) => refined)) },
      ],
      figures,
      notes: [
        "Two tests a parameter, Pearson's chi-square and Kolmogorov-Smirnov, corrected for all of them together (Holm). The paper says that its networks pass, without numbers.",
      ],
      timings: {},
    };
  },
};

/** The smallest corrected p-value of all parameters, and each parameter's. */
function family(all: readonly Ranks[]): Row[] {
  const bins = Math.min(20, Math.max(2, Math.floor(all[0].values.length / 20)));
  const pValues = all.flatMap(({ values }) => [
    uniformChiSquare(values, bins).pValue,
    kolmogorovUniform(Float64Array.from(values)).pValue,
  ]);
  const adjusted = holm(pValues);
  const least = adjusted.reduce((a, b) => Math.min(a, b));
  return [
    check(
      `smallest corrected p-value of ${pValues.length} tests, ${all[0].values.length} spectra each`,
      { value: least },
      "at least 0.01",
      least >= 0.01,
      { published: "said to pass" },
    ),
    ...all.map(({ label }, i) =>
      info(
        `p-values of ${label}: chi-square, Kolmogorov-Smirnov`,
        `${pValues[2 * i].toPrecision(2)}, ${pValues[2 * i + 1].toPrecision(2)}`,
      ),
    ),
  ];
}
