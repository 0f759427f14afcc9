import { type Summary, summarise } from "../diagnose/summary.ts";
import { InputError } from "../errors.ts";
import { stream } from "../math/random.ts";
import { parseExpression } from "../model/expression.ts";
import { CM_PER_MPC, type Cosmology, luminosityDistance } from "../model/luminosity-distance.ts";
import { resample } from "../sample/resample.ts";
import { loadObservations, problemOf, spectrumNumbers } from "./load.ts";
import { equivalentWidth, fluxIn, modelSpectrum } from "./model-flux.ts";
import { loadModelTables } from "./model-tables.ts";
import { responseEdges } from "./response-edges.ts";
import type { FitIo } from "./session.ts";
import type { FitConfig, PosteriorDraws } from "./types.ts";

/** Draws whose spectra are computed; their number limits the error of an interval to some per cent of it. */
const DRAWS = 2000;

/** A quantity at the best fit, and over the posterior where the run has one. */
export type Derived = Partial<Summary> & { readonly best: number };

export interface FluxResult {
  readonly model: string;
  readonly part: string;
  readonly group: number;
  readonly bands: readonly {
    readonly band: readonly [number, number];
    /** erg/cm2/s. */
    readonly energy: Derived;
    /** photons/cm2/s. */
    readonly photons: Derived;
    /** erg/s, in the band as it is in the source's frame; where a redshift was given. */
    readonly luminosity?: Derived;
  }[];
  /** What luminosities are for: Mpc. */
  readonly source?: LuminositySource & { readonly distance: number };
}

/** Where a source is, for its luminosity. */
export interface LuminositySource {
  readonly redshift: number;
  readonly cosmology: Cosmology;
}

/** A run whose draws tell the errors; without draws (a best fit) there are none. */
export interface DerivedInput {
  readonly config: FitConfig;
  readonly draws?: PosteriorDraws;
  /** Free parameters at the best fit, in theta's order (D). */
  readonly best: Float64Array;
  /** Energies (E+1), keV; absent: the response's, as XSPEC. */
  readonly edges?: Float64Array;
}

/** Fluxes of a model, or of a part of it, in bands (keV), with their posterior. */
export async function runFlux(
  input: DerivedInput,
  io: Pick<FitIo, "readFile">,
  {
    bands,
    part,
    group = 1,
    source,
  }: {
    readonly bands: readonly (readonly [number, number])[];
    readonly part?: string;
    readonly group?: number;
    /** Luminosities, too, as XSPEC's lumin: 4 pi D^2 times the flux in the band divided by 1 + z. */
    readonly source?: LuminositySource;
  },
): Promise<FluxResult> {
  const { problem, edges } = await prepare(input, io, group);
  const { redshift = 0 } = source ?? {};
  const atSource = bands.map(([low, high]) => [low / (1 + redshift), high / (1 + redshift)] as const);
  for (const [low, high] of [...bands, ...atSource])
    if (!(low >= edges[0] * (1 - 1e-6) && high <= edges[edges.length - 1] * (1 + 1e-6)))
      throw new InputError(
        `the band ${low}-${high} keV leaves the energies of the response, ${keV(edges[0])} to ${keV(edges[edges.length - 1])} keV; give a grid with --energies`,
        { key: "--band" },
      );
  const spectrum = modelSpectrum(problem, edges, { ...(part !== undefined && { part }), group });
  const values = bands.flatMap((band) => [
    (theta: Float64Array, row: number) => fluxIn(spectrum.at(theta, row), edges, band).energy,
    (theta: Float64Array, row: number) => fluxIn(spectrum.at(theta, row), edges, band).photons,
  ]);
  const distance = source && luminosityDistance(redshift, source.cosmology);
  const sphere = 4 * Math.PI * ((distance ?? 0) * CM_PER_MPC) ** 2;
  const luminosities = atSource.map(
    (band) => (theta: Float64Array, row: number) =>
      sphere * fluxIn(spectrum.at(theta, row), edges, band).energy,
  );
  const found = overDraws(input, [...values, ...(source === undefined ? [] : luminosities)]);
  return {
    model: problem.model,
    part: part ?? problem.model,
    group,
    bands: bands.map((band, k) => ({
      band,
      energy: found[2 * k],
      photons: found[2 * k + 1],
      ...(source && { luminosity: found[2 * bands.length + k] }),
    })),
    ...(source && distance !== undefined && { source: { ...source, distance } }),
  };
}

export interface EqwidthResult {
  readonly model: string;
  readonly component: string;
  /** keV. */
  readonly width: Derived;
  /** Energy of the component's peak at the best fit, keV. */
  readonly peak: number;
}

/** Equivalent width of an additive component over the others, with its posterior. InputError for another component, or none besides it. */
export async function runEqwidth(
  input: DerivedInput,
  io: Pick<FitIo, "readFile">,
  {
    component,
    fraction = 0.05,
    group = 1,
  }: { readonly component: string; readonly fraction?: number; readonly group?: number },
): Promise<EqwidthResult> {
  const { problem, edges } = await prepare(input, io, group);
  const expression = parseExpression(problem.model);
  const additive = expression.components
    .filter(({ model }) => model.kind === "additive")
    .map(({ label }) => label);
  const label = additive.find((each) => each === component.toLowerCase());
  if (label === undefined)
    throw new InputError(
      `expected an additive component, one of ${additive.join(", ")}, found "${component}"`,
    );
  if (additive.length < 2)
    throw new InputError(
      `${label} is the only additive component; an equivalent width needs a continuum besides it`,
    );
  const whole = modelSpectrum(problem, edges, { group });
  const others = modelSpectrum(problem, edges, { group, silent: label });
  const line = new Float64Array(edges.length - 1);
  let peak = 0;
  const width = (theta: Float64Array, row: number) => {
    const all = whole.at(theta, row);
    const rest = others.at(theta, row);
    for (let i = 0; i < line.length; i++) line[i] = all[i] - rest[i];
    const found = equivalentWidth(line, rest, edges, fraction);
    peak = found.peak;
    return found.width;
  };
  const [summary] = overDraws(input, [width]);
  width(input.best, 0);
  return { model: problem.model, component: label, width: summary, peak };
}

async function prepare(
  { config, edges }: DerivedInput,
  { readFile }: Pick<FitIo, "readFile">,
  group: number,
) {
  await loadModelTables(config.model, readFile);
  const observations = await loadObservations(config, readFile);
  const problem = problemOf(config, observations);
  if (edges !== undefined) return { problem, edges };
  const groups = problem.links?.groups ?? observations.map(() => 1);
  const k = spectrumNumbers(observations)[Math.max(0, groups.indexOf(group))];
  return { problem, edges: await responseEdges(config.spectra[k], readFile) };
}

/** Summaries of functions of theta over equally weighted draws, and their values at the best fit. */
function overDraws(
  { draws, best, config }: DerivedInput,
  values: readonly ((theta: Float64Array, row: number) => number)[],
): Derived[] {
  const atBest = values.map((value) => value(best, 0));
  if (draws === undefined) return atBest.map((one) => ({ best: one }));
  const theta = drawn(draws, config.seed);
  const M = theta.length / best.length;
  const found = values.map(() => new Float64Array(M));
  for (let m = 0; m < M; m++)
    values.forEach((value, k) => {
      found[k][m] = value(theta, m);
    });
  return atBest.map((one, k) => ({ ...summarise(found[k]), best: one }));
}

function drawn({ names, theta, weight }: PosteriorDraws, seed: number): Float64Array {
  const D = names.length;
  const rows = resample(weight, Math.min(DRAWS, weight.length), stream(seed, "flux", 0));
  const out = new Float64Array(rows.length * D);
  rows.forEach((row, m) => {
    out.set(theta.subarray(row * D, (row + 1) * D), m * D);
  });
  return out;
}

const keV = (value: number) => Number(value.toPrecision(6));
