import { describe, expect, it } from "vitest";
import { drawScene } from "../../src/plot/draw.ts";
import { placeRuns } from "../../src/plot/richText.ts";
import type { Shape } from "../../src/plot/shapes.ts";
import { toSvg } from "../../src/plot/svg.ts";
import { EXAMPLES } from "./examples.ts";

const EMPTY = { width: 100, height: 40, title: "empty", description: "nothing", panels: [] };

interface Box {
  readonly text: string;
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

/** Boxes of all text that is not clipped to a panel, from the font's advance widths and x-height. */
function textBoxes(shapes: readonly Shape[]): Box[] {
  return shapes.flatMap((shape) => {
    if (shape.kind !== "text") return [];
    const { x, y, size, anchor, rotate, runs } = shape;
    const { width } = placeRuns(runs, size);
    const start = anchor === "middle" ? -width / 2 : anchor === "end" ? -width : 0;
    const text = runs.map((run) => run.text).join("");
    const [up, down] = [0.75 * size, 0.2 * size];
    if (rotate === 0) return [{ text, x0: x + start, x1: x + start + width, y0: y - up, y1: y + down }];
    return [{ text, x0: x - up, x1: x + down, y0: y - start - width, y1: y - start }];
  });
}

function overlap(a: Box, b: Box): boolean {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

it("the checks below see texts that touch or stick out", () => {
  const note = (x: number) => ({ kind: "text", x, y: 20, text: "label" }) as const;
  const [a, b, c] = textBoxes(drawScene({ ...EMPTY, notes: [note(10), note(25), note(90)] }));
  expect([overlap(a, b), overlap(a, c)]).toEqual([true, false]);
  expect(c.x1).toBeGreaterThan(EMPTY.width);
});

describe.each(EXAMPLES)("figure $name", ({ name, scene }) => {
  const drawn = scene();
  const svg = toSvg(drawn);

  it("looks as it did when it was last looked at", async () => {
    await expect(svg).toMatchFileSnapshot(`snapshots/${name}.svg`);
  });

  it("keeps every text inside the figure", () => {
    const out = textBoxes(drawScene(drawn)).filter(
      ({ x0, x1, y0, y1 }) => x0 < 0 || y0 < 0 || x1 > drawn.width || y1 > drawn.height,
    );
    expect(out).toEqual([]);
  });

  it("lets no two texts touch", () => {
    const boxes = textBoxes(drawScene(drawn));
    const pairs = boxes.flatMap((a, i) =>
      boxes
        .slice(i + 1)
        .filter((b) => overlap(a, b))
        .map((b) => `${a.text} | ${b.text}`),
    );
    expect(pairs).toEqual([]);
  });

  it("holds finite numbers only and opens no other resource", () => {
    expect(svg).not.toMatch(/NaN|Infinity|undefined|\[object/);
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(/https?:|href/);
  });

  it("tells screen readers what it shows", () => {
    expect(svg).toMatch(/role="img" aria-label="[^"]{5,}"/);
    expect(svg).toMatch(/<title>[^<]{5,}<\/title>\n<desc>[^<]{20,}<\/desc>/);
  });
});
