import type { Command } from "../command.ts";
import { wholeOption } from "../flags.ts";
import { COMMON_OPTIONS, INFERENCE_OPTIONS } from "../options.ts";

const FOLDER = "xnpe-demo";
const SEED = 1;
const SHARED = /^--(method|simulations|samples|live-points|workers) /;

/** The paper's first example on the built-in instrument, end to end. */
export const demo: Command = {
  name: "demo",
  summary: "the paper's first example on the built-in instrument, end to end",
  description:
    "Simulates the reference spectrum of Barret & Dupourque (2024), tbabs*powerlaw with about 20 000 counts, on a " +
    "built-in NICER-like instrument, fits it, and shows the posterior beside the true values. Spectrum and responses " +
    "are kept in the folder, so that the fit can be repeated: xnpe fit --config xnpe-demo/config.yml --out again",
  options: [
    { flags: "--out <folder>", description: `where results go; default ${FOLDER}` },
    { flags: "--force", description: "replace an earlier run in that folder" },
    ...INFERENCE_OPTIONS.filter(({ flags }) => SHARED.test(flags)),
    { flags: "--seed <number>", description: `seed of all random numbers; default ${SEED}` },
    ...COMMON_OPTIONS,
  ],
  examples: ["xnpe demo", "xnpe demo --method nested --out demo-nested"],
  async run(invocation) {
    const { options, terminal } = invocation;
    const { CONFIG_LIMITS } = await import("../../fit/config-defaults.ts");
    const { readSettings } = await import("../settings.ts");
    const { fitAndKeep } = await import("../fit-run.ts");
    const seed = wholeOption(options.seed, "--seed", CONFIG_LIMITS.seed) ?? SEED;
    const { DEMO, demoFiles } = await import("../../fit/demo.ts");
    const { files, exposure } = demoFiles(seed);
    const settings = {
      ...options,
      seed: String(seed),
      model: DEMO.model,
      notice: [DEMO.band.join("-")],
      bins: "inside",
      prior: Object.entries(DEMO.priors).map(([name, prior]) => `${name}=${prior}`),
    };
    const { config } = await readSettings([DEMO.files.spectrum], settings, { locate: async (name) => name });
    terminal.note(`simulated ${config.model} for ${exposure} s on the built-in instrument, seed ${seed}`);
    const readFile = async (name: string) => {
      const bytes = files.find((file) => file.name === name)?.bytes;
      return typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
    };
    const out = typeof options.out === "string" ? options.out : FOLDER;
    const force = options.force === true || options.out === undefined;
    const run = { config, kept: config, readFile, out, force, extra: files, truth: DEMO.truth };
    await fitAndKeep(run, invocation);
  },
};
