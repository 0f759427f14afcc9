import { stream } from "../../src/math/random.ts";
import { checkEfficiency } from "../../src/plot/checkEfficiency.ts";
import { checkLocal } from "../../src/plot/checkLocal.ts";
import { rankHistograms } from "../../src/plot/checkRankHistograms.ts";
import { corner } from "../../src/plot/corner.ts";
import { coverage } from "../../src/plot/coverage.ts";
import { intervals } from "../../src/plot/intervals.ts";
import { predictive } from "../../src/plot/predictive.ts";
import { profile } from "../../src/plot/profile.ts";
import { ranks } from "../../src/plot/ranks.ts";
import { recovery } from "../../src/plot/recovery.ts";
import type { Scene } from "../../src/plot/scene.ts";
import { spectrum } from "../../src/plot/spectrum.ts";
import { timeline } from "../../src/plot/timeline.ts";
import { training } from "../../src/plot/training.ts";
import { weights } from "../../src/plot/weights.ts";
import { type PanelKind, xspecPanels } from "../../src/plot/xspecPanels.ts";
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

function spectrumOf(name: string, total: number, counts?: number): Scene {
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
    ...(counts === undefined ? {} : { rebin: { counts } }),
  });
}

/** Panels of XSPEC's plots, folded or with the model before the instrument. */
function panelsOf(kinds: readonly PanelKind[]): Scene {
  const { components, ...series } = fakeSpectrum("panels", 193, 5000, 0.6);
  const edges = Float64Array.from({ length: 201 }, (_, e) => 0.3 * (9.95 / 0.3) ** (e / 200));
  const middle = (values: Float64Array) => values.subarray(1).map((high, e) => Math.sqrt(high * values[e]));
  const power = (energy: number) => energy ** -1.7;
  const thermal = (energy: number) => (0.6 * energy ** 2) / Math.expm1(energy / 0.6);
  const energies = middle(edges);
  return xspecPanels(kinds, {
    series: [
      {
        label: "panels",
        ...series,
        band: { lower: series.model.map((m) => m * 0.93), upper: series.model.map((m) => m * 1.07) },
        components: [
          { label: "powerlaw", model: components[0] },
          { label: "bbodyrad", model: components[1] },
        ],
      },
    ],
    unfolded: [
      {
        edges,
        density: energies.map((energy) => power(energy) + thermal(energy)),
        components: [
          { label: "powerlaw", density: energies.map(power) },
          { label: "bbodyrad", density: energies.map(thermal) },
        ],
        inBins: series.energyLow.map((low, i) => {
          const energy = Math.sqrt(low * series.energyHigh[i]);
          return power(energy) + thermal(energy);
        }),
      },
    ],
    rebin: { counts: 25 },
  });
}

/** The same draws with weights that shift them by one deviation of the first parameter. */
function weightedCorner(): Scene {
  const columns = posterior("weighted", 2);
  const z = Array.from(columns[0], (x) => (x - MEAN[0]) / SD[0]);
  return corner({
    parameters: PARAMETERS.slice(0, 2),
    samples: [
      { label: "refined NPE", columns, weights: z.map((u) => Math.exp(u)) },
      { label: "flow", columns },
      { label: "nested sampling", columns: posterior("nested", 2, 0.98, 0.6), dash: [4, 2] },
    ],
  });
}

function uniformColumns(name: string, draws: number, ranges: readonly (readonly [number, number])[]) {
  const rng = stream(1, name, 0);
  return ranges.map(([lo, hi]) => Float64Array.from({ length: draws }, () => lo + (hi - lo) * rng.uniform()));
}

/** Paper, fig. 2: the restriction by counts cuts the norm and bends with the index. */
function priorCorner(): Scene {
  const prior = uniformColumns("prior", 5000, [
    [0.1, 0.3],
    [0.5, 2.5],
    [-2, 2],
  ]);
  const kept = [...prior[0].keys()].filter((i) => Math.abs(prior[2][i] - 0.3 * (prior[1][i] - 1.7)) < 0.5);
  return corner({
    parameters: PARAMETERS.slice(0, 3),
    samples: [
      {
        label: "restricted prior",
        columns: prior.map((column) => kept.map((i) => column[i])),
        pairs: "points",
      },
      { label: "prior", columns: prior, color: "#999999", pairs: "points" },
    ],
    titles: false,
    title: "Prior and restricted prior",
  });
}

function predictiveOf(offset: number): Scene {
  const { components: _, model, counts, ...bins } = fakeSpectrum("predictive", 60, 3000);
  const rng = stream(1, "simulated", 0);
  const simulated = new Int32Array(400 * 60);
  for (let n = 0; n < 400; n++) {
    const factor = 10 ** (1.6 * rng.uniform() - 0.8);
    for (let c = 0; c < 60; c++) simulated[n * 60 + c] = rng.poisson(model[c] * factor);
  }
  const observed = counts.map((k, c) => (c > 20 && c < 25 ? Math.round(k * offset) : k));
  return predictive({ ...bins, simulated, observed, from: "restricted prior" });
}

function trainingOf(epochs: number): Scene {
  const rng = stream(1, "training", 0);
  const epoch = Array.from({ length: epochs }, (_, i) => i + 1);
  const fall = epoch.map((e) => -4.2 + 6 * Math.exp(-e / 4) + 0.6 * Math.exp(-e / 25));
  return training({
    epoch,
    training: fall.map((loss, i) => loss - 0.0015 * i + 0.01 * rng.normal()),
    validation: fall.map((loss, i) => loss + 0.0008 * i + 0.03 * rng.normal()),
  });
}

function weightsOf(spread: number): Scene {
  const rng = stream(1, "weights", 0);
  const values = Array.from({ length: 20000 }, (_, i) =>
    i % 50 === 0 ? 0 : Math.exp(spread * rng.normal()),
  );
  return weights({ weights: values, paretoK: 0.31 });
}

function intervalsOf(d: number): Scene {
  const run = (label: string, shift: number, wider: number) => ({
    label,
    values: MEAN.slice(0, d).map((m, k) => {
      const at = (u: number) => m + SD[k] * (shift + wider * u);
      return {
        median: at(0),
        interval68: [at(-1), at(1)] as const,
        interval90: [at(-1.645), at(1.645)] as const,
      };
    }),
  });
  return intervals({
    parameters: PARAMETERS.slice(0, d),
    runs: [run("refined NPE", 0, 1), run("flow", 0.3, 1.15), run("nested sampling", 0.05, 1.01)],
  });
}

function recoveryOf(spectra: number): Scene {
  const rng = stream(1, "recovery", 0);
  const truths = uniformColumns("truths", spectra, [
    [0.1, 0.3],
    [0.5, 2.5],
    [-0.5, 0.5],
  ]);
  const sd = [0.008, 0.03, 0.015];
  const parameters = truths.map((truth, k) => {
    const median = truth.map((t) => t + sd[k] * rng.normal());
    const { symbol, unit } = PARAMETERS[k];
    return {
      symbol,
      ...(unit === undefined ? {} : { unit }),
      truth,
      median,
      low: median.map((m) => m - sd[k]),
      high: median.map((m) => m + 1.1 * sd[k]),
    };
  });
  return recovery({ parameters });
}

/** Posterior cut by the prior's edge, bent, and with long tails: what contours and densities must cope with. */
function awkwardCorner(): Scene {
  const rng = stream(1, "awkward", 0);
  const z = Array.from({ length: 8000 }, () => [rng.normal(), rng.normal(), rng.normal()]);
  const cut = z.map(([a]) => 0.15 + Math.abs(a) * 0.03);
  const bent = z.map(([a, b]) => 1 + 0.8 * a * a + 0.25 * b);
  const tails = z.map(([a, b, c]) => -6 + (0.2 * c) / Math.hypot(a, b));
  return corner({
    parameters: [
      { symbol: "N_{H}", unit: "10^{22} cm^{\u22122}" },
      { symbol: "\u0393" },
      { symbol: "log_{10} F" },
    ],
    samples: [{ label: "refined NPE", columns: [cut, bent, tails] }],
  });
}

/** A faint source over a background that was measured in a region ten times as large. */
function netSpectrum(): Scene {
  const { components: _, ...data } = fakeSpectrum("net", 400, 900);
  const rng = stream(11, "net");
  const level = data.model.map((_, c) => 0.8 + 0.6 * Math.exp(-0.5 * ((c - 250) / 12) ** 2));
  const background = level.map((mean) => rng.poisson(10 * mean) / 10);
  const counts = data.model.map((m, c) => rng.poisson(m + level[c]));
  const backgroundRatio = data.model.map(() => 0.1);
  return spectrum({
    series: [{ label: "faint.pha", ...data, counts, background, backgroundRatio, areaScaling: 0.9 }],
  });
}

function twoSpectra(): Scene {
  const series = ["FPMA", "FPMB"].map((label, i) => {
    const { components: _, ...data } = fakeSpectrum(label, 70, 4000 + 1500 * i);
    const band = { lower: data.model.map((m) => m * 0.95), upper: data.model.map((m) => m * 1.05) };
    const background = data.model.map(() => 1.5);
    return { label, ...data, counts: data.counts.map((n, c) => n + background[c]), band, background };
  });
  return spectrum({ series, residuals: "ratio" });
}

/** Ranks of a Gaussian posterior `width` times too wide and `bias` deviations off. */
function gaussianRanks(name: string, width: number, bias: number): number[] {
  const rng = stream(1, name, 0);
  return Array.from({ length: 300 }, () => 1 / (1 + Math.exp((-1.702 * (rng.normal() + bias)) / width)));
}

function calibrationRanks(): Scene {
  const parameters = [
    { symbol: "N_{H}", ranks: gaussianRanks("good", 1, 0) },
    { symbol: "\u0393", ranks: gaussianRanks("narrow", 0.6, 0) },
    { symbol: "log_{10} K", ranks: gaussianRanks("biased", 1, 0.3) },
  ];
  return ranks({ parameters });
}

function calibrationCoverage(): Scene {
  const levels = (name: string, width: number) =>
    gaussianRanks(name, width, 0).map((r) => Math.abs(2 * r - 1));
  return coverage({
    curves: [
      { label: "refined NPE", levels: levels("good", 1) },
      { label: "flow", levels: levels("narrow", 0.6) },
    ],
  });
}

function histogramsOfRanks(): Scene {
  const tests = [
    { symbol: "N_{H}", values: gaussianRanks("good", 1, 0) },
    { symbol: "\u0393", values: gaussianRanks("narrow", 0.6, 0) },
    { symbol: "log-likelihood", values: gaussianRanks("wide", 1.5, 0) },
    { symbol: "random points", values: gaussianRanks("biased", 1, 0.3) },
  ];
  return rankHistograms({ tests });
}

/** Efficiency that falls at low absorption, where some spectra cannot be relied on. */
function efficiencyByPlace(): Scene {
  const rng = stream(1, "efficiency", 0);
  const nh = Array.from({ length: 200 }, () => 0.1 + 0.2 * rng.uniform());
  const efficiency = nh.map((x) => 0.95 * (1 - Math.exp(-(x - 0.1) / 0.03)) * (0.8 + 0.2 * rng.uniform()));
  const counts = nh.map(() => 1000 * 10 ** rng.uniform());
  const by = [
    { label: "Found N_{H} (10^{22} cm^{\u22122})", logarithmic: false, values: nh },
    { label: "Counts", logarithmic: true, values: counts },
  ];
  return checkEfficiency({ efficiency, reliable: efficiency.map((e) => e > 0.05), by });
}

function failingPlaces(): Scene {
  const bins = Array.from({ length: 5 }, (_, b) => ({
    low: 0.1 + 0.04 * b,
    high: 0.14 + 0.04 * b,
    spectra: 60,
    parameters: [
      { bias: b === 0 ? 0.8 : 0.1 * (b - 2), width: b === 0 ? 1.6 : 1 + 0.05 * (b - 2) },
      { bias: -0.05 * (b - 2), width: 0.95 },
    ],
  }));
  const counts = bins.map((bin, b) => ({ ...bin, low: 1000 * 2 ** b, high: 2000 * 2 ** b }));
  const by = [
    { label: "Found N_{H} (10^{22} cm^{\u22122})", logarithmic: false, bins },
    { label: "Counts", logarithmic: true, bins: counts },
  ];
  return checkLocal({ symbols: ["N_{H}", "\u0393"], by });
}

function profileOf(two: boolean): Scene {
  const grid = (n: number, lo: number, hi: number) =>
    Array.from({ length: n }, (_, i) => lo + ((hi - lo) * i) / (n - 1));
  const x = { symbol: "\u0393", values: grid(two ? 25 : 31, 1.64, 1.78) };
  const u = x.values.map((value) => (value - 1.71) / 0.018);
  if (!two) return profile({ x, statistic: u.map((v) => 221.9 + v * v + 0.1 * v ** 3) });
  const y = { symbol: "N_{H}", unit: "10^{22} cm^{\u22122}", values: grid(25, 0.18, 0.226) };
  const v = y.values.map((value) => (value - 0.203) / 0.006);
  const statistic = v.flatMap((b) => u.map((a) => 221.9 + (a * a - 1.4 * a * b + b * b) / 0.51));
  return profile({ x, y, statistic });
}

/** A burst in spectra of a quarter of a second, with a gap. */
function burstTimeline(): Scene {
  const n = 23;
  const from = Array.from({ length: n }, (_, i) => 0.25 * i + (i > 15 ? 0.5 : 0));
  const wave = from.map((t) => Math.sin((Math.PI * t) / 6.5));
  const noise = (i: number, seed: number) => Math.sin(12.9 * (i + 1) * seed);
  const kT = wave.map((w, i) => 2.2 - 1.3 * w + 0.03 * noise(i, 1.7));
  const norm = wave.map((w, i) => 1.6 + 1.5 * w + 0.02 * noise(i, 2.3));
  const counts = wave.map((w, i) => Math.round(400 + 4000 * w ** 2 * Math.exp(-i / 20)));
  const spread = (values: readonly number[], share: number, sign: number) =>
    values.map((v, i) => v + (sign * share * 20) / Math.sqrt(counts[i]));
  return timeline({
    from,
    to: from.map((t) => t + 0.25),
    timeLabel: "Time (s) since MJD 57994.37113",
    title: "Evolution of a burst",
    panels: [
      {
        label: "Counts",
        value: counts,
        low: counts.map((v) => v - Math.sqrt(v)),
        high: counts.map((v) => v + Math.sqrt(v)),
        scale: "log",
      },
      { label: "kT (keV)", value: kT, low: spread(kT, 0.1, -1), high: spread(kT, 0.16, 1) },
      {
        label: "log_{10} norm_{bbodyrad}",
        value: norm,
        low: spread(norm, 0.1, -1),
        high: spread(norm, 0.1, 1),
      },
      { label: "C deviation (\u03c3)", value: from.map((_, i) => 1.4 * noise(i, 3.1)), rules: [0] },
    ],
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
  { name: "panels-folded", scene: () => panelsOf(["ldata", "delchi", "ratio"]) },
  { name: "panels-unfolded", scene: () => panelsOf(["eeufspec", "residuals"]) },
  { name: "corner-weighted", scene: weightedCorner },
  { name: "corner-prior", scene: priorCorner },
  { name: "predictive", scene: () => predictiveOf(1) },
  { name: "predictive-outside", scene: () => predictiveOf(12) },
  { name: "training", scene: () => trainingOf(80) },
  { name: "weights-good", scene: () => weightsOf(0.4) },
  { name: "weights-poor", scene: () => weightsOf(2.5) },
  { name: "intervals-3", scene: () => intervalsOf(3) },
  { name: "intervals-5", scene: () => intervalsOf(5) },
  { name: "recovery", scene: () => recoveryOf(300) },
  { name: "corner-awkward", scene: awkwardCorner },
  { name: "spectrum-net", scene: netSpectrum },
  { name: "spectrum-two", scene: twoSpectra },
  { name: "ranks", scene: calibrationRanks },
  { name: "coverage", scene: calibrationCoverage },
  { name: "check-histograms", scene: histogramsOfRanks },
  { name: "check-efficiency", scene: efficiencyByPlace },
  { name: "check-where", scene: failingPlaces },
  { name: "profile-1", scene: () => profileOf(false) },
  { name: "profile-2", scene: () => profileOf(true) },
  { name: "timeline", scene: burstTimeline },
];
