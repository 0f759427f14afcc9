import type { Command } from "../command.ts";
import { formatJson } from "../json.ts";
import { CLASSICAL_OPTIONS, COMMON_OPTIONS } from "../options.ts";

/** XSPEC's `error`: confidence ranges from a fit. */
export const error: Command = {
  name: "error",
  summary: "confidence ranges of parameters, as XSPEC's error",
  description:
    "Finds the best fit and, for each parameter, the range where the statistic, minimised over the others, rises by --delta. " +
    "Takes spectra, or the folder of a run, and the names (or XSPEC's numbers) of parameters; all free ones where none is named.",
  arguments: [
    { name: "[spectrum|folder|parameter...]", description: "PHA files or a run's folder; parameters" },
  ],
  options: [
    ...CLASSICAL_OPTIONS,
    {
      flags: "--delta <rise>",
      description: "rise of the statistic at the ends; default 2.706 (90 % of one parameter)",
    },
    {
      flags: "--maximum <value>",
      description: "reduced chi-square above which ranges are refused; default 2",
    },
    ...COMMON_OPTIONS,
  ],
  examples: [
    "xnpe error run powerlaw.PhoIndex",
    'xnpe error src.pha --model powerlaw --prior "powerlaw.PhoIndex=uniform(0.5,3)" --prior "powerlaw.norm=loguniform(0.01,1)" --delta 1',
  ],
  async run(invocation) {
    const { options, terminal, signal } = invocation;
    const { readRunArguments } = await import("../run-arguments.ts");
    const { config, parameters } = await readRunArguments(invocation);
    const { runError } = await import("../../fit/error.ts");
    const { readFile } = await import("../../files.ts");
    const { positiveOption } = await import("../flags.ts");
    const { createProgress } = await import("../progress.ts");
    const delta = positiveOption(options.delta, "--delta");
    const maximum = positiveOption(options.maximum, "--maximum");
    const progress = createProgress(terminal);
    const result = await runError(
      config,
      { readFile },
      { parameters, ...(delta !== undefined && { delta }), ...(maximum !== undefined && { maximum }) },
      { onProgress: progress.report, signal },
    ).finally(progress.abandon);
    if (options.json === true) return terminal.print(formatJson(result));
    const { formatError } = await import("../error-summary.ts");
    terminal.print(formatError(result));
  },
};
