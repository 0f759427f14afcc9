import type { InferenceResult } from "../../fit/infer-output.ts";
import type { Command } from "../command.ts";
import { withCompanions } from "../companions.ts";
import { wholeOption } from "../flags.ts";
import { COMMON_OPTIONS, COMPANION_OPTIONS, SEED_OPTION } from "../options.ts";

const GOODNESS: readonly [number, number] = [10, 100_000];

/** Posteriors of many spectra by one network. */
export const infer: Command = {
  name: "infer",
  summary: "posteriors of any number of spectra, by a trained network",
  description:
    "Asks a network of xnpe train for the posterior of each spectrum, and weights its draws by the spectrum's own likelihood. Energies are " +
    "selected as in the training. A spectrum that cannot be read, or has another response, binning or exposure, is reported at the end; the " +
    "others are done, and the exit code is 2.",
  arguments: [
    { name: "<network>", description: "folder of a training, or its network.safetensors" },
    { name: "<spectrum...>", description: "PHA files, or @list.txt with one a line" },
  ],
  options: [
    ...COMPANION_OPTIONS,
    { flags: "--samples <n>", description: "draws of each posterior; default 20000" },
    { flags: "--no-refine", description: "the network's draws as they are, without weights" },
    { flags: "--draws", description: "keep the draws of each spectrum: draws/NAME.parquet" },
    {
      flags: "--goodness <n>",
      description: "compare each spectrum's C with that of n spectra simulated from its posterior",
    },
    SEED_OPTION,
    {
      flags: "--workers <n>",
      description: "parallel workers; default: all cores. The result is the same for any",
    },
    { flags: "--out <folder>", description: "where results go; default xnpe-infer" },
    { flags: "--force", description: "replace earlier results in that folder" },
    ...COMMON_OPTIONS,
  ],
  examples: [
    "xnpe infer network burst-*.pha --out track",
    "xnpe infer network @spectra.txt --draws --out all",
  ],
  async run({ args: [network, ...names], options, terminal, signal }) {
    const { checkFolder, freeFolder, loadFonts, readFile, writeFolder } = await import("../../files.ts");
    const { CONFIG_DEFAULTS, CONFIG_LIMITS } = await import("../../fit/config-defaults.ts");
    const { infer: start } = await import("../../fit/infer.ts");
    const { INFERENCE_ENTRIES, inferenceFiles } = await import("../../fit/infer-output.ts");
    const { spawnNodeWorker } = await import("../../fit/platform-node.ts");
    const { createProgress } = await import("../progress.ts");
    const { defaultWorkers } = await import("../settings.ts");
    const { expandLists } = await import("../spectrum-list.ts");
    const { drawSeed } = await import("../seed.ts");
    const drawn = drawSeed();
    const seed = wholeOption(options.seed, "--seed", CONFIG_LIMITS.seed) ?? drawn;
    const goodness = wholeOption(options.goodness, "--goodness", GOODNESS);
    const settings = {
      samples: wholeOption(options.samples, "--samples", CONFIG_LIMITS.samples) ?? CONFIG_DEFAULTS.samples,
      seed,
      refine: options.refine !== false,
      ...(goodness !== undefined && { goodness }),
    };
    const workers = wholeOption(options.workers, "--workers", CONFIG_LIMITS.workers) ?? defaultWorkers();
    const spectra = withCompanions(await expandLists(names), options);
    const force = options.force === true;
    const out = typeof options.out === "string" ? options.out : await freeFolder("xnpe-infer");
    await checkFolder(out, { force });
    const { file, parsed } = await readNetwork(network);
    if (options.seed === undefined) terminal.note(`seed ${seed} (drawn; --seed ${seed} repeats this run)`);
    const progress = createProgress(terminal);
    const io = { readFile, spawn: spawnNodeWorker, clock: () => performance.now() / 1000 };
    const control = { onProgress: progress.report, signal };
    const results: InferenceResult[] = [];
    try {
      const files = inferenceFiles(start(parsed, spectra, io, { ...settings, workers }, control), {
        ...{ network: parsed, file, options: settings, clock: io.clock },
        keepDraws: options.draws === true,
        fonts: await loadFonts(),
        onResult: (result) => results.push(result),
      });
      await writeFolder(out, files, { force, stale: INFERENCE_ENTRIES, signal });
      progress.end();
    } catch (error) {
      progress.abandon();
      throw error;
    }
    const [result] = results;
    const { formatInference, failureError } = await import("../inference-summary.ts");
    terminal.print(
      options.json === true
        ? JSON.stringify(result, null, 2)
        : `\n${formatInference(result)}\nresults  ${out}: posteriors.csv, posteriors.parquet, results.json, report.html, figures`,
    );
    const failed = failureError(result);
    if (failed !== undefined) throw failed;
  },
};

async function readNetwork(name: string) {
  const { InputError } = await import("../../errors.ts");
  const { readFile } = await import("../../files.ts");
  const { parseNetwork } = await import("../../fit/network-file.ts");
  const inside = `${name.replace(/(?<=.)\/+$/, "")}/network.safetensors`;
  const within = await readFile(inside);
  const bytes = within ?? (await readFile(name));
  if (bytes === undefined)
    throw new InputError(
      "no such network; expected the folder of a training (xnpe train) or its network.safetensors",
      {
        file: name,
      },
    );
  const file = within === undefined ? name : inside;
  return { file, parsed: await parseNetwork(bytes, file) };
}
