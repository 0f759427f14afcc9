import { describe, expect, it } from "vitest";
import { fixed, measurement, powerOfTen, significant } from "./numberText.ts";

describe("measurement", () => {
  it("rounds to two digits of the error, as the published tables do", () => {
    expect(measurement(0.23931, 0.00569, 0.00574)).toBe("0.2393 \u00b1 0.0057");
    expect(measurement(1.7712, 0.0181, 0.0179)).toBe("1.771 \u00b1 0.018");
    expect(measurement(632.2, 73.4, 84.6)).toBe("632^{+85}_{\u221273}");
    expect(measurement(-0.6231, 0.0131, 0.0102)).toBe("\u22120.623^{+0.010}_{\u22120.013}");
  });

  it("keeps two digits where rounding carries into the next power of ten", () => {
    expect(measurement(1.23456, 0.0996, 0.0998)).toBe("1.23 \u00b1 0.10");
  });

  it("calls errors equal that differ by at most 5 %", () => {
    expect(measurement(1, 0.1, 0.104)).toBe("1.00 \u00b1 0.10");
    expect(measurement(1, 0.1, 0.12)).toContain("^{+0.12}_{\u22120.10}");
  });

  it("puts very small and very large values on one power of ten", () => {
    expect(measurement(1.234e-7, 1.1e-8, 1.1e-8)).toBe("(1.23 \u00b1 0.11)\u00d710^{\u22127}");
    expect(measurement(2.5e9, 3e8, 5e8)).toBe("2.50^{+0.50}_{\u22120.30}\u00d710^{9}");
  });

  it("gives the value alone for constant samples, and never an empty error", () => {
    expect(measurement(1.7, 0, 0)).toBe("1.700");
    expect(measurement(1.7, 0, 0.1)).toBe("1.70^{+0.10}_{\u22120.00}");
  });
});

describe("numbers as text", () => {
  it("never prints a negative zero", () => {
    expect(fixed(-0.0004, 2)).toBe("0.00");
    expect(fixed(-0.5, 1)).toBe("\u22120.5");
  });

  it("writes powers of ten with a true minus sign", () => {
    expect(powerOfTen(-3)).toBe("10^{\u22123}");
  });

  it("switches to powers of ten where decimals would be long, and names what is not a number", () => {
    expect(significant(0.00123)).toBe("0.00123");
    expect(significant(1.234e-9)).toBe("1.23\u00d710^{\u22129}");
    expect(significant(9.9996, 4)).toBe("10.00");
    expect(significant(Number.NEGATIVE_INFINITY)).toBe("\u2212\u221e");
    expect(significant(Number.NaN)).toBe("undefined");
  });
});
