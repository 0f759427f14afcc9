import { describe, expect, it } from "vitest";
import { plainVectorMath } from "../math/vector.ts";
import { diskIntegral } from "./disk-integral.ts";
import { diskbb } from "./diskbb.ts";
import { diskpbb } from "./diskpbb.ts";

describe("the disc's integral", () => {
  it.each([1e-4, 0.01, 0.3, 1, 2.7, 10, 25, 40, 300])("at x = %d is that of Simpson's rule", (x) => {
    // int_0^inf (x + v)^(5/3) e^-v / (1 - e^-(x+v)) dv with v = w^3, so that the integrand is smooth at 0; 20000 panels
    const integrand = (w: number) => {
      const s = x + w ** 3;
      return (3 * w * w * s ** (5 / 3) * Math.exp(-(w ** 3))) / -Math.expm1(-s);
    };
    const [last, panels] = [3.6, 20000];
    let sum = integrand(0) + integrand(last);
    for (let k = 1; k < panels; k++) sum += (k % 2 === 0 ? 2 : 4) * integrand((k * last) / panels);
    const expected = Math.log((sum * last) / panels / 3);
    // Hermite interpolation at a step of 0.02: step^4/384 times a fourth derivative of order 1
    expect(Math.abs(diskIntegral()(Math.log(x), 5 / 3) - expected)).toBeLessThan(2e-9);
  });
});

describe("diskpbb", () => {
  const settings = { abund: "wilm", xsect: "vern", vector: plainVectorMath };
  const edges = Float64Array.of(0.3, 0.31, 1, 1.01, 5, 5.1);

  it("with p = 3/4 is diskbb, but for XSPEC's constants", () => {
    const [disk, free] = [new Float64Array(5), new Float64Array(5)];
    diskbb.prepare(edges, settings)(disk, [0.8, 1]);
    diskpbb.prepare(edges, settings)(free, [0.8, 0.75, 1]);
    free.forEach((value, i) => {
      expect(Math.abs(value / (2.78e-3 * 361 * disk[i]) - 1)).toBeLessThan(1e-13);
    });
  });

  it("with p = 1 has the integral of s/(e^s - 1), pi^2/6 in the limit of low energy", () => {
    const out = new Float64Array(1);
    diskpbb.prepare(Float64Array.of(1e-5, 1.001e-5), settings)(out, [1, 1, 1]);
    // N = 2.78e-3 (3/4) E^2 x^-2 (pi^2/6 - x + ...): flat at energies far below Tin
    const expected = 2.78e-3 * 0.75 * (Math.PI ** 2 / 6 - 1.0005e-5) * 1e-8;
    expect(Math.abs(out[0] / expected - 1)).toBeLessThan(1e-8);
  });
});

describe("diskbb", () => {
  it("grows as Tin^3 when energies are measured in Tin", () => {
    const evaluate = (edges: readonly number[], Tin: number) => {
      const out = new Float64Array(edges.length - 1);
      diskbb.prepare(Float64Array.from(edges), { abund: "wilm", xsect: "vern", vector: plainVectorMath })(
        out,
        [Tin, 1],
      );
      return out;
    };
    const one = evaluate([0.2, 0.3, 1, 5, 20], 1);
    evaluate([0.4, 0.6, 2, 10, 40], 2).forEach((value, i) => {
      expect(Math.abs(value / (8 * one[i]) - 1)).toBeLessThan(1e-12);
    });
  });

  it("vanishes with its temperature", () => {
    const out = new Float64Array(1);
    diskbb.prepare(Float64Array.of(1, 2), { abund: "wilm", xsect: "vern", vector: plainVectorMath })(
      out,
      [0, 1],
    );
    expect(out[0]).toBe(0);
  });
});
