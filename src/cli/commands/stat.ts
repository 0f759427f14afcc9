import type { FitConfig } from "../../fit/types.ts";
import type { Command } from "../command.ts";
import { wholeOption } from "../flags.ts";
import { formatGoodness, GOODNESS_OPTIONS, goodnessPlan } from "../goodness.ts";
import { formatJson } from "../json.ts";
import {
  BACKGROUND_OPTIONS,
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
    "The statistic of spectra at given parameter values. A parameter that is not set takes XSPEC's default. " +
    "--goodness tells where the data lie among spectra that the model makes; with --run, from draws of that run's posterior.",
  arguments: [{ name: "[spectrum...]", description: "PHA files" }],
  options: [
    CONFIG_OPTION,
    ...DATA_OPTIONS,
    ...BACKGROUND_OPTIONS,
    ...MODEL_OPTIONS,
    STATISTIC_OPTION,
    ...WEIGHT_OPTIONS,
    ...GOODNESS_OPTIONS,
    ...COMMON_OPTIONS,
  ],
  examples: [
    'xnpe stat src.pha --notice 0.3-10 --model "tbabs*powerlaw" --set tbabs.nH=0.2 --set powerlaw.PhoIndex=1.7',
    "xnpe stat --run run --goodness 1000",
  ],
  async run({ args, options, terminal }) {
    const plan = goodnessPlan(options);
    if (plan !== undefined && typeof options.run === "string") {
      const { readStoredDraws } = await import("../stored-draws.ts");
      const { readFile } = await import("../../files.ts");
      const { goodnessOfRun } = await import("../../fit/goodness-job.ts");
      const input = await readStoredDraws(options.run);
      const seed = wholeOption(options.seed, "--seed", [0, Number.MAX_SAFE_INTEGER]) ?? input.config.seed;
      const goodness = await goodnessOfRun(input, readFile, { ...plan, seed });
      return terminal.print(
        options.json === true ? formatJson({ seed, goodness }) : formatGoodness(goodness, plan.count),
      );
    }
    const { readSettings } = await import("../settings.ts");
    const { config, seedDrawn } = await readSettings(args, options, { needsFree: false });
    const { warnings, ...result } = await evaluateStatistic(config);
    const goodness = plan && (await goodnessOf(config, plan));
    if (goodness && seedDrawn) terminal.note(`seed ${config.seed}`);
    for (const path of Object.keys(config.priors)) {
      if (config.start?.[path] !== undefined) continue;
      terminal.note(
        `warning: ${path} has a prior but no value, so XSPEC's default is used; --set "${path}=VALUE" gives one`,
      );
    }
    for (const warning of warnings) terminal.note(`warning: ${warning}`);
    if (options.json === true)
      terminal.print(formatJson({ ...result, ...(goodness && { seed: config.seed, goodness }) }));
    else
      terminal.print(
        `${result.name} ${result.value.toFixed(4)} for ${result.bins} bins, ${result.counts} counts${goodness && plan ? `\n\n${formatGoodness(goodness, plan.count)}` : ""}`,
      );
  },
};

async function goodnessOf(config: FitConfig, plan: NonNullable<ReturnType<typeof goodnessPlan>>) {
  const { readFile } = await import("../../files.ts");
  const { goodnessAt } = await import("../../fit/goodness-job.ts");
  return goodnessAt(config, readFile, { ...plan, seed: config.seed });
}

async function evaluateStatistic(config: FitConfig) {
  const { readFile } = await import("../../files.ts");
  const { statisticAt } = await import("../../fit/statistic-at.ts");
  const shares = (await Promise.all(config.spectra.map((_, k) => statisticAt(config, k, readFile)))).flat();
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
