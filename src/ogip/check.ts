import { InputError } from "../errors.ts";
import type { Spectrum } from "./types.ts";

/**
 * Throws an InputError unless the spectrum can be fitted: exposure > 0, finite counts in channels of good quality, and
 * no negative counts there, except where the file gives rates or its own errors: background-subtracted spectra are
 * like that, and chi-squared uses them. `checkPoisson` refuses those for Poisson statistics.
 */
export function checkFittable(spectrum: Spectrum): void {
  const { file, hdu, counts, quality, exposure, fromRate, statErr } = spectrum;
  const subtracted = fromRate || statErr !== undefined;
  if (!(exposure > 0))
    throw new InputError(
      `expected a positive exposure time in seconds, found ${exposure === 0 ? "0 or none" : exposure}`,
      {
        file,
        hdu,
        key: "EXPOSURE",
      },
    );
  const key = fromRate ? "RATE" : "COUNTS";
  for (let i = 0; i < counts.length; i++) {
    if (quality[i] !== 0) continue;
    if (!Number.isFinite(counts[i]))
      throw new InputError(`row ${i + 1} holds ${counts[i]}; expected a number, or QUALITY 1 to 5 there`, {
        file,
        hdu,
        key,
      });
    if (counts[i] < 0 && !subtracted)
      throw new InputError(`row ${i + 1} holds ${counts[i]} counts; expected none below 0`, {
        file,
        hdu,
        key,
      });
  }
}

/**
 * Throws an InputError where counts of good quality are negative, which no Poisson statistic allows. Counts that are
 * not whole numbers are used as they are, as XSPEC does; the C-statistic is defined for them, though no longer a
 * Poisson likelihood.
 */
export function checkPoisson({ file, hdu, counts, quality, fromRate }: Spectrum): void {
  const bad = counts.findIndex((c, i) => quality[i] === 0 && c < 0);
  if (bad >= 0)
    throw new InputError(
      `row ${bad + 1} is negative (${counts[bad]} counts): a background-subtracted spectrum has no Poisson statistic; use --statistic chi, or the spectrum before subtraction`,
      { file, hdu, key: fromRate ? "RATE" : "COUNTS" },
    );
}
