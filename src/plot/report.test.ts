import { describe, expect, it } from "vitest";
import { reportHtml } from "./report.ts";
import type { ReportInput, ReportResult } from "./reportInput.ts";
import {
  evidenceSentence,
  goodnessSentence,
  refinementShift,
  trustSentence,
  trustVerdicts,
} from "./verdicts.ts";

const PARAMETER = {
  name: "tbabs.nH",
  unit: "1e22 cm-2",
  prior: "uniform(0.1, 0.3)",
  sd: 0.0057,
  median: 0.2393,
  interval68: [0.2336, 0.245],
  interval90: [0.2299, 0.2487],
  best: 0.239,
} as const;

const RESULT: ReportResult = {
  xnpe: "0.1.0",
  method: "npe",
  seed: 7,
  model: "tbabs*powerlaw",
  spectra: [{ file: "a.pha", exposure: 11.116, counts: 21363, bins: 193, band: [0.3, 9.95] }],
  parameters: [PARAMETER],
  statistic: { name: "cstat", best: 221.9, atMedian: 222.1, bins: 193 },
  timings: { total: 9.4 },
  warnings: [],
};

const INPUT: ReportInput = { result: RESULT, figures: [] };

function importance(paretoK: number, ess: number, efficiency: number): ReportResult {
  return { ...RESULT, importance: { paretoK, ess, efficiency, efficiencyFlow: efficiency } };
}

describe("reportHtml", () => {
  it("states the answer with its unit and error", () => {
    const html = reportHtml(INPUT);
    expect(html).toContain("0.2393 \u00b1 0.0057");
    expect(html).toContain("10<sup>22</sup> cm<sup>\u22122</sup>");
  });

  it("escapes every text that it is given", () => {
    const evil = `<img src=x onerror="alert(1)">`;
    const html = reportHtml({
      result: {
        ...RESULT,
        model: evil,
        method: evil,
        xnpe: evil,
        kernels: evil,
        responseHash: evil,
        spectra: [{ ...RESULT.spectra[0], file: evil }],
        parameters: [{ ...PARAMETER, name: evil, unit: evil, prior: evil }],
        statistic: { ...RESULT.statistic, name: evil },
        network: { [evil]: 1 },
        timings: { [evil]: 1 },
        warnings: [evil],
      },
      figures: [{ title: evil, caption: evil, svg: "<svg></svg>" }],
      tables: [{ title: evil, caption: evil, columns: [evil], rows: [[evil]] }],
      command: evil,
      config: evil,
      citations: [{ text: evil, url: "javascript:alert(1)" }],
      title: evil,
    });
    expect(html).not.toContain("<img");
    expect(html).not.toContain("javascript:");
  });

  it("needs nothing from outside", () => {
    const html = reportHtml({ ...INPUT, figures: [{ title: "f", caption: "c", svg: "<svg></svg>" }] });
    expect(html).not.toMatch(/<link|<script|src=|@import|url\(/);
  });

  it("leaves out what the run does not have", () => {
    const html = reportHtml(INPUT);
    for (const absent of [
      "True value",
      "Shift",
      "log<sub>10",
      "Warnings",
      "What to cite",
      "Network",
      "ln Z",
      "undefined",
    ]) {
      expect(html).not.toContain(absent);
    }
  });

  it("puts warnings before the answer", () => {
    const html = reportHtml({ ...INPUT, result: { ...RESULT, warnings: ["the ARF is missing"] } });
    expect(html.indexOf("the ARF is missing")).toBeLessThan(html.indexOf("<h2>Answer"));
    expect(html.indexOf("the ARF is missing")).toBeGreaterThan(0);
  });

  it("refuses a figure that is not a drawing", () => {
    const svg = "<svg><script>1</script></svg>";
    expect(() => reportHtml({ ...INPUT, figures: [{ title: "f", caption: "", svg }] })).toThrow("not an SVG");
  });
});

describe("verdicts", () => {
  it("give the evidence as many decimals as its error", () => {
    const words = (logZError: number) =>
      evidenceSentence({ ...RESULT, evidence: { logZ: -114.116234, logZError } });
    expect(words(0.12)).toContain("ln Z = \u2212114.12 \u00b1 0.12");
    expect(words(0.00059)).toContain("ln Z = \u2212114.1162 \u00b1 0.0006");
    expect(evidenceSentence(RESULT)).toBe("");
  });

  const grades = (result: ReportResult) => trustVerdicts(result).map((verdict) => verdict.grade);

  it("grade Pareto k at 0.5 and 0.7, ESS at 1000 and 400, efficiency at 10 and 1 %", () => {
    expect(grades(importance(0.49, 1000, 0.1))).toEqual(["good", "good", "good"]);
    expect(grades(importance(0.5, 999, 0.099))).toEqual(["fair", "fair", "fair"]);
    expect(grades(importance(0.7, 399, 0.009))).toEqual(["poor", "poor", "poor"]);
  });

  it("give advice exactly where something is not good", () => {
    for (const result of [importance(0.2, 5000, 0.5), importance(0.8, 500, 0.05)]) {
      for (const { grade, advice } of trustVerdicts(result))
        expect(advice === undefined).toBe(grade === "good");
    }
  });

  it("are summed up by the worst", () => {
    expect(trustSentence(trustVerdicts(importance(0.8, 5000, 0.5)))).toContain("Do not rely");
    expect(trustSentence(trustVerdicts(importance(0.2, 5000, 0.5)))).toContain("pass");
    expect(trustSentence([])).toContain("nothing");
  });

  it("treat a Pareto k that could not be computed as poor", () => {
    expect(trustVerdicts(importance(Number.NaN, 5000, 0.5))[0].grade).toBe("poor");
  });

  it("measure the refinement's shift in log10 for logarithmic parameters", () => {
    const log10 = { sd: 0.1, median: 1, interval68: [0.9, 1.1] } as const;
    const unrefined = { sd: 5, median: 99, log10: { sd: 0.1, median: 0.95 } };
    expect(refinementShift({ ...PARAMETER, log10, unrefined })).toBeCloseTo(0.5, 12);
    expect(refinementShift({ ...PARAMETER, unrefined: { sd: 0.006, median: 0.2336 } })).toBeCloseTo(1, 12);
    expect(refinementShift(PARAMETER)).toBeUndefined();
  });

  it("say in words how well the model fits", () => {
    const words = (deviation: number) =>
      goodnessSentence({ ...RESULT, statistic: { ...RESULT.statistic, deviation } });
    expect(words(1.1)).toContain("the model describes the data");
    expect(words(2.4)).toContain("somewhat high");
    expect(words(6)).toContain("does not describe");
    expect(words(-4)).toContain("better than noise allows");
  });
});
