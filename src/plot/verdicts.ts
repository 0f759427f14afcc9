import { fixed } from "./numberText.ts";
import type { ReportParameter, ReportResult } from "./reportInput.ts";
import { statisticName } from "./statisticName.ts";

/** How far a number can be trusted, in words. */
export interface Verdict {
  readonly subject: string;
  /** The number as rich text. */
  readonly value: string;
  readonly grade: "good" | "fair" | "poor";
  /** What the number is and what it says here; plain text. */
  readonly meaning: string;
  /** What to do; absent where nothing is. */
  readonly advice?: string;
}

/** Verdicts on a run's sampling: importance sampling's efficiency, Pareto k and effective draws, or nested sampling's. */
export function trustVerdicts({ importance, nested, parameters }: ReportResult): Verdict[] {
  const verdicts: Verdict[] = [];
  if (importance) {
    verdicts.push(paretoVerdict(importance.paretoK), essVerdict(importance.ess));
    verdicts.push(efficiencyVerdict(importance.efficiencyFlow, importance.efficiency));
    const shift = shiftVerdict(parameters);
    if (shift) verdicts.push(shift);
  }
  if (nested) verdicts.push(essVerdict(nested.ess));
  return verdicts;
}

/** The worst grade decides. */
export function trustSentence(verdicts: readonly Verdict[]): string {
  if (verdicts.length === 0) return "This run recorded nothing by which to judge its sampling.";
  if (verdicts.some((verdict) => verdict.grade === "poor")) {
    return "Do not rely on these numbers yet: at least one check fails. What to do stands beside it.";
  }
  if (verdicts.some((verdict) => verdict.grade === "fair")) {
    return "Medians and 68 % intervals are usable; tails are less certain. What would improve them stands beside each check.";
  }
  return "All checks of the sampling pass: medians, intervals and evidence can be quoted as they stand.";
}

/** Pareto k, limits 0.5 and 0.7: Vehtari et al. 2024, J. Mach. Learn. Res. 25, 72, section 3.2. */
function paretoVerdict(k: number): Verdict {
  const grade = k < 0.5 ? "good" : k < 0.7 ? "fair" : "poor";
  const says = {
    good: "below 0.5: the weights have finite variance, no single draw dominates.",
    fair: "between 0.5 and 0.7: estimates converge, but slowly.",
    poor: "above 0.7: a few draws dominate, so that the network misses a part of the posterior.",
  }[grade];
  return {
    subject: "Pareto k",
    value: fixed(k, 2),
    grade,
    meaning: `Tail index of the largest importance weights; ${says}`,
    ...(grade === "good"
      ? {}
      : { advice: "Raise --simulations (twice as many), or compare with --method nested." }),
  };
}

/** Effective draws: the Monte Carlo error of a median is about 1.25 sd / sqrt(ESS). */
function essVerdict(ess: number): Verdict {
  const grade = ess >= 1000 ? "good" : ess >= 400 ? "fair" : "poor";
  const share = fixed(125 / Math.sqrt(Math.max(1, ess)), 1);
  return {
    subject: "Effective draws (ESS)",
    value: fixed(ess, 0),
    grade,
    meaning: `The weighted draws are worth this many independent ones; medians are certain to ${share} % of a standard deviation.`,
    ...(grade === "good" ? {} : { advice: "Raise --samples (npe) or --live-points (nested)." }),
  };
}

function efficiencyVerdict(flow: number, mixture: number): Verdict {
  const grade = mixture >= 0.1 ? "good" : mixture >= 0.01 ? "fair" : "poor";
  const says = {
    good: "the network is close to the exact posterior.",
    fair: "the network is only roughly right; the weights correct it.",
    poor: "the network is far from the exact posterior, and the correction rests on few draws.",
  }[grade];
  return {
    subject: "Sampling efficiency",
    value: `${fixed(100 * mixture, 1)} % (network alone ${fixed(100 * flow, 1)} %)`,
    grade,
    meaning: `Effective draws over all draws; 100 % would be a perfect network. Here ${says}`,
    ...(grade === "good"
      ? {}
      : { advice: "Raise --simulations, or restrict the prior to where the data are (--restrict)." }),
  };
}

/** Largest shift of a median by the refinement, in standard deviations of the refined posterior. */
function shiftVerdict(parameters: readonly ReportParameter[]): Verdict | undefined {
  const shifts = parameters.flatMap((parameter) => {
    const shift = refinementShift(parameter);
    return shift === undefined ? [] : [{ name: parameter.name, shift }];
  });
  if (shifts.length === 0) return undefined;
  const worst = shifts.reduce((a, b) => (Math.abs(b.shift) > Math.abs(a.shift) ? b : a));
  const size = Math.abs(worst.shift);
  const grade = size < 0.3 ? "good" : size < 1 ? "fair" : "poor";
  return {
    subject: "Shift by refinement",
    value: `${fixed(worst.shift, 2)} \u03c3`,
    grade,
    meaning: `Largest move of a median from the network's answer to the exact one (${worst.name}).`,
    ...(grade === "good"
      ? {}
      : { advice: "The refined answer is the one to use; more --simulations bring the network closer." }),
  };
}

/** Flow's median minus the refined one in refined standard deviations, in log10 for logarithmic parameters. */
export function refinementShift({ unrefined, median, sd, log10 }: ReportParameter): number | undefined {
  if (!unrefined) return undefined;
  const shift =
    log10 && unrefined.log10
      ? (log10.median - unrefined.log10.median) / log10.sd
      : (median - unrefined.median) / sd;
  return Number.isFinite(shift) ? shift : undefined;
}

/** The goodness of fit in words. */
export function goodnessSentence({ statistic }: ReportResult): string {
  const { name, best, atMedian, expected, expectedSd, deviation, bins } = statistic;
  const parts = [
    `Best ${statisticName(name)} ${fixed(best, 1)} in ${bins} bins (${fixed(atMedian, 1)} at the posterior medians).`,
  ];
  if (expected !== undefined && expectedSd !== undefined) {
    parts.push(`If the model is right, ${fixed(expected, 1)} \u00b1 ${fixed(expectedSd, 1)} is expected.`);
  }
  if (deviation !== undefined) parts.push(deviationWords(deviation));
  return parts.join(" ");
}

function deviationWords(deviation: number): string {
  const size = `${fixed(Math.abs(deviation), 1)} \u03c3 ${deviation < 0 ? "below" : "above"} expectation`;
  if (Math.abs(deviation) < 2) return `That is ${size}: the model describes the data.`;
  if (deviation >= 2 && deviation < 3) {
    return `That is ${size}: somewhat high. Look for structure in the residuals before trusting the parameters.`;
  }
  if (deviation >= 3) {
    return `That is ${size}: the model does not describe the data, and the intervals below only hold if it were right.`;
  }
  return `That is ${size}: better than noise allows. Check that the counts are raw counts (not rates or background-subtracted).`;
}

/** The evidence in words. */
export function evidenceSentence({ evidence, statistic }: ReportResult): string {
  if (!evidence) return "";
  // As many decimals as the error warrants; a tenth of a thousandth is beyond any use.
  const decimals = Math.min(4, Math.max(1, 1 - Math.floor(Math.log10(evidence.logZError || 1))));
  const value = `ln Z = ${fixed(evidence.logZ, decimals)} \u00b1 ${fixed(evidence.logZError, decimals)}`;
  return (
    `${value} with ln L = \u2212${statisticName(statistic.name)}/2. Its difference between two models of the same bins is the logarithm of ` +
    "the odds by which the data favour one: 1 is weak, 3 (20 to 1) positive, 5 (150 to 1) strong. It depends on the priors."
  );
}
