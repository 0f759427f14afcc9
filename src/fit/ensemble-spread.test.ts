import { expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { jointPrior } from "../prior/joint.ts";
import { parsePrior } from "../prior/parse.ts";
import { ensembleSpread } from "./ensemble-spread.ts";

const limits = { min: -100, max: 100, where: {} };
const prior = jointPrior([
  { name: "a", prior: parsePrior("uniform(-10, 10)", limits) },
  { name: "b", prior: parsePrior("loguniform(0.01, 100)", limits) },
]);
const M = 30_000;

/** Draws of three members, whose second parameter's log10 is moved by `shift` (0.2 is a standard deviation). */
function draws(shift: (member: number) => number): Float64Array {
  const theta = new Float64Array(2 * M);
  for (let m = 0; m < M; m++) {
    const rng = stream(1, "members", m);
    theta[2 * m] = rng.normal();
    theta[2 * m + 1] = 10 ** (0.2 * rng.normal() + shift(m % 3));
  }
  return theta;
}

it("members that agree are apart by the error of their medians alone", () => {
  const { members, disagreement } = ensembleSpread(
    draws(() => 0),
    prior,
    3,
  );
  expect(members).toBe(3);
  // 1.25 sqrt(3 / 30 000) = 0.0125; three times that is rarer than 1 in 1000, and the seed is fixed.
  expect(disagreement).toBeLessThan(0.0375);
});

it("the disagreement is the spread of medians in standard deviations, of the parameter where it is largest", () => {
  const { disagreement } = ensembleSpread(
    draws((k) => 0.1 * (k - 1)),
    prior,
    3,
  );
  // Medians at -0.1, 0, 0.1 have the deviation 0.1; all draws together that of 0.2 and of three shifts.
  const sd = Math.sqrt(0.2 ** 2 + (2 * 0.1 ** 2) / 3);
  expect(Math.abs(disagreement - 0.1 / sd)).toBeLessThan(0.04);
});
