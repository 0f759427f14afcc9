import { InputError } from "../../errors.ts";
import type { Derived, FluxResult } from "../../fit/run-flux.ts";
import type { Command } from "../command.ts";
import { positiveOption, repeated, textOption, wholeOption } from "../flags.ts";
import { formatJson } from "../json.ts";
import { COMMON_OPTIONS } from "../options.ts";

/** Fluxes of a run's model with errors from its draws. */
export const flux: Command = {
  name: "flux",
  summary: "energy and photon fluxes of a run's model, with errors",
  description:
    "Fluxes of the model in bands, at the best fit and over the posterior's draws (2000 of them). --of takes a part of the model, such as the " +
    "continuum without its absorption. Energies are those of the response, as in XSPEC; --energies gives others.",
  arguments: [{ name: "<run>", description: "folder of a run" }],
  options: [
    { flags: "--band <range>", description: "keV, such as 2-10; may be given several times", repeat: true },
    { flags: "--of <expression>", description: 'a part of the model, "powerlaw"; default: all of it' },
    {
      flags: "--luminosity <z>",
      description: "luminosities of a source at redshift z, too, as XSPEC's lumin: bands of its own frame",
    },
    { flags: "--cosmo <h0,q0,lambda0>", description: "as XSPEC's cosmo; default 70,0,0.73" },
    { flags: "--group <n>", description: "data group; default 1" },
    {
      flags: "--energies <grid>",
      description: "LO:HI:N[:log] in keV, or a file of edges; default: the response's",
    },
    ...COMMON_OPTIONS,
  ],
  examples: [
    "xnpe flux run --band 0.5-2 --band 2-10",
    "xnpe flux run --band 2-10 --of powerlaw",
    "xnpe flux run --band 2-10 --of powerlaw --luminosity 0.1",
  ],
  async run({ args: [folder], options, terminal }) {
    const { parseBands } = await import("../../fit/config-ranges.ts");
    const { runFlux } = await import("../../fit/run-flux.ts");
    const { readFile } = await import("../../files.ts");
    const { readStoredDraws } = await import("../stored-draws.ts");
    const { readEdges } = await import("../edges.ts");
    const bands = repeated(options.band).flatMap((text) => parseBands(text, { key: "--band" }));
    if (bands.length === 0) throw new InputError("no band; give one or more in keV: --band 2-10");
    const input = await readStoredDraws(folder);
    const energies = textOption(options.energies);
    const part = textOption(options.of);
    const redshift = positiveOption(options.luminosity, "--luminosity");
    const cosmology = await cosmoOption(textOption(options.cosmo));
    const result = await runFlux(
      { ...input, ...(energies !== undefined && { edges: await readEdges(energies) }) },
      { readFile },
      {
        bands,
        group: wholeOption(options.group, "--group", [1, 1000]) ?? 1,
        ...(part !== undefined && { part }),
        ...(redshift !== undefined && { source: { redshift, cosmology } }),
      },
    );
    if (options.json === true) return terminal.print(formatJson(result));
    const { formatTable } = await import("../table.ts");
    terminal.print(tableOf(result, formatTable));
  },
};

function tableOf(
  { bands, part, source }: FluxResult,
  formatTable: (head: string[], rows: string[][]) => string,
): string {
  const rows = bands.flatMap(({ band: [low, high], energy, photons, luminosity }) => [
    [`${low}-${high} keV`, "erg/cm2/s", ...numbers(energy)],
    ["", "photon/cm2/s", ...numbers(photons)],
    ...(luminosity ? [[`in its frame`, "erg/s", ...numbers(luminosity)]] : []),
  ]);
  const place = source
    ? `, redshift ${source.redshift}: ${source.distance.toPrecision(6)} Mpc (H0 ${source.cosmology.h0}, q0 ${source.cosmology.q0}, Lambda0 ${source.cosmology.lambda})`
    : "";
  return `${part}${place}\n\n${formatTable(["band", "unit", "best", "median", "68 %", "90 %"], rows)}`;
}

/** `H0,q0,Lambda0`, also with spaces as XSPEC has it. */
async function cosmoOption(text: string | undefined) {
  const { COSMOLOGY } = await import("../../model/index.ts");
  if (text === undefined) return COSMOLOGY;
  const numbers = text
    .trim()
    .split(/[,\s]+/)
    .map(Number);
  if (numbers.length === 3 && numbers.every(Number.isFinite)) {
    const [h0, q0, lambda] = numbers;
    return { h0, q0, lambda };
  }
  throw new InputError(`expected H0,q0,Lambda0 such as 70,0,0.73, found "${text}"`, { key: "--cosmo" });
}

/** Best fit, median and intervals of a derived quantity as text; a dash for what the run does not have. */
export function numbers({ best, median, interval68, interval90 }: Derived): string[] {
  const range = (ends: readonly [number, number] | undefined) =>
    ends === undefined ? "-" : `${ends[0].toPrecision(4)} to ${ends[1].toPrecision(4)}`;
  return [best.toPrecision(5), median?.toPrecision(5) ?? "-", range(interval68), range(interval90)];
}
