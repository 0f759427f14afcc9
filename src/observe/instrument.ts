import { normalCdf } from "../math/index.ts";
import type { AncillaryResponse, Redistribution } from "../ogip/index.ts";
import { effectiveAreaPoints } from "./instrument-area.ts";
import {
  channelCount,
  channelWidth,
  gainOffset,
  gridSegments,
  gridStart,
  gridUnit,
  highestEnergy,
  lowestProbability,
  normalisation,
  resolution,
  siliconEdge,
  type TailConstants,
  tailAbove,
  tailBelow,
} from "./instrument-constants.ts";

/**
 * Response of the built-in instrument, made by formula: NICER's effective area and resolution, good for trying things out
 * and for tests, not for science. 3451 energies 0.1-20 keV, 1501 channels of 10 eV from channel 0. docs/instrument.md.
 */
export function builtInResponse(): {
  readonly redistribution: Redistribution;
  readonly ancillary: AncillaryResponse;
} {
  const edges = gridEdges();
  return { redistribution: builtInRedistribution(edges), ancillary: builtInArea(edges) };
}

/** Edges (E+1), keV, rounded to float32 as the files of this grid are. */
function gridEdges(): Float64Array {
  const edges = [gridStart];
  for (const [count, width] of gridSegments)
    for (let i = 0; i < count; i++) edges.push(edges[edges.length - 1] + width);
  return Float64Array.from(edges, (units) => Math.fround(units * gridUnit));
}

function builtInArea(edges: Float64Array): AncillaryResponse {
  const points = effectiveAreaPoints.map(([energy, area]) => [energy, Math.log(area)] as const);
  const area = Float64Array.from(
    { length: edges.length - 1 },
    (_, e) => normalisation * Math.exp(interpolateInLogEnergy(points, (edges[e] + edges[e + 1]) / 2)),
  );
  return { file: "built-in.arf", edges, area, warnings: [] };
}

/** Linear in ln(energy) between points of ascending energy, constant outside. */
function interpolateInLogEnergy(points: readonly (readonly [number, number])[], energy: number): number {
  const above = points.findIndex(([at]) => at > energy);
  if (above === -1) return points[points.length - 1][1];
  if (above === 0) return points[0][1];
  const [low, a] = points[above - 1];
  const [high, b] = points[above];
  return a + ((b - a) * Math.log(energy / low)) / Math.log(high / low);
}

function builtInRedistribution(edges: Float64Array): Redistribution {
  const energies = edges.length - 1;
  const rows: Float64Array[] = [];
  const row = new Float64Array(channelCount);
  for (let e = 0; e < energies; e++) {
    const energy = (edges[e] + edges[e + 1]) / 2;
    rows.push(energy < highestEnergy ? row.slice(0, fillRow(row, energy)) : new Float64Array(0));
  }
  const groupOffset = new Int32Array(energies);
  for (let e = 1; e < energies; e++) groupOffset[e] = groupOffset[e - 1] + rows[e - 1].length;
  const values = new Float32Array(groupOffset[energies - 1] + rows[energies - 1].length);
  rows.forEach((one, e) => {
    values.set(one, groupOffset[e]);
  });
  const channelEdge = (i: number) => Math.fround(channelWidth * i);
  return {
    file: "built-in.rmf",
    hdu: "MATRIX",
    edges,
    channelLow: Float64Array.from({ length: channelCount }, (_, i) => channelEdge(i)),
    channelHigh: Float64Array.from({ length: channelCount }, (_, i) => channelEdge(i + 1)),
    firstChannel: 0,
    groupStart: Int32Array.from({ length: energies + 1 }, (_, e) => e),
    groupChannel: new Int32Array(energies),
    groupLength: Int32Array.from(rows, (one) => one.length),
    groupOffset,
    values,
    telescope: "BUILT-IN",
    instrument: "NICER-LIKE",
    warnings: [],
  };
}

/**
 * Fills `row` with the probability of each channel for a photon of `energy` (E) and returns how many to keep:
 *
 *   P(<= e) = (1-f) Phi((e - E - g)/sigma) + f [(1-w) X(e) + w e/E],   X(e) = (exp(-(E-e)/tau) - exp(-E/tau))/(1 - exp(-E/tau))
 *
 * a Gaussian and, for 0 <= e <= E, a tail of an exponential and a flat part (charge lost in the detector).
 */
function fillRow(row: Float64Array, energy: number): number {
  const constants = energy < siliconEdge ? tailBelow : tailAbove;
  const fraction = Math.exp(interpolateInLogEnergy(constants.fraction, energy));
  const sigma = Math.sqrt(resolution.s0 + energy * (resolution.s1 + energy * resolution.s2));
  addTail(row.fill(0), energy, fraction, constants);

  const peak = energy + gainOffset;
  const start = Math.max(0, Math.floor((peak - 9 * sigma) / channelWidth));
  let below = normalCdf((channelWidth * start - peak) / sigma);
  let last = 0;
  for (let i = start; i < row.length; i++) {
    const upTo = normalCdf((channelWidth * (i + 1) - peak) / sigma);
    row[i] += (1 - fraction) * (upTo - below);
    below = upTo;
    if (row[i] >= lowestProbability) last = i + 1;
    else if (channelWidth * i > peak) break;
  }
  return last;
}

/** Adds the part of the tail in each channel, from the highest channel below `energy` downwards, so that nothing underflows early. */
function addTail(row: Float64Array, energy: number, fraction: number, constants: TailConstants): void {
  const tau = Math.exp(constants.lnTau) * (energy / constants.pivot) ** constants.power;
  const flat = 1 / (1 + Math.exp(-constants.logitFlat));
  const norm = -Math.expm1(-energy / tau);
  const decay = Math.exp(-channelWidth / tau);
  const top = Math.min(row.length - 1, Math.ceil(energy / channelWidth) - 1);
  const partial = energy - channelWidth * top;
  let survival = Math.exp(-partial / tau);
  row[top] += fraction * ((1 - flat) * (-Math.expm1(-partial / tau) / norm) + (flat * partial) / energy);
  const flatShare = (flat * channelWidth) / energy;
  for (let i = top - 1; i >= 0; i--) {
    row[i] += fraction * (((1 - flat) * survival * (1 - decay)) / norm + flatShare);
    survival *= decay;
  }
}
