import type { Fits, TableHdu } from "../fits/index.ts";
import { readFits } from "../fits/index.ts";
import { ancillaryOf } from "./ancillary.ts";
import { fieldsOf, spectraInTable } from "./fields.ts";
import { parseFileName } from "./filename.ts";
import { groupChannels } from "./grouping.ts";
import { identify, tablesOfKind } from "./hdus.ts";
import { spectrumOddities } from "./oddities.ts";
import { redistributionOf } from "./redistribution.ts";
import { largestRowSum } from "./row-sums.ts";
import { isBackground, spectrumInTable } from "./spectrum.ts";

/** One spectrum of a file. */
export interface SpectrumDescription {
  readonly hdu: string;
  /** Row of a type II table, from 1. */
  readonly row?: number;
  /** Grating order (TG_M) and part (TG_PART), where the table has them. */
  readonly order?: number;
  readonly part?: number;
  readonly background: boolean;
  readonly telescope: string;
  readonly instrument: string;
  readonly channels: number;
  readonly firstChannel: number;
  readonly lastChannel: number;
  /** Seconds; 0 where the file does not say. */
  readonly exposure: number;
  /** Sum over the channels that hold a number. */
  readonly counts: number;
  /** Column that the counts come from. */
  readonly column: "COUNTS" | "RATE";
  readonly groups: number;
  /** Channels of quality 1, and of quality 2 and worse. */
  readonly dropped: number;
  readonly bad: number;
  readonly response: string;
  readonly arf: string;
  readonly backgroundFile: string;
}

export interface ResponseDescription {
  readonly hdu: string;
  readonly telescope: string;
  readonly instrument: string;
  readonly energies: number;
  /** keV. */
  readonly energyRange: readonly [number, number];
  readonly channels: number;
  readonly firstChannel: number;
  /** keV, EBOUNDS. */
  readonly channelRange: readonly [number, number];
  /** Stored matrix values that belong to a group. */
  readonly elements: number;
  /** Largest sum of a row: 1 for a pure redistribution, an area in cm2 where it is included. */
  readonly largestRowSum: number;
}

export interface AncillaryDescription {
  readonly energies: number;
  readonly energyRange: readonly [number, number];
  /** cm2 at keV. */
  readonly peakArea: number;
  readonly peakEnergy: number;
}

/** What a file holds, for `xnpe info`: a record without typed arrays, ready for JSON. */
export type FileDescription = { readonly file: string; readonly warnings: readonly string[] } & (
  | { readonly kind: "spectrum"; readonly spectra: readonly SpectrumDescription[] }
  | { readonly kind: "response"; readonly response: ResponseDescription }
  | { readonly kind: "ancillary"; readonly ancillary: AncillaryDescription }
  | { readonly kind: "other"; readonly hdus: readonly { readonly name: string; readonly kind: string }[] }
);

/** Describes a FITS file; `file` may choose a row of a type II file, `name{3}`. InputError where it cannot be read. */
export async function describeFile(bytes: Uint8Array, file: string): Promise<FileDescription> {
  const { path, row } = parseFileName(file);
  const fits = await readFits(bytes, path);
  switch (identify(fits)) {
    case "spectrum":
      return describeSpectra(fits, row);
    case "response":
      return describeResponse(fits);
    case "ancillary":
      return describeAncillary(fits);
    default:
      return {
        file: path,
        kind: "other",
        hdus: fits.hdus.map(({ name, kind }) => ({ name, kind })),
        warnings: [`${path}: neither a spectrum nor a response`],
      };
  }
}

/** Rows of a type II table that are described; more are counted only. */
const MOST_ROWS = 1000;

function describeSpectra(fits: Fits, row?: number): FileDescription {
  const found = tablesOfKind(fits, "spectrum").flatMap((table) => {
    const rows = spectraInTable(table);
    if (rows === undefined || row !== undefined) return [describeSpectrum(table, row)];
    return Array.from({ length: Math.min(rows, MOST_ROWS) }, (_, i) => describeSpectrum(table, i + 1));
  });
  const unlisted = tablesOfKind(fits, "spectrum").filter((table) => (spectraInTable(table) ?? 1) > MOST_ROWS);
  return {
    file: fits.file,
    kind: "spectrum",
    spectra: found.map(({ description }) => description),
    warnings: [
      ...new Set(found.flatMap(({ warnings }) => warnings)),
      ...unlisted.map((t) => `${fits.file}[${t.name}]: ${t.rows} spectra, of which ${MOST_ROWS} are listed`),
    ],
  };
}

function describeSpectrum(table: TableHdu, row?: number) {
  const spectrum = spectrumInTable(table, row);
  const fields = fieldsOf(table, row);
  const { channels, quality } = spectrum;
  const inRow = (name: string) => (row === undefined ? undefined : fields.scalar(name));
  const [order, part] = [inRow("TG_M"), inRow("TG_PART")];
  const description: SpectrumDescription = {
    hdu: spectrum.hdu,
    ...(row === undefined ? {} : { row }),
    ...(order === undefined ? {} : { order }),
    ...(part === undefined ? {} : { part }),
    background: isBackground(table),
    telescope: spectrum.telescope,
    instrument: spectrum.instrument,
    channels: channels.length,
    firstChannel: channels[0],
    lastChannel: channels[channels.length - 1],
    exposure: spectrum.exposure,
    counts: spectrum.counts.reduce((sum, c) => (Number.isFinite(c) ? sum + c : sum), 0),
    column: spectrum.fromRate ? "RATE" : "COUNTS",
    groups: groupChannels(spectrum).length,
    dropped: quality.filter((q) => q === 1).length,
    bad: quality.filter((q) => q !== 0 && q !== 1).length,
    response: spectrum.responseFile ?? "none",
    arf: spectrum.ancillaryFile ?? "none",
    backgroundFile: spectrum.backgroundFile ?? (spectrum.backgroundColumns ? "in columns" : "none"),
  };
  return { description, warnings: [...spectrum.warnings, ...spectrumOddities(spectrum)] };
}

function describeResponse(fits: Fits): FileDescription {
  const rmf = redistributionOf(fits);
  const bounds = [...rmf.channelLow, ...rmf.channelHigh];
  return {
    file: fits.file,
    kind: "response",
    response: {
      hdu: rmf.hdu,
      telescope: rmf.telescope,
      instrument: rmf.instrument,
      energies: rmf.edges.length - 1,
      energyRange: [rmf.edges[0], rmf.edges[rmf.edges.length - 1]],
      channels: rmf.channelLow.length,
      firstChannel: rmf.firstChannel,
      channelRange: [
        bounds.reduce((m, e) => Math.min(m, e), Infinity),
        bounds.reduce((m, e) => Math.max(m, e), -Infinity),
      ],
      elements: rmf.groupLength.reduce((sum, n) => sum + n, 0),
      largestRowSum: largestRowSum(rmf),
    },
    warnings: rmf.warnings,
  };
}

function describeAncillary(fits: Fits): FileDescription {
  const { edges, area, warnings } = ancillaryOf(fits);
  const peak = area.reduce((best, a, e) => (a > area[best] ? e : best), 0);
  return {
    file: fits.file,
    kind: "ancillary",
    ancillary: {
      energies: area.length,
      energyRange: [edges[0], edges[edges.length - 1]],
      peakArea: area[peak],
      peakEnergy: (edges[peak] + edges[peak + 1]) / 2,
    },
    warnings,
  };
}
