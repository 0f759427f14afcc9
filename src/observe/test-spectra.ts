import type { AncillaryResponse, Group, Redistribution, Spectrum } from "../ogip/index.ts";

/** Small spectra and responses for this room's tests. */

export function makeSpectrum(counts: readonly number[], changes: Partial<Spectrum> = {}): Spectrum {
  const size = counts.length;
  return {
    file: "test.pha",
    hdu: "SPECTRUM",
    channels: Int32Array.from(counts, (_, row) => row),
    counts: Float64Array.from(counts),
    fromRate: false,
    poissonErrors: true,
    quality: new Int16Array(size),
    grouping: new Int16Array(size).fill(1),
    exposure: 100,
    areascal: new Float64Array(size).fill(1),
    backscal: new Float64Array(size).fill(1),
    corrscal: 0,
    detchans: size,
    telescope: "TEST",
    instrument: "TEST",
    filter: "NONE",
    channelType: "PI",
    warnings: [],
    ...changes,
  };
}

/** A response from rows of probabilities (E, channels); each row is stored as the runs of its non-zero values. */
export function makeRedistribution(
  matrix: readonly (readonly number[])[],
  changes: Partial<Redistribution> = {},
): Redistribution {
  const channels = matrix[0].length;
  const groupStart = [0];
  const groupChannel: number[] = [];
  const groupLength: number[] = [];
  const groupOffset: number[] = [];
  const values: number[] = [];
  for (const row of matrix) {
    row.forEach((value, channel) => {
      if (value === 0) return;
      if (channel === 0 || row[channel - 1] === 0) {
        groupChannel.push(channel);
        groupLength.push(0);
        groupOffset.push(values.length);
      }
      groupLength[groupLength.length - 1]++;
      values.push(value);
    });
    groupStart.push(groupChannel.length);
  }
  return {
    file: "test.rmf",
    hdu: "MATRIX",
    edges: Float64Array.from({ length: matrix.length + 1 }, (_, e) => 0.5 + 0.1 * e),
    channelLow: Float64Array.from({ length: channels }, (_, h) => 0.5 + 0.1 * h),
    channelHigh: Float64Array.from({ length: channels }, (_, h) => 0.6 + 0.1 * h),
    firstChannel: 0,
    groupStart: Int32Array.from(groupStart),
    groupChannel: Int32Array.from(groupChannel),
    groupLength: Int32Array.from(groupLength),
    groupOffset: Int32Array.from(groupOffset),
    values: Float32Array.from(values),
    telescope: "TEST",
    instrument: "TEST",
    warnings: [],
    ...changes,
  };
}

export function makeAncillary(
  redistribution: Redistribution,
  area: (energy: number) => number,
): AncillaryResponse {
  const { edges } = redistribution;
  return {
    file: "test.arf",
    edges,
    area: Float64Array.from({ length: edges.length - 1 }, (_, e) => area((edges[e] + edges[e + 1]) / 2)),
    warnings: [],
  };
}

/** Groups of `size` rows that cover rows from..to. */
export function makeGroups(from: number, to: number, size = 1): Group[] {
  const groups: Group[] = [];
  for (let first = from; first <= to; first += size) {
    groups.push({ first, last: Math.min(first + size - 1, to), number: groups.length + 1, quality: 0 });
  }
  return groups;
}

/** A response of `energies` rows and `channels` channels with values without pattern, some of them zero. */
export function irregularMatrix(energies: number, channels: number): number[][] {
  const value = (e: number, h: number) => Math.max(0, Math.sin(12.9898 * e + 78.233 * h + 0.1) - 0.2);
  return Array.from({ length: energies }, (_, e) => Array.from({ length: channels }, (_, h) => value(e, h)));
}
