import { INK } from "./palette.ts";
import { parseRichText, textWidth } from "./richText.ts";
import { type Anchor, type Axis, type Panel, TEXT_SIZE } from "./scene.ts";
import { rectangle, type Shape } from "./shapes.ts";
import { axisTicks, fraction } from "./ticks.ts";

const MAJOR = 4.5;
const MINOR = 2.5;
/** From one line of a label to the next, points. */
const LINE = TEXT_SIZE.label + 3;
const FRAME = { stroke: INK, width: 0.7 } as const;
/** Numbers that reach further over the frame's ends are left out, points. */
const overhang = (axis: Axis) => (axis.tight ? 2 : 8);

/** Text as a shape; what is not given: 8 pt, start, ink, upright. */
export function textShape(
  x: number,
  y: number,
  text: string,
  {
    size = TEXT_SIZE.tick,
    anchor = "start",
    color = INK,
    bold = false,
    rotate = 0,
  }: { size?: number; anchor?: Anchor; color?: string; bold?: boolean; rotate?: number } = {},
): Shape {
  return { kind: "text", x, y, runs: parseRichText(text), size, anchor, color, bold, rotate };
}

/** Frame, inward ticks on all four sides, numbers and labels of a panel. */
export function axisShapes(panel: Panel): Shape[] {
  const { x, y, width, height } = panel;
  const horizontal = axisTicks(panel.xAxis, width, true);
  const vertical = axisTicks(panel.yAxis, height, false);
  const lines: number[][] = [];
  const across = (value: number, length: number) => {
    const at = x + fraction(panel.xAxis, value) * width;
    lines.push([at, y + height, at, y + height - length], [at, y, at, y + length]);
  };
  const up = (value: number, length: number) => {
    const at = y + height - fraction(panel.yAxis, value) * height;
    lines.push([x, at, x + length, at], [x + width, at, x + width - length, at]);
  };
  for (const tick of horizontal.major) across(tick.value, MAJOR);
  for (const value of horizontal.minor) across(value, MINOR);
  if (!panel.yAxis.names) for (const tick of vertical.major) up(tick.value, MAJOR);
  for (const value of vertical.minor) up(value, MINOR);
  const shapes: Shape[] = [{ kind: "path", lines, closed: false, paint: { ...FRAME, width: 0.6 } }];
  shapes.push(rectangle(x, y, width, height, FRAME));
  return [...shapes, ...xLabels(panel), ...yLabels(panel)];
}

function xLabels({ x, y, width, height, xAxis }: Panel): Shape[] {
  const shapes: Shape[] = [];
  const bottom = y + height;
  const numbered = xAxis.tickLabels !== false;
  if (numbered) {
    for (const { value, label } of axisTicks(xAxis, width, true).major) {
      const at = fraction(xAxis, value) * width;
      const half = textWidth(label, TEXT_SIZE.tick) / 2;
      const over = overhang(xAxis);
      if (at - half < -over || at + half > width + over) continue;
      shapes.push(textShape(x + at, bottom + TEXT_SIZE.tick + 4, label, { anchor: "middle" }));
    }
  }
  if (xAxis.label) {
    const drop = bottom + (numbered ? TEXT_SIZE.tick + 6 : 3) + TEXT_SIZE.label + 2;
    labelLines(xAxis).forEach((line, i) => {
      const options = { size: labelSize(xAxis, width), anchor: "middle" as const };
      shapes.push(textShape(x + width / 2, drop + i * LINE, line, options));
    });
  }
  return shapes;
}

function yLabels({ x, y, height, yAxis }: Panel): Shape[] {
  const shapes: Shape[] = [];
  if (yAxis.tickLabels !== false) {
    for (const { value, label } of axisTicks(yAxis, height, false).major) {
      const up = fraction(yAxis, value) * height;
      if (yAxis.tight && Math.min(up, height - up) < 2) continue;
      const at = y + height - up;
      shapes.push(textShape(x - 4, at + TEXT_SIZE.tick * 0.36, label, { anchor: "end" }));
    }
  }
  if (yAxis.label) {
    const lines = labelLines(yAxis);
    const offset = x - yLabelOffset(yAxis, height);
    lines.forEach((line, i) => {
      const options = { size: labelSize(yAxis, height), anchor: "middle" as const, rotate: -90 };
      shapes.push(textShape(offset - (lines.length - 1 - i) * LINE, y + height / 2, line, options));
    });
  }
  return shapes;
}

/** Distance of a vertical axis' label from its frame, points: clear of the numbers. */
export function yLabelOffset(axis: Axis, height: number): number {
  if (axis.tickLabels === false) return 8;
  const widths = axisTicks(axis, height, false).major.map((tick) => textWidth(tick.label, TEXT_SIZE.tick));
  return Math.max(0, ...widths) + 10;
}

/** Room that a vertical axis needs to the left of its frame, points. */
export function leftMargin(axis: Axis, height: number): number {
  return yLabelOffset(axis, height) + labelLines(axis).length * LINE;
}

/** Room below the frame for numbers and a label of so many lines, points. */
export function bottomMargin(lines = 1): number {
  return TEXT_SIZE.tick + 11 + lines * LINE;
}

function labelLines({ label }: Axis): readonly string[] {
  return label === undefined ? [] : typeof label === "string" ? [label] : label;
}

/** The usual size, or what lets the longest line fit the axis. */
function labelSize(axis: Axis, length: number): number {
  return Math.min(TEXT_SIZE.label, ...labelLines(axis).map((line) => length / textWidth(line, 1)));
}
