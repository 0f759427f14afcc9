import { parseExpression } from "../model/expression.ts";
import { scalesWithNorms } from "../model/scales-with-norms.ts";
import { fold } from "../observe/folding.ts";
import type { Observation } from "../observe/types.ts";
import { modelSpectrum } from "./model-flux.ts";
import type { ProblemSpec } from "./problem.ts";

/** An additive component's share of the expected counts of all observations (C). */
export interface ComponentCounts {
  readonly label: string;
  readonly mu: Float64Array;
}

/**
 * Expected counts of each additive component at theta (D), the background model's among them: all counts less those without it. They add up to all
 * counts. None where there is one component only, or where a convolution sets a flux, of which components have no share.
 */
export function componentCounts(problem: ProblemSpec, theta: Float64Array): ComponentCounts[] {
  const expression = parseExpression(problem.model);
  const additive = expression.components.filter(({ model }) => model.kind === "additive");
  if (additive.length < 2 || !scalesWithNorms(expression)) return [];
  const { observations } = problem;
  return additive.map(({ label, background = false }) => {
    const own = observations.map((observation, k) =>
      background === (observation.isBackground ?? false)
        ? shareOf(observation, { problem, label, theta, group: problem.links?.groups[k] ?? 1 })
        : new Float64Array(observation.counts.length),
    );
    // What the source's spectrum holds of the background is a share of what stands in the one that follows.
    observations.forEach(({ behind }, k) => {
      if (background && behind) own[k].set(behind.ratio.map((ratio, c) => ratio * own[k + 1][c]));
    });
    return { label, mu: Float64Array.from(own.flatMap((mu) => Array.from(mu))) };
  });
}

interface Share {
  readonly problem: ProblemSpec;
  readonly label: string;
  readonly theta: Float64Array;
  readonly group: number;
}

function shareOf(
  { folding, scale, isBackground = false }: Observation,
  { problem, label, theta, group }: Share,
): Float64Array {
  const options = { group, background: isBackground };
  const all = modelSpectrum(problem, folding.edges, options).at(theta, 0);
  const rest = modelSpectrum(problem, folding.edges, { ...options, silent: label }).at(theta, 0);
  const out = new Float64Array(scale.length);
  fold(
    out,
    folding,
    all.map((v, e) => v - rest[e]),
  );
  return out.map((rate, c) => rate * scale[c]);
}
