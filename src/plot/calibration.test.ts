import { expect, it } from "vitest";
import { parameterColumns } from "./columns.ts";
import { coverage } from "./coverage.ts";
import { drawScene } from "./draw.ts";
import { profile } from "./profile.ts";
import { ranks } from "./ranks.ts";
import { parseRichText, textWidth, wrap } from "./richText.ts";
import type { Mark, Scene } from "./scene.ts";

function lines(scene: Scene): Extract<Mark, { kind: "line" }>[] {
  return scene.panels[0].marks.filter((mark) => mark.kind === "line");
}

const EVEN = Array.from({ length: 200 }, (_, i) => (i + 0.5) / 200);

it("evenly spread ranks stay at zero, and equal ranks leave the band", () => {
  const heights = (values: readonly number[]) =>
    Array.from(lines(ranks({ parameters: [{ symbol: "a", ranks: values }] }))[0].y, Math.abs);
  expect(Math.max(...heights(EVEN))).toBeCloseTo(0.0025, 10);
  expect(Math.max(...heights(EVEN.map(() => 0.5)))).toBeCloseTo(0.5, 10);
});

it("coverage lies on the diagonal for evenly spread levels and below it for levels that are too high", () => {
  const curve = (levels: readonly number[]) => lines(coverage({ curves: [{ label: "x", levels }] }))[1];
  const even = curve(EVEN);
  expect(Math.max(...Array.from(even.x, (x, i) => Math.abs(x - even.y[i])))).toBeLessThan(0.006);
  const high = curve(EVEN.map(Math.sqrt));
  expect(high.y[101]).toBeLessThan(high.x[101] - 0.15);
});

it("the contours of a paraboloid reach where the statistic rises by 2.30, 4.61 and 9.21", () => {
  const values = Array.from({ length: 81 }, (_, i) => -4 + i * 0.1);
  const statistic = values.flatMap((b) => values.map((a) => 100 + a * a + b * b));
  const scene = profile({ x: { symbol: "a", values }, y: { symbol: "b", values }, statistic });
  const radii = scene.panels[0].marks
    .filter((mark) => mark.kind === "contour")
    .map((mark) => Math.max(...Array.from(mark.rings[0]).filter((_, i) => i % 2 === 0)));
  // Interpolated along a grid of 0.1: the parabola's sagitta over a cell is 0.0025 / (2 r).
  [3.0348, 2.1471, 1.5166].forEach((radius, i) => {
    expect(Math.abs(radii[i] - radius)).toBeLessThan(0.002);
  });
});

it("contours are smooth between the points of a coarse grid", () => {
  const values = Array.from({ length: 9 }, (_, i) => -8 + 2 * i);
  const statistic = values.flatMap((b) => values.map((a) => a * a + b * b));
  const scene = profile({
    x: { symbol: "a", values },
    y: { symbol: "b", values },
    statistic,
    at: [0.3, -0.2],
  });
  const [outer] = scene.panels[0].marks.flatMap((mark) => (mark.kind === "contour" ? [mark] : []));
  const [ring] = outer.rings;
  for (let k = 0; k < ring.length; k += 2)
    // A cubic is exact on a parabola; then straight lines over an eighth of a cell, 0.25^2 / (2 r) of sagitta.
    expect(Math.abs(Math.hypot(ring[k], ring[k + 1]) - Math.sqrt(9.21))).toBeLessThan(0.012);
  expect(scene.panels[0].marks).toContainEqual(
    expect.objectContaining({ kind: "points", x: [0.3], y: [-0.2] }),
  );
});

it("profiles and calibration of a single value draw", () => {
  const scenes = [
    profile({ x: { symbol: "a", values: [1] }, statistic: [5] }),
    profile({ x: { symbol: "a", values: [1] }, y: { symbol: "b", values: [1] }, statistic: [5] }),
    coverage({ curves: [{ label: "x", levels: [0.5] }] }),
    ranks({ parameters: [{ symbol: "a", ranks: [0.5] }] }),
  ];
  for (const scene of scenes) expect(() => drawScene(scene)).not.toThrow();
});

it("row-major draws become columns, in log10 where asked", () => {
  const [a, b] = parameterColumns([1, 10, 2, 100], [false, true]);
  expect(Array.from(a)).toEqual([1, 2]);
  expect(Array.from(b)).toEqual([1, 2]);
});

it("wrapping keeps every word, fills no line over the limit and evens lines out", () => {
  const text = "(photons keV^{\u22121} cm^{\u22122} s^{\u22121})";
  const broken = wrap(text, 9, 80);
  expect(broken.join(" ")).toBe(text);
  expect(broken.map((line) => textWidth(line, 9) <= 80)).toEqual([true, true]);
  expect(broken[0]).toBe("(photons keV^{\u22121}");
  expect(wrap("word", 9, 2)).toEqual(["word"]);
});

it("only braces raise and lower: powers and indices stand for themselves", () => {
  const base = (text: string) => parseRichText(text).map((run) => [run.text, run.script, run.stacked]);
  expect(base("a_1^2")).toEqual([["a_1^2", "base", false]]);
  expect(base("x^{2}_{i} y")).toEqual([
    ["x", "base", false],
    ["2", "super", false],
    ["i", "sub", true],
    [" y", "base", false],
  ]);
});
