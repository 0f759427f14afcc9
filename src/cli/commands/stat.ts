import type { FitConfig } from "../../fit/types.ts";
import type { Command } from "../command.ts";
import { formatJson } from "../json.ts";
import {
  COMMON_OPTIONS,
  CONFIG_OPTION,
  DATA_OPTIONS,
  MODEL_OPTIONS,
  STATISTIC_OPTION,
  WEIGHT_OPTIONS,
} from "../options.ts";

/** The statistic of spectra at given parameter values. */
export const stat: Command = {
  name: "stat",
  summary: "the statistic of spectra at given parameter values",
  description:
    "The statistic of spectra at given parameter values. A parameter that is not set takes XSPEC's default.",
  arguments: [{ name: "[spectrum...]", description: "PHA files" }],
  options: [
    CONFIG_OPTION,
    ...DATA_OPTIONS,
    ...MODEL_OPTIONS,
    STATISTIC_OPTION,
    ...WEIGHT_OPTIONS,
    ...COMMON_OPTIONS,
  ],
  examples: [
    'xnpe stat src.pha --notice 0.3-10 --model "tbabs*powerlaw" --set tbabs.nH=0.2 --set powerlaw.PhoIndex=1.7',
  ],
  async run({ args, options, terminal }) {
    const { readSettings } = await import("../settings.ts");
    const { config } = await readSettings(args, options, { needsFree: false });
    const { warnings, ...result } = await evaluateStatistic(config);
    for (const path of Object.keys(config.priors)) {
      terminal.note(
        `warning: ${path} has a prior but no value, so XSPEC's default is used; --set "${path}=VALUE" gives one`,
      );
    }
    for (const warning of warnings) terminal.note(`warning: ${warning}`);
    if (options.json === true) terminal.print(formatJson(result));
    else
      terminal.print(
        `${result.name} ${result.value.toFixed(4)} for ${result.bins} bins, ${result.counts} counts`,
      );
  },
};

async function evaluateStatistic(config: FitConfig) {
  const { readFile } = await import("../../files.ts");
  const { statisticAt } = await import("../../fit/statistic-at.ts");
  const shares = await Promise.all(config.spectra.map((_, k) => statisticAt(config, k, readFile)));
  const sum = (key: "value" | "bins" | "counts") => shares.reduce((total, share) => total + share[key], 0);
  return {
    name: [...new Set(shares.map((share) => share.name))].join("+"),
    value: sum("value"),
    bins: sum("bins"),
    counts: sum("counts"),
    ...(shares.length > 1 ? { spectra: shares.map(({ warnings: _, ...share }) => share) } : {}),
    warnings: shares.flatMap((share) => share.warnings),
  };
}
