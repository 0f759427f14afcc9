import { InputError } from "../errors.ts";
import { readFits } from "../fits/index.ts";
import { readAncillary } from "./ancillary.ts";
import { alignBackground, columnBackground } from "./background.ts";
import { channelRows } from "./channels.ts";
import { checkFittable } from "./check.ts";
import { type Companion, isNone, resolveCompanion, withoutGz } from "./companion.ts";
import { type FileName, parseFileName } from "./filename.ts";
import { checkSameGrid } from "./grid.ts";
import { pickTable, tablesOfKind } from "./hdus.ts";
import { readRedistribution } from "./redistribution.ts";
import { largestRowSum } from "./row-sums.ts";
import { isBackground, readSpectrum, spectrumInTable } from "./spectrum.ts";
import type { AncillaryResponse, ReadFile, Redistribution, Spectrum } from "./types.ts";

/** Companions as the user names them. Absent: the header's, looked for beside the spectrum. "none": without. */
export interface CompanionNames {
  readonly response?: string;
  readonly arf?: string;
  readonly background?: string;
}

/** A spectrum with all that a fit needs. */
export interface LoadedSpectrum {
  readonly spectrum: Spectrum;
  readonly redistribution: Redistribution;
  readonly ancillary?: AncillaryResponse;
  /** One row for each row of the spectrum. */
  readonly background?: Spectrum;
  /** EBOUNDS row of each row of the spectrum. */
  readonly rows: Int32Array;
  /** All warnings of the files read, and of companions that were not found. */
  readonly warnings: readonly string[];
}

/**
 * Reads a spectrum and its companions, and checks that they belong together. `path` may choose an HDU and a row:
 * `file[ext]{n}`. Files named by the user are read as given; those named in the header are looked for beside the
 * spectrum (see `companionPaths`).
 *
 * A background that only the header names and that is not there gives a warning. A missing response or ARF, a missing
 * file that the user named, and files that do not match are InputErrors.
 */
export async function loadSpectrum(
  path: string,
  readFile: ReadFile,
  { response, arf, background }: CompanionNames = {},
): Promise<LoadedSpectrum> {
  const name = parseFileName(path);
  const bytes = await readNamed(name, readFile, "spectrum");
  const spectrum = await readSpectrum(bytes, name.path, name);
  checkFittable(spectrum);
  const context: Context = { name, bytes, spectrum, readFile };
  const redistribution = await loadResponse(context, response);
  const rows = channelRows(spectrum, redistribution);
  const ancillary = await loadAncillary(context, arf);
  if (ancillary !== undefined) checkSameGrid(ancillary, redistribution);
  const found = await loadBackground(context, background);
  const aligned = found.background === undefined ? undefined : alignBackground(found.background, spectrum);
  if (aligned !== undefined) checkFittable(aligned);
  const parts = [spectrum, redistribution, ancillary, aligned];
  return {
    spectrum,
    redistribution,
    ...(ancillary === undefined ? {} : { ancillary }),
    ...(aligned === undefined ? {} : { background: aligned }),
    rows,
    warnings: [
      ...new Set([
        ...parts.flatMap((part) => part?.warnings ?? []),
        ...found.warnings,
        ...areaOddities(spectrum, redistribution, ancillary),
      ]),
    ],
  };
}

/** Response and ARF of a background. */
export interface BackgroundResponse {
  readonly redistribution: Redistribution;
  readonly ancillary?: AncillaryResponse;
}

/**
 * What the background's model is folded by: the files that the user names, else those of the background's header, looked for beside it, where it
 * names a response of its own, else the source's. "none" as ARF: the response alone, as for a background of particles.
 */
export async function loadBackgroundResponse(
  loaded: LoadedSpectrum,
  readFile: ReadFile,
  { response, arf }: Pick<CompanionNames, "response" | "arf"> = {},
): Promise<BackgroundResponse> {
  const { spectrum, background, redistribution, ancillary } = loaded;
  const name = parseFileName(background?.file ?? spectrum.file);
  const context: Context = { name, bytes: new Uint8Array(), spectrum: background ?? spectrum, readFile };
  const { responseFile } = context.spectrum;
  const own =
    response === undefined && background !== undefined && responseFile !== undefined
      ? await resolveCompanion(responseFile, name.path, readFile)
      : undefined;
  if (response === undefined && own === undefined) {
    const other = arf === undefined ? ancillary : await loadAncillary(context, arf, "--background-arf");
    if (other !== undefined) checkSameGrid(other, redistribution);
    return { redistribution, ...(other && { ancillary: other }) };
  }
  const matrix = await loadResponse(context, response);
  channelRows(context.spectrum, matrix);
  const area = await loadAncillary(context, arf, "--background-arf");
  if (area !== undefined) checkSameGrid(area, matrix);
  return { redistribution: matrix, ...(area && { ancillary: area }) };
}

/** A spectrum and its background alone, found as `loadSpectrum` finds it; no response is needed. */
export async function loadWithBackground(
  path: string,
  readFile: ReadFile,
  background?: string,
): Promise<Pick<LoadedSpectrum, "spectrum" | "background" | "warnings">> {
  const name = parseFileName(path);
  const bytes = await readNamed(name, readFile, "spectrum");
  const spectrum = await readSpectrum(bytes, name.path, name);
  const found = await loadBackground({ name, bytes, spectrum, readFile }, background);
  const aligned = found.background === undefined ? undefined : alignBackground(found.background, spectrum);
  return {
    spectrum,
    ...(aligned === undefined ? {} : { background: aligned }),
    warnings: [...new Set([...spectrum.warnings, ...found.warnings])],
  };
}

/** The area must come from somewhere, once. HDUCLAS3 and names do not tell, so the matrix itself is asked. */
function areaOddities(
  { areascal }: Spectrum,
  redistribution: Redistribution,
  ancillary?: AncillaryResponse,
): string[] {
  const largest = largestRowSum(redistribution);
  const { file } = redistribution;
  if (ancillary !== undefined && largest > 1.5)
    return [
      `${file}: its rows sum up to ${largest.toPrecision(3)}, so it seems to include the area that ${ancillary.file} applies again`,
    ];
  if (ancillary === undefined && largest > 0 && largest < 1.5 && areascal.every((scale) => scale === 1))
    return [
      `${file}: its rows sum up to ${largest.toPrecision(3)}, so it holds no area, and there is no ARF; is one missing?`,
    ];
  return [];
}

interface Context {
  readonly name: FileName;
  readonly bytes: Uint8Array;
  readonly spectrum: Spectrum;
  readonly readFile: ReadFile;
}

async function readNamed(name: FileName, readFile: ReadFile, what: string): Promise<Uint8Array> {
  const bytes = await readFile(name.path);
  if (bytes === undefined) throw new InputError(`there is no such ${what} file`, { file: name.path });
  return bytes;
}

/** The user's file as given, or the header's beside the spectrum; undefined where the latter is missing. */
async function find(
  { spectrum, readFile, name }: Context,
  given: string | undefined,
  inHeader: string,
  what: string,
): Promise<Companion | undefined> {
  if (given === undefined) return resolveCompanion(inHeader, name.path, readFile);
  const parsed = parseFileName(given);
  return { name: parsed, bytes: await readNamed(parsed, readFile, `${what} (for ${spectrum.file})`) };
}

async function loadResponse(context: Context, given?: string): Promise<Redistribution> {
  const { file, hdu, responseFile } = context.spectrum;
  if (given !== undefined && isNone(given))
    throw new InputError("a fit needs a response; give its file with --response", { file });
  if (given === undefined && responseFile === undefined)
    throw new InputError("the header names no response; give one with --response FILE", {
      file,
      hdu,
      key: "RESPFILE",
    });
  const found = await find(context, given, responseFile ?? "", "response");
  if (found === undefined)
    throw new InputError(
      `the response ${responseFile} is not beside the spectrum; put it there or give one with --response FILE`,
      { file, hdu, key: "RESPFILE" },
    );
  return once(found, "response", () => readRedistribution(found.bytes, found.name.path, found.name));
}

async function loadAncillary(
  context: Context,
  given?: string,
  option = "--arf",
): Promise<AncillaryResponse | undefined> {
  const { file, hdu, ancillaryFile } = context.spectrum;
  if (given === undefined ? ancillaryFile === undefined : isNone(given)) return undefined;
  const found = await find(context, given, ancillaryFile ?? "", "ARF");
  if (found === undefined)
    throw new InputError(
      `the ancillary response ${ancillaryFile} is not beside the spectrum; put it there, give one with ${option} FILE, or say ${option} none`,
      { file, hdu, key: "ANCRFILE" },
    );
  return once(found, "ARF", () => readAncillary(found.bytes, found.name.path, found.name));
}

const parsed = new WeakMap<Uint8Array, Map<string, Promise<unknown>>>();

/** What was made of the same bytes (the same array in memory) before: many spectra share a response, which takes long to read. */
function once<T>({ name, bytes }: Companion, what: string, read: () => Promise<T>): Promise<T> {
  const made = parsed.get(bytes) ?? new Map<string, Promise<unknown>>();
  parsed.set(bytes, made);
  const key = JSON.stringify([what, name.path, name.hdu, name.row]);
  const found = (made.get(key) ?? read()) as Promise<T>;
  made.set(key, found);
  return found;
}

interface FoundBackground {
  readonly background?: Spectrum;
  readonly warnings: readonly string[];
}

async function loadBackground(context: Context, given?: string): Promise<FoundBackground> {
  const { spectrum } = context;
  const { file, hdu, backgroundFile } = spectrum;
  if (given !== undefined && isNone(given)) return { warnings: [] };
  if (given === undefined && backgroundFile === undefined) {
    const background = columnBackground(spectrum);
    if (background === undefined) return { warnings: [] };
    const warning = `${file}[${hdu}]: the background is taken from the columns BACKGROUND_UP and BACKGROUND_DOWN; --background none leaves it out`;
    return { background, warnings: [warning] };
  }
  const found = await find(context, given, backgroundFile ?? "", "background");
  if (found === undefined)
    return {
      warnings: [
        `${file}[${hdu}]: the background ${backgroundFile} is not beside the spectrum; going on without background (--background FILE names one, --background none says so)`,
      ],
    };
  return { background: await readBackground(found, spectrum, context.name.path), warnings: [] };
}

/** The table that is marked as background, else the first one; the second one where the file is the source's own. */
async function readBackground(
  { name, bytes }: Companion,
  source: Spectrum,
  sourcePath: string,
): Promise<Spectrum> {
  if (name.hdu !== undefined) return readSpectrum(bytes, name.path, name);
  const fits = await readFits(bytes, name.path);
  const own = withoutGz(name.path) === withoutGz(sourcePath);
  const table =
    tablesOfKind(fits, "spectrum").find(isBackground) ?? tablesOfKind(fits, "spectrum")[own ? 1 : 0];
  if (table === undefined && own)
    throw new InputError("names itself as background, but holds no second spectrum; say --background none", {
      file: source.file,
      hdu: source.hdu,
      key: "BACKFILE",
    });
  return spectrumInTable(table ?? pickTable(fits, "spectrum"), name.row);
}
