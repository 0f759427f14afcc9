import { reliable } from "./check-bank.ts";
import type { Finding, Grade, SpectrumCheck, Verdict } from "./check-types.ts";

type Found = Pick<SpectrumCheck, "predictive" | "goodness" | "distance" | "importance">;

/** What each discrepancy is sensitive to. */
const SENSES: Readonly<Record<string, string>> = {
  cstat: "the misfit as a whole",
  "largest residual": "one bin, such as a line or a bad channel",
  runs: "residuals of one sign in a row, such as a broad feature or a wrong response",
  "kolmogorov-smirnov": "the shape of the spectrum as a whole",
  "cramer-von-mises": "the shape of the spectrum as a whole",
  "anderson-darling": "the shape at the ends of the band",
};

/** What the numbers of one spectrum say. */
export function spectrumFindings(found: Found): Finding[] {
  return [
    predictiveFinding(found.predictive),
    ...(found.goodness ? [goodnessFinding(found.goodness)] : []),
    distanceFinding(found.distance),
    ...(found.importance ? [importanceFinding(found.importance)] : []),
  ];
}

function predictiveFinding(checks: SpectrumCheck["predictive"]): Finding {
  const least = checks.reduce((a, b) => (b.adjusted < a.adjusted ? b : a));
  const grade = gradeOf(least.adjusted >= 0.05, least.adjusted >= 0.01);
  const failing = checks.filter(({ adjusted }) => adjusted < 0.05).map(({ name }) => name);
  const meaning =
    grade === "good"
      ? "Spectra drawn from the posterior look like this one, by every measure."
      : `Spectra drawn from the posterior do not look like this one by ${failing.join(", ")}: ${SENSES[least.name] ?? least.name}.`;
  return {
    subject: "Predictive checks",
    value: `least p ${probability(least.pValue)} of ${checks.length} (${least.name})`,
    grade,
    meaning,
    ...(grade !== "good" && {
      advice: "Look at the residuals; a component may be missing, or the response may be wrong there.",
    }),
  };
}

function goodnessFinding({ percentile, simulations }: NonNullable<SpectrumCheck["goodness"]>): Finding {
  const grade = gradeOf(percentile <= 95, percentile < 99.25);
  return {
    subject: "Goodness of fit",
    value: `${percentile.toFixed(0)} % of ${simulations} simulations fit better`,
    grade,
    meaning:
      grade === "good"
        ? "The statistic is one that spectra of this model have."
        : "Hardly any spectrum of this model is fitted as badly by it.",
    ...(grade !== "good" && { advice: "Do not quote errors of a model that does not fit; try another." }),
  };
}

function distanceFinding({ percentile }: SpectrumCheck["distance"]): Finding {
  const grade = gradeOf(percentile <= 99, percentile < 100);
  return {
    subject: "Likeness to the training",
    value: `farther out than ${percentile.toFixed(0)} % of the test spectra`,
    grade: grade === "poor" ? "fair" : grade,
    meaning:
      grade === "good"
        ? "What the network sees of this spectrum is like what it was trained on."
        : "What the network sees of this spectrum is unlike what it was trained on, so that it extrapolates.",
    ...(grade !== "good" && {
      advice: "Rely on the refined posterior and its efficiency only, or train for this spectrum (xnpe fit).",
    }),
  };
}

function importanceFinding(importance: NonNullable<SpectrumCheck["importance"]>): Finding {
  const { efficiencyRaw, efficiency, paretoK } = importance;
  const works = reliable(importance);
  const repaired = efficiencyRaw < 0.2 * efficiency;
  const grade = gradeOf(works && !repaired && efficiency >= 0.1, works);
  const after = works
    ? "Importance sampling finds the exact posterior."
    : "The network misses a part of the posterior, which weights cannot bring back.";
  const before = repaired
    ? " From the counts themselves the network is led astray by structure that its model does not make; shown what the model makes of them it is not."
    : "";
  return {
    subject: "Importance sampling",
    value: `efficiency ${percent(efficiency)} (${percent(efficiencyRaw)} from the counts as they are), Pareto k ${paretoK.toFixed(2)}`,
    grade,
    meaning: after + before,
    ...(!works && { advice: "Fit this spectrum alone (xnpe fit), or compare with --method nested." }),
  };
}

/** The verdict on a spectrum: what fails, and what it means for its posterior. */
export function spectrumVerdict(findings: readonly Finding[]): Verdict {
  const grade = worstGrade(findings);
  const poor = findings.filter((finding) => finding.grade === "poor").map(({ subject }) => subject);
  if (grade === "good")
    return { grade, sentence: "Nothing speaks against model and network for this spectrum." };
  if (grade === "fair") {
    const fair = findings.filter((finding) => finding.grade === "fair").map(({ subject }) => subject);
    return {
      grade,
      sentence: `Usable with care (${fair.join(", ").toLowerCase()}): use the refined posterior.`,
    };
  }
  return {
    grade,
    sentence: poor.includes("Importance sampling")
      ? "Do not use this network for this spectrum; fit it alone (xnpe fit)."
      : "The model does not make spectra like this one: its posterior may be exact for the model, but the model is in doubt.",
  };
}

export function worstGrade(findings: readonly { readonly grade: Grade }[]): Grade {
  if (findings.some(({ grade }) => grade === "poor")) return "poor";
  return findings.some(({ grade }) => grade === "fair") ? "fair" : "good";
}

export function gradeOf(good: boolean, fair: boolean): Grade {
  return good ? "good" : fair ? "fair" : "poor";
}

export function percent(share: number): string {
  const value = 100 * share;
  return `${value >= 9.95 || value === 0 ? value.toFixed(0) : value.toPrecision(2)} %`;
}

export function probability(p: number): string {
  return p < 0.001 ? "below 0.001" : p.toFixed(3);
}
