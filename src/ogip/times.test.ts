import { describe, expect, it } from "vitest";
import { writeFits } from "../fits/index.ts";
import { readTimes } from "./times.ts";

const header = (entries: Record<string, number>) =>
  writeFits([
    {
      name: "SPECTRUM",
      rows: 2,
      keywords: Object.entries(entries).map(([key, value]) => ({ key, value })),
      columns: [
        { name: "CHANNEL", type: "J", values: [0, 1] },
        { name: "COUNTS", type: "J", values: [3, 4] },
      ],
    },
  ]);

describe("the times of a spectrum", () => {
  it("are start and stop, and MJD-OBS", async () => {
    const bytes = header({ TSTART: 115462399.4098, TSTOP: 115462399.6598, "MJD-OBS": 57994.371141132 });
    expect(await readTimes(bytes, "a.pha")).toEqual({
      start: 115462399.4098,
      stop: 115462399.6598,
      mjd: 57994.371141132,
    });
  });

  it("have the date of the start from the reference where there is no MJD-OBS", async () => {
    const parts = header({
      TSTART: 115462399.4098,
      TSTOP: 115462400,
      MJDREFI: 56658,
      MJDREFF: 7.77592592592593e-4,
    });
    // NICER's own MJD-OBS of these, printed with 9 decimals.
    expect((await readTimes(parts, "a.pha")).mjd).toBeCloseTo(57994.371141132, 8);
    const whole = header({ TSTART: 86400, TSTOP: 86401, MJDREF: 50000 });
    expect((await readTimes(whole, "a.pha")).mjd).toBe(50001);
  });

  it("are left out where the header has none, or an end before the beginning", async () => {
    expect(await readTimes(header({}), "a.pha")).toEqual({});
    expect(await readTimes(header({ TSTART: 5 }), "a.pha")).toEqual({});
    expect(await readTimes(header({ TSTART: 5, TSTOP: 4 }), "a.pha")).toEqual({});
  });
});
