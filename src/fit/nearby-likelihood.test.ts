import { expect, it } from "vitest";
import { loadObservations, problemOf } from "./load.ts";
import { nearbyLikelihood } from "./nearby-likelihood.ts";
import { createSimulator } from "./simulator.ts";
import { smallFit } from "./small.fixture.ts";

const { config, readFile } = smallFit([{ file: "a.pha" }, { file: "b.pha", exposure: 2, background: 20 }]);
const spec = problemOf(config, await loadObservations(config, readFile));
const exact = createSimulator(spec);
const nearby = nearbyLikelihood(spec, exact)!;

const at = (reference: Float64Array, theta: Float64Array) => {
  const out = new Float64Array(theta.length / 2);
  nearby(reference)(out, theta, out.length);
  return out;
};

it("the nearby likelihood is the exact one at its reference, also when that has moved", () => {
  for (const reference of [Float64Array.of(1.7, 1), Float64Array.of(2.4, 0.6), Float64Array.of(1.7, 1)]) {
    const [value] = exact.logLike(reference);
    const [near] = at(reference, reference);
    // Two orders of summation of the same products.
    expect(Math.abs(near - value)).toBeLessThan(1e-9 * Math.abs(value));
  }
});

it("around its reference it is off by little of what the likelihood changes", () => {
  const reference = Float64Array.of(1.7, 1);
  const theta = Float64Array.of(1.6, 1, 1.8, 1.05, 1.7, 0.9, 1.5, 0.95);
  const value = exact.logLike(theta);
  const [best] = exact.logLike(reference);
  at(reference, theta).forEach((near, i) => {
    expect(Math.abs(near - value[i])).toBeLessThan(0.01 * Math.abs(value[i] - best) + 0.01);
  });
});

it("there is none for a response without energies to spare", () => {
  const every = Math.floor(spec.observations[0].folding.edges.length / 40);
  const few = spec.observations.map((observation) => {
    const edges = observation.folding.edges.filter((_, e) => e % every === 0);
    const bins = observation.scale.length;
    const folding = {
      edges,
      start: new Int32Array(bins),
      length: new Int32Array(bins).fill(1),
      offset: Int32Array.from({ length: bins + 1 }, (_, c) => c),
      values: new Float64Array(bins).fill(1),
    };
    return { ...observation, folding };
  });
  const coarse = { ...spec, observations: few };
  expect(nearbyLikelihood(coarse, createSimulator(coarse))).toBeUndefined();
});
