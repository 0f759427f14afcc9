import { describe, expect, it } from "vitest";
import { gaussLegendre } from "./quadrature.ts";

describe("the Gauss-Legendre rule", () => {
  it.each([1, 2, 3, 5, 20])("of %d points is exact for polynomials up to degree 2n - 1", (n) => {
    const { nodes, weights } = gaussLegendre(n);
    for (let degree = 0; degree < 2 * n; degree++) {
      const sum = nodes.reduce((total, x, k) => total + weights[k] * x ** degree, 0);
      // nodes and weights are good to a few units in the last place
      expect(sum).toBeCloseTo(degree % 2 === 0 ? 2 / (degree + 1) : 0, 14);
    }
  });
});
