import type { ValidationCase } from "../validate/cases.ts";
import type { Effort, Measured } from "./measure.ts";

/** Everything measured of one experiment, rows by the name of what is varied. */
export interface CaseTable {
  readonly case: ValidationCase;
  readonly names: readonly string[];
  /** Effective draws of the exact posterior. */
  readonly ess: number;
  readonly rows: Readonly<Record<string, Measured>>;
}

/** The tables of docs/features.md. */
export function page(tables: readonly CaseTable[], effort: Effort, simulations: number): string {
  const { steps, spectra, draws, heldOut } = effort;
  return [
    `${simulations} simulations and ${steps} training steps of 200 each, one seed; ${spectra} test spectra of ${draws} draws, ` +
      `${heldOut} for the held-out loss. Times in seconds.`,
    ...tables.flatMap(caseTable),
  ].join("\n");
}

function caseTable({ case: { name, what, counts }, names, ess, rows }: CaseTable): string[] {
  const head = [
    "inputs, estimator",
    "dimensions",
    "build",
    "train",
    "held-out loss",
    `slopes ${names.map((path) => path.split(".")[1]).join(", ")}`,
    "efficiency 5 %",
    "50 %",
    "observed: efficiency",
    "C at median",
    "shift",
    "width",
  ];
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    "",
    `### ${name}: ${what}`,
    "",
    `${counts ? `Expected counts ${counts[0]} to ${counts[1]}.` : "Expected counts near the observed ones."} The exact posterior has ` +
      `${ess.toFixed(0)} effective draws.`,
    "",
    line(head),
    line(head.map(() => "---")),
    ...Object.entries(rows).map(([variant, row]) => line([variant, ...cells(row)])),
  ];
}

function cells({ features, build, train, loss, slopes, efficiency, observed }: Measured): string[] {
  const { atMedian, shift, ratio } = observed;
  return [
    String(features),
    build.toFixed(1),
    train.toFixed(1),
    loss.toFixed(2),
    slopes.map((slope) => slope.toFixed(3)).join(", "),
    efficiency[0].toFixed(2),
    efficiency[1].toFixed(2),
    observed.efficiency.toFixed(2),
    atMedian.toFixed(1),
    shift.toFixed(2),
    ratio.map((r) => r.toFixed(2)).join("-"),
  ];
}
