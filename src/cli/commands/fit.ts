import type { Command } from "../command.ts";
import {
  COMMON_OPTIONS,
  CONFIG_OPTION,
  DATA_OPTIONS,
  INFERENCE_OPTIONS,
  MODEL_OPTIONS,
  OUT_OPTIONS,
} from "../options.ts";

/** The main job: posterior, evidence and report of spectra. */
export const fit: Command = {
  name: "fit",
  summary: "the posterior of a model's parameters, checked, with a report",
  arguments: [{ name: "[spectrum...]", description: "PHA files; or name them in the configuration" }],
  options: [
    CONFIG_OPTION,
    ...DATA_OPTIONS,
    ...MODEL_OPTIONS,
    ...INFERENCE_OPTIONS,
    ...OUT_OPTIONS,
    ...COMMON_OPTIONS,
  ],
  examples: [
    'xnpe fit src.pha --notice 0.3-10 --model "tbabs*powerlaw" --prior "tbabs.nH=uniform(0.1,0.3)" \\',
    '  --prior "powerlaw.PhoIndex=uniform(0.5,2.5)" --prior "powerlaw.norm=loguniform(0.01,100)" --out run',
    "xnpe fit --config run/config.yml --out again",
  ],
  async run(invocation) {
    const { args, options, terminal } = invocation;
    const { absoluteFiles, readSettings } = await import("../settings.ts");
    const { readFile } = await import("../../files.ts");
    const { config, out, seedDrawn } = await readSettings(args, options);
    if (seedDrawn) terminal.note(`seed ${config.seed} (drawn; --seed ${config.seed} repeats this run)`);
    const { fitAndKeep } = await import("../fit-run.ts");
    const { freeFolder } = await import("../../files.ts");
    const force = options.force === true;
    const folder = out ?? (await freeFolder("xnpe-run"));
    await fitAndKeep({ config, kept: absoluteFiles(config), readFile, out: folder, force }, invocation);
  },
};
