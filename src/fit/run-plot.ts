import { InputError } from "../errors.ts";
import { parseExpression } from "../model/expression.ts";
import { bandFlux } from "../model/flux-scaling.ts";
import { groupParameter } from "../model/links.ts";
import { corner } from "../plot/corner.ts";
import { parameterLabel } from "../plot/parameterLabel.ts";
import { quantilesFigure } from "../plot/quantiles.ts";
import type { Rebin } from "../plot/rebin.ts";
import type { Scene } from "../plot/scene.ts";
import type { SpectrumSeries } from "../plot/spectrum.ts";
import { traces } from "../plot/traces.ts";
import { PANEL_KINDS, type PanelKind, type Unfolded, xspecPanels } from "../plot/xspecPanels.ts";
import { equalDraws, parameterValues } from "./export-draws.ts";
import { posteriorFigures } from "./figures.ts";
import { spectrumNumbers } from "./load.ts";
import { modelSpectrum } from "./model-flux.ts";
import { responseEdges } from "./response-edges.ts";
import type { DerivedInput } from "./run-flux.ts";
import { type FitIo, figureInput, type Session, withSession } from "./session.ts";
import type { PosteriorDraws } from "./types.ts";

export const PLOT_KINDS = [...PANEL_KINDS, "qq", "contour", "chain"] as const;
export type PlotKind = (typeof PLOT_KINDS)[number];

export interface PlotWanted {
  /** Panels from above; `qq`, `contour` and `chain` stand alone. */
  readonly kinds: readonly PlotKind[];
  /** When bins are joined for display. */
  readonly rebin?: Rebin;
  /** contour: two free parameters; absent: the first two. */
  readonly parameters?: readonly string[];
}

/**
 * XSPEC's plots of a run: panels of data and model at the best fit (with the posterior's 68 % band), folded or unfolded; `qq`, counts summed over energy; `contour`, the
 * joint posterior of two parameters; `chain`, the draws in their order. InputError for kinds that cannot stand together, and where the run lacks draws.
 */
export async function runPlot(
  input: DerivedInput,
  io: Pick<FitIo, "readFile">,
  { kinds, rebin, parameters }: PlotWanted,
): Promise<Scene> {
  const panels = kinds.filter((kind): kind is PanelKind => PANEL_KINDS.some((one) => one === kind));
  const [alone] = kinds.filter((kind) => !PANEL_KINDS.some((one) => one === kind));
  if (kinds.length === 0 || (alone !== undefined && kinds.length > 1))
    throw new InputError(
      `expected panels such as ldata,delchi, or one of qq, contour, chain alone; found ${kinds.join(",") || "nothing"}`,
    );
  if (alone === "chain" || alone === "contour") {
    if (input.draws === undefined)
      throw new InputError(
        `the run is a best fit and has no draws, which ${alone} shows; fit with another --method`,
      );
    return alone === "chain" ? chainOf(input.draws, input) : contourOf(input.draws, input, parameters);
  }
  return withSession({ ...input.config, workers: 1 }, io, {}, async (session) => {
    const draws = input.draws ?? { theta: input.best, weight: Float64Array.of(1) };
    const { spectra = [] } = await posteriorFigures(session.pool, figureInput(session), draws, input.best);
    if (alone === "qq") return quantilesFigure({ series: spectra.map(withBackground) });
    const bare = panels.some((kind) => /spec$|model$/.test(kind));
    const unfolded = bare ? await unfoldedModels(session, input, io) : [];
    // Nothing of a background spectrum can be unfolded by the source's model.
    const shown = bare ? spectra.filter((_, k) => !session.observations[k].isBackground) : spectra;
    return xspecPanels(panels, {
      // A best fit has no posterior, and so no band.
      series: input.draws ? shown : shown.map(({ band: _, ...rest }) => rest),
      unfolded,
      ...(rebin !== undefined && { rebin }),
    });
  });
}

/** All counts beside all that is expected. */
function withBackground(one: SpectrumSeries): SpectrumSeries {
  const { background, model } = one;
  return background === undefined ? one : { ...one, model: Array.from(model, (m, c) => m + background[c]) };
}

/** The model at the best fit on each spectrum's response energies, and its mean in the spectrum's bins. */
async function unfoldedModels(
  { problem, observations }: Session,
  { best, config, edges: given }: DerivedInput,
  { readFile }: Pick<FitIo, "readFile">,
): Promise<Unfolded[]> {
  const groups = problem.links?.groups ?? observations.map(() => 1);
  const additive = parseExpression(problem.model).components.filter(
    ({ model, background }) => model.kind === "additive" && !background,
  );
  const models: Unfolded[] = [];
  const numbers = spectrumNumbers(observations);
  for (const [k, { energyLow, energyHigh, isBackground }] of observations.entries()) {
    if (isBackground) continue;
    const edges = given ?? (await responseEdges(config.spectra[numbers[k]], readFile));
    const group = groups[k];
    const photons = modelSpectrum(problem, edges, { group }).at(best, 0).slice();
    const density = (values: Float64Array) => values.map((v, e) => v / (edges[e + 1] - edges[e]));
    const parts = additive.map(({ label }) => {
      const rest = modelSpectrum(problem, edges, { group, silent: label }).at(best, 0);
      return { label, density: density(photons.map((v, e) => v - rest[e])) };
    });
    models.push({
      edges,
      density: density(photons),
      components: parts.length > 1 ? parts : [],
      inBins: energyLow.map((low, c) => {
        const band = { low, high: energyHigh[c] };
        return bandFlux(photons, edges, band, () => 1) / (band.high - band.low);
      }),
    });
  }
  return models;
}

/** Units longer than this do not fit beside a trace. */
const SHORT_UNIT = 10;

function chainOf({ names, theta }: PosteriorDraws, { config }: DerivedInput): Scene {
  const labels = namesAndUnits(config, names, names);
  return traces({
    parameters: labels.map(({ symbol, unit }, d) => ({
      label: unit !== "" && unit.length <= SHORT_UNIT ? `${symbol} (${unit})` : symbol,
      values: parameterValues({ names, theta }, d),
    })),
  });
}

/** Symbols and units of some of a run's parameters. */
function namesAndUnits(
  { model }: DerivedInput["config"],
  wanted: readonly string[],
  among: readonly string[],
) {
  const expression = parseExpression(model);
  return wanted.map((name) => {
    const { unit } = expression.parameters[groupParameter(expression, name).index];
    return parameterLabel(name, unit, { logarithmic: false, among });
  });
}

/** Joint posterior of two parameters. */
function contourOf(
  draws: PosteriorDraws,
  { config }: DerivedInput,
  wanted: readonly string[] = draws.names.slice(0, 2),
): Scene {
  const columns = wanted.map((name) =>
    draws.names.findIndex((each) => each.toLowerCase() === name.toLowerCase()),
  );
  const unknown = columns.indexOf(-1);
  if (unknown >= 0 || wanted.length !== 2)
    throw new InputError(
      unknown >= 0
        ? `${wanted[unknown]} is not free in this run; free are ${draws.names.join(", ")}`
        : `expected two parameters for a contour, found ${wanted.length}`,
    );
  const equal = equalDraws(draws, draws.weight.length, config.seed);
  const shown = columns.map((d) => draws.names[d]);
  return corner({
    parameters: namesAndUnits(config, shown, draws.names),
    samples: [{ label: "posterior", columns: columns.map((d) => parameterValues(equal, d)) }],
    title: "Posterior",
  });
}
