import { textShape } from "./axes.ts";
import { PAPER } from "./palette.ts";
import { textWidth } from "./richText.ts";
import { type LegendEntry, type Panel, TEXT_SIZE } from "./scene.ts";
import { rectangle, type Shape } from "./shapes.ts";

const LINE = 12;
const SWATCH = 18;
const PAD = 4;
const INSET = 7;

/** Width and height of a legend's box, points. */
export function legendSize(entries: readonly LegendEntry[]): { width: number; height: number } {
  const widest = Math.max(0, ...entries.map((entry) => textWidth(entry.text, TEXT_SIZE.legend)));
  return { width: SWATCH + 5 + widest + 2 * PAD, height: entries.length * LINE + PAD };
}

/** Swatches and texts with the box's upper left corner at x, y. */
export function legendShapes(
  entries: readonly LegendEntry[],
  x: number,
  y: number,
  backed: boolean,
): Shape[] {
  const { width, height } = legendSize(entries);
  const shapes: Shape[] = backed ? [rectangle(x, y, width, height, { fill: PAPER, opacity: 0.8 })] : [];
  entries.forEach((entry, i) => {
    const middle = y + PAD / 2 + (i + 0.5) * LINE;
    shapes.push(...swatch(entry, x + PAD, middle));
    shapes.push(textShape(x + PAD + SWATCH + 5, middle + TEXT_SIZE.legend * 0.36, entry.text));
  });
  return shapes;
}

function swatch({ symbol, paint }: LegendEntry, x: number, y: number): Shape[] {
  const line: Shape = { kind: "path", lines: [[x, y, x + SWATCH, y]], closed: false, paint };
  if (symbol === "line") return [line];
  if (symbol === "area") return [rectangle(x, y - 3.5, SWATCH, 7, paint)];
  const color = paint.stroke ?? paint.fill;
  const bar = color === undefined ? {} : { stroke: color };
  const cross = [[x + SWATCH / 2, y - 5, x + SWATCH / 2, y + 5]];
  const dot: Shape = { kind: "dots", at: [x + SWATCH / 2, y], radius: symbol === "dot" ? 2 : 1.6, paint };
  if (symbol === "dot") return [dot];
  return [{ kind: "path", lines: cross, closed: false, paint: { ...bar, width: 0.6 } }, dot];
}

/** Legend of a panel, where along the upper and lower edge it covers the fewest data. */
export function panelLegend(panel: Panel, drawn: readonly Shape[]): Shape[] {
  if (!panel.legend || panel.legend.entries.length === 0) return [];
  const { entries } = panel.legend;
  const size = legendSize(entries);
  const [x, y] = emptiest(panel, size, drawn);
  return legendShapes(entries, x, y, true);
}

type Size = { width: number; height: number };
/** Fractions of the free width and height, the usual places first. */
const PLACES: readonly (readonly [number, number])[] = [1, 0, 0.5, 0.25, 0.75].flatMap((f) => [
  [f, 0] as const,
  [f, 1] as const,
]);

function emptiest(panel: Panel, size: Size, drawn: readonly Shape[]): readonly [number, number] {
  const points = vertices(drawn);
  const areas = drawn.flatMap((shape) => (shape.kind === "path" && shape.paint.fill ? shape.lines : []));
  let best: readonly [number, number] = [0, 0];
  let fewest = Number.POSITIVE_INFINITY;
  for (const [across, down] of PLACES) {
    const x = panel.x + INSET + across * (panel.width - size.width - 2 * INSET);
    const y = panel.y + INSET + down * (panel.height - size.height - 2 * INSET);
    let inside = 4 * areas.reduce((sum, area) => sum + covered(area, x, y, size), 0);
    for (let i = 0; i < points.length; i += 2) {
      const dx = points[i] - x;
      const dy = points[i + 1] - y;
      if (dx > -3 && dx < size.width + 3 && dy > -3 && dy < size.height + 3) inside++;
    }
    if (inside < fewest) [best, fewest] = [[x, y], inside];
  }
  return best;
}

/** How many of a few places in the box lie inside a filled area. */
function covered(ring: readonly number[], left: number, top: number, { width, height }: Size): number {
  let count = 0;
  for (const f of [0.05, 0.35, 0.65, 0.95]) {
    for (const g of [0.05, 0.5, 0.95]) if (contains(ring, left + f * width, top + g * height)) count++;
  }
  return count;
}

/** Even-odd rule. */
function contains(ring: readonly number[], x: number, y: number): boolean {
  let inside = false;
  let [px, py] = [ring[ring.length - 2], ring[ring.length - 1]];
  for (let i = 0; i < ring.length; i += 2) {
    const [qx, qy] = [ring[i], ring[i + 1]];
    if (qy > y !== py > y && x < qx + ((y - qy) / (py - qy)) * (px - qx)) inside = !inside;
    [px, py] = [qx, qy];
  }
  return inside;
}

/** Points every few points along what is drawn. */
function vertices(shapes: readonly Shape[]): number[] {
  const out: number[] = [];
  for (const shape of shapes) {
    if (shape.kind === "dots") out.push(...shape.at);
    else if (shape.kind === "clip") out.push(...vertices(shape.shapes));
    else if (shape.kind === "text") out.push(shape.x, shape.y);
    else for (const line of shape.lines) alongLine(line, out);
  }
  return out;
}

function alongLine(line: readonly number[], out: number[]): void {
  for (let i = 0; i + 3 < line.length; i += 2) {
    const dx = line[i + 2] - line[i];
    const dy = line[i + 3] - line[i + 1];
    const parts = Math.min(200, Math.max(1, Math.ceil(Math.hypot(dx, dy) / 4)));
    for (let k = 0; k < parts; k++) out.push(line[i] + (dx * k) / parts, line[i + 1] + (dy * k) / parts);
  }
}
