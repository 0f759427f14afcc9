import { bottomMargin } from "./axes.ts";
import type { LegendEntry, Panel, Scene } from "./scene.ts";

/** A panel without its place. */
export type GridPanel = Omit<Panel, "x" | "y" | "width" | "height">;

export interface Grid {
  readonly title: string;
  readonly description: string;
  readonly panels: readonly GridPanel[];
  readonly columns: number;
  /** Height of a panel over its width. */
  readonly aspect: number;
  /** A legend for all panels, above them. */
  readonly entries?: readonly LegendEntry[];
}

const PITCH = 190;
const LEFT = 46;
const TITLE = 20;

/** Equal panels in rows. */
export function panelGrid({ title, description, panels, columns, aspect, entries = [] }: Grid): Scene {
  const across = Math.min(columns, panels.length);
  const width = PITCH - LEFT - 8;
  const height = width * aspect;
  const row = height + bottomMargin() + TITLE;
  const top = entries.length > 0 ? 14 * Math.ceil(entries.length) + 6 : 0;
  return {
    width: across * PITCH,
    height: top + Math.ceil(panels.length / across) * row,
    title,
    description,
    panels: panels.map((panel, i) => ({
      ...panel,
      x: (i % across) * PITCH + LEFT,
      y: top + Math.floor(i / across) * row + TITLE,
      width,
      height,
    })),
    ...(entries.length > 0 && { notes: [{ kind: "legend", x: LEFT, y: 4, anchor: "start", entries }] }),
  };
}
