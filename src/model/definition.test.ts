import { describe, expect, it } from "vitest";
import { plainVectorMath } from "../math/vector.ts";
import { parseDefinition } from "./definition.ts";
import { parseExpression } from "./expression.ts";

const settings = { abund: "wilm", xsect: "vern", vector: plainVectorMath };
const edges = Float64Array.from({ length: 201 }, (_, i) => 0.3 * 30 ** (i / 200));

function spectrum(text: string, theta: readonly number[]): Float64Array {
  const out = new Float64Array(edges.length - 1);
  parseExpression(text).prepare(edges, settings)(out, theta);
  return out;
}

describe("a model by its formula", () => {
  it("equals the model of the list with that formula", () => {
    const own = spectrum("tbabs*mine; mine(G=1.7, f=20) = E^-G * exp(-E/f)", [0.2, 1.7, 20, 3]);
    const listed = spectrum("tbabs*cutoffpl", [0.2, 1.7, 20, 3]);
    own.forEach((v, i) => {
      // Gauss with 3 points over bins of ln b/a = 0.017: below 1e-12 of the bin
      expect(Math.abs(v / listed[i] - 1)).toBeLessThan(1e-8);
    });
  });

  it("has its names as parameters, with the values given, and a norm where it is additive", () => {
    const { parameters } = parseExpression("dpl; dpl(b=2) = E^-a + f*E^-b");
    expect(parameters.map(({ path, default: value }) => [path, value])).toEqual([
      ["dpl.a", 1],
      ["dpl.f", 1],
      ["dpl.b", 2],
      ["dpl.norm", 1],
    ]);
  });

  it("may be multiplicative, and several may be used together", () => {
    const text = "cut*(line + powerlaw); cut = exp(-E/f) : mul; line = exp(-(E-c)^2)";
    const expression = parseExpression(text);
    expect(expression.kind).toBe("additive");
    expect(expression.parameters.map(({ path }) => path)).toEqual([
      "cut.f",
      "line.c",
      "line.norm",
      "powerlaw.PhoIndex",
      "powerlaw.norm",
    ]);
  });

  it("need not depend on energy", () => {
    const flat = spectrum("flat; flat = a", [2, 3]);
    flat.forEach((v, i) => {
      expect(v).toBeCloseTo(6 * (edges[i + 1] - edges[i]), 12);
    });
  });

  it.each([
    ["powerlaw = E", /there is a model powerlaw already/],
    ["mine", /expected NAME = FORMULA/],
    ["mine = E^", /column 10: expected a number/],
    ["mine(c=1) = E", /has no parameter c/],
    ["mine(a=x) = a*E", /expected parameters as/],
    ["mine = norm*E", /norm is every additive model's factor/],
  ])("%s is refused with the reason", (text, message) => {
    expect(() => parseDefinition(text)).toThrow(message);
  });

  it("is refused twice, and says where it has no value", () => {
    expect(() => parseExpression("a1; a1 = E; a1 = 2*E")).toThrow(/a1 is defined twice/);
    expect(() => spectrum("root; root = sqrt(a-E)", [1, 1])).toThrow(/no finite value at a = 1, E = 1\.0/);
  });
});
