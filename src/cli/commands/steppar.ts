import { InputError } from "../../errors.ts";
import type { StepParResult, SteppedParameter } from "../../fit/steppar.ts";
import type { Command } from "../command.ts";
import { repeated, textOption } from "../flags.ts";
import { formatJson } from "../json.ts";
import { CLASSICAL_OPTIONS, COMMON_OPTIONS } from "../options.ts";

/** XSPEC's `steppar`: the statistic on a grid, with its figure. */
export const steppar: Command = {
  name: "steppar",
  summary: "the statistic over one or two parameters, as XSPEC's steppar",
  description:
    "Finds the best fit, then fits the other parameters at every point of a grid of one or two. Takes spectra, or the folder of a run. " +
    "A step is written NAME=FROM:TO:N, N steps in equal differences, or NAME=FROM:TO:N:log in equal ratios.",
  arguments: [{ name: "[spectrum|folder...]", description: "PHA files or a run's folder" }],
  options: [
    ...CLASSICAL_OPTIONS,
    {
      flags: "--step <grid>",
      description: '"powerlaw.PhoIndex=1.5:2:20"; once or twice',
      repeat: true,
    },
    {
      flags: "--out <folder>",
      description: "where steppar.json and the figure go; default: nothing is written",
    },
    { flags: "--force", description: "replace what is in that folder" },
    ...COMMON_OPTIONS,
  ],
  examples: [
    'xnpe steppar run --step "powerlaw.PhoIndex=1.5:1.9:20"',
    'xnpe steppar run --step "powerlaw.PhoIndex=1.5:1.9:20" --step "tbabs.nH=0.15:0.25:20" --out contour',
  ],
  async run({ args, options, terminal, signal }) {
    const { readRunArguments } = await import("../run-arguments.ts");
    const { runStepPar } = await import("../../fit/steppar.ts");
    const { readFile, checkFolder, loadFonts, writeFolder } = await import("../../files.ts");
    const { createProgress } = await import("../progress.ts");
    const stepped = repeated(options.step).map(parseStep);
    if (stepped.length === 0)
      throw new InputError('no parameter to step; name one or two: --step "powerlaw.PhoIndex=1.5:2:20"');
    const { config, parameters } = await readRunArguments({ args, options });
    if (parameters.length > 0)
      throw new InputError(`no such file or run: ${parameters[0]}; parameters are named by --step`);
    const [out, force] = [textOption(options.out), options.force === true];
    if (out !== undefined) await checkFolder(out, { force });
    const progress = createProgress(terminal);
    const result = await runStepPar(config, { readFile }, stepped, {
      onProgress: progress.report,
      signal,
    }).finally(progress.abandon);
    for (const warning of result.warnings) terminal.note(`warning: ${warning}`);
    const text = formatJson(result);
    if (out !== undefined) {
      const { stepParFigure } = await import("../../fit/steppar-figure.ts");
      const { renderFigures } = await import("../../fit/output-render.ts");
      const { files } = await renderFigures([stepParFigure(result)], await loadFonts());
      await writeFolder(out, [...files, { name: "steppar.json", bytes: `${text}\n` }], { force, signal });
    }
    if (options.json === true) return terminal.print(text);
    const { formatTable } = await import("../table.ts");
    terminal.print(tableOf(result, formatTable));
  },
};

/** `NAME=FROM:TO:N[:log]`. */
function parseStep(text: string): SteppedParameter {
  const match = /^\s*([^=]+?)\s*=\s*([^:]+):([^:]+):(\d+)(:log)?\s*$/.exec(text);
  const [from, to, steps] = match === null ? [] : [match[2], match[3], match[4]].map(Number);
  const logarithmic = match?.[5] !== undefined;
  if (
    match === null ||
    !Number.isFinite(from) ||
    !Number.isFinite(to) ||
    !(steps >= 1 && steps <= 1000) ||
    from === to
  )
    throw new InputError(
      `expected NAME=FROM:TO:N with 1 to 1000 steps, such as powerlaw.PhoIndex=1.5:2:20, found "${text}"`,
      {
        key: "--step",
      },
    );
  if (logarithmic && !(from > 0 && to > 0))
    throw new InputError(`steps in equal ratios need values above 0, found "${text}"`, { key: "--step" });
  return { name: match[1], from, to, steps, logarithmic };
}

function tableOf(
  { axes, statistic, best, statisticName }: StepParResult,
  formatTable: (head: string[], rows: string[][]) => string,
): string {
  const last = axes[axes.length - 1].values.length;
  const rows = statistic.map((value, k) => [
    ...axes.map(({ values }, a) =>
      (a === axes.length - 1 ? values[k % last] : values[Math.floor(k / last)]).toPrecision(6),
    ),
    value.toFixed(4),
    (value - best).toFixed(4),
  ]);
  return formatTable([...axes.map(({ name }) => name), statisticName, "rise"], rows);
}
