import { InputError } from "../errors.ts";
import { plainVectorMath } from "../math/vector.ts";
import { parseExpression } from "../model/expression.ts";
import { findParameter } from "../model/find-parameter.ts";
import { bandFlux } from "../model/flux-scaling.ts";
import { linkParameters } from "../model/links.ts";
import type { ModelExpression } from "../model/types.ts";
import { modelOf, type ProblemSpec } from "./problem.ts";

/** keV in erg, as XSPEC's flux has it. */
export const ERG_PER_KEV = 1.60217733e-9;

/** A model, or a part of it, on a grid as a function of a run's free parameters. */
export interface ModelSpectrum {
  /** Photons/cm2/s in each bin (E) at row `row` of theta (n, D); the same array in every call. */
  at(theta: ArrayLike<number>, row: number): Float64Array;
}

export interface ModelSpectrumOptions {
  /** Expression of components of the model; absent: all of it. */
  readonly part?: string;
  /** Data group, from 1. */
  readonly group?: number;
  /** Label of an additive component that is switched off. */
  readonly silent?: string;
  /** True: the model of the background in place of the source's. */
  readonly background?: boolean;
}

/**
 * The spectrum of `part` of a problem's model on edges (E+1), keV, with the parameters of the whole for data group `group`. The part is an
 * expression of components of the model, such as `powerlaw` or `zphabs*powerlaw`: without its absorption, say. InputError where it names what is not in
 * the model, or emits nothing.
 */
export function modelSpectrum(
  problem: Pick<ProblemSpec, "model" | "abund" | "xsect" | "values" | "free" | "links">,
  edges: Float64Array,
  { part = problem.model, group = 1, silent, background = false }: ModelSpectrumOptions = {},
): ModelSpectrum {
  const whole = parseExpression(problem.model);
  const own = parseExpression(
    part.includes(";") ? part : [part, ...problem.model.split(";").slice(1)].join(";"),
  );
  if (own.kind !== "additive")
    throw new InputError(`"${part}" emits nothing by itself, so it has no flux; name an additive component`);
  const from = part === problem.model ? own.parameters.map((_, p) => p) : sharedParameters(own, whole, part);
  const { rows, set } = linkParameters(
    whole,
    problem.values,
    problem.free.map(({ path }) => path),
    problem.links,
  );
  const values = rows[group - 1];
  if (values === undefined) throw new InputError(`there is no data group ${group}`);
  const { abund, xsect } = problem;
  const evaluate = modelOf(own, background).prepare(edges, { abund, xsect, vector: plainVectorMath });
  const theta = new Float64Array(from.length);
  const off = own.parameters.findIndex(({ path }) => path === `${silent}.norm`);
  const out = new Float64Array(edges.length - 1);
  return {
    at(draws, row) {
      set(draws, row);
      from.forEach((p, k) => {
        theta[k] = values[p];
      });
      if (off >= 0) theta[off] = 0;
      evaluate(out, theta);
      return out;
    },
  };
}

/** Index in the whole model of each parameter of a part. */
function sharedParameters(own: ModelExpression, whole: ModelExpression, part: string): number[] {
  return own.parameters.map(({ path }) => {
    try {
      return findParameter(whole, path);
    } catch (cause) {
      if (!(cause instanceof InputError)) throw cause;
      const labels = whole.components.map(({ label }) => label).join(", ");
      throw new InputError(
        `"${part}" names what is not in the model, whose components are ${labels}`,
        {},
        { cause },
      );
    }
  });
}

/** Energy flux (erg/cm2/s) and photon flux (photons/cm2/s) of a spectrum in a band, partial bins in proportion, as XSPEC's flux. */
export function fluxIn(
  photons: Float64Array,
  edges: Float64Array,
  [low, high]: readonly [number, number],
): { readonly energy: number; readonly photons: number } {
  const band = { low, high };
  return {
    energy: ERG_PER_KEV * bandFlux(photons, edges, band, (a, b) => 0.5 * (a + b)),
    photons: bandFlux(photons, edges, band, () => 1),
  };
}

/**
 * Equivalent width (keV) of a component: its photons over the photons/keV of the rest at the component's peak, the rest averaged over E (1 - f) to E (1 + f),
 * as XSPEC's eqwidth. Both spectra are of the same grid.
 */
export function equivalentWidth(
  component: Float64Array,
  rest: Float64Array,
  edges: Float64Array,
  fraction: number,
): { readonly width: number; readonly peak: number } {
  let best = 0;
  let at = 0;
  let total = 0;
  for (let i = 0; i < component.length; i++) {
    total += component[i];
    const density = component[i] / (edges[i + 1] - edges[i]);
    if (density > best) [best, at] = [density, i];
  }
  const peak = 0.5 * (edges[at] + edges[at + 1]);
  const band = { low: peak * (1 - fraction), high: peak * (1 + fraction) };
  const continuum = bandFlux(rest, edges, band, () => 1) / (band.high - band.low);
  return { width: total / continuum, peak };
}
