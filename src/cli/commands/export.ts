import { InputError } from "../../errors.ts";
import { EXPORT_FORMATS } from "../../fit/export.ts";
import type { Command } from "../command.ts";
import { textOption, wholeOption } from "../flags.ts";
import { formatJson } from "../json.ts";
import { COMMON_OPTIONS } from "../options.ts";

const SUFFIX = { chain: "fits", xcm: "xcm", csv: "csv", parquet: "parquet", netcdf: "nc" } as const;

/** A run in the form of other programs. */
export const exportCommand: Command = {
  name: "export",
  summary: "a run as an XSPEC chain or script, CSV, Parquet or netCDF",
  description:
    "Writes a finished run for other programs: chain, a FITS chain for XSPEC's chain load; xcm, a script with data, model, ties, priors and the best fit; csv and parquet, " +
    "equally weighted draws; netcdf, netCDF-4 that ArviZ reads. Weighted draws are resampled, so that all count the same.",
  arguments: [{ name: "<run>", description: "folder of a run" }],
  options: [
    { flags: "--to <format>", description: EXPORT_FORMATS.join(", "), required: true },
    { flags: "--draws <n>", description: "draws; default: as many as the run has" },
    { flags: "--out <file>", description: "the file to write; default: RUN.fits, RUN.xcm, ..." },
    { flags: "--force", description: "replace the file where it exists" },
    ...COMMON_OPTIONS,
  ],
  examples: ["xnpe export run --to chain --out run.fits", "xnpe export run --to xcm"],
  async run({ args: [folder], options, terminal }) {
    const { nearestName } = await import("../../model/index.ts");
    const { exportRun } = await import("../../fit/export.ts");
    const { writeOutput } = await import("../../files.ts");
    const { CONFIG_LIMITS } = await import("../../fit/config-defaults.ts");
    const wanted = String(options.to);
    const format = EXPORT_FORMATS.find((name) => name === wanted);
    if (format === undefined) {
      const near = nearestName(wanted, EXPORT_FORMATS);
      const hint = near === undefined ? "" : `; did you mean ${near}?`;
      throw new InputError(`expected one of ${EXPORT_FORMATS.join(", ")}, found "${wanted}"${hint}`, {
        key: "--to",
      });
    }
    const draws = wholeOption(options.draws, "--draws", CONFIG_LIMITS.samples);
    const { readStoredDraws } = await import("../stored-draws.ts");
    const run = await readStoredDraws(folder);
    const out = textOption(options.out) ?? `${folder.replace(/\/+$/, "")}.${SUFFIX[format]}`;
    const bytes = await exportRun(run, format, draws === undefined ? {} : { draws });
    await writeOutput(out, bytes, { force: options.force === true });
    terminal.print(options.json === true ? formatJson({ file: out, format }) : `${out}: ${format}`);
  },
};
