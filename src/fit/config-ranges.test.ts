import { describe, expect, it } from "vitest";
import { resolveConfig } from "./config.ts";
import { mergeLayers } from "./config-layer.ts";
import { formatRange, formatSelection, parseRanges, parseSelection } from "./config-ranges.ts";
import { formatConfig } from "./config-text.ts";
import { loadObservations } from "./load.ts";
import { smallFit } from "./small.fixture.ts";

const layer = (values: Record<string, unknown>) => ({
  values: { spectra: ["a.pha", "b.pha"], model: "powerlaw", ...values },
  where: (path: readonly PropertyKey[]) => ({ key: path.join(".") }),
});
const free = { parameters: { "powerlaw.norm": "loguniform(0.01, 1)" } };

describe("a range", () => {
  it.each(["0.3-10", "**-0.3", "10-**", "ch5", "ch1-29", "ch30-**", "2:0.5-8", "1-3:ch7-9", "**-**"])(
    "%s is written as it is read",
    (text) => {
      expect(parseRanges(text, {}).map(formatRange)).toEqual([text]);
    },
  );

  it("of a list belongs to the spectra that the one before it names, as in XSPEC", () => {
    expect(parseRanges("0.3-1, 2:0.5-8, ch5 ,**:ch7", {})).toEqual([
      [0.3, 1],
      { spectra: [2, 2], range: [0.5, 8] },
      { spectra: [2, 2], range: { channels: [5, 5] } },
      { channels: [7, 7] },
    ]);
    expect(parseSelection("notice 2:0.5-8,ch5", {}).map(formatSelection)).toEqual([
      "notice 2:0.5-8",
      "notice 2:ch5",
    ]);
  });

  it.each([
    ["ch0-3", /channels are counted from 1/],
    ["ch9-3", /the range of channels ch9-3 is empty.*did you mean 3-9\?/],
    ["10-0.3", /the energy range 10-0.3 is empty/],
    ["3-1:ch5", /expected numbers of spectra such as 2: or 1-3:/],
    ["bad", /bad channels are always ignored/],
    ["0.3", /expected an energy range LOW-HIGH in keV/],
  ])("%s is refused", (text, message) => {
    expect(() => parseRanges(text, {})).toThrow(message);
  });
});

describe("the selection of a run", () => {
  it("refuses spectra that are not there, and two ways of saying what is kept", async () => {
    const resolve = (values: Record<string, unknown>) =>
      resolveConfig(layer({ ...free, ...values }), { seed: 1 });
    await expect(resolve({ notice: ["0.3-10", "3:0.5-8"] })).rejects.toThrow(
      "notice.1: 3:0.5-8 speaks of spectrum 3, but there are only 2",
    );
    await expect(resolve({ select: "keep 0.3-10" })).rejects.toThrow(
      'expected "notice RANGE" or "ignore RANGE"',
    );
    await expect(resolve({ select: ["ignore **-**"], notice: "0.3-10" })).rejects.toThrow(
      "select says already what is kept",
    );
  });

  it("of the command line takes the place of a script's, and what it ignores is dropped besides", () => {
    const script = layer({ select: ["ignore 1:ch1-29"] });
    expect(mergeLayers(script, layer({ notice: "0.3-10" })).values).not.toHaveProperty("select");
    expect(mergeLayers(script, layer({ ignore: "1-2" })).values).toMatchObject({
      select: ["ignore 1:ch1-29"],
      ignore: "1-2",
    });
  });

  it("is kept by config.yml", async () => {
    const { parse } = await import("yaml");
    const values = { ...free, select: ["ignore 1:ch1-29", "notice 2:0.5-8"], ignore: ["2:1-2"] };
    const config = await resolveConfig(layer(values), { seed: 1 });
    expect(parse(await formatConfig(config, "0"))).toMatchObject({
      select: values.select,
      ignore: values.ignore,
    });
  });

  it("may differ from spectrum to spectrum, each as if it stood alone", async () => {
    const { config, readFile } = smallFit([{ file: "a.pha" }, { file: "b.pha", seed: 2 }]);
    const load = (notice: string[], ignore: string[], spectra = config.spectra) =>
      loadObservations(
        {
          ...config,
          spectra,
          notice: notice.flatMap((text) => parseRanges(text, {})),
          ignore: ignore.flatMap((text) => parseRanges(text, {})),
        },
        readFile,
      );
    const [a, b] = config.spectra;
    const [first, second] = await load(["1:0.3-2", "2:0.5-8"], ["2:ch10-12"]);
    const [[alone], [other]] = [await load(["0.3-2"], [], [a]), await load(["0.5-8"], ["ch10-12"], [b])];
    expect([first.binNumber, second.binNumber]).toEqual([alone.binNumber, other.binNumber]);
    expect(first.binNumber).not.toEqual(second.binNumber);
    // Of a spectrum that no range speaks of, everything is kept.
    const [rest] = await load(["2:0.5-8"], []);
    expect(rest.binNumber).toEqual((await load([], [], [a]))[0].binNumber);
  });
});
