import { amortisedChoice, paperChoice } from "../choices.ts";
import { efficiencySpread } from "../efficiency.ts";
import { openNetwork } from "../network.ts";
import { check, info } from "../rows.ts";
import { withSession } from "../session.ts";
import { SETUPS } from "../setups.ts";
import type { Experiment, Row } from "../types.ts";

/** Least 5th percentile and median of the efficiency. */
const GOALS = [
  { problem: "bright", fifth: 0.5, median: 0.9 },
  { problem: "faint", fifth: 0.5, median: 0.9 },
  { problem: "burst", fifth: 0.35, median: 0.8 },
  { problem: "persistent", fifth: undefined, median: 0.6 },
] as const;

/** How good amortised networks are as proposals, ours and the published recipe. */
export const efficiency: Experiment = {
  id: "efficiency",
  aliases: ["21"],
  where: "beyond the paper",
  title: "Importance efficiency over spectra that the network has not seen",
  async run(lab) {
    const rows: Row[] = [];
    for (const { problem, fifth, median } of GOALS)
      await withSession(lab, SETUPS[problem], async (session) => {
        for (const choice of [amortisedChoice(lab, problem), paperChoice(lab, problem)]) {
          const network = await openNetwork(session, choice);
          const { efficiency: found, poor, spectra } = await efficiencySpread(session, network);
          const what = `${problem}, ${choice.preset === "paper" ? "published recipe" : "default"}, ${network.simulations} simulations`;
          const text = found.map((e) => e.toFixed(2)).join(", ");
          const quantity = `${what}: 5th, 25th, 50th percentile over ${spectra} spectra`;
          if (choice.preset === "paper") rows.push(info(quantity, text));
          else {
            const rule = `${fifth === undefined ? "" : `5th at least ${fifth}, `}median at least ${median}`;
            rows.push(check(quantity, text, rule, found[0] >= (fifth ?? 0) && found[2] >= median));
          }
          const seconds = network.simulateSeconds + network.trainSeconds;
          rows.push(
            info(
              `${what}: share of spectra with k > 0.7; training`,
              `${(100 * poor).toFixed(1)} %; ${seconds.toFixed(1)} s`,
            ),
          );
        }
      });
    return {
      tables: [{ title: "ESS/N of the network's own draws against the exact likelihood", rows }],
      figures: [],
      notes: [
        "The published recipe (--preset paper): raw counts, MAF 5 x 50, batches of 50, learning rate 5e-4, early stopping, the noise of each simulation drawn once. Ours sees projections of the counts, and the fitted spectrum in place of the observed one.",
      ],
      timings: {},
    };
  },
};
