import { coarseFolding, groupEnergies } from "../observe/coarse-folding.ts";
import type { ProblemSpec } from "./problem.ts";
import { createSimulator, type Simulator } from "./simulator.ts";

/** Width of a group of energies relative to its lower edge; 1/50 is below the resolution of CCDs, and a tenth of the work. */
const WIDTH = 0.02;
/** Fewer energies than this part of them all are worth the trouble. */
const WORTH = 1 / 3;

/** out (n) = nearly ln L of the rows of theta (n, D). */
export type LogLikes = (out: Float64Array, theta: Float64Array, n: number) => void;

/**
 * Likelihoods that are exact at a reference point and nearly so around it, for a small part of the work: energies are taken
 * together in groups, with matrix elements weighted by the reference's spectrum. Undefined where the response has no energies to
 * spare.
 */
export function nearbyLikelihood(
  spec: ProblemSpec,
  exact: Simulator,
): ((reference: Float64Array) => LogLikes) | undefined {
  const { observations } = spec;
  const groups = observations.map(({ folding }) => groupEnergies(folding, WIDTH));
  const count = (edges: readonly { readonly edges: Float64Array }[]) =>
    edges.reduce((sum, each) => sum + each.edges.length - 1, 0);
  if (count(groups) > WORTH * count(observations.map(({ folding }) => folding))) return undefined;
  const flat = observations.map(({ folding }, k) =>
    coarseFolding(
      folding,
      groups[k],
      new Float64Array(folding.edges.length - 1),
      new Float64Array(groups[k].edges.length - 1),
    ),
  );
  const coarse = createSimulator(
    { ...spec, observations: observations.map((observation, k) => ({ ...observation, folding: flat[k] })) },
    { memoryBytes: 64 * 2 ** 20 },
  );
  let current: Float64Array | undefined;
  return (reference) => {
    if (current === undefined || current.some((value, d) => value !== reference[d])) {
      const photons = exact.photons(reference);
      const grouped = coarse.photons(reference);
      coarse.refold(
        observations.map(({ folding }, k) => coarseFolding(folding, groups[k], photons[k], grouped[k])),
      );
      current = reference.slice();
    }
    return (out, theta, n) => out.set(coarse.logLike(theta.subarray(0, n * coarse.dimensions)));
  };
}
