import { describe, expect, it } from "vitest";
import { COSMOLOGY, luminosityDistance } from "./luminosity-distance.ts";

const HUBBLE = 299792.458 / 70;
const REDSHIFTS = [1e-6, 0.01, 0.3, 1, 3, 10];
/** Rounding of a sum of 40 terms. */
const close = (value: number, wanted: number) => expect(Math.abs(value / wanted - 1)).toBeLessThan(1e-11);

describe("the luminosity distance", () => {
  it("of Einstein and de Sitter is 2 c/H0 (1 + z - sqrt(1 + z)), by either formula", () => {
    for (const z of REDSHIFTS) {
      const wanted = (2 * HUBBLE * z * Math.sqrt(1 + z)) / (1 + Math.sqrt(1 + z));
      close(luminosityDistance(z, { h0: 70, q0: 0.5, lambda: 0 }), wanted);
      close(luminosityDistance(z, { h0: 70, q0: 9, lambda: 1e-14 }), wanted);
    }
  });

  it("of de Sitter is c/H0 z (1 + z), of an empty universe c/H0 z (1 + z/2)", () => {
    for (const z of REDSHIFTS) {
      close(luminosityDistance(z, { h0: 70, q0: 0, lambda: 1 }), HUBBLE * z * (1 + z));
      close(luminosityDistance(z, { h0: 70, q0: 0, lambda: 0 }), HUBBLE * z * (1 + z / 2));
    }
  });

  it("of q0 = 1 is c/H0 z", () => {
    for (const z of REDSHIFTS) close(luminosityDistance(z, { h0: 70, q0: 1, lambda: 0 }), HUBBLE * z);
  });

  it("of XSPEC's default is the integral by Simpson's rule", () => {
    for (const z of [0.1, 1, 6]) {
      const n = 20_000;
      const f = (x: number) => 1 / Math.sqrt(0.73 + 0.27 * (1 + x) ** 3);
      let sum = f(0) + f(z);
      for (let i = 1; i < n; i++) sum += (i % 2 === 1 ? 4 : 2) * f((i * z) / n);
      close(luminosityDistance(z, COSMOLOGY), (HUBBLE * (1 + z) * sum * z) / (3 * n));
    }
  });

  it("is refused for what cannot be", () => {
    expect(() => luminosityDistance(-1)).toThrow(/expected z/);
    expect(() => luminosityDistance(1, { h0: 0, q0: 0, lambda: 0.7 })).toThrow(/H0 > 0/);
  });
});
