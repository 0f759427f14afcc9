import { InputError } from "../../errors.ts";
import type { PlotWanted } from "../../fit/run-plot.ts";
import type { Command } from "../command.ts";
import { repeated, textOption } from "../flags.ts";
import { formatJson } from "../json.ts";
import { COMMON_OPTIONS } from "../options.ts";

const KINDS =
  "ldata, data, lcounts, counts, delchi, residuals, ratio, ufspec, eufspec, eeufspec, model, emodel, eemodel; or qq, contour, chain alone";

/** XSPEC's plots of a run. */
export const plot: Command = {
  name: "plot",
  summary: "XSPEC's plots of a run, as SVG, PNG or PDF",
  description: `Panels from above, separated by commas, as XSPEC's plot: ${KINDS}. The model stands at the best fit, where it is folded with the posterior's 68 % band. The ending of --out chooses the format.`,
  arguments: [
    { name: "<run>", description: "folder of a run" },
    { name: "<panels>", description: "ldata,delchi" },
  ],
  options: [
    {
      flags: "--rebin <rule>",
      description:
        "join bins for display: SIGMA:MAXBINS as XSPEC's setplot rebin, until 3 sigma or 20 bins with 3:20; N until N counts",
    },
    { flags: "--parameter <name>", description: "contour: one of the two parameters", repeat: true },
    { flags: "--energies <grid>", description: "unfolded: LO:HI:N[:log] in keV; default: the response's" },
    { flags: "--out <file>", description: "NAME.svg, .png or .pdf; default: RUN-PANELS.svg" },
    { flags: "--force", description: "replace the file where it exists" },
    ...COMMON_OPTIONS,
  ],
  examples: [
    "xnpe plot run ldata,delchi --out spectrum.pdf",
    "xnpe plot run eeufspec,ratio --rebin 3:20 --out spectrum.png",
  ],
  async run({ args: [folder, panels], options, terminal }) {
    const { PLOT_KINDS, runPlot } = await import("../../fit/run-plot.ts");
    const { nearestName } = await import("../../model/index.ts");
    const { loadFonts, readFile, writeOutput } = await import("../../files.ts");
    const { renderScene } = await import("../../fit/output-render.ts");
    const { readStoredDraws } = await import("../stored-draws.ts");
    const { readEdges } = await import("../edges.ts");
    const kinds = panels.split(/[,\s]+/).map((name) => {
      const kind = PLOT_KINDS.find((each) => each === name.toLowerCase());
      if (kind !== undefined) return kind;
      const near = nearestName(name, PLOT_KINDS);
      throw new InputError(
        `expected ${KINDS}; found "${name}"${near === undefined ? "" : `; did you mean ${near}?`}`,
      );
    });
    const out = textOption(options.out) ?? `${folder.replace(/\/+$/, "")}-${kinds.join("-")}.svg`;
    const format = out.split(".").pop()?.toLowerCase();
    if (format !== "svg" && format !== "png" && format !== "pdf")
      throw new InputError(`expected a file that ends in .svg, .png or .pdf, found "${out}"`, {
        key: "--out",
      });
    const rebin = rebinOption(textOption(options.rebin));
    const parameters = repeated(options.parameter);
    const energies = textOption(options.energies);
    const input = await readStoredDraws(folder);
    const scene = await runPlot(
      { ...input, ...(energies !== undefined && { edges: await readEdges(energies) }) },
      { readFile },
      {
        kinds,
        ...(rebin !== undefined && { rebin }),
        ...(parameters.length > 0 && { parameters }),
      },
    );
    const bytes = await renderScene(scene, format, await loadFonts());
    await writeOutput(out, bytes, { force: options.force === true });
    terminal.print(options.json === true ? formatJson({ file: out, panels: kinds }) : out);
  },
};

/** `SIGMA:MAXBINS`, or a number of counts. */
function rebinOption(text: string | undefined): PlotWanted["rebin"] {
  if (text === undefined) return undefined;
  const numbers = text.split(":").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const [first, most] = numbers;
  if (numbers.length === 2 && first > 0 && first < Infinity && most >= 1 && Number.isSafeInteger(most))
    return { sigma: first, most };
  if (numbers.length === 1 && first >= 1 && Number.isSafeInteger(first)) return { counts: first };
  throw new InputError(`expected SIGMA:MAXBINS such as 3:20, or a whole number of counts, found "${text}"`, {
    key: "--rebin",
  });
}
