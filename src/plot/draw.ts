import { axisShapes, textShape } from "./axes.ts";
import { legendShapes, legendSize, panelLegend } from "./legend.ts";
import { markShapes, projection } from "./marks.ts";
import { type Note, type Panel, type Scene, TEXT_SIZE } from "./scene.ts";
import type { Shape } from "./shapes.ts";

/** Every shape of a scene in drawing order. Throws where a coordinate is not finite (figures check their input). */
export function drawScene(scene: Scene): Shape[] {
  const shapes = [...scene.panels.flatMap(panelShapes), ...(scene.notes ?? []).flatMap(noteShapes)];
  requireFinite(shapes, scene.title);
  return shapes;
}

function panelShapes(panel: Panel): Shape[] {
  const to = projection(panel);
  const marks = panel.marks.flatMap((mark) => markShapes(mark, panel, to));
  const { x, y, width, height } = panel;
  const legend = panelLegend(panel, marks);
  return [
    { kind: "clip", x, y, width, height, shapes: marks },
    ...legend,
    ...axisShapes(panel),
    ...titleShapes(panel),
  ];
}

function titleShapes({
  x,
  y,
  width,
  title,
  titleSize = TEXT_SIZE.title,
  titleAnchor = "middle",
}: Panel): Shape[] {
  const lines = title ?? [];
  const at = titleAnchor === "middle" ? x + width / 2 : x;
  return lines.map((line, i) => {
    const rise = (lines.length - 1 - i) * titleSize * 1.4 + 5;
    return textShape(at, y - rise, line, { size: titleSize, anchor: titleAnchor });
  });
}

function noteShapes(note: Note): Shape[] {
  if (note.kind === "legend") {
    const left = note.anchor === "end" ? note.x - legendSize(note.entries).width : note.x;
    return legendShapes(note.entries, left, note.y, false);
  }
  const { x, y, text, size = TEXT_SIZE.label, anchor = "start", color, weight, rotate = 0 } = note;
  const options = {
    size,
    anchor,
    rotate,
    bold: weight === "bold",
    ...(color === undefined ? {} : { color }),
  };
  return [textShape(x, y, text, options)];
}

function requireFinite(shapes: readonly Shape[], title: string): void {
  for (const shape of shapes) {
    if (shape.kind === "clip") {
      requireFinite(shape.shapes, title);
      continue;
    }
    const numbers =
      shape.kind === "path" ? shape.lines.flat() : shape.kind === "dots" ? shape.at : [shape.x, shape.y];
    if (!numbers.every(Number.isFinite)) {
      throw new Error(`internal: figure "${title}" has a ${shape.kind} with a coordinate that is not finite`);
    }
  }
}
