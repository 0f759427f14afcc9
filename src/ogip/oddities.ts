import type { Spectrum } from "./types.ts";

/** What looks odd in a spectrum but does not stop it from being read, one sentence each. */
export function spectrumOddities(spectrum: Spectrum): string[] {
  const { file, hdu, counts, channels, quality, detchans, grouping } = spectrum;
  const good = counts.filter((_, i) => quality[i] === 0);
  const odd: string[] = [];
  const negative = good.filter((c) => c < 0).length;
  const undefinedCounts = good.filter((c) => !Number.isFinite(c)).length;
  if (good.length === 0) odd.push("every channel is marked bad");
  else if (!good.some((c) => c > 0)) odd.push("there are no counts in good channels");
  if (negative > 0)
    odd.push(
      `${negative} good channels are negative; it looks background-subtracted, which no Poisson statistic allows`,
    );
  if (undefinedCounts > 0) odd.push(`${undefinedCounts} good channels hold no number`);
  if (channels.length !== detchans)
    odd.push(`DETCHANS is ${detchans}, but there are ${channels.length} rows`);
  if (grouping.some((g) => g === -1) && grouping[0] === -1) odd.push("the first channel continues a group");
  if (spectrum.poissonErrors === false && spectrum.statErr === undefined)
    odd.push("neither POISSERR = T nor STAT_ERR; chi-squared has no errors to work with");
  return odd.map((sentence) => `${file}[${hdu}]: ${sentence}`);
}
