import type { Progress } from "../fit/types.ts";
import type { Witness } from "../reproduce/index.ts";
import type { ExperimentRecord } from "../reproduce/types.ts";
import { createProgress, duration } from "./progress.ts";
import type { Terminal } from "./terminal.ts";

/** Shows which experiment is under way, a bar of its long work on a terminal, and a line when it is done. */
export function witness(terminal: Terminal): Witness & { report(progress: Progress): void } {
  const quiet = { ...terminal, quiet: terminal.quiet || !terminal.isTTY };
  let progress = createProgress(quiet);
  return {
    report: (one) => progress.report(one),
    begins({ id, title }, index, total) {
      terminal.note(`[${index + 1}/${total}] ${id}: ${title}`);
    },
    ends(record, kept) {
      progress.abandon();
      progress = createProgress(quiet);
      terminal.note(`    ${kept ? `${record.id}: finished earlier, ` : ""}${verdict(record)}`);
    },
  };
}

function verdict({ tables, timings, failure }: ExperimentRecord): string {
  if (failure !== undefined) return `not run: ${failure}`;
  const rows = tables.flatMap((table) => table.rows).filter((row) => row.verdict !== "info");
  const failed = rows.filter((row) => row.verdict === "fail");
  const text = rows.length === 0 ? "done" : `${rows.length - failed.length} of ${rows.length} hold`;
  return [
    `${text}, ${duration(timings.total ?? 0)}`,
    ...failed.map(({ quantity }) => `does not hold: ${quantity}`),
  ].join("\n    ");
}

/** The last lines of the command. */
export function summary(records: readonly ExperimentRecord[], out: string): string {
  const rows = records.flatMap(({ tables }) => tables.flatMap((table) => table.rows));
  const asked = rows.filter((row) => row.verdict !== "info");
  const passed = asked.filter((row) => row.verdict === "pass").length;
  const broken = records.filter(({ failure }) => failure !== undefined).map(({ id }) => id);
  return [
    `${passed} of ${asked.length} acceptances hold in ${records.length} experiments`,
    ...(broken.length > 0 ? [`not run: ${broken.join(", ")}`] : []),
    `report  ${out}/report.html`,
  ].join("\n");
}
