import { describe, expect, it } from "vitest";
import { formatNumber, formatTable, formatValue } from "./table.ts";

describe("a table", () => {
  it("aligns text to the left and columns of numbers to the right", () => {
    expect(
      formatTable(
        ["name", "value", "off"],
        [
          ["a", "1.5", "+0.1 sigma"],
          ["bbb", "10", ""],
        ],
      ),
    ).toBe(
      ["name  value         off", "----  -----  ----------", "a       1.5  +0.1 sigma", "bbb      10"].join(
        "\n",
      ),
    );
  });
});

describe("a value", () => {
  it("has two digits of its uncertainty", () => {
    expect(formatValue(0.20123456, 0.0062)).toBe("0.2012");
    expect(formatValue(1.7, 0.013)).toBe("1.700");
    expect(formatValue(1234.5678, 21)).toBe("1235");
    expect(formatValue(0, 0.5)).toBe("0");
    expect(formatValue(-46931.56058161582, 3.6e-11)).toBe("-46931.56058");
    expect(formatValue(-3.14821, 0.1)).toBe("-3.15");
  });

  it("far from one has an exponent", () => {
    expect(formatValue(1.23456e-9, 1e-11)).toBe("1.235e-9");
    expect(formatNumber(123456789)).toBe("1.2346e+8");
    expect(formatNumber(0.2)).toBe("0.20000");
  });

  it("without an uncertainty is shown all the same", () => {
    expect(formatValue(0.5, 0)).toBe("0.50000");
    expect(formatValue(Number.POSITIVE_INFINITY, 1)).toBe("Infinity");
  });
});

it("a table may have more rows than a call has arguments", () => {
  const rows = Array.from({ length: 200_000 }, (_, i) => [String(i)]);
  expect(formatTable(["bin"], rows).split("\n")).toHaveLength(200_002);
});
