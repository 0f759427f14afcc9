import { expect, it } from "vitest";
import * as reference from "./reference.ts";
import { normals, relativeError } from "./workbench.fixture.ts";

/** Central differences of a scalar function; error about step^2, far below the tolerance of 1e-7. */
function differences(f: (x: Float64Array) => number, x: Float64Array): Float64Array {
  const step = 1e-5;
  return x.map((_, i) => {
    const [up, down] = [x.slice(), x.slice()];
    up[i] += step;
    down[i] -= step;
    return (f(up) - f(down)) / (2 * step);
  });
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, i) => sum + v * b[i], 0);
const TOLERANCE = 1e-7;

it("gradients of a linear layer are its finite differences", () => {
  const [x, W, b, g] = [normals(4 * 3, 1), normals(3 * 5, 2), normals(5, 3), normals(4 * 5, 4)];
  const { gx, gW, gb } = reference.linearBackward(g, x, W, 3);
  expect(
    relativeError(
      gx,
      differences((v) => dot(g, reference.linear(v, W, b, 3)), x),
    ),
  ).toBeLessThan(TOLERANCE);
  expect(
    relativeError(
      gW,
      differences((v) => dot(g, reference.linear(x, v, b, 3)), W),
    ),
  ).toBeLessThan(TOLERANCE);
  expect(
    relativeError(
      gb,
      differences((v) => dot(g, reference.linear(x, W, v, 3)), b),
    ),
  ).toBeLessThan(TOLERANCE);
});

it.each(["tanh", "relu", "silu"] as const)("the derivative of %s is its finite difference", (name) => {
  const [x, g] = [normals(20, 1), normals(20, 2)];
  const found = reference.activationBackward(name, g, x);
  const expected = differences((v) => dot(g, reference.activation(name, v)), x);
  expect(relativeError(found, expected)).toBeLessThan(TOLERANCE);
});

it("gradients of affine transform and energy are their finite differences", () => {
  const permutation = [2, 0, 1];
  const [x, raw, g] = [normals(4 * 3, 1), normals(4 * 6, 2), normals(4, 3)];
  const energy = (theta: Float64Array, parameters: Float64Array): number => {
    const { z, logDet } = reference.affine(theta, parameters, permutation);
    return dot(g, reference.normalEnergy(z, logDet));
  };
  const { z } = reference.affine(x, raw, permutation);
  const { gz, gLogDet } = reference.normalEnergyBackward(g, z);
  const { gx, gRaw } = reference.affineBackward(gz, gLogDet, x, raw, permutation);
  expect(
    relativeError(
      gx,
      differences((v) => energy(v, raw), x),
    ),
  ).toBeLessThan(TOLERANCE);
  expect(
    relativeError(
      gRaw,
      differences((v) => energy(x, v), raw),
    ),
  ).toBeLessThan(TOLERANCE);
});
