import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { InputError } from "../../errors.ts";
import { parseNumber } from "../../fit/config-words.ts";
import type { Fake, FakeInput } from "../../fit/fake.ts";
import type { Command, OptionValue } from "../command.ts";
import { flagsLayer, positiveOption, textOption, wholeOption } from "../flags.ts";
import { formatJson } from "../json.ts";
import { COMMON_OPTIONS, MODEL_OPTIONS, SEED_OPTION } from "../options.ts";

type Options = Readonly<Record<string, OptionValue>>;

/** A simulated spectrum as a PHA file. */
export const fakeit: Command = {
  name: "fakeit",
  summary: "a simulated spectrum as a PHA file",
  description:
    "Draws a spectrum from a model seen through a response and writes it as a PHA file. With --background, that " +
    "background (taken to be from the same area as the source, unless --areascal or --backscal say otherwise) is added, and a new draw of it is written beside, FILE_bkg.pha.",
  options: [
    { flags: "--response <file>", description: "response (RMF)", required: true },
    { flags: "--arf <file>", description: "ancillary response (ARF)" },
    { flags: "--background <file>", description: "background spectrum to add" },
    ...MODEL_OPTIONS,
    { flags: "--exposure <seconds>", description: "exposure time", required: true },
    {
      flags: "--background-exposure <seconds>",
      description: "of the new background; default: as the given one",
    },
    {
      flags: "--areascal <factor>",
      description: "AREASCAL of the source; default: as the background's, else 1",
    },
    {
      flags: "--backscal <factor>",
      description: "BACKSCAL of the source; default: as the background's, else 1",
    },
    {
      flags: "--group <rule>",
      description: "constant(N), min(N), snr(S), optimal, optimal(N), see group; default: none",
    },
    SEED_OPTION,
    { flags: "--out <file>", description: "the PHA file to write", required: true },
    { flags: "--force", description: "replace the file where it exists" },
    ...COMMON_OPTIONS,
  ],
  examples: [
    'xnpe fakeit --response a.rmf --arf a.arf --model "tbabs*powerlaw" --set tbabs.nH=0.2 --exposure 1000 --seed 1 --out fake.pha',
  ],
  async run({ options, terminal }) {
    const { drawSeed } = await import("../seed.ts");
    const { CONFIG_LIMITS } = await import("../../fit/config-defaults.ts");
    const given = wholeOption(options.seed, "--seed", CONFIG_LIMITS.seed);
    const seed = given ?? drawSeed();
    const out = String(options.out);
    const fake = await draw(options, seed, out);
    const files = await write(fake, out, options.force === true);
    const counts = fake.source.counts.reduce((sum, n) => sum + n, 0);
    if (options.json === true) {
      terminal.print(formatJson({ file: out, ...files, seed, exposure: fake.source.exposure, counts }));
      return;
    }
    terminal.print(`${out}: ${counts} counts in ${fake.source.exposure} s, seed ${seed}`);
  },
};

async function draw(options: Options, seed: number, out: string): Promise<Fake> {
  const { resolveModel } = await import("../../fit/config-model.ts");
  const { checkEmits } = await import("../../fit/config-parameters.ts");
  const { fakeSpectrum } = await import("../../fit/fake.ts");
  const { groupBy, parseGroupRule } = await import("../../fit/group-rule.ts");
  const exposure = parseNumber(String(options.exposure));
  if (exposure === undefined || !(exposure > 0)) {
    throw new InputError(`expected a time in seconds above zero, found "${options.exposure}"`, {
      key: "--exposure",
    });
  }
  const { modelFiles } = await import("../model-files.ts");
  const { expression, theta, abund, xsect } = await resolveModel(
    flagsLayer([], { ...options, ...NOT_SETTINGS }),
    modelFiles,
  );
  checkEmits(expression, { key: "--model" });
  const rule = parseGroupRule(textOption(options.group) ?? "none", { key: "--group" });
  const { redistribution, ...companions } = await readCompanions(options, out);
  const rows = redistribution.channelLow.map((_, c) => c);
  const quality = new Int16Array(rows.length);
  const response = { redistribution, rows: Int32Array.from(rows) };
  const group: FakeInput["group"] = (counts, background) =>
    groupBy(rule, { file: out, counts, quality }, { response, ...(background && { background }) });
  const [areascal, backscal, backgroundExposure] = [
    positiveOption(options.areascal, "--areascal"),
    positiveOption(options.backscal, "--backscal"),
    positiveOption(options.backgroundExposure, "--background-exposure"),
  ];
  return fakeSpectrum({
    file: out,
    redistribution,
    ...companions,
    expression,
    theta,
    settings: { abund, xsect },
    exposure,
    ...(rule.kind === "none" ? {} : { group }),
    ...(areascal !== undefined && { areascal }),
    ...(backscal !== undefined && { backscal }),
    ...(backgroundExposure !== undefined && { backgroundExposure }),
    seed,
  });
}

/** Options of this command that have another meaning among the settings of a run. */
const NOT_SETTINGS = {
  response: undefined,
  arf: undefined,
  background: undefined,
  out: undefined,
  seed: undefined,
};

/** Response, ARF and background, named as the new file's header will name them. */
async function readCompanions(options: Options, out: string) {
  const { checkSameGrid, parseFileName, readAncillary, readRedistribution, readSpectrum } = await import(
    "../../ogip/index.ts"
  );
  const { readInput } = await import("../../files.ts");
  const read = async <T extends { readonly file: string }>(
    name: string,
    parse: (bytes: Uint8Array, file: string, choice: { hdu?: string | number; row?: number }) => Promise<T>,
  ): Promise<T> => {
    const { path, ...choice } = parseFileName(name);
    return parse(await readInput(path), path, choice);
  };
  const response = String(options.response);
  const redistribution = await read(response, readRedistribution);
  const [arf, background] = [textOption(options.arf), textOption(options.background)];
  const ancillary = arf === undefined || arf === "none" ? undefined : await read(arf, readAncillary);
  if (ancillary !== undefined) checkSameGrid(ancillary, redistribution);
  const noise =
    background === undefined || background === "none" ? undefined : await read(background, readSpectrum);
  if (noise !== undefined)
    checkBackground(noise.counts.length, noise.exposure, redistribution.channelLow.length, noise.file);
  return {
    redistribution: { ...redistribution, file: headerName(redistribution.file, out) },
    ...(ancillary === undefined
      ? {}
      : { ancillary: { ...ancillary, file: headerName(ancillary.file, out) } }),
    ...(noise === undefined ? {} : { background: { ...noise, file: basename(backgroundName(out)) } }),
  };
}

function checkBackground(found: number, exposure: number, channels: number, file: string): void {
  if (found !== channels) {
    throw new InputError(
      `${found} channels, but the response has ${channels}; is this the matching background?`,
      { file },
    );
  }
  if (!(exposure > 0)) throw new InputError("expected an exposure above zero", { file, key: "EXPOSURE" });
}

/** A companion's name for the header of `out`: relative where it lies beside or below, absolute elsewhere. */
function headerName(name: string, out: string): string {
  const path = relative(resolve(dirname(out)), resolve(name));
  return path.startsWith("..") || isAbsolute(path) ? resolve(name) : path;
}

function backgroundName(out: string): string {
  return join(dirname(out), `${basename(out).replace(/\.[^.]*$/, "")}_bkg.pha`);
}

async function write(
  { source, background }: Fake,
  out: string,
  force: boolean,
): Promise<{ background?: string }> {
  const { writeSpectrum } = await import("../../ogip/index.ts");
  const { writeOutput } = await import("../../files.ts");
  if (background === undefined) {
    await writeOutput(out, writeSpectrum(source), { force });
    return {};
  }
  const beside = backgroundName(out);
  await writeOutput(beside, writeSpectrum(background), { force });
  await writeOutput(out, writeSpectrum(source), { force });
  return { background: beside };
}
