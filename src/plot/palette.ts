/** Foreground and background. `toSvg(..., { inline: true })` lets a page's style sheet replace both (dark mode). */
export const INK = "#111111";
export const PAPER = "#ffffff";
export const GREY = "#777777";

/**
 * Colours for successive series, told apart under the common colour-vision deficiencies and in order of lightness
 * contrast with white: Okabe & Ito (2008), without their yellow (too light for lines).
 */
export const PALETTE: readonly string[] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];

/** Colour of series i; the palette repeats. */
export function seriesColor(i: number): string {
  return PALETTE[i % PALETTE.length];
}
