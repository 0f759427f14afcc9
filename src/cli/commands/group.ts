import { InputError } from "../../errors.ts";
import type { GroupRule } from "../../fit/group-rule.ts";
import type { Command } from "../command.ts";
import { textOption } from "../flags.ts";
import { formatJson } from "../json.ts";
import { COMMON_OPTIONS } from "../options.ts";

/** A spectrum with its channels put into groups. */
export const group: Command = {
  name: "group",
  summary: "put a spectrum's channels into groups",
  description:
    "Writes the PHA file again with other GROUPING flags; counts, keywords and other tables stay as they are. Rules: constant(N) channels; " +
    "min(N) counts; snr(S), a signal-to-noise ratio above the background; optimal, as wide as the resolution and the counts ask for " +
    "(Kaastra & Bleeker 2016), or optimal(N) with at least N counts; none. Channels of bad quality stay single; those that are left at the end join the last group.",
  arguments: [
    { name: "<spectrum>", description: "PHA file" },
    { name: "<rule>", description: "constant(5), min(25), snr(3), optimal, optimal(10), none" },
  ],
  options: [
    { flags: "--response <file>", description: "response, for optimal; default: as named in the header" },
    {
      flags: "--background <file>",
      description: 'background, for snr, or "none"; default: as named in the header',
    },
    { flags: "--out <file>", description: "the PHA file to write", required: true },
    { flags: "--force", description: "replace the file where it exists" },
    ...COMMON_OPTIONS,
  ],
  examples: [
    'xnpe group src.pha "min(25)" --out src_25.pha',
    "xnpe group src.pha optimal --response src.rmf --out src_opt.pha",
  ],
  async run({ args: [file, text], options, terminal }) {
    const { parseGroupRule } = await import("../../fit/group-rule.ts");
    const { readInput, writeOutput } = await import("../../files.ts");
    const { groupChannels, parseFileName, regroupFile } = await import("../../ogip/index.ts");
    const rule = parseGroupRule(text, { key: "rule" });
    const out = String(options.out);
    const { spectrum, grouping, warnings } = await regrouped(file, rule, options);
    const bytes = await regroupFile(await readInput(parseFileName(file).path), spectrum, grouping, text);
    await writeOutput(out, bytes, { force: options.force === true });
    const groups = groupChannels({ grouping, quality: spectrum.quality }).length;
    for (const warning of warnings) terminal.note(`note: ${warning}`);
    if (options.json === true)
      terminal.print(formatJson({ file: out, rule: text, channels: grouping.length, groups }));
    else terminal.print(`${out}: ${grouping.length} channels in ${groups} groups, ${text}`);
  },
};

/** The spectrum and its new flags, with the companions that the rule needs. */
async function regrouped(
  file: string,
  rule: GroupRule,
  options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>,
) {
  const { groupBy } = await import("../../fit/group-rule.ts");
  const { readFile } = await import("../../files.ts");
  const { loadSpectrum, loadWithBackground, scaledBackground } = await import("../../ogip/index.ts");
  const [response, background] = [options.response, options.background].map(textOption);
  if (rule.kind === "optimal") {
    const { spectrum, redistribution, rows } = await loadSpectrum(file, readFile, {
      ...(response !== undefined && { response }),
      arf: "none",
      background: "none",
    });
    const grouping = groupBy(rule, spectrum, { response: { redistribution, rows } });
    return { spectrum, grouping, warnings: spectrum.warnings };
  }
  const loaded = await loadWithBackground(file, readFile, rule.kind === "snr" ? background : "none");
  const { spectrum, warnings } = loaded;
  if (rule.kind === "snr" && loaded.background !== undefined && !(loaded.background.exposure > 0))
    throw new InputError("expected an exposure above zero", {
      file: loaded.background.file,
      key: "EXPOSURE",
    });
  const scaled = loaded.background && scaledBackground(spectrum, loaded.background);
  return { spectrum, grouping: groupBy(rule, spectrum, scaled && { background: scaled }), warnings };
}
