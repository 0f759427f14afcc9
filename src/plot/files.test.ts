import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { inflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { DEJAVU_SANS_WIDTHS } from "./fontWidths.ts";
import { toPdf } from "./pdf.ts";
import { toPng } from "./png.ts";
import type { Scene } from "./scene.ts";

const fontFile = createRequire(import.meta.url).resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf");
const font = readFileSync(fontFile);

const axis = { scale: "linear", domain: [0, 1], label: "\u0393 (10^{22} cm^{\u22122})" } as const;
const SCENE: Scene = {
  width: 144,
  height: 72,
  title: "Test",
  description: "A test figure",
  panels: [
    {
      x: 40,
      y: 10,
      width: 90,
      height: 30,
      xAxis: axis,
      yAxis: axis,
      marks: [
        { kind: "line", x: [0, 1], y: [0, 1], paint: { stroke: "#0072b2", dash: [2, 1] } },
        { kind: "rect", x: [0.2, 0.4], y: [0.1, 0.9], paint: { fill: "#ff0000" } },
        {
          kind: "points",
          x: [0.5],
          y: [0.5],
          yLow: [0.2],
          yHigh: [0.7],
          radius: 2,
          paint: { fill: "#111111" },
        },
      ],
    },
  ],
};

/** The drawing operators of the first page. */
function pageContent(pdf: Uint8Array): string {
  const text = Buffer.from(pdf).toString("latin1");
  const start = text.indexOf("stream\n") + "stream\n".length;
  return inflateSync(pdf.subarray(start, text.indexOf("endstream", start))).toString("latin1");
}

it("a PDF is the same bytes each time, of the scene's size, with the font inside", async () => {
  const [first, second] = [
    await toPdf(SCENE, { fonts: { regular: font } }),
    await toPdf(SCENE, { fonts: { regular: font } }),
  ];
  const text = Buffer.from(first).toString("latin1");
  expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
  expect(text.startsWith("%PDF-1")).toBe(true);
  expect(text).toContain("/MediaBox [0 0 144 72]");
  expect(text).toMatch(/FontFile2/);
  expect(text).not.toContain("/BaseFont /Helvetica");
});

it("a PDF of dots that overlap shows their union: one stroke with round caps, nothing filled by the even-odd rule", async () => {
  const [panel] = SCENE.panels;
  const dots = {
    kind: "points",
    x: [0.5, 0.51],
    y: [0.5, 0.5],
    radius: 2,
    paint: { fill: "#123456" },
  } as const;
  const pdf = await toPdf({ ...SCENE, panels: [{ ...panel, marks: [dots] }] }, { fonts: { regular: font } });
  const content = pageContent(pdf);
  expect(content).toMatch(/4 w\n1 J/);
  const moves = content.match(/^(\S+ \S+) m\n\1 l$/gm) ?? [];
  expect(moves).toHaveLength(2);
});

it("a PNG has the size that the resolution asks for and shows the colours of the scene", async (context) => {
  const result = await toPng(SCENE, { fontFiles: [fontFile], dpi: 150 });
  if ("unavailable" in result) return context.skip(result.unavailable);
  const view = new DataView(result.png.buffer, result.png.byteOffset);
  expect(view.getUint32(0)).toBe(0x89504e47);
  expect([view.getUint32(16), view.getUint32(20)]).toEqual([300, 150]);
});

it("the widths that layouts are measured with are those of the font", async () => {
  const { default: PDFDocument } = await import("pdfkit");
  const document = new PDFDocument({ autoFirstPage: false });
  document.registerFont("font", font).font("font").fontSize(1000);
  for (const [width, characters] of DEJAVU_SANS_WIDTHS) {
    // The table is rounded to thousandths.
    for (const c of characters)
      expect(Math.abs(document.widthOfString(c) - width), c).toBeLessThanOrEqual(0.5);
  }
});
