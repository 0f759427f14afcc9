import { describe, expect, it } from "vitest";
import { plainVectorMath } from "../math/vector.ts";
import { parseExpression } from "./expression.ts";
import { findParameter } from "./find-parameter.ts";

const settings = { abund: "wilm", xsect: "vern", vector: plainVectorMath };
const edges = Float64Array.from({ length: 31 }, (_, i) => 0.3 * 1.12 ** i);

function evaluate(text: string, values: Readonly<Record<string, number>> = {}): Float64Array {
  const expression = parseExpression(text);
  const theta = expression.parameters.map((parameter) => parameter.default);
  for (const [path, value] of Object.entries(values)) theta[findParameter(expression, path)] = value;
  const out = new Float64Array(edges.length - 1);
  expression.prepare(edges, settings)(out, theta);
  return out;
}

describe("the value of an expression", () => {
  const powerlaw = evaluate("powerlaw", { "powerlaw.PhoIndex": 1.7, "powerlaw.norm": 2 });
  const bbodyrad = evaluate("bbodyrad", { "bbodyrad.kT": 0.5, "bbodyrad.norm": 30 });
  const tbabs = evaluate("tbabs", { "tbabs.nH": 0.3 });
  const set = {
    "tbabs.nH": 0.3,
    "powerlaw.PhoIndex": 1.7,
    "powerlaw.norm": 2,
    "bbodyrad.kT": 0.5,
    "bbodyrad.norm": 30,
  };

  it("is the product of its factors and the sum of its terms", () => {
    const whole = evaluate("tbabs*(powerlaw+bbodyrad)", set);
    whole.forEach((value, i) => {
      expect(value).toBe(tbabs[i] * (powerlaw[i] + bbodyrad[i]));
    });
  });

  it.each(["tbabs(powerlaw+bbodyrad)", " TBabs ( PowerLaw + BBODYRAD ) ", "(tbabs)*((powerlaw)+(bbodyrad))"])(
    "is the same written as %s",
    (text) => {
      expect(evaluate(text, set)).toEqual(evaluate("tbabs*(powerlaw+bbodyrad)", set));
    },
  );

  it("does not depend on the side of the bracket that the factor stands on", () => {
    expect(evaluate("(powerlaw+bbodyrad)*tbabs", set)).toEqual(evaluate("tbabs*(powerlaw+bbodyrad)", set));
  });

  it("binds * tighter than +", () => {
    const whole = evaluate("bbodyrad+tbabs*powerlaw", set);
    whole.forEach((value, i) => {
      expect(value).toBe(bbodyrad[i] + tbabs[i] * powerlaw[i]);
    });
  });

  it("does not depend on what was computed before, bit for bit", () => {
    const expression = parseExpression("tbabs*(powerlaw+bbodyrad)");
    const kept = expression.prepare(edges, settings);
    const thetas = [
      [0.2, 1.7, 1, 0.5, 100],
      [0.2, 1.9, 1, 0.5, 100],
      [0.3, 1.9, 1, 0.5, 100],
      [0.3, 1.9, 2, 0.7, 10],
      [0.2, 1.7, 1, 0.5, 100],
    ];
    for (const theta of thetas) {
      const out = new Float64Array(edges.length - 1);
      const fresh = new Float64Array(edges.length - 1);
      kept(out, theta);
      expression.prepare(edges, settings)(fresh, theta);
      expect(out).toEqual(fresh);
    }
  });
});

describe("the parameters of an expression", () => {
  it("stand in the order of the components, additive ones with a norm", () => {
    const { parameters } = parseExpression("tbabs*(powerlaw+bbodyrad)");
    expect(parameters.map((parameter) => parameter.path)).toEqual([
      "tbabs.nH",
      "powerlaw.PhoIndex",
      "powerlaw.norm",
      "bbodyrad.kT",
      "bbodyrad.norm",
    ]);
  });

  it("are numbered where a model occurs more than once", () => {
    const { parameters } = parseExpression("tbabs*(powerlaw+tbabs*powerlaw)");
    expect(parameters.map((parameter) => parameter.component)).toEqual([
      "tbabs_1",
      "powerlaw_1",
      "powerlaw_1",
      "tbabs_2",
      "powerlaw_2",
      "powerlaw_2",
    ]);
  });

  it("are found by any case, and the first of several by the bare name too", () => {
    const twice = parseExpression("powerlaw+powerlaw");
    expect(findParameter(twice, "powerlaw_1.norm")).toBe(1);
    expect(findParameter(twice, "PowerLaw.NORM")).toBe(1);
    expect(findParameter(twice, "powerlaw_2.phoindex")).toBe(2);
    expect(findParameter(parseExpression("tbabs*powerlaw"), "powerlaw_1.norm")).toBe(2);
  });

  it("are suggested when a path is not known", () => {
    const expression = parseExpression("tbabs*powerlaw");
    expect(() => findParameter(expression, "powerlaw.Index")).toThrow(/did you mean powerlaw\.PhoIndex\?/);
    expect(() => findParameter(expression, "powerlaw.Gamma")).toThrow(/; powerlaw has PhoIndex, norm$/);
    expect(() => findParameter(expression, "zzzzzzzzz")).toThrow(/tbabs\.nH, powerlaw\.PhoIndex/);
  });
});

describe("a wrong expression is an error that says where and what", () => {
  it.each([
    ["", /empty/],
    ["   ", /empty/],
    ["tbabs*(powerlaw", /column 16: the expression ends; the bracket opened at column 7 is never closed/],
    ["tbabs*powerlaw)", /column 15: found "\)"; this closing bracket has no opening one/],
    ["tbabs*", /column 7: the expression ends; expected the name of a model/],
    ["*powerlaw", /column 1: found "\*"/],
    ["()", /column 2: found "\)"; expected the name/],
    ["tbabs powerlaw", /column 7: found "powerlaw"; expected \+ or \* in front/],
    ["tbabs*powerlaw & 1", /column 16: found "&"/],
    ["tbabs*vapec", /column 7: XSPEC's model vapec is a plasma code, whose atomic data are not included/],
    ["tbabs*powrlaw", /column 7: unknown model "powrlaw"; did you mean powerlaw\?/],
    ["tbabs*po", /did you mean powerlaw\?/],
    ["qqqqqqqq", /the models are .*powerlaw/],
    ["powerlaw*bbodyrad", /column 1: two additive models cannot be multiplied/],
    ["powerlaw(bbodyrad)", /two additive models/],
    ["powerlaw+tbabs", /column 10: a multiplicative model cannot be a term/],
    ["tbabs+tbabs", /column 1: a multiplicative model/],
  ])("%j", (text, message) => {
    expect(() => parseExpression(text)).toThrow(message);
    expect(() => parseExpression(text)).toThrow(expect.objectContaining({ name: "InputError" }));
  });

  it("and so is a grid that does not ascend from a positive energy", () => {
    const expression = parseExpression("powerlaw");
    for (const grid of [[1], [0, 1], [1, 1], [2, 1], [1, Number.NaN], [1, Number.POSITIVE_INFINITY]]) {
      expect(() => expression.prepare(Float64Array.from(grid), settings)).toThrow(/energies|energy grid/);
    }
  });

  it("and an unknown abundance table or cross-section, whether or not the models need it", () => {
    const expression = parseExpression("powerlaw");
    expect(() => expression.prepare(edges, { ...settings, xsect: "verm" })).toThrow(/did you mean vern\?/);
    expect(() => expression.prepare(edges, { ...settings, abund: "wlim" })).toThrow(/did you mean wilm\?/);
  });
});
