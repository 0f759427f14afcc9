import { InputError } from "../errors.ts";
import { type CountsWindow, everything, windowAround } from "../npe/window.ts";
import type { Observation } from "../observe/types.ts";
import type { Restriction } from "./types.ts";

/** The least window that holds all of them. */
export function unionOf(windows: readonly CountsWindow[]): CountsWindow {
  return {
    lower: Math.min(...windows.map(({ lower }) => lower)),
    upper: Math.max(...windows.map(({ upper }) => upper)),
  };
}

/** The window that a restriction asks for; the noise that it allows for is that of backgrounds `strength` times as strong as the observed ones. */
export function countsWindow(
  restrict: Restriction,
  observations: readonly Observation[],
  strength = 1,
): CountsWindow {
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
      background.expected += strength * ratio * b.counts[c];
      background.variance += strength * ratio * ratio * b.counts[c];
      source += (strength - 1) * ratio * b.counts[c];
    }
  return windowAround(source, background);
}
