import { InputError } from "../../errors.ts";
import type { Command, Invocation, OptionValue } from "../command.ts";
import {
  BACKGROUND_OPTIONS,
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
    ...BACKGROUND_OPTIONS,
    ...MODEL_OPTIONS,
    ...INFERENCE_OPTIONS,
    ...OUT_OPTIONS,
    {
      flags: "--resume <folder>",
      description: "go on with an interrupted run (mcmc, nested) from its folder",
    },
    ...COMMON_OPTIONS,
  ],
  examples: [
    'xnpe fit src.pha --notice 0.3-10 --model "tbabs*powerlaw" --prior "tbabs.nH=uniform(0.1,0.3)" \\',
    '  --prior "powerlaw.PhoIndex=uniform(0.5,2.5)" --prior "powerlaw.norm=loguniform(0.01,100)" --out run',
    "xnpe fit --config run/config.yml --out again",
    "xnpe fit --resume run",
  ],
  async run(invocation) {
    const { args, options, terminal } = invocation;
    const { absoluteFiles, readSettings } = await import("../settings.ts");
    const { readFile } = await import("../../files.ts");
    const resumed = await readResumed(options.resume, options);
    const { config, out, seedDrawn } = await readSettings(args, resumed?.options ?? options);
    if (seedDrawn) terminal.note(`seed ${config.seed} (drawn; --seed ${config.seed} repeats this run)`);
    const { fitAndKeep } = await import("../fit-run.ts");
    const { freeFolder } = await import("../../files.ts");
    const force = options.force === true;
    const kept = absoluteFiles(config);
    if (resumed !== undefined) {
      const { folder, resume } = resumed;
      await fitAndKeep({ config, kept, readFile, out: folder, force: true, resume }, invocation);
      return;
    }
    const folder = out ?? (await freeFolder("xnpe-run"));
    await fitAndKeep({ config, kept, readFile, out: folder, force }, invocation);
  },
};

/** What --resume needs: the folder, its checkpoint, and the options with the folder's configuration. */
async function readResumed(value: OptionValue, options: Invocation["options"]) {
  if (typeof value !== "string") return undefined;
  const { readInput } = await import("../../files.ts");
  const { CHECKPOINT_FILE } = await import("../../fit/checkpoint-run.ts");
  if (options.config !== undefined || options.out !== undefined)
    throw new InputError(
      "the folder has its own config.yml and is written to; leave out --config and --out",
      {
        key: "--resume",
      },
    );
  const resume = await readInput(`${value}/${CHECKPOINT_FILE}`);
  return { folder: value, resume, options: { ...options, config: `${value}/config.yml` } };
}
