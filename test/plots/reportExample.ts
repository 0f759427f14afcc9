import type { ReportInput } from "../../src/plot/reportInput.ts";
import { toSvg } from "../../src/plot/svg.ts";
import { EXAMPLES } from "./examples.ts";

function figure(name: string, title: string, caption: string) {
  const example = EXAMPLES.find((one) => one.name === name);
  if (!example) throw new Error(`internal: no example ${name}`);
  return { title, caption, svg: toSvg(example.scene(), { inline: true }) };
}

/** A report with every section, of a run that went well. */
export function reportExample(): ReportInput {
  return {
    result: {
      xnpe: "0.1.0",
      method: "npe",
      seed: 1,
      model: "tbabs*powerlaw",
      spectra: [
        { file: "spectrum<20000>.pha", exposure: 11.116, counts: 21363, bins: 193, band: [0.3, 9.95] },
      ],
      parameters: [
        {
          name: "tbabs.nH",
          unit: "1e22 cm-2",
          prior: "uniform(0.1, 0.3)",
          sd: 0.0058,
          median: 0.2393,
          interval68: [0.2335, 0.245],
          interval90: [0.2298, 0.2487],
          best: 0.23881,
          unrefined: { sd: 0.0063, median: 0.2401 },
          truth: 0.245,
        },
        {
          name: "powerlaw.PhoIndex",
          unit: "",
          prior: "uniform(0.5, 2.5)",
          sd: 0.018,
          median: 1.771,
          interval68: [1.753, 1.789],
          interval90: [1.741, 1.801],
          best: 1.7695,
          unrefined: { sd: 0.019, median: 1.768 },
          truth: 1.75,
        },
        {
          name: "powerlaw.norm",
          unit: "photon/keV/cm2/s",
          prior: "loguniform(0.01, 100)",
          sd: 0.016,
          median: 1.0998,
          interval68: [1.0823, 1.121],
          interval90: [1.0737, 1.1272],
          best: 1.0989,
          log10: { sd: 0.0063, median: 0.0413, interval68: [0.0344, 0.0496] },
          unrefined: { sd: 0.018, median: 1.102, log10: { sd: 0.007, median: 0.0422 } },
          truth: 1.1,
        },
      ],
      statistic: {
        name: "cstat",
        best: 221.9,
        atMedian: 222.1,
        expected: 201.3,
        expectedSd: 19.2,
        deviation: 1.1,
        bins: 193,
      },
      evidence: { logZ: -120.31, logZError: 0.012 },
      importance: { efficiencyFlow: 0.62, efficiency: 0.71, ess: 14200, paretoK: 0.21 },
      network: {
        simulations: 10000,
        epochs: 84,
        steps: 3780,
        validationLoss: -4.172,
        features: 6,
        weights: 23711,
      },
      responseHash: "5f1d0c3a",
      kernels: "0.1.0-simd",
      timings: { restrict: 0.21, simulate: 0.44, train: 7.93, sample: 0.06, refine: 0.31, total: 9.4 },
      warnings: ["b_008.pha: SYS_ERR of 0.015 is not used by cstat"],
    },
    figures: [
      figure(
        "corner-3",
        "Posterior",
        "68 and 95 % contours of the refined posterior and of the network alone.",
      ),
      figure("spectrum-20000", "Spectrum", "Folded model with 68 % band; residuals in units of the error."),
      figure("weights-good", "Importance weights", "Left: histogram; right: share of the heaviest draws."),
    ],
    tables: [{ title: "Distances", columns: ["Parameter", "JS (bits)"], rows: [["tbabs.nH", "0.0031"]] }],
    command: "xnpe fit --config run/config.yml --out again",
    config: "spectra: spectrum.pha\nmodel: tbabs*powerlaw\nseed: 1\n",
    citations: [
      {
        text: "Barret & Dupourqu\u00e9 2024, A&A 686, A133",
        url: "https://doi.org/10.1051/0004-6361/202449214",
      },
      { text: "Cash 1979, ApJ 228, 939" },
    ],
  };
}
