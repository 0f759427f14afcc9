import { describe, expect, it } from "vitest";
import { FormulaError, parseFormula } from "./formula.ts";

const value = (text: string, ...values: number[]) => parseFormula(text).evaluate(values);

describe("a formula", () => {
  it.each([
    ["1 + 2*3", 7],
    ["(1+2)*3", 9],
    ["-2^2", -4],
    ["2^3^2", 512],
    ["2^-1", 0.5],
    ["2**0.5", Math.SQRT2],
    ["8/4/2", 1],
    ["5-3-1", 1],
    ["--3", 3],
    ["1.5e2", 150],
    [".5*4.", 2],
    ["log(100) + ln(exp(3))", 5],
    ["sind(90) + cosd(60) + tand(45)", 2.5],
    ["max(1, min(5, 3))", 3],
    ["atan2(1, 1)*4", Math.PI],
    ["gamma(5)", 24],
    ["abs(int(-2.7))*sign(-3)", -2],
  ])("%s is %d", (text, expected) => {
    expect(value(text)).toBeCloseTo(expected, 12);
  });

  it("lists its names once, whatever the case, in the order of their values", () => {
    const formula = parseFormula("E^-Gamma * exp(-e/Ecut) + powerlaw_2.norm");
    expect(formula.names).toEqual(["E", "Gamma", "Ecut", "powerlaw_2.norm"]);
    expect(formula.evaluate([2, 3, 4, 5])).toBeCloseTo(2 ** -3 * Math.exp(-0.5) + 5, 14);
  });

  it.each([
    ["1 +", /formula ends/, 3],
    ["(1 + 2", /expected \), but the formula ends/, 6],
    ["2 3", /expected an operator, found "3"/, 2],
    ["sine(3)", /no function sine; there are exp, ln/, 0],
    ["max(3)", /expected ,/, 5],
    ["a & b", /"&" means nothing here/, 2],
    ["", /formula ends/, 0],
    ["constructor(1)", /no function/, 0],
  ])("%s is refused with what is wrong and where", (text, message, position) => {
    const fault = (() => {
      try {
        parseFormula(text);
        return undefined;
      } catch (error) {
        return error;
      }
    })();
    expect(fault).toBeInstanceOf(FormulaError);
    expect(String(fault)).toMatch(message);
    expect(fault).toHaveProperty("position", position);
  });
});
