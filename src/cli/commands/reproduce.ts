import type { Command, Invocation } from "../command.ts";
import { textOption, wholeOption } from "../flags.ts";
import { COMMON_OPTIONS } from "../options.ts";

const FOLDER = "xnpe-reproduce";
const SEED = 1;

/** Experiments and demo runs of the paper. */
export const reproduce: Command = {
  name: "reproduce",
  summary: "the paper's experiments, with tables of published against obtained",
  description:
    "Runs the experiments and the twelve demo runs of Barret & Dupourque (2024): figures like the paper's, tables of published " +
    "against obtained, and one report.html. Finished ones are kept, so that an interrupted run goes on where it stopped. Without the " +
    "published spectra the built-in instrument stands in.",
  arguments: [
    {
      name: "[what...]",
      description:
        'numbers, figures (fig8) or demo runs (3_sri), "experiments", "demos", or "list"; default all',
    },
  ],
  options: [
    {
      flags: "--data <folder>",
      description: "folder with the published spectra; default ../shared/data, then data",
    },
    { flags: "--out <folder>", description: `where results go; default ${FOLDER}` },
    { flags: "--short", description: "a few hundred simulations each: only to see that everything works" },
    {
      flags: "--docs <file>",
      description: "write the table of the demo runs into this page, between its markers",
    },
    { flags: "--seed <number>", description: `seed of all random numbers; default ${SEED}` },
    { flags: "--workers <number>", description: "threads; default all cores" },
    { flags: "--force", description: "run anew what is finished" },
    ...COMMON_OPTIONS,
  ],
  examples: ["xnpe reproduce fig5", "xnpe reproduce --data ../shared/data --out paper"],
  async run(invocation) {
    const { experiments, selectExperiments } = await import("../../reproduce/index.ts");
    const { args, options, terminal } = invocation;
    if (args.length === 1 && args[0] === "list") {
      const { formatTable } = await import("../table.ts");
      const { formatJson } = await import("../json.ts");
      const list = experiments.map(({ id, aliases, where, title }) => ({ id, aliases, where, title }));
      terminal.print(
        options.json === true
          ? formatJson(list)
          : formatTable(
              ["name", "also", "in the paper", "what"],
              list.map(({ id, aliases, where, title }) => [id, aliases.join(", "), where, title]),
            ),
      );
      return;
    }
    await runAll(selectExperiments(experiments, args), invocation);
  },
};

async function runAll(
  chosen: readonly import("../../reproduce/index.ts").Experiment[],
  { options, terminal, signal }: Invocation,
): Promise<void> {
  const { CONFIG_LIMITS } = await import("../../fit/config-defaults.ts");
  const { spawnNodeWorker } = await import("../../fit/platform-node.ts");
  const { loadFonts } = await import("../../files.ts");
  const { experiments, reproduce: run } = await import("../../reproduce/index.ts");
  const { dataSource, folderStore, writeDocs } = await import("../reproduce-run.ts");
  const { Interrupted } = await import("../interrupt.ts");
  const { witness, summary } = await import("../reproduce-progress.ts");
  const { defaultWorkers } = await import("../settings.ts");
  const seed = wholeOption(options.seed, "--seed", CONFIG_LIMITS.seed) ?? SEED;
  const workers = wholeOption(options.workers, "--workers", CONFIG_LIMITS.workers) ?? defaultWorkers();
  const out = textOption(options.out) ?? FOLDER;
  const data = await dataSource(textOption(options.data), seed);
  if (!data.published)
    terminal.note("no published spectra found (--data): the built-in instrument stands in");
  const clock = () => performance.now() / 1000;
  const io = { store: folderStore(out), data, fonts: await loadFonts(), spawn: spawnNodeWorker, clock };
  const shown = witness(terminal);
  signal.addEventListener("abort", () => {
    if (signal.reason instanceof Interrupted)
      signal.reason.next = `the same command; what is finished is kept in ${out}`;
  });
  const settings = { experiments: chosen, all: experiments, seed, workers };
  const records = await run(
    { ...settings, short: options.short === true, force: options.force === true },
    io,
    { onProgress: shown.report, signal },
    shown,
  );
  const page = textOption(options.docs);
  if (page !== undefined) await writeDocs(page, records);
  terminal.print(options.json === true ? JSON.stringify(records, undefined, 2) : summary(records, out));
}
