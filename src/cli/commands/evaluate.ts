import type { Command } from "../command.ts";
import { flagsLayer } from "../flags.ts";
import { formatJson } from "../json.ts";
import { COMMON_OPTIONS, MODEL_OPTIONS } from "../options.ts";
import { formatTable } from "../table.ts";

/** A model on an energy grid, without an instrument. */
export const evaluate: Command = {
  name: "evaluate",
  summary: "evaluate a model on an energy grid, no instrument",
  description:
    "Prints photons/cm2/s in each bin for an additive model, the mean factor of each bin for a multiplicative one. " +
    "A parameter that is not set takes XSPEC's default.",
  options: [
    ...MODEL_OPTIONS,
    {
      flags: "--edges <grid>",
      description: "LO:HI:N or LO:HI:N:log in keV, or a file with one edge a line",
      required: true,
    },
    ...COMMON_OPTIONS,
  ],
  examples: ['xnpe evaluate --model "tbabs*powerlaw" --set tbabs.nH=0.2 --edges 0.3:10:100:log --json'],
  async run({ options, terminal }) {
    const { evaluateModel } = await import("../../fit/config-model.ts");
    const { readEdges } = await import("../edges.ts");
    const edges = await readEdges(String(options.edges));
    const { modelFiles } = await import("../model-files.ts");
    const { values, kind } = await evaluateModel(flagsLayer([], options), edges, modelFiles);
    if (options.json === true) {
      terminal.print(formatJson({ edges, values }));
      return;
    }
    const rows = Array.from(values, (value, i) =>
      [edges[i], edges[i + 1], value].map((each) => each.toPrecision(8)),
    );
    terminal.print(
      formatTable(["low keV", "high keV", kind === "additive" ? "photons/cm2/s" : "mean factor"], rows),
    );
  },
};
