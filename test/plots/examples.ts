import { corner } from "../../src/plot/corner.ts";
import type { Scene } from "../../src/plot/scene.ts";
import { spectrum } from "../../src/plot/spectrum.ts";
import { fakeSpectrum, gaussianColumns } from "./samples.ts";

const PARAMETERS = [
  { symbol: "N_{H}", unit: "10^{22} cm^{\u22122}", truth: 0.2 },
  { symbol: "\u0393", truth: 1.7 },
  { symbol: "log_{10} K", unit: "photons keV^{\u22121} cm^{\u22122} s^{\u22121}", truth: 0 },
  { symbol: "kT", unit: "keV" },
  { symbol: "log_{10} N_{bb}", unit: "km^{2}/D_{10}^{2}" },
  { symbol: "E_{line}", unit: "keV" },
  { symbol: "\u03c3_{line}", unit: "eV" },
  { symbol: "log_{10} F", unit: "erg cm^{\u22122} s^{\u22121}" },
];
const MEAN = [0.203, 1.712, 0.006, 0.543, 2.801, 6.4, 1204, -10.2];
const SD = [0.0057, 0.018, 0.0063, 0.016, 0.055, 0.03, 85, 0.012];

function posterior(name: string, d: number, wider = 1, shift = 0) {
  const mean = MEAN.slice(0, d).map((m, k) => m + shift * SD[k]);
  return gaussianColumns(
    name,
    20000,
    mean,
    SD.slice(0, d).map((s) => s * wider),
    0.6,
  );
}

function cornerOf(d: number): Scene {
  return corner({
    parameters: PARAMETERS.slice(0, d),
    samples: [
      { label: "refined NPE", columns: posterior("refined", d) },
      { label: "flow", columns: posterior("flow", d, 1.15, 0.3) },
    ],
  });
}

function spectrumOf(name: string, total: number, minimumCounts?: number): Scene {
  const data = fakeSpectrum(`spectrum ${total}`, 193, total, 0.6);
  const { components, ...series } = data;
  return spectrum({
    series: [
      {
        label: name,
        ...series,
        band: { lower: data.model.map((m) => m * 0.97), upper: data.model.map((m) => m * 1.03) },
        components: [
          { label: "powerlaw", model: components[0] },
          { label: "bbodyrad", model: components[1] },
        ],
      },
    ],
    statistic: { name: "C-stat", value: 222.1, bins: 193, expected: 201.3, expectedSd: 19.2, deviation: 1.1 },
    ...(minimumCounts === undefined ? {} : { minimumCounts }),
  });
}

/** The gallery: a figure a name. */
export const EXAMPLES: readonly { readonly name: string; readonly scene: () => Scene }[] = [
  { name: "corner-1", scene: () => cornerOf(1) },
  { name: "corner-2", scene: () => cornerOf(2) },
  { name: "corner-3", scene: () => cornerOf(3) },
  { name: "corner-5", scene: () => cornerOf(5) },
  { name: "corner-8", scene: () => cornerOf(8) },
  { name: "spectrum-20000", scene: () => spectrumOf("Spectrum20000", 20000) },
  { name: "spectrum-500", scene: () => spectrumOf("b_004_0.25s", 500) },
  { name: "spectrum-500-as-fitted", scene: () => spectrumOf("b_004_0.25s", 500, 0) },
];
