import { headerNumber, readFits } from "../fits/index.ts";
import { pickTable } from "./hdus.ts";
import type { SpectrumChoice } from "./spectrum.ts";

/** When a spectrum was taken, as far as its header says. */
export interface SpectrumTimes {
  /** TSTART and TSTOP, s of the mission's own count. */
  readonly start?: number;
  readonly stop?: number;
  /** Modified Julian date of the start: MJD-OBS, else that of the reference (MJDREF, or MJDREFI + MJDREFF) plus TSTART. */
  readonly mjd?: number;
}

/** Times in the header of a PHA file's spectrum; OGIP/93-003. Seconds only: TSTART in other units is left out. */
export async function readTimes(
  bytes: Uint8Array,
  file: string,
  { hdu }: SpectrumChoice = {},
): Promise<SpectrumTimes> {
  const { header } = pickTable(await readFits(bytes, file), "spectrum", hdu === undefined ? {} : { hdu });
  const value = (key: string) => {
    const found = headerNumber(header, key);
    return found !== undefined && Number.isFinite(found) ? found : undefined;
  };
  const [start, stop] = [value("TSTART"), value("TSTOP")];
  const whole = value("MJDREFI");
  const reference = whole === undefined ? value("MJDREF") : whole + (value("MJDREFF") ?? 0);
  const mjd =
    value("MJD-OBS") ??
    (start !== undefined && reference !== undefined ? reference + start / 86_400 : undefined);
  return {
    ...(start !== undefined && stop !== undefined && stop >= start && { start, stop }),
    ...(mjd !== undefined && { mjd }),
  };
}
