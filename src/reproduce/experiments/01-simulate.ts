import { simulateBank } from "../../fit/simulate.ts";
import { predictiveFigure } from "../figures.ts";
import { windowOf } from "../network.ts";
import { SECONDS } from "../published.ts";
import { check, info } from "../rows.ts";
import { timed, withSession } from "../session.ts";
import { SETUPS } from "../setups.ts";
import type { Experiment } from "../types.ts";

/** Rate of simulations. */
export const simulate: Experiment = {
  id: "1",
  aliases: ["simulate"],
  where: "section 3.1",
  title: "10 000 simulated spectra of Model 1",
  run: (lab) =>
    withSession(lab, SETUPS.bright, async (session) => {
      const { pool, dimensions, bins } = session;
      const simulations = lab.size(10_000, 200);
      const options = { simulations, dimensions, bins, seed: lab.seed, window: windowOf(session) };
      const { value: bank, seconds } = await timed(lab, () => simulateBank(pool, options, lab.control));
      const noise = { seed: lab.seed, name: "noise/figures", from: 0, to: Math.min(2000, bank.rows) };
      const counts = await pool.run(0, { kind: "counts", ...noise });
      const published = { value: SECONDS.simulate };
      return {
        tables: [
          {
            title: "Simulation",
            rows: [
              check("time", { value: seconds }, "at most the published time", seconds <= SECONDS.simulate, {
                published,
                unit: "s",
              }),
              info("simulated spectra kept", { value: bank.rows }),
              info("draws of the prior that it took", { value: bank.tried }),
              info("bins", { value: bins }),
            ],
          },
        ],
        figures: [
          predictiveFigure(session, counts, {
            from: "restricted prior",
            caption: "Range of the simulated spectra with Poisson noise, and the observed one.",
          }),
        ],
        notes: ["Draws are made from the prior within the wanted range of expected counts."],
        timings: { simulate: seconds },
      };
    }),
};
