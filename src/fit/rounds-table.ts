import type { ReportTable } from "../plot/index.ts";
import type { RoundResult } from "./types.ts";

const percent = (share: number) => `${(100 * share).toPrecision(2)} %`;

/** The rounds of a run as a table of the report; none where there were not several. */
export function roundsTables(rounds: readonly RoundResult[] | undefined): ReportTable[] {
  if (rounds === undefined) return [];
  return [
    {
      title: "Rounds",
      caption:
        "Acceptance: share of draws that a round could use. Efficiency: effective share of draws from the round's network for this " +
        "spectrum, estimated from 2000 of them; the posterior is that of the best round. Leakage: share of them outside the prior.",
      columns: ["Round", "Simulations", "Acceptance", "Efficiency", "Leakage", "Validation loss (nats)"],
      rows: rounds.map(({ simulations, acceptance, efficiency, leakage, validationLoss }, r) => [
        String(r + 1),
        String(simulations),
        percent(acceptance),
        percent(efficiency),
        percent(leakage),
        validationLoss.toFixed(2),
      ]),
    },
  ];
}
