import { amortisedChoice } from "../choices.ts";
import { openNetwork } from "../network.ts";
import { posteriorAt } from "../posterior.ts";
import { SECONDS } from "../published.ts";
import { check, info } from "../rows.ts";
import { withSession } from "../session.ts";
import { SETUPS } from "../setups.ts";
import type { Experiment, Row } from "../types.ts";

const PROBLEMS = ["bright", "faint", "burst", "persistent"] as const;

/** Time of one more posterior from a trained network. */
export const oneMore: Experiment = {
  id: "20",
  aliases: ["one-more"],
  where: "abstract",
  title: "The posterior of one more spectrum",
  async run(lab) {
    const rows: Row[] = [];
    for (const problem of PROBLEMS)
      await withSession(lab, SETUPS[problem], async (session) => {
        const network = await openNetwork(session, amortisedChoice(lab, problem));
        const { sampleSeconds, seconds, unrefined } = await posteriorAt(session, network);
        const draws = unrefined.length / session.dimensions;
        rows.push(
          check(
            `${problem}: ${draws} draws of the network`,
            { value: sampleSeconds },
            "less than 1 s",
            sampleSeconds < SECONDS.onePosterior,
            {
              published: "< 1",
              unit: "s",
            },
          ),
          info(`${problem}: the same refined by the likelihood`, { value: seconds }, { unit: "s" }),
        );
      });
    return { tables: [{ title: "Time", rows }], figures: [], notes: [], timings: {} };
  },
};
