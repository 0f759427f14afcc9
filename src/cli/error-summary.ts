import type { ErrorRange, ErrorResult } from "../fit/error-types.ts";
import { formatTable } from "./table.ts";

/** A number with the digits that XSPEC prints. */
const six = (value: number) => String(Number(value.toPrecision(6)));

/** Confidence ranges for people, as XSPEC prints them: the range, and how far its ends are from the best fit. */
export function formatError({ parameters, statistic, delta, warnings }: ErrorResult): string {
  return [
    `${statistic.name} ${statistic.best.toFixed(3)}${statistic.penalty === undefined ? "" : ` and ${statistic.penalty.toFixed(3)} of the priors`} in ${statistic.bins} bins, ${statistic.degreesOfFreedom} degrees of freedom; rise ${delta}`,
    "",
    formatTable(
      ["parameter", "unit", "best", "lower", "upper", "errors", "flags"],
      parameters.map((range) => [
        range.name,
        range.unit,
        six(range.best),
        end(range.lower, range.lowerStatus),
        end(range.upper, range.upperStatus),
        errors(range),
        range.flags,
      ]),
    ),
    "",
    ...warnings.map((warning) => `warning  ${warning}`),
  ]
    .join("\n")
    .trimEnd();
}

function end(value: number, status: ErrorRange["lowerStatus"]): string {
  return status === "found" ? six(value) : status === "limit" ? "0 (limit)" : `${six(value)} (not found)`;
}

function errors({ best, lower, upper, lowerStatus, upperStatus }: ErrorRange): string {
  const far = (value: number, status: ErrorRange["lowerStatus"]) =>
    status === "limit" ? "limit" : six(value - best);
  return `(${far(lower, lowerStatus)}, ${far(upper, upperStatus)})`;
}
