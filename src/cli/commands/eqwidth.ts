import type { Command } from "../command.ts";
import { positiveOption, wholeOption } from "../flags.ts";
import { formatJson } from "../json.ts";
import { COMMON_OPTIONS } from "../options.ts";
import { numbers } from "./flux.ts";

/** Equivalent width of a component with errors from a run's draws. */
export const eqwidth: Command = {
  name: "eqwidth",
  summary: "equivalent width of a component, with errors",
  description:
    "Photons of an additive component over the photons/keV of the others at its peak, averaged over 5 % to either side, at the best fit and over the posterior's draws.",
  arguments: [
    { name: "<run>", description: "folder of a run" },
    { name: "<component>", description: "an additive component, gaussian" },
  ],
  options: [
    {
      flags: "--fraction <f>",
      description: "half width of the continuum's range over the energy; default 0.05",
    },
    { flags: "--group <n>", description: "data group; default 1" },
    ...COMMON_OPTIONS,
  ],
  examples: ["xnpe eqwidth run gaussian"],
  async run({ args: [folder, component], options, terminal }) {
    const { runEqwidth } = await import("../../fit/run-flux.ts");
    const { readFile } = await import("../../files.ts");
    const { readStoredDraws } = await import("../stored-draws.ts");
    const fraction = positiveOption(options.fraction, "--fraction");
    const group = wholeOption(options.group, "--group", [1, 1000]) ?? 1;
    const result = await runEqwidth(
      await readStoredDraws(folder),
      { readFile },
      { component, group, ...(fraction !== undefined && { fraction }) },
    );
    if (options.json === true) return terminal.print(formatJson(result));
    const { formatTable } = await import("../table.ts");
    const rows = [[result.component, result.peak.toPrecision(5), ...numbers(result.width)]];
    terminal.print(formatTable(["component", "peak keV", "width keV", "median", "68 %", "90 %"], rows));
  },
};
