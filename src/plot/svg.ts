import { fnv1a32 } from "../math/fnv.ts";
import { drawScene } from "./draw.ts";
import { INK, PAPER } from "./palette.ts";
import { placeRuns, plainText, plainWidth, type Run, SCRIPT } from "./richText.ts";
import type { Paint, Scene } from "./scene.ts";
import type { Shape } from "./shapes.ts";

export interface SvgOptions {
  /** Default white; "none" leaves the page's colour. */
  readonly background?: string;
  /** For use inside a page: foreground and background follow its `--plot-ink` and `--plot-paper`. Default false. */
  readonly inline?: boolean;
}

const FONT = "'DejaVu Sans', Verdana, 'Bitstream Vera Sans', Helvetica, Arial, sans-serif";

/** Text made safe for XML and HTML, in content and in attributes; characters that XML forbids are dropped. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}

/** The scene as a stand-alone SVG document, coordinates to 0.01 pt, with title and description for screen readers. */
export function toSvg(scene: Scene, { background = PAPER, inline = false }: SvgOptions = {}): string {
  const shapes = drawScene(scene);
  const title = escapeXml(plainText(scene.title));
  const context: Context = { inline, clips: [] };
  const body = shapes.map((shape) => element(shape, context)).join("\n");
  const { width, height } = scene;
  const size = `width="${num(width)}pt" height="${num(height)}pt" viewBox="0 0 ${num(width)} ${num(height)}"`;
  const paper =
    background === "none" ? "" : `<rect width="100%" height="100%" fill="${color(background, context)}"/>\n`;
  const defs = context.clips.length > 0 ? `<defs>${context.clips.join("")}</defs>\n` : "";
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-label="${title}" font-family="${FONT}">\n` +
    `<title>${title}</title>\n<desc>${escapeXml(plainText(scene.description))}</desc>\n` +
    named(`${defs}${paper}${body}`) +
    "\n</svg>\n"
  );
}

/** Stands for the figure's own name in the names of its clip paths until the drawing is known. */
const NAME = "\u0001";

/** Figures that differ get different names, so that several fit on one page. */
function named(body: string): string {
  return body.replaceAll(NAME, `p${fnv1a32(body).toString(36)}`);
}

interface Context {
  readonly inline: boolean;
  readonly clips: string[];
}

function num(value: number): string {
  return String(Math.round(value * 100) / 100 + 0);
}

function color(value: string, { inline }: Context): string {
  if (!inline || (value !== INK && value !== PAPER)) return escapeXml(value);
  return value === INK ? `var(--plot-ink, ${INK})` : `var(--plot-paper, ${PAPER})`;
}

function paintAttributes(paint: Paint, context: Context): string {
  const { stroke, width = 0.8, dash, fill, opacity = 1 } = paint;
  const parts = [`fill="${fill === undefined ? "none" : color(fill, context)}"`];
  if (fill !== undefined && opacity < 1) parts.push(`fill-opacity="${num(opacity)}"`);
  if (stroke !== undefined) {
    parts.push(`stroke="${color(stroke, context)}" stroke-width="${num(width)}" stroke-linejoin="round"`);
    if (fill === undefined && opacity < 1) parts.push(`stroke-opacity="${num(opacity)}"`);
    if (dash) parts.push(`stroke-dasharray="${dash.map(num).join(" ")}"`);
  }
  return parts.join(" ");
}

function element(shape: Shape, context: Context): string {
  switch (shape.kind) {
    case "path": {
      const d = shape.lines.map((line) => pathData(line, shape.closed)).join("");
      return `<path d="${d}" fill-rule="evenodd" ${paintAttributes(shape.paint, context)}/>`;
    }
    case "dots":
      return dots(shape, context);
    case "text":
      return textElement(shape, context);
    case "clip": {
      const id = `${NAME}-${context.clips.length}`;
      const box = `x="${num(shape.x)}" y="${num(shape.y)}" width="${num(shape.width)}" height="${num(shape.height)}"`;
      context.clips.push(`<clipPath id="${id}"><rect ${box}/></clipPath>`);
      const inner = shape.shapes.map((child) => element(child, context)).join("\n");
      return `<g clip-path="url(#${id})">\n${inner}\n</g>`;
    }
  }
}

/** Discs without outline as one path of round dots; others as circles. */
function dots({ at, radius, paint }: Extract<Shape, { kind: "dots" }>, context: Context): string {
  const { fill, stroke, opacity = 1 } = paint;
  if (fill !== undefined && (stroke === undefined || stroke === fill)) {
    let d = "";
    for (let i = 0; i < at.length; i += 2) d += `M${num(at[i])} ${num(at[i + 1])}h.01`;
    const faint = opacity < 1 ? ` stroke-opacity="${num(opacity)}"` : "";
    const style = `stroke="${color(fill, context)}" stroke-width="${num(2 * radius)}" stroke-linecap="round"${faint}`;
    return d === "" ? "" : `<path d="${d}" fill="none" ${style}/>`;
  }
  let circles = "";
  for (let i = 0; i < at.length; i += 2) {
    circles += `<circle cx="${num(at[i])}" cy="${num(at[i + 1])}" r="${num(radius)}"/>`;
  }
  return `<g ${paintAttributes(paint, context)}>${circles}</g>`;
}

/** Moves between rounded points, so that rounding does not add up; horizontal and vertical ones in their short form. */
function pathData(line: readonly number[], closed: boolean): string {
  let d = "";
  let [px, py] = [0, 0];
  for (let i = 0; i < line.length; i += 2) {
    const [x, y] = [Math.round(line[i] * 100), Math.round(line[i + 1] * 100)];
    const [dx, dy] = [short(x - px), short(y - py)];
    if (i === 0) d += `M${short(x)} ${short(y)}`;
    else if (x !== px && y !== py) d += `l${dx}${dy.startsWith("-") ? "" : " "}${dy}`;
    else if (x !== px) d += `h${dx}`;
    else if (y !== py) d += `v${dy}`;
    [px, py] = [x, y];
  }
  return closed && d !== "" ? `${d}z` : d;
}

/** Hundredths as a decimal number without a leading zero. */
function short(hundredths: number): string {
  return String(hundredths / 100).replace(/^(-?)0\./, "$1.");
}

function textElement(shape: Extract<Shape, { kind: "text" }>, context: Context): string {
  const { x, y, runs, size, anchor, bold, rotate } = shape;
  const turn = rotate === 0 ? "" : ` transform="rotate(${num(rotate)} ${num(x)} ${num(y)})"`;
  const weight = bold ? ' font-weight="bold"' : "";
  if (runs.some((run) => run.stacked)) return placedText(shape, `${weight}${turn}`, context);
  const style = `font-size="${num(size)}" text-anchor="${anchor}" fill="${color(shape.color, context)}"`;
  return `<text x="${num(x)}" y="${num(y)}" ${style}${weight}${turn}>${tspans(runs, size)}</text>`;
}

/** Text with a subscript below a superscript: every piece at its own place, since renderers differ on negative shifts. */
function placedText(shape: Extract<Shape, { kind: "text" }>, attributes: string, context: Context): string {
  const { placed, width } = placeRuns(shape.runs, shape.size, (text, size) =>
    plainWidth(text, size, shape.bold),
  );
  const start = shape.x - (shape.anchor === "middle" ? width / 2 : shape.anchor === "end" ? width : 0);
  const pieces = placed.map(({ text, x, y, size }) => {
    const place = `x="${num(start + x)}" y="${num(shape.y + y)}" font-size="${num(size)}"`;
    return `<tspan ${place}>${escapeXml(text)}</tspan>`;
  });
  return `<text text-anchor="start" fill="${color(shape.color, context)}"${attributes}>${pieces.join("")}</text>`;
}

/** Runs in the flow of the text: each shifts the baseline from where the one before left it. */
function tspans(runs: readonly Run[], size: number): string {
  let level = 0;
  return runs
    .map((run) => {
      const target =
        run.script === "super" ? -SCRIPT.super * size : run.script === "sub" ? SCRIPT.sub * size : 0;
      const runSize = run.script === "base" ? size : size * SCRIPT.size;
      const shift = target === level ? "" : ` dy="${num(target - level)}"`;
      level = target;
      const text = escapeXml(run.text);
      if (shift === "" && run.script === "base") return text;
      const font = run.script === "base" ? "" : ` font-size="${num(runSize)}"`;
      return `<tspan${shift}${font}>${text}</tspan>`;
    })
    .join("");
}
