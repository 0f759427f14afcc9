import { simulateBank } from "../../fit/simulate.ts";
import { binsOutside, predictiveBands, predictiveMany } from "../../plot/index.ts";
import { windowOf } from "../network.ts";
import { check, info } from "../rows.ts";
import { withSession } from "../session.ts";
import { SETUPS } from "../setups.ts";
import type { Experiment } from "../types.ts";
import { spectraOf } from "./18-burst.ts";

export const burstPrior: Experiment = {
  id: "17",
  aliases: ["fig15-left"],
  where: "figure 15 left, section 8.3",
  title: "Predictive check of the burst's training prior",
  run: (lab) =>
    withSession(lab, SETUPS.burst, async (session) => {
      const { pool, bins, dimensions, observation } = session;
      const simulations = lab.size(10_000, 300);
      const size = { simulations, dimensions, bins, seed: lab.seed, window: windowOf(session) };
      const spectra = await spectraOf(session);
      await simulateBank(pool, size, lab.control);
      const noise = { seed: lab.seed, name: "noise/figures", from: 0, to: simulations };
      const simulated = await pool.run(0, { kind: "counts", ...noise });
      const { energyLow, energyHigh, scale, counts } = observation;
      const all = [
        ...Array.from({ length: spectra.length / bins }, (_, i) => spectra.slice(i * bins, (i + 1) * bins)),
        counts,
      ];
      const shared = { energyLow, energyHigh, scale, simulated };
      const bands = predictiveBands({ ...shared, observed: counts });
      const outside = all.reduce((sum, each) => sum + binsOutside(bands, each).length, 0);
      return {
        tables: [
          {
            title: "Prior predictive check",
            rows: [
              check(
                "bins of all spectra outside of all simulations",
                { value: outside },
                "none",
                outside === 0,
                { published: "none" },
              ),
              info("spectra", { value: all.length }, { published: { value: 23 } }),
              info("draws of the prior with 100 to 10 000 counts", { value: simulations }),
            ],
          },
        ],
        figures: [
          {
            name: "predictive",
            title: "Burst prior",
            caption:
              "23 spectra of a simulated expansion and the published b_008 over the range of those simulated from the training prior.",
            scene: predictiveMany({ ...shared, observed: all, from: "training prior" }),
          },
        ],
        notes: [],
        timings: {},
      };
    }),
};
