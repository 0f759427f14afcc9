import { InputError } from "../errors.ts";
import type { Fits, TableHdu } from "../fits/index.ts";
import { findColumn, headerLogical, headerText, readFits } from "../fits/index.ts";
import { type Fields, fieldsOf, spectraInTable } from "./fields.ts";
import { pickTable, tablesOfKind } from "./hdus.ts";
import { readScale } from "./scale.ts";
import type { Spectrum } from "./types.ts";

/** Which spectrum of a file. */
export interface SpectrumChoice {
  /** Extension name or number. Default: the first spectrum that is not a background. */
  readonly hdu?: string | number;
  /** Row of a type II table, from 1. */
  readonly row?: number;
}

/**
 * Reads a PHA file of type I, or one row of type II. Reading is lenient, so that `info` can describe odd files; what a
 * fit needs is checked by `checkFittable`. Reference: OGIP/92-007.
 */
export async function readSpectrum(
  bytes: Uint8Array,
  file: string,
  choice: SpectrumChoice = {},
): Promise<Spectrum> {
  return spectrumOf(await readFits(bytes, file), choice);
}

/** The spectrum in a parsed file. */
export function spectrumOf(fits: Fits, { hdu, row }: SpectrumChoice = {}): Spectrum {
  const prefer = (t: TableHdu) => !isBackground(t);
  return spectrumInTable(pickTable(fits, "spectrum", hdu === undefined ? { prefer } : { hdu }), row);
}

/** All spectra of a parsed file: every spectrum table, every row of type II tables. */
export function spectraOf(fits: Fits): Spectrum[] {
  return tablesOfKind(fits, "spectrum").flatMap((table) => {
    const rows = spectraInTable(table);
    if (rows === undefined) return [spectrumInTable(table)];
    return Array.from({ length: rows }, (_, i) => spectrumInTable(table, i + 1));
  });
}

/** True for a table that its header calls a background. */
export function isBackground(table: TableHdu): boolean {
  return hduClass2(table) === "BKG";
}

function hduClass2(table: TableHdu): string {
  return headerText(table.header, "HDUCLAS2")?.toUpperCase() ?? "";
}

/** The spectrum in one table. */
export function spectrumInTable(table: TableHdu, row?: number): Spectrum {
  const fields = fieldsOf(table, row);
  if (fields.channels === 0)
    throw new InputError("the spectrum has no channels", { file: table.file, hdu: table.name });
  const warnings: string[] = [];
  const exposure = readExposure(fields, warnings);
  const quality = readFlags(fields, "QUALITY");
  const first = findColumn(table, "CHANNEL")?.minimum;
  return {
    file: fields.row === undefined ? table.file : `${table.file}{${fields.row + 1}}`,
    hdu: table.name,
    channels: readChannels(fields, warnings),
    ...readCounts(fields, exposure, warnings),
    ...(hduClass2(table) === "NET" ? { net: true } : {}),
    ...readErrors(fields, exposure),
    quality,
    grouping: readFlags(fields, "GROUPING"),
    exposure,
    areascal: readScale(fields, "AREASCAL", quality, warnings),
    backscal: readScale(fields, "BACKSCAL", quality, warnings),
    corrscal: fields.scalar("CORRSCAL") ?? 1,
    detchans: positive(fields.scalar("DETCHANS")) ?? fields.channels,
    ...(first === undefined ? {} : { firstChannel: first }),
    telescope: fields.text("TELESCOP") ?? "",
    instrument: fields.text("INSTRUME") ?? "",
    filter: fields.text("FILTER") ?? "",
    channelType: fields.text("CHANTYPE") ?? "",
    ...companion(fields, "responseFile", "RESPFILE"),
    ...companion(fields, "ancillaryFile", "ANCRFILE"),
    ...companion(fields, "backgroundFile", "BACKFILE"),
    ...companion(fields, "correctionFile", "CORRFILE"),
    ...readBackgroundColumns(fields, exposure),
    warnings: warnings.map((w) => `${table.file}[${table.name}]: ${w}`),
  };
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && Number.isInteger(value) && value > 0 ? value : undefined;
}

function readExposure(fields: Fields, warnings: string[]): number {
  const exposure = fields.scalar("EXPOSURE");
  if (exposure !== undefined && exposure > 0 && exposure < Infinity) return exposure;
  warnings.push(`EXPOSURE is ${fields.text("EXPOSURE") ?? "missing"}; it is taken as 0`);
  return 0;
}

function readChannels(fields: Fields, warnings: string[]): Int32Array {
  const numbers = fields.vector("CHANNEL");
  if (numbers === undefined) {
    warnings.push("there is no CHANNEL column; channels are counted from 1");
    return Int32Array.from({ length: fields.channels }, (_, i) => i + 1);
  }
  const bad = numbers.findIndex((n) => !Number.isInteger(n) || Math.abs(n) > 2 ** 30);
  if (bad >= 0)
    throw new InputError(`${numbers[bad]} in row ${bad + 1} is not a channel number`, {
      file: fields.table.file,
      hdu: fields.table.name,
      key: "CHANNEL",
    });
  return Int32Array.from(numbers);
}

/** RATE x EXPOSURE is rounded where all channels are within this of an integer (plus float32 rounding, 1e-6). */
const NEARLY_INTEGER = 1e-3;

function readCounts(fields: Fields, exposure: number, warnings: string[]) {
  const stored = fields.vector("COUNTS");
  if (stored !== undefined) {
    const fraction = stored.findIndex((c) => Number.isFinite(c) && !Number.isInteger(c));
    if (fraction >= 0)
      warnings.push(
        `COUNTS are not whole numbers (${stored[fraction]} in row ${fraction + 1}); used as they are`,
      );
    return { counts: stored, fromRate: false };
  }
  const counts = (fields.vector("RATE") as Float64Array).map((rate) => rate * exposure);
  return { counts: roundIfWhole(counts), fromRate: true };
}

function roundIfWhole(counts: Float64Array): Float64Array {
  const whole = counts.every((c) => {
    const nearest = Math.round(c);
    return c === nearest || (nearest !== 0 && Math.abs(c - nearest) <= NEARLY_INTEGER + 1e-6 * Math.abs(c));
  });
  return whole ? counts.map((c) => Math.round(c)) : counts;
}

/** POISSERR = T wins over STAT_ERR; a missing POISSERR means F. Errors of zero in all channels are left out. */
function readErrors(fields: Fields, exposure: number) {
  const poissonErrors = headerLogical(fields.table.header, "POISSERR") ?? false;
  const unit = findColumn(fields.table, "COUNTS") === undefined ? exposure : 1;
  const statErr = poissonErrors ? undefined : vectorOrKeyword(fields, "STAT_ERR")?.map((s) => s * unit);
  const sysErr = vectorOrKeyword(fields, "SYS_ERR");
  return {
    poissonErrors,
    ...(statErr === undefined ? {} : { statErr }),
    ...(sysErr === undefined ? {} : { sysErr }),
  };
}

function vectorOrKeyword(fields: Fields, name: string): Float64Array | undefined {
  const values = fields.vector(name) ?? new Float64Array(fields.channels).fill(fields.scalar(name) ?? 0);
  return values.some((value) => value !== 0) ? values : undefined;
}

/** QUALITY or GROUPING; 0 where missing. Numbers outside int16 count as bad quality, or no grouping. */
function readFlags(fields: Fields, name: "QUALITY" | "GROUPING"): Int16Array {
  const odd = name === "QUALITY" ? 5 : 0;
  const flag = (n: number) => (Number.isInteger(n) && Math.abs(n) < 32768 ? n : odd);
  const column = fields.vector(name);
  if (column !== undefined) return Int16Array.from(column, flag);
  return new Int16Array(fields.channels).fill(flag(fields.scalar(name) ?? 0));
}

function companion<K extends string>(fields: Fields, field: K, key: string): { readonly [P in K]?: string } {
  const name = fields.text(key) ?? "";
  if (name === "" || name.toLowerCase() === "none") return {};
  return { [field]: name } as { readonly [P in K]?: string };
}

/** BACKGROUND_UP + BACKGROUND_DOWN of grating spectra, whose scales are BACKSCUP and BACKSCDN. */
function readBackgroundColumns(fields: Fields, exposure: number): Pick<Spectrum, "backgroundColumns"> {
  const up = fields.vector("BACKGROUND_UP");
  const down = fields.vector("BACKGROUND_DOWN");
  if (up === undefined && down === undefined) return {};
  const rate = findColumn(fields.table, "COUNTS") === undefined;
  const counts = Float64Array.from({ length: fields.channels }, (_, i) => {
    const sum = (up?.[i] ?? 0) + (down?.[i] ?? 0);
    return rate ? sum * exposure : sum;
  });
  const scale = (column: Float64Array | undefined, key: string) =>
    column === undefined ? 0 : (fields.scalar(key) ?? 1);
  const backscal = scale(up, "BACKSCUP") + scale(down, "BACKSCDN");
  return { backgroundColumns: { counts: roundIfWhole(counts), backscal } };
}
