import type { TrainingResult } from "../../fit/train-types.ts";
import type { Command } from "../command.ts";
import { wholeOption } from "../flags.ts";
import {
  BACKGROUND_OPTIONS,
  COMMON_OPTIONS,
  CONFIG_OPTION,
  DATA_OPTIONS,
  INFERENCE_OPTIONS,
  MODEL_OPTIONS,
  OUT_OPTIONS,
} from "../options.ts";

/** Options of a posterior, or of several rounds for one observation, which a network for many has no use for. */
const OTHERS =
  /^--(method|rounds|proposal|atoms|combined-loss|samples|live-points|walkers|burn|length|starts) ?/;
const TEST = 200;
const MOST_TEST = 1_000_000;

/** A network for many spectra. */
export const train: Command = {
  name: "train",
  summary: "a network once, for any number of spectra of one set-up",
  description:
    "Trains a network that xnpe infer then asks for the posterior of any spectrum of the same response, binning and exposure. The spectra given " +
    "are alternatives, not fitted together: the first gives the set-up, and --restrict auto covers the counts of all of them. With " +
    "--restrict none or counts(lo,hi) their counts do not matter.",
  arguments: [
    { name: "[spectrum...]", description: "PHA files, or @list.txt; or name them in the configuration" },
  ],
  options: [
    CONFIG_OPTION,
    ...DATA_OPTIONS,
    ...BACKGROUND_OPTIONS,
    ...MODEL_OPTIONS,
    ...INFERENCE_OPTIONS.filter(({ flags }) => !OTHERS.test(flags)),
    { flags: "--test <n>", description: `spectra simulated to test the network; 0: none; default ${TEST}` },
    ...OUT_OPTIONS.map((option) =>
      option.flags.startsWith("--out")
        ? { ...option, description: "where results go; default xnpe-network" }
        : option,
    ),
    ...COMMON_OPTIONS,
  ],
  examples: [
    'xnpe train burst-*.pha --notice 0.3-10 --model "tbabs*(powerlaw+bbodyrad)" --set tbabs.nH=0.2 --set powerlaw.PhoIndex=1.7 \\',
    '  --prior "powerlaw.norm=loguniform(0.1,10)" --prior "bbodyrad.kT=uniform(0.1,4.5)" --prior "bbodyrad.norm=loguniform(0.1,1e5)" \\',
    "  --simulations 20000 --out network",
    "xnpe infer network burst-*.pha --out track",
  ],
  async run({ args, options, terminal, signal }) {
    const { absoluteFiles, readSettings } = await import("../settings.ts");
    const { expandLists } = await import("../spectrum-list.ts");
    const { checkFolder, freeFolder, loadFonts, readFile, writeFolder } = await import("../../files.ts");
    const { formatConfig } = await import("../../fit/config-text.ts");
    const { spawnNodeWorker } = await import("../../fit/platform-node.ts");
    const { trainForMany } = await import("../../fit/train-run.ts");
    const { TRAINING_ENTRIES, trainingFiles } = await import("../../fit/train-output.ts");
    const { VERSION } = await import("../../fit/version.ts");
    const { createProgress } = await import("../progress.ts");
    const test = wholeOption(options.test, "--test", [0, MOST_TEST]) ?? TEST;
    const { config, out: named, seedDrawn } = await readSettings(await expandLists(args), options);
    const force = options.force === true;
    const out = named ?? (await freeFolder("xnpe-network"));
    await checkFolder(out, { force });
    if (seedDrawn) terminal.note(`seed ${config.seed} (drawn; --seed ${config.seed} repeats this training)`);
    const io = { readFile, spawn: spawnNodeWorker, clock: () => performance.now() / 1000 };
    const progress = createProgress(terminal);
    let result: TrainingResult;
    try {
      const record = await trainForMany(config, io, { test }, { onProgress: progress.report, signal });
      ({ result } = record);
      progress.report({ stage: "write", done: 0, total: 1 });
      const text = await formatConfig(absoluteFiles(config), VERSION);
      const files = await trainingFiles(record, { config: text, fonts: await loadFonts() });
      await writeFolder(out, files, { force, stale: TRAINING_ENTRIES, signal });
      progress.report({ stage: "write", done: files.length, total: files.length });
      progress.end();
    } catch (error) {
      progress.abandon();
      throw error;
    }
    const { formatTraining } = await import("../training-summary.ts");
    terminal.print(
      options.json === true
        ? JSON.stringify(result, null, 2)
        : `\n${formatTraining(result)}\nresults  ${out}: network.safetensors, report.html, training.json, figures, config.yml\nnext     xnpe infer ${out} SPECTRUM...`,
    );
  },
};
