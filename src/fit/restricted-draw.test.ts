import { expect, test } from "vitest";
import { kolmogorovUniform } from "../math/kolmogorov.ts";
import { stream } from "../math/random.ts";
import { parseExpression } from "../model/expression.ts";
import { jointPrior } from "../prior/joint.ts";
import { parsePrior } from "../prior/parse.ts";
import { drawRestricted, soleNorm } from "./restricted-draw.ts";

const prior = (norm: string) =>
  jointPrior([
    { name: "tbabs.nH", prior: parsePrior("uniform(0.1, 2)") },
    { name: "powerlaw.norm", prior: parsePrior(norm) },
  ]);

/** Counts that depend on both parameters; proportional to the norm. */
const counts = (point: ArrayLike<number>) => 1000 * point[1] * Math.exp(-2 * point[0]);

function draws(
  norm: string,
  window: { lower: number; upper: number },
  index: number | undefined,
  n: number,
): number[][] {
  const joint = prior(norm);
  const point = new Float64Array(2);
  const kept: number[][] = [];
  for (let i = 0; kept.length < n; i++) {
    const factor = drawRestricted(point, joint, window, index, stream(7, "restricted", i), counts);
    if (factor !== undefined) kept.push(Array.from(point));
  }
  return kept;
}

/** Two-sample comparison: the places of x in the sorted y are uniform if both follow one law (n much below m). */
function sameLaw(x: number[], y: number[]): number {
  const sorted = Float64Array.from(y).sort();
  const places = x.map((v) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < v) low = middle + 1;
      else high = middle;
    }
    return (low + 0.5) / (sorted.length + 1);
  });
  return kolmogorovUniform(places).pValue;
}

test.each([
  ["the window inside what the norms reach", "loguniform(1e-3, 1e3)", { lower: 50, upper: 150 }],
  ["norms that end inside the window", "loguniform(0.2, 1)", { lower: 50, upper: 500 }],
])("norms drawn to fit the window follow the restricted prior: %s", (_name, norm, window) => {
  const quick = draws(norm, window, 1, 1000);
  const plain = draws(norm, window, undefined, 20_000);
  for (const point of quick) expect(counts(point)).toBeGreaterThanOrEqual(window.lower * (1 - 1e-12));
  for (const point of quick) expect(counts(point)).toBeLessThanOrEqual(window.upper * (1 + 1e-12));
  // False alarm: 1e-4 each of six comparisons with fixed seeds.
  for (const of of [(p: number[]) => p[0], (p: number[]) => p[1], counts])
    expect(sameLaw(quick.map(of), plain.map(of))).toBeGreaterThan(1e-4);
});

test("only the free log-uniform norm of a single additive component is drawn to fit", () => {
  const joint = prior("loguniform(0.1, 10)");
  expect(soleNorm(parseExpression("tbabs*powerlaw"), joint)).toBe(1);
  expect(soleNorm(parseExpression("tbabs*(powerlaw+bbodyrad)"), joint)).toBeUndefined();
  expect(soleNorm(parseExpression("tbabs*cflux*powerlaw"), joint)).toBeUndefined();
  expect(soleNorm(parseExpression("tbabs*zashift*powerlaw"), joint)).toBe(1);
  expect(soleNorm(parseExpression("tbabs*powerlaw"), prior("uniform(0.1, 10)"))).toBeUndefined();
});

test("without a window the whole prior is drawn", () => {
  const all = draws("loguniform(0.1, 10)", { lower: 0, upper: Number.POSITIVE_INFINITY }, 1, 500);
  const logs = all.map(([, norm]) => (Math.log10(norm) + 1) / 2);
  expect(kolmogorovUniform(logs).pValue).toBeGreaterThan(1e-4);
});
