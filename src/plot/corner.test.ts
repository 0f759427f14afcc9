import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { stream } from "../math/random.ts";
import { corner } from "./corner.ts";
import { drawScene } from "./draw.ts";
import { toSvg } from "./svg.ts";

function normal(draws: number, mean = 0, sd = 1): Float64Array {
  const rng = stream(1, `corner ${mean} ${sd}`, 0);
  return Float64Array.from({ length: draws }, () => mean + sd * rng.normal());
}

const PAIR = [{ symbol: "a" }, { symbol: "b" }];

describe("corner", () => {
  it("names the series and place of a value that is not finite", () => {
    const bad = normal(10);
    bad[7] = Number.NaN;
    const draw = () => corner({ parameters: PAIR, samples: [{ label: "flow", columns: [normal(10), bad] }] });
    expect(draw).toThrow(InputError);
    expect(draw).toThrow('corner figure: "b of flow" has NaN at index 7');
  });

  it("says so when columns differ in length", () => {
    const columns = [normal(10), normal(9)];
    expect(() => corner({ parameters: PAIR, samples: [{ label: "flow", columns }] })).toThrow("10 values");
  });

  it("draws constant samples, two draws and one draw", () => {
    for (const column of [new Float64Array(50).fill(3), Float64Array.of(1, 2), Float64Array.of(0)]) {
      const scene = corner({ parameters: PAIR, samples: [{ label: "x", columns: [column, column] }] });
      expect(() => toSvg(scene)).not.toThrow();
    }
  });

  it("takes median and interval of the titles from the weights", () => {
    const x = Float64Array.of(1, 2, 3, 100);
    const options = {
      parameters: [{ symbol: "a" }],
      samples: [{ label: "x", columns: [x], weights: [1, 1, 1, 0] }],
    };
    expect(corner(options).description).toContain("a = 2.00 \u00b1 0.68");
  });

  it("gives equal weights and none the same figure", () => {
    const columns = [normal(500), normal(500, 1, 2)];
    const plain = corner({ parameters: PAIR, samples: [{ label: "x", columns }] });
    const weighted = corner({
      parameters: PAIR,
      samples: [{ label: "x", columns, weights: new Array(500).fill(0.25) }],
    });
    expect(toSvg(weighted)).toBe(toSvg(plain));
  });

  it("ignores draws of weight zero, wherever they lie", () => {
    const near = normal(400);
    const far = Float64Array.from([...near, 1e6]);
    const weights = Float64Array.from(far, (_, i) => (i < 400 ? 1 : 0));
    const draw = (columns: Float64Array[], w: Float64Array) =>
      toSvg(corner({ parameters: PAIR, samples: [{ label: "x", columns, weights: w }] }));
    expect(draw([far, far], weights)).toBe(draw([near, near], weights.subarray(0, 400)));
  });

  it("has a panel for each parameter and each pair, and labels only outside", () => {
    const parameters = ["a", "b", "c", "d"].map((symbol) => ({ symbol }));
    const scene = corner({
      parameters,
      samples: [{ label: "x", columns: parameters.map((_, k) => normal(200, k)) }],
    });
    expect(scene.panels).toHaveLength(10);
    expect(scene.panels.filter((panel) => panel.xAxis.label !== undefined)).toHaveLength(4);
    expect(scene.panels.filter((panel) => panel.yAxis.label !== undefined)).toHaveLength(3);
  });

  it("shows true values in every panel of the parameter", () => {
    const parameters = [{ symbol: "a", truth: 0.5 }, { symbol: "b" }];
    const scene = corner({ parameters, samples: [{ label: "x", columns: [normal(100), normal(100)] }] });
    const rules = scene.panels.map((panel) =>
      panel.marks.filter((m) => m.kind === "rule" && (m.x === 0.5 || m.y === 0.5)),
    );
    expect(rules.map((list) => list.length)).toEqual([1, 1, 0]);
    expect(drawScene(scene).length).toBeGreaterThan(0);
  });
});
