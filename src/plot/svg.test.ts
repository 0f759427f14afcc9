import { describe, expect, it } from "vitest";
import type { Mark, Scene } from "./scene.ts";
import { escapeXml, toSvg } from "./svg.ts";

function scene(marks: readonly Mark[], title = "A figure"): Scene {
  const axis = { scale: "linear", domain: [0, 1] } as const;
  const panel = { x: 30, y: 10, width: 100, height: 80, xAxis: axis, yAxis: axis, marks };
  return { width: 140, height: 120, title, description: "what it shows", panels: [panel] };
}

describe("toSvg", () => {
  it("escapes text in titles, labels and attributes", () => {
    const nasty = `<script>alert("1")</script> & 'x'`;
    const mark: Mark = { kind: "text", x: 0.5, y: 0.5, text: nasty };
    const svg = toSvg(scene([mark], nasty));
    expect(svg).not.toContain("<script");
    expect(svg.match(/&lt;script&gt;/g)).toHaveLength(3);
  });

  it("drops characters that XML forbids", () => {
    expect(escapeXml("a\u0000b\u000bc\ud800d")).toBe("abcd");
    expect(escapeXml("\u0393 \u{1d400}")).toBe("\u0393 \u{1d400}");
  });

  it("raises and lowers text, stacking a subscript below a superscript at the same place", () => {
    const svg = toSvg(scene([{ kind: "text", x: 0.5, y: 0.5, text: "3.67^{+0.08}_{\u22120.07}" }]));
    const at = [...svg.matchAll(/<tspan x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)/g)].map((m) => [
      m[3],
      m[1],
      Number(m[2]),
    ]);
    expect(at.map(([text]) => text)).toEqual(["3.67", "+0.08", "\u22120.07"]);
    expect(at[1][1]).toBe(at[2][1]);
    expect(at[1][2]).toBeLessThan(at[2][2] as number);
  });

  it("leaves file names with underscores as they stand", () => {
    expect(toSvg(scene([{ kind: "text", x: 0, y: 0, text: "b_008_0.25s^raw" }]))).toContain(
      ">b_008_0.25s^raw</text>",
    );
  });

  it("gives figures that differ different names for their clip paths", () => {
    const at = (y: number): Mark => ({ kind: "rule", y, paint: { stroke: "#000" } });
    const id = (y: number) => /clipPath id="(\w+-0)"/.exec(toSvg(scene([at(y)])))?.[1];
    expect(id(0.5)).toBeDefined();
    expect(id(0.5)).not.toBe(id(0.6));
    expect(id(0.5)).toBe(id(0.5));
    expect(toSvg(scene([]))).not.toContain("\u0001");
  });

  it("lets a page set ink and paper when it stands inside one, and only then", () => {
    expect(toSvg(scene([]), { inline: true })).toContain("var(--plot-ink, #111111)");
    expect(toSvg(scene([]))).not.toContain("var(");
  });

  it("does not add up rounding along a path", () => {
    const x = Array.from({ length: 301 }, (_, i) => i / 300);
    const svg = toSvg(scene([{ kind: "line", x, y: x, paint: { stroke: "#123456" } }]));
    const d = /d="M([-\d.]+) ([-\d.]+)l([^"]+)"[^>]*#123456/.exec(svg);
    const steps = (d?.[3] ?? "").split("l").map((step) => (step.match(/-?\d*\.?\d+/g) ?? []).map(Number));
    const end = steps.reduce(([px, py], [dx, dy]) => [px + dx, py + dy], [Number(d?.[1]), Number(d?.[2])]);
    expect(end[0]).toBeCloseTo(130, 6);
    expect(end[1]).toBeCloseTo(10, 6);
  });

  it("refuses coordinates that are not finite", () => {
    const mark: Mark = { kind: "line", x: [0, Number.NaN], y: [0, 1], paint: { stroke: "#000" } };
    expect(() => toSvg(scene([mark]))).toThrow("not finite");
  });
});
