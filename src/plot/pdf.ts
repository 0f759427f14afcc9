import { drawScene } from "./draw.ts";
import { PAPER } from "./palette.ts";
import { placeRuns, plainText } from "./richText.ts";
import type { Paint, Scene } from "./scene.ts";
import type { Shape } from "./shapes.ts";

export interface PdfOptions {
  /** TrueType fonts, embedded: DejaVu Sans has Greek letters and the minus sign, which the standard PDF fonts lack. */
  readonly fonts: { readonly regular: Uint8Array; readonly bold?: Uint8Array };
}

/** The scene as a one-page PDF of its size. The same scene gives the same bytes. */
export async function toPdf(scene: Scene, { fonts }: PdfOptions): Promise<Uint8Array> {
  const { default: PDFDocument } = await import("pdfkit");
  // A constant date: results do not depend on the clock.
  const info = {
    Title: plainText(scene.title),
    Subject: plainText(scene.description),
    CreationDate: new Date(0),
  };
  const document = new PDFDocument({ size: [scene.width, scene.height], margin: 0, info });
  const chunks: Uint8Array[] = [];
  const done = new Promise<void>((resolve, reject) => {
    document.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    document.on("end", () => resolve());
    document.on("error", reject);
  });
  document.registerFont("regular", fonts.regular as Buffer);
  document.registerFont("bold", (fonts.bold ?? fonts.regular) as Buffer);
  document.rect(0, 0, scene.width, scene.height).fill(PAPER);
  for (const shape of drawScene(scene)) drawShape(document, shape);
  document.end();
  await done;
  return concatenate(chunks);
}

type Document = PDFKit.PDFDocument;

function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    out.set(chunk, offset);
    offset += chunk.length;
  }
  return out;
}

function drawShape(document: Document, shape: Shape): void {
  switch (shape.kind) {
    case "path":
      for (const line of shape.lines) trace(document, line, shape.closed);
      if (shape.lines.length > 0) finish(document, shape.paint);
      break;
    case "dots":
      drawDots(document, shape);
      break;
    case "text":
      drawText(document, shape);
      break;
    case "clip":
      document.save();
      document.rect(shape.x, shape.y, shape.width, shape.height).clip();
      for (const child of shape.shapes) drawShape(document, child);
      document.restore();
  }
}

/**
 * Discs without outline as round caps of lines without length, all in one stroke, as in the SVG: a tenth of the bytes of
 * filled circles, whose overlaps the even-odd rule would leave blank besides.
 */
function drawDots(document: Document, { at, radius, paint }: Extract<Shape, { kind: "dots" }>): void {
  if (at.length === 0) return;
  const { fill, stroke, opacity = 1 } = paint;
  if (fill === undefined || (stroke !== undefined && stroke !== fill)) {
    for (let i = 0; i < at.length; i += 2) document.circle(at[i], at[i + 1], radius);
    finish(document, paint);
    return;
  }
  document.save();
  document
    .strokeColor(fill)
    .strokeOpacity(opacity)
    .lineWidth(2 * radius)
    .lineCap("round")
    .undash();
  for (let i = 0; i < at.length; i += 2) document.moveTo(at[i], at[i + 1]).lineTo(at[i], at[i + 1]);
  document.stroke();
  document.restore();
}

function trace(document: Document, line: readonly number[], closed: boolean): void {
  for (let i = 0; i < line.length; i += 2) {
    if (i === 0) document.moveTo(line[0], line[1]);
    else document.lineTo(line[i], line[i + 1]);
  }
  if (closed && line.length > 0) document.closePath();
}

function finish(document: Document, { stroke, width = 0.8, dash, fill, opacity = 1 }: Paint): void {
  document.save();
  if (fill !== undefined) document.fillColor(fill).fillOpacity(opacity);
  if (stroke !== undefined) {
    document.strokeColor(stroke).strokeOpacity(fill === undefined ? opacity : 1);
    document.lineWidth(width).lineJoin("round");
    if (dash) document.dash(dash[0], { space: dash[1] ?? dash[0] });
    else document.undash();
  }
  if (fill !== undefined && stroke !== undefined) document.fillAndStroke(fill, stroke, "even-odd");
  else if (fill !== undefined) document.fill(fill, "even-odd");
  else if (stroke !== undefined) document.stroke(stroke);
  document.restore();
}

function drawText(document: Document, shape: Extract<Shape, { kind: "text" }>): void {
  document.font(shape.bold ? "bold" : "regular");
  const measure = (text: string, size: number) => document.fontSize(size).widthOfString(text);
  const { placed, width } = placeRuns(shape.runs, shape.size, measure);
  const start = shape.anchor === "middle" ? -width / 2 : shape.anchor === "end" ? -width : 0;
  document.save();
  document.translate(shape.x, shape.y).rotate(shape.rotate);
  document.fillColor(shape.color).fillOpacity(1);
  for (const { text, x, y, size } of placed) {
    document.fontSize(size).text(text, start + x, y, { lineBreak: false, baseline: "alphabetic" });
  }
  document.restore();
}
