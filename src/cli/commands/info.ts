import type { FileDescription, SpectrumDescription } from "../../ogip/index.ts";
import type { Command } from "../command.ts";
import { formatJson } from "../json.ts";
import { COMMON_OPTIONS } from "../options.ts";

/** What PHA, RMF and ARF files hold. */
export const info: Command = {
  name: "info",
  summary: "what a PHA, RMF or ARF holds, and what looks odd",
  arguments: [{ name: "<file...>", description: "PHA, RMF or ARF files" }],
  options: COMMON_OPTIONS,
  examples: ["xnpe info src.pha src.rmf src.arf"],
  async run({ args, options, terminal }) {
    const { describeFile, parseFileName } = await import("../../ogip/index.ts");
    const { readInput } = await import("../../files.ts");
    const found: FileDescription[] = [];
    for (const file of args) found.push(await describeFile(await readInput(parseFileName(file).path), file));
    terminal.print(options.json === true ? formatJson(found) : found.map(page).join("\n\n"));
  },
};

function page(description: FileDescription): string {
  const { file, warnings } = description;
  return [
    `${file}: ${description.kind}`,
    ...body(description),
    ...warnings.map((warning) => `warning: ${warning}`),
  ].join("\n  ");
}

function body(description: FileDescription): string[] {
  switch (description.kind) {
    case "spectrum":
      return description.spectra.flatMap(spectrumLines);
    case "response": {
      const { response } = description;
      return [
        `instrument   ${instrument(response)}`,
        `energies     ${response.energies}, ${range(response.energyRange)} keV`,
        `channels     ${response.channels} from ${response.firstChannel}, ${range(response.channelRange)} keV`,
        `matrix       ${response.elements} values in ${response.hdu}; largest sum of a row ${Number(response.largestRowSum.toPrecision(5))}`,
      ];
    }
    case "ancillary": {
      const { energies, energyRange, peakArea, peakEnergy } = description.ancillary;
      return [
        `energies     ${energies}, ${range(energyRange)} keV`,
        `area         at most ${Number(peakArea.toPrecision(5))} cm2, at ${Number(peakEnergy.toPrecision(5))} keV`,
      ];
    }
    case "other":
      return description.hdus.map(({ name, kind }) => `HDU ${name}: ${kind}`);
  }
}

function spectrumLines(spectrum: SpectrumDescription): string[] {
  const { hdu, row, order, part, background, channels, firstChannel, lastChannel, groups, dropped, bad } =
    spectrum;
  const details = [
    row === undefined ? "" : `row ${row}`,
    order === undefined ? "" : `order ${order}`,
    part === undefined ? "" : `part ${part}`,
    background ? "background" : "",
  ].filter((text) => text !== "");
  return [
    `spectrum     ${[hdu, ...details].join(", ")}`,
    `instrument   ${instrument(spectrum)}`,
    `exposure     ${Number(spectrum.exposure.toPrecision(8))} s`,
    `counts       ${Number(spectrum.counts.toPrecision(10))} (column ${spectrum.column})`,
    `channels     ${channels}, ${firstChannel} to ${lastChannel}; ${groups} groups; ${dropped} of quality 1, ${bad} of quality 2 and worse`,
    `response     ${spectrum.response}`,
    `arf          ${spectrum.arf}`,
    `background   ${spectrum.backgroundFile}`,
  ];
}

function instrument({
  telescope,
  instrument,
}: {
  readonly telescope: string;
  readonly instrument: string;
}): string {
  return [telescope, instrument].filter((text) => text !== "").join(" ") || "not named";
}

function range([lower, upper]: readonly [number, number]): string {
  return `${Number(lower.toPrecision(6))} to ${Number(upper.toPrecision(6))}`;
}
