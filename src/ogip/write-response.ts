import type { NewTable } from "../fits/index.ts";
import { writeFits } from "../fits/index.ts";
import type { AncillaryResponse, Redistribution } from "./types.ts";

/**
 * An RMF file: MATRIX with variable-length F_CHAN, N_CHAN and MATRIX, and EBOUNDS. Reference: CAL/GEN/92-002a.
 */
export function writeRedistribution(rmf: Redistribution): Uint8Array {
  return writeFits([matrixTable(rmf), boundsTable(rmf)]);
}

/** An ARF file, energies and area in float64, so that they read back unchanged. Reference: CAL/GEN/92-002. */
export function writeAncillary(
  arf: AncillaryResponse,
  { telescope, instrument }: Pick<Redistribution, "telescope" | "instrument">,
): Uint8Array {
  const columns = [
    ...energyColumns(arf.edges),
    { name: "SPECRESP", type: "D" as const, unit: "cm**2", values: arf.area },
  ];
  const keywords = [...identity("SPECRESP", { telescope, instrument }), { key: "HDUVERS", value: "1.1.0" }];
  return writeFits([{ name: "SPECRESP", rows: arf.area.length, columns, keywords }]);
}

function energyColumns(edges: Float64Array) {
  const column = (name: string, values: Float64Array) => ({ name, type: "D" as const, unit: "keV", values });
  return [column("ENERG_LO", edges.subarray(0, -1)), column("ENERG_HI", edges.subarray(1))];
}

function matrixTable(rmf: Redistribution): NewTable {
  const rows = rmf.edges.length - 1;
  const { groupStart: start, groupChannel, groupLength, firstChannel } = rmf;
  const matrix = gatherValues(rmf);
  const counts = Int32Array.from({ length: rows }, (_, e) => start[e + 1] - start[e]);
  const channel = groupChannel.map((c) => c + firstChannel);
  return {
    name: "MATRIX",
    rows,
    columns: [
      ...energyColumns(rmf.edges),
      { name: "N_GRP", type: "J", values: counts },
      { name: "F_CHAN", type: "J", arrays: { start, values: channel }, minimum: firstChannel },
      { name: "N_CHAN", type: "J", arrays: { start, values: groupLength } },
      { name: "MATRIX", type: "E", arrays: matrix },
    ],
    keywords: [
      ...identity("RSP_MATRIX", rmf),
      { key: "HDUVERS", value: "1.3.0" },
      { key: "DETCHANS", value: rmf.channelLow.length },
      { key: "CHANTYPE", value: "PI" },
      { key: "LO_THRES", value: 0 },
    ],
  };
}

/** Values row by row, without what the groups do not refer to. */
function gatherValues({ edges, groupStart, groupLength, groupOffset, values }: Redistribution) {
  const rows = edges.length - 1;
  const start = new Int32Array(rows + 1);
  for (let e = 0; e < rows; e++) {
    start[e + 1] = start[e];
    for (let g = groupStart[e]; g < groupStart[e + 1]; g++) start[e + 1] += groupLength[g];
  }
  const out = new Float32Array(start[rows]);
  let at = 0;
  for (let g = 0; g < groupStart[rows]; g++) {
    out.set(values.subarray(groupOffset[g], groupOffset[g] + groupLength[g]), at);
    at += groupLength[g];
  }
  return { start, values: out };
}

function boundsTable(rmf: Redistribution): NewTable {
  const { channelLow, channelHigh, firstChannel } = rmf;
  const rows = channelLow.length;
  const channels = Int32Array.from({ length: rows }, (_, i) => firstChannel + i);
  return {
    name: "EBOUNDS",
    rows,
    columns: [
      {
        name: "CHANNEL",
        type: "J",
        values: channels,
        minimum: firstChannel,
        maximum: firstChannel + rows - 1,
      },
      { name: "E_MIN", type: "D", unit: "keV", values: channelLow },
      { name: "E_MAX", type: "D", unit: "keV", values: channelHigh },
    ],
    keywords: [
      ...identity("EBOUNDS", rmf),
      { key: "HDUVERS", value: "1.2.0" },
      { key: "DETCHANS", value: rows },
      { key: "CHANTYPE", value: "PI" },
    ],
  };
}

function identity(kind: string, { telescope, instrument }: Pick<Redistribution, "telescope" | "instrument">) {
  return [
    { key: "HDUCLASS", value: "OGIP" },
    { key: "HDUCLAS1", value: "RESPONSE" },
    { key: "HDUCLAS2", value: kind },
    { key: "TELESCOP", value: telescope || "UNKNOWN" },
    { key: "INSTRUME", value: instrument || "UNKNOWN" },
    { key: "FILTER", value: "none" },
  ];
}
