import { textShape } from "./axes.ts";
import { type Mark, type Numbers, type Panel, TEXT_SIZE } from "./scene.ts";
import { rectangle, type Shape } from "./shapes.ts";
import { fraction } from "./ticks.ts";

/** Data coordinates to points. What a logarithmic axis cannot show lies far outside the frame. */
export interface Projection {
  x(value: number): number;
  y(value: number): number;
}

export function projection(panel: Panel): Projection {
  const limit = (f: number) => Math.min(20, Math.max(-20, f));
  return {
    x: (value) => panel.x + limit(fraction(panel.xAxis, value)) * panel.width,
    y: (value) => panel.y + panel.height - limit(fraction(panel.yAxis, value)) * panel.height,
  };
}

/** Shapes of one mark, to be clipped to the frame. */
export function markShapes(mark: Mark, panel: Panel, to: Projection): Shape[] {
  switch (mark.kind) {
    case "line":
      return [path([curve(mark.x, mark.y, to)], false, mark.paint)];
    case "steps":
      return stepShapes(mark, to);
    case "stepBand":
      return stepBandShapes(mark, to);
    case "band": {
      const back = reversed(curve(mark.x, mark.lower, to));
      return [path([[...curve(mark.x, mark.upper, to), ...back]], true, mark.paint)];
    }
    case "points":
      return pointShapes(mark, to);
    case "contour":
      return [
        path(
          mark.rings.map((ring) => projectRing(ring, to)),
          true,
          mark.paint,
        ),
      ];
    case "rect": {
      const [x0, x1] = mark.x.map(to.x);
      const [y0, y1] = mark.y.map(to.y);
      return [
        rectangle(Math.min(x0, x1), Math.min(y0, y1), Math.abs(x1 - x0), Math.abs(y1 - y0), mark.paint),
      ];
    }
    case "rule":
      return [path(ruleLines(mark, panel, to), false, mark.paint)];
    case "text":
      return [textMark(mark, panel, to)];
  }
}

type Of<K extends Mark["kind"]> = Extract<Mark, { kind: K }>;

function path(lines: number[][], closed: boolean, paint: Of<"line">["paint"]): Shape {
  return { kind: "path", lines, closed, paint };
}

function curve(x: Numbers, y: Numbers, to: Projection): number[] {
  const out: number[] = [];
  for (let i = 0; i < x.length; i++) out.push(to.x(x[i]), to.y(y[i]));
  return out;
}

function projectRing(ring: Numbers, to: Projection): number[] {
  const out: number[] = [];
  for (let i = 0; i < ring.length; i += 2) out.push(to.x(ring[i]), to.y(ring[i + 1]));
  return out;
}

function reversed(line: readonly number[]): number[] {
  const out: number[] = [];
  for (let i = line.length - 2; i >= 0; i -= 2) out.push(line[i], line[i + 1]);
  return out;
}

/** First and last bin of each run of bins that touch. */
function runsOfBins(low: Numbers, high: Numbers): [number, number][] {
  const runs: [number, number][] = [];
  let start = 0;
  for (let i = 1; i <= low.length; i++) {
    const touches = i < low.length && Math.abs(low[i] - high[i - 1]) <= 1e-6 * Math.abs(high[i - 1]);
    if (touches) continue;
    if (i > start) runs.push([start, i - 1]);
    start = i;
  }
  return runs;
}

function stairs(low: Numbers, high: Numbers, y: Numbers, run: readonly [number, number], to: Projection) {
  const out: number[] = [];
  for (let i = run[0]; i <= run[1]; i++) out.push(to.x(low[i]), to.y(y[i]), to.x(high[i]), to.y(y[i]));
  return out;
}

function stepShapes({ low, high, y, base, paint }: Of<"steps">, to: Projection): Shape[] {
  const runs = runsOfBins(low, high);
  const lines = runs.map((run) => stairs(low, high, y, run, to));
  if (base === undefined) {
    const { fill: _, ...line } = paint;
    return [path(lines, false, line)];
  }
  const floor = to.y(base);
  const rings = lines.map((line) => [line[0], floor, ...line, line[line.length - 2], floor]);
  return [path(rings, true, paint)];
}

function stepBandShapes({ low, high, lower, upper, paint }: Of<"stepBand">, to: Projection): Shape[] {
  const rings = runsOfBins(low, high).map((run) => [
    ...stairs(low, high, upper, run, to),
    ...reversed(stairs(low, high, lower, run, to)),
  ]);
  return [path(rings, true, paint)];
}

function pointShapes(mark: Of<"points">, to: Projection): Shape[] {
  const { x, y, xLow, xHigh, yLow, yHigh, radius, paint } = mark;
  const color = paint.stroke ?? paint.fill;
  const bars: number[][] = [];
  const at: number[] = [];
  for (let i = 0; i < x.length; i++) {
    const px = to.x(x[i]);
    const py = to.y(y[i]);
    if (xLow && xHigh) bars.push([to.x(xLow[i]), py, to.x(xHigh[i]), py]);
    if (yLow && yHigh) bars.push([px, to.y(yLow[i]), px, to.y(yHigh[i])]);
    at.push(px, py);
  }
  const line = mark.bars ?? { ...(color === undefined ? {} : { stroke: color }), width: 0.6 };
  const shapes: Shape[] = bars.length > 0 ? [path(bars, false, line)] : [];
  if (radius > 0) shapes.push({ kind: "dots", at, radius, paint });
  return shapes;
}

function ruleLines({ x, y }: Of<"rule">, panel: Panel, to: Projection): number[][] {
  const lines: number[][] = [];
  if (x !== undefined) lines.push([to.x(x), panel.y, to.x(x), panel.y + panel.height]);
  if (y !== undefined) lines.push([panel.x, to.y(y), panel.x + panel.width, to.y(y)]);
  return lines;
}

function textMark(mark: Of<"text">, panel: Panel, to: Projection): Shape {
  const inPanel = mark.space === "panel";
  const x = inPanel ? panel.x + mark.x * panel.width : to.x(mark.x);
  const y = inPanel ? panel.y + (1 - mark.y) * panel.height : to.y(mark.y);
  return textShape(x, y, mark.text, {
    size: mark.size ?? TEXT_SIZE.legend,
    anchor: mark.anchor ?? "start",
    ...(mark.color === undefined ? {} : { color: mark.color }),
    bold: mark.weight === "bold",
  });
}
