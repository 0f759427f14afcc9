import { InputError } from "../errors.ts";
import { type CountsWindow, everything, windowAround } from "../npe/window.ts";
import type { Observation } from "../observe/types.ts";
import { binCount } from "./problem.ts";
import type { Restriction } from "./types.ts";

/** The least window that holds all of them. */
export function unionOf(windows: readonly CountsWindow[]): CountsWindow {
  return {
    lower: Math.min(...windows.map(({ lower }) => lower)),
    upper: Math.max(...windows.map(({ upper }) => upper)),
  };
}

/** The window that a restriction asks for. */
export function countsWindow(restrict: Restriction, observations: readonly Observation[]): CountsWindow {
  if (restrict.kind === "none") return everything;
  if (restrict.kind === "counts") return { lower: restrict.lower, upper: restrict.upper };
  if (restrict.kind !== "auto" && restrict.kind !== "coarse")
    throw new InputError(
      `restrict ${restrict.kind} is not available in this version; use auto, none, counts, coarse`,
    );
  let source = 0;
  const background = { expected: 0, variance: 0 };
  for (const { counts, scale, background: b } of observations)
    for (let c = 0; c < counts.length; c++) {
      source += counts[c];
      if (b === undefined) continue;
      const ratio = scale[c] / b.scale[c];
      background.expected += ratio * b.counts[c];
      background.variance += ratio * ratio * b.counts[c];
    }
  return windowAround(source, background);
}

/** Expected background counts in the source region (C); undefined where no observation has a background. */
export function backgroundMean(observations: readonly Observation[]): Float64Array | undefined {
  if (observations.every(({ background }) => background === undefined)) return undefined;
  const out = new Float64Array(binCount(observations));
  let at = 0;
  for (const { background, scale } of observations) {
    if (background !== undefined)
      for (let c = 0; c < scale.length; c++)
        out[at + c] = ((background.counts[c] + 0.5) * scale[c]) / background.scale[c];
    at += scale.length;
  }
  return out;
}
