import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { readAncillary } from "./ancillary.ts";
import { checkSameGrid } from "./grid.ts";
import { readRedistribution } from "./redistribution.ts";
import type { AncillaryResponse, Redistribution } from "./types.ts";
import { writeAncillary, writeRedistribution } from "./write-response.ts";

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/ogip/${name}`, import.meta.url)));
const golden = JSON.parse(new TextDecoder().decode(fixture("golden.json"))) as {
  dense: number[][];
  edges: number[];
  area: number[];
};
const load = (name: string) => readRedistribution(fixture(name), name);

/** The matrix as rows of channels. */
function dense(rmf: Redistribution): number[][] {
  return Array.from({ length: rmf.edges.length - 1 }, (_, e) => {
    const row = new Array<number>(rmf.channelLow.length).fill(0);
    for (let g = rmf.groupStart[e]; g < rmf.groupStart[e + 1]; g++)
      for (let i = 0; i < rmf.groupLength[g]; i++)
        row[rmf.groupChannel[g] + i] += rmf.values[rmf.groupOffset[g] + i];
    return row;
  });
}

describe("a redistribution matrix", () => {
  it.each([
    ["variable.rmf", 1],
    ["wide.rmf", 1],
    ["fixed-ebounds-first.rmf", 0],
    ["tlmin-text.rmf", 0],
    ["tlmin-missing.rmf", 0],
    ["tlmin-wrong.rmf", 1],
  ])("is the same however it is laid out: %s, first channel %i", async (name, first) => {
    const rmf = await load(name);
    expect(dense(rmf)).toEqual(golden.dense);
    expect(Array.from(rmf.edges)).toEqual(golden.edges);
    expect(rmf.firstChannel).toBe(first);
  });

  it("takes the first channel from EBOUNDS where F_CHAN does not state one", async () => {
    const rmf = await load("tlmin-on-ebounds.rmf");
    expect(rmf.firstChannel).toBe(0);
    expect(dense(rmf)).toEqual([...golden.dense.slice(3), ...golden.dense.slice(3)]);
  });

  it("says when the stated first channel cannot be right", async () => {
    expect((await load("tlmin-wrong.rmf")).warnings).toEqual([
      "tlmin-wrong.rmf: TLMIN of F_CHAN is 5, which does not fit the groups; channels are counted from 1",
    ]);
  });

  it("may hold scalars in F_CHAN, N_CHAN and MATRIX, whose default first channel is 1", async () => {
    const rmf = await load("scalar.rmf");
    expect(rmf.firstChannel).toBe(1);
    expect(dense(rmf).map((row) => row.indexOf(1))).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("survives writing and reading", async () => {
    for (const name of ["variable.rmf", "fixed-ebounds-first.rmf", "scalar.rmf"]) {
      const rmf = await load(name);
      const again = await readRedistribution(writeRedistribution(rmf), name);
      expect(dense(again)).toEqual(dense(rmf));
      for (const key of [
        "edges",
        "channelLow",
        "channelHigh",
        "firstChannel",
        "telescope",
        "instrument",
      ] as const)
        expect(again[key]).toEqual(rmf[key]);
    }
  });

  it("is refused where its groups leave the channels", async () => {
    const rmf = await load("variable.rmf");
    const shifted = { ...rmf, groupChannel: rmf.groupChannel.map((c) => c + 5) };
    await expect(readRedistribution(writeRedistribution(shifted), "bad.rmf")).rejects.toThrow(
      "bad.rmf[MATRIX] F_CHAN: groups cover channels 6 to 13, but EBOUNDS has 8 channels",
    );
  });

  it("is not found in a spectrum, and the message says what is there", async () => {
    await expect(load("grouped.pha")).rejects.toThrow(
      "grouped.pha: expected a redistribution matrix (a table with ENERG_LO, ENERG_HI, N_GRP, F_CHAN, N_CHAN, MATRIX); found SPECTRUM (spectrum)",
    );
  });
});

describe("an energy grid", () => {
  const withEdges = async (edges: number[]) =>
    readRedistribution(
      writeRedistribution({ ...(await load("variable.rmf")), edges: Float64Array.from(edges) }),
      "r",
    );

  it("that starts at zero starts at a thousandth of its first bin instead, with a warning", async () => {
    const rmf = await withEdges([0, 1, 1.5, 2, 3, 4, 6]);
    expect(Array.from(rmf.edges)).toEqual([0.001, 1, 1.5, 2, 3, 4, 6]);
    expect(rmf.warnings).toEqual(["r: the first energy is 0 keV; 0.00100 keV is taken for its lower edge"]);
  });

  it("loses bins without width, together with their rows", async () => {
    const rmf = await withEdges([0.5, 1, 1, 2, 3, 4, 6]);
    expect(Array.from(rmf.edges)).toEqual([0.5, 1, 2, 3, 4, 6]);
    expect(dense(rmf)).toEqual(golden.dense.filter((_, e) => e !== 1));
  });

  it("is refused where energies descend or are not numbers", async () => {
    await expect(withEdges([0.5, 1, 0.7, 2, 3, 4, 6])).rejects.toThrow("expected ascending energies");
    await expect(withEdges([0.5, 1, Number.NaN, 2, 3, 4, 6])).rejects.toThrow(InputError);
  });
});

describe("an ancillary response", () => {
  const arf = () => readAncillary(fixture("toy.arf"), "toy.arf");

  it("gives area and edges, and ignores other columns", async () => {
    const { area, edges } = await arf();
    expect([Array.from(area), Array.from(edges)]).toEqual([golden.area, golden.edges]);
  });

  it("survives writing and reading", async () => {
    const response = { ...(await arf()), area: Float64Array.of(0.1, 1 / 3, 0, 7, 1e-9, 1e4) };
    const again = await readAncillary(
      writeAncillary(response, { telescope: "T", instrument: "I" }),
      "toy.arf",
    );
    expect(again).toEqual(response);
  });

  it("with a negative area is refused", async () => {
    const bad = { ...(await arf()), area: Float64Array.of(1, 1, -1, 1, 1, 1) };
    const bytes = writeAncillary(bad, { telescope: "", instrument: "" });
    await expect(readAncillary(bytes, "bad.arf")).rejects.toThrow(
      "bad.arf[SPECRESP] SPECRESP: the area at 1.5 keV is -1 cm2",
    );
  });

  it("must share the response's grid within float32 rounding", async () => {
    const rmf = await load("variable.rmf");
    const good = await arf();
    const moved = (factor: number): AncillaryResponse => ({
      ...good,
      edges: good.edges.map((e) => e * factor),
    });
    expect(() => checkSameGrid(moved(1 + 2 ** -23), rmf)).not.toThrow();
    expect(() => checkSameGrid(moved(1.001), rmf)).toThrow(
      "toy.arf: energy 1 is 0.5005 keV, but 0.5 keV in the response variable.rmf; do they belong together?",
    );
    const short = { ...good, edges: good.edges.slice(1) };
    expect(() => checkSameGrid(short, rmf)).toThrow(
      "toy.arf: 5 energies, but the response variable.rmf has 6",
    );
  });
});
