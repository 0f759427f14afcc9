import type { CitedRun } from "../../fit/citations.ts";
import type { Command } from "../command.ts";
import { formatJson } from "../json.ts";
import { COMMON_OPTIONS } from "../options.ts";

/** What a run should cite. */
export const cite: Command = {
  name: "cite",
  summary: "the papers that a run should cite",
  arguments: [
    { name: "[run]", description: "a run's folder; without: the papers behind the default method" },
  ],
  options: COMMON_OPTIONS,
  examples: ["xnpe cite", "xnpe cite xnpe-run"],
  async run({ args, options, terminal }) {
    const { citations } = await import("../../fit/citations.ts");
    const found = citations(await describeRun(args[0]));
    if (options.json === true) {
      terminal.print(formatJson(found));
      return;
    }
    const width = Math.max(...found.map(({ use }) => use.length));
    const line = (use: string, text: string, doi?: string) =>
      `${use.padEnd(width)}  ${text}${doi === undefined ? "" : `, doi:${doi}`}`;
    terminal.print(found.map(({ use, text, doi }) => line(use, text, doi)).join("\n"));
  },
};

async function describeRun(folder: string | undefined): Promise<CitedRun> {
  if (folder === undefined) return { method: "npe", abund: "wilm", statistic: "cstat", model: "powerlaw" };
  const { readFile } = await import("../../files.ts");
  const { readRun } = await import("../../fit/output-folder.ts");
  const { readBestFit } = await import("../../fit/mle-folder.ts");
  const { result, abund } = (await readBestFit(folder, readFile)) ?? (await readRun(folder, readFile));
  return { method: result.method, model: result.model, abund, statistic: result.statistic.name };
}
