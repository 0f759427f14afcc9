import { type NewColumn, writeFits } from "../fits/index.ts";
import type { Spectrum } from "./types.ts";

/**
 * A PHA file of type I, laid out as XSPEC's fakeit does: CHANNEL (J), COUNTS (J; D where counts are not whole or too
 * large), STAT_ERR where given, QUALITY, GROUPING; AREASCAL and BACKSCAL as keywords, or columns where they vary.
 * A spectrum read from RATE is written as counts, which is the same spectrum. RESPFILE, ANCRFILE, BACKFILE and
 * CORRFILE are always there, `none` where absent. Reference: OGIP/92-007.
 */
export function writeSpectrum(spectrum: Spectrum): Uint8Array {
  const { channels, counts, quality, grouping, statErr, sysErr } = spectrum;
  const whole = counts.every((c) => Number.isInteger(c) && Math.abs(c) < 2 ** 31);
  const scales = (["AREASCAL", "BACKSCAL"] as const).map((key) => ({
    key,
    values: key === "AREASCAL" ? spectrum.areascal : spectrum.backscal,
  }));
  const varies = (values: Float64Array) => values.some((v) => v !== values[0]);
  const columns: NewColumn[] = [
    channelColumn(spectrum),
    { name: "COUNTS", type: whole ? "J" : "D", unit: "count", values: counts },
    ...optional("STAT_ERR", statErr),
    ...optional("SYS_ERR", sysErr),
    { name: "QUALITY", type: "I", values: quality },
    { name: "GROUPING", type: "I", values: grouping },
    ...scales
      .filter((s) => varies(s.values))
      .map((s) => ({ name: s.key, type: "D" as const, values: s.values })),
  ];
  const keywords = [
    ...identity(spectrum),
    ...scales.filter((s) => !varies(s.values)).map((s) => ({ key: s.key, value: s.values[0] })),
    { key: "CORRSCAL", value: spectrum.corrscal },
    { key: "POISSERR", value: spectrum.poissonErrors },
    { key: "RESPFILE", value: spectrum.responseFile ?? "none" },
    { key: "ANCRFILE", value: spectrum.ancillaryFile ?? "none" },
    { key: "BACKFILE", value: spectrum.backgroundFile ?? "none" },
    { key: "CORRFILE", value: spectrum.correctionFile ?? "none" },
  ];
  return writeFits([{ name: "SPECTRUM", rows: channels.length, columns, keywords }]);
}

/** CHANNEL with TLMIN and TLMAX of the detector, where its first channel is known. */
function channelColumn({ channels, detchans, firstChannel }: Spectrum): NewColumn {
  const first = firstChannel ?? (channels.length === detchans ? channels[0] : undefined);
  const limits = first === undefined ? {} : { minimum: first, maximum: first + detchans - 1 };
  return { name: "CHANNEL", type: "J", values: channels, ...limits };
}

function optional(name: string, values: Float64Array | undefined): NewColumn[] {
  return values === undefined ? [] : [{ name, type: "D", values }];
}

function identity(spectrum: Spectrum) {
  return [
    { key: "HDUCLASS", value: "OGIP" },
    { key: "HDUCLAS1", value: "SPECTRUM" },
    { key: "HDUCLAS2", value: spectrum.isBackground ? "BKG" : spectrum.net ? "NET" : "TOTAL" },
    { key: "HDUCLAS3", value: "COUNT" },
    { key: "HDUVERS", value: "1.2.1" },
    { key: "TELESCOP", value: spectrum.telescope || "UNKNOWN" },
    { key: "INSTRUME", value: spectrum.instrument || "UNKNOWN" },
    { key: "FILTER", value: spectrum.filter || "none" },
    { key: "CHANTYPE", value: spectrum.channelType || "PI" },
    { key: "DETCHANS", value: spectrum.detchans },
    { key: "EXPOSURE", value: spectrum.exposure, comment: "s" },
  ];
}
