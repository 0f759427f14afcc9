import { resolve } from "node:path";
import { InputError } from "../../errors.ts";
import type { ComparedRun, RunComparison } from "../../fit/compare.ts";
import type { Command } from "../command.ts";
import { formatJson } from "../json.ts";
import { COMMON_OPTIONS } from "../options.ts";
import { formatTable } from "../table.ts";

/** Posteriors side by side. */
export const compare: Command = {
  name: "compare",
  summary: "posteriors side by side: shifts, widths, distances, figures",
  description:
    "Compares every further run with the first: shift of the mean in standard deviations of the first (log10 for " +
    "logarithmic parameters), ratio of the standard deviations, Jensen-Shannon distance (0 same, 1 no overlap), and " +
    "difference of log Z.",
  arguments: [{ name: "<run...>", description: "folders of two runs or more" }],
  options: [
    { flags: "--out <folder>", description: "where figures and compare.json go; default xnpe-compare" },
    { flags: "--force", description: "replace an earlier comparison in that folder" },
    ...COMMON_OPTIONS,
  ],
  examples: ["xnpe compare run run-nested"],
  async run({ args, options, terminal, signal }) {
    if (args.length < 2) throw new InputError("expected the folders of two runs or more, found one");
    const { checkFolder, freeFolder, loadFonts, writeFolder } = await import("../../files.ts");
    const { compareRuns, comparisonFigures } = await import("../../fit/compare.ts");
    const { renderFigures } = await import("../../fit/output-render.ts");
    const force = options.force === true;
    const out = typeof options.out === "string" ? options.out : await freeFolder("xnpe-compare");
    const runs = await readRuns(args);
    if (args.some((folder) => resolve(folder) === resolve(out))) {
      throw new InputError(`${out} is one of the runs that are compared; choose another folder`, {
        key: "--out",
      });
    }
    await checkFolder(out, { force });
    const comparisons = compareRuns(runs);
    const { files, warnings } = await renderFigures(comparisonFigures(runs), await loadFonts());
    const text = formatJson(comparisons);
    await writeFolder(out, [...files, { name: "compare.json", bytes: `${text}\n` }], { force, signal });
    for (const warning of warnings) terminal.note(`warning: ${warning}`);
    terminal.print(
      options.json === true ? text : `${comparisons.map(page).join("\n\n")}\nfigures  ${out}/figures`,
    );
  },
};

async function readRuns(folders: readonly string[]): Promise<ComparedRun[]> {
  const { readFile } = await import("../../files.ts");
  const { readDraws, readRun } = await import("../../fit/output-folder.ts");
  const runs: ComparedRun[] = [];
  for (const folder of folders) {
    const run = await readRun(folder.replace(/(?<=.)\/+$/, ""), readFile);
    runs.push({ label: run.folder, result: run.result, draws: await readDraws(run, readFile) });
  }
  return runs;
}

function page({ run, reference, parameters, deltaLogZ, deltaLogZError }: RunComparison): string {
  const signed = (value: number, digits: number) =>
    `${value < 0 ? "-" : "+"}${Math.abs(value).toFixed(digits)}`;
  const rows = parameters.map(({ name, scale, shift, widthRatio, distance }) => [
    scale === "log10" ? `log10 ${name}` : name,
    `${signed(shift, 3)} sigma`,
    widthRatio.toFixed(3),
    distance.toFixed(3),
  ]);
  return [
    `${run} against ${reference}`,
    "",
    formatTable(["parameter", "shift", "width ratio", "JS distance"], rows),
    "",
    deltaLogZ === undefined || deltaLogZError === undefined
      ? "log Z    not compared: the runs fit different data, or one of them gives no evidence"
      : `log Z    ${signed(deltaLogZ, 2)} +- ${deltaLogZError.toFixed(2)}`,
  ].join("\n");
}
