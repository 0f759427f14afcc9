import type { View } from "./spectrumView.ts";

/** A bar over each bin with a stem below it. */
export function limitBars(bins: readonly number[], y: readonly number[], { low, high, color }: View) {
  const many = bins.length > 60;
  return {
    xLow: bins.map((i) => low[i]),
    xHigh: bins.map((i) => high[i]),
    yLow: y.map((value) => (many ? value : value / 1.35)),
    yHigh: [...y],
    y: [...y],
    radius: 0,
    paint: { fill: color },
    bars: { stroke: color, width: 0.5, opacity: many ? 0.45 : 0.75 },
  } as const;
}
