import { seriesColor } from "./palette.ts";
import { KINDS, type PanelKind, type Shown } from "./panelKinds.ts";
import { type Rebin, rebinText } from "./rebin.ts";
import type { LegendEntry } from "./scene.ts";

/** Components that lie below the axis have no entry. */
export function panelLegend(
  kind: PanelKind,
  shown: readonly Shown[],
  rebin: Rebin,
  floor: number,
): LegendEntry[] {
  const [first] = shown;
  const joined = rebinText(rebin);
  const data = KINDS[kind].bare
    ? []
    : shown.map(
        ({ label, view: { color, background } }): LegendEntry => ({
          text: `${label}${background ? " less background" : ""}${joined === "" ? "" : `, ${joined}`}`,
          paint: { stroke: color, fill: color },
          symbol: "point",
        }),
      );
  const { power } = KINDS[kind];
  const { unit, components } = first.view;
  const bare = kind === "counts" || kind === "lcounts";
  const edges = first.unfolded?.edges ?? [];
  const parts =
    power === undefined
      ? components.map(({ label, color, model }) => ({
          ...{ label, color },
          highest: Math.max(...model.map((value, i) => (bare ? value : value / unit[i]))),
        }))
      : (first.unfolded?.components ?? []).map(({ label, density }, i) => ({
          ...{ label, color: seriesColor(i + 2) },
          highest: Array.from(density, (v, e) => v * (edges[e] * edges[e + 1]) ** (power / 2)).reduce(
            (a, b) => Math.max(a, b),
            0,
          ),
        }));
  return [
    ...data,
    first.view.lower === undefined || power !== undefined
      ? { text: "model", paint: { stroke: first.view.modelColor, width: 1 }, symbol: "line" }
      : {
          text: "model, 68 % band",
          paint: { stroke: first.view.modelColor, fill: first.view.modelColor, opacity: 0.3 },
          symbol: "area",
        },
    ...parts
      .filter(({ highest }) => highest > floor)
      .map(
        ({ label, color }): LegendEntry => ({
          text: label,
          paint: { stroke: color, width: 0.8, dash: [4, 2] },
          symbol: "line",
        }),
      ),
  ];
}
