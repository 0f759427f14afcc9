import type { Stretch } from "../diagnose/index.ts";
import { FAMILY_LEVEL } from "./check-sbc.ts";
import type { CheckResult, Finding, ParameterCheck, TestSummary, Verdict } from "./check-types.ts";
import { gradeOf, percent, probability } from "./check-words-spectrum.ts";

type Found = Omit<CheckResult, "verdict" | "findings" | "blind" | "observed" | "warnings">;

/** Widening up to this factor changes no conclusion. */
const SLIGHT = 1.1;
/** Share of spectra that importance sampling may fail for: none to speak of, few. */
const UNRELIABLE = { none: 0.01, few: 0.1 };

/** What the tests over all simulated spectra say. */
export function networkFindings(found: Found): Finding[] {
  return [
    networkFinding(found),
    ...(found.refined ? [refinedFinding(found.refined, found.spectra)] : []),
    ...(found.importance ? [importanceFinding(found.importance, found.spectra)] : []),
    coverageFinding(found),
    regionFinding(found),
  ];
}

function networkFinding({ network, parameters, refined }: Found): Finding {
  const passes = network.pValue >= FAMILY_LEVEL;
  return {
    subject: "Network alone: ranks of the true values",
    value: `least p ${probability(network.pValue)} of ${network.tests.length} tests, corrected`,
    grade: gradeOf(passes, refined !== undefined || worstFactor(parameters) <= SLIGHT),
    meaning: passes
      ? "True values lie in the network's posteriors as often as they should, each parameter and all together."
      : `True values do not lie in the network's posteriors as they should: ${failing(network.tests)}.`,
    ...(!passes && {
      advice:
        refined === undefined
          ? "Train with more simulations, or multiply half-widths by the factors below."
          : "Use refined posteriors, as fit and infer give them, not the network alone; or train with more simulations.",
    }),
  };
}

function refinedFinding(refined: NonNullable<Found["refined"]>, spectra: number): Finding {
  const passes = refined.pValue >= FAMILY_LEVEL;
  return {
    subject: "After importance sampling: the same",
    value: `least p ${probability(refined.pValue)} of ${refined.tests.length} tests, corrected; ${refined.spectra} of ${spectra} spectra`,
    grade: gradeOf(passes, false),
    meaning: passes
      ? "Weighted by the likelihood, posteriors hold the true values as often as they should."
      : `Even weighted posteriors do not hold the true values as they should: ${failing(refined.tests)}.`,
    ...(!passes && { advice: "Do not rely on this network; train it with more simulations." }),
  };
}

function failing(tests: readonly TestSummary[]): string {
  const faults = tests.filter(({ adjusted }) => adjusted < FAMILY_LEVEL);
  return faults.map((test) => `${test.name} (${direction(test)})`).join(", ");
}

function direction({ kind, shift, spread }: TestSummary): string {
  if (kind === "joint") {
    if (Math.abs(shift) < 3) return "not uniform";
    return shift > 0 ? "too far out: too narrow or off" : "too far in: too wide";
  }
  const parts: string[] = [];
  if (Math.abs(shift) > 3) parts.push(shift > 0 ? "too low" : "too high");
  if (Math.abs(spread) > 3) parts.push(spread > 0 ? "too narrow" : "too wide");
  return parts.length > 0 ? parts.join(" and ") : "of a wrong shape";
}

function importanceFinding(
  { efficiency, paretoK, unreliable }: NonNullable<Found["importance"]>,
  spectra: number,
): Finding {
  const [least, quarter, median] = efficiency;
  const grade = gradeOf(
    unreliable <= UNRELIABLE.none + 1 / spectra && median >= 0.2,
    unreliable <= UNRELIABLE.few,
  );
  const share = percent(unreliable);
  return {
    subject: "Efficiency of importance sampling",
    value: `${percent(median)} in the median, ${percent(quarter)} and ${percent(least)} at the lower 25 and 5 %; Pareto k ${paretoK[0].toFixed(2)}, ${paretoK[2].toFixed(2)} at the upper 5 %`,
    grade,
    meaning:
      unreliable === 0
        ? "Weights repair what the network misses, for every test spectrum."
        : `For ${share} of the test spectra weights do not repair what the network misses (efficiency below 2 %, or Pareto k above 0.7).`,
    ...(grade !== "good" && {
      advice:
        unreliable > UNRELIABLE.few
          ? "Train with more simulations, or restrict the prior further."
          : "Look at the efficiency and Pareto k of each spectrum; fit those alone that warn (xnpe fit).",
    }),
  };
}

function coverageFinding({ parameters, refined }: Found): Finding {
  const sets = parameters.map((parameter) => ({ name: parameter.name, stretch: used(parameter) }));
  const worst = sets.reduce((a, b) => (b.stretch[0].factor > a.stretch[0].factor ? b : a));
  const needed = sets.filter(({ stretch }) => stretch.some(isShort));
  const [narrow] = worst.stretch;
  return {
    subject: `Coverage of ${refined ? "refined" : "the network's"} intervals`,
    value: `68 % intervals of ${worst.name} hold ${percent(narrow.coverage)} of the true values; factor ${stretchText(narrow)}`,
    grade: gradeOf(needed.length === 0, narrow.factor <= 1.5),
    meaning:
      needed.length === 0
        ? "No interval need be wider to hold the truth as often as it says."
        : `To hold the truth as often as they say, intervals need wider limits: ${needed.map(widen).join(", ")}.`,
    ...(needed.length > 0 && {
      advice: "Multiply half-widths by the factors in the table, or train with more simulations.",
    }),
  };
}

/** Stretch of the posteriors that people are to use. */
function used({ refined, network }: ParameterCheck): readonly Stretch[] {
  return refined ?? network;
}

/** Intervals that are too short beyond doubt (95 %, corrected for the number of intervals by a margin), and by a factor that matters. */
function isShort({ low, factor }: Stretch): boolean {
  return low > 1 && factor > SLIGHT;
}

function widen({ name, stretch }: { readonly name: string; readonly stretch: readonly Stretch[] }): string {
  const [narrow] = [...stretch].filter(isShort).sort((a, b) => b.factor - a.factor);
  return `${name} ${narrow.factor.toFixed(2)} times (${Math.round(100 * narrow.wanted)} %)`;
}

/** A factor with its 95 % interval. */
export function stretchText({ factor, low, high }: Stretch): string {
  const text = (value: number) => (Number.isFinite(value) ? value.toFixed(2) : "infinite");
  return `${text(factor)} (${text(low)} to ${text(high)})`;
}

function worstFactor(parameters: readonly ParameterCheck[]): number {
  return Math.max(...parameters.map(({ network }) => network[0].factor));
}

function regionFinding({ outside, lost, spectra }: Found): Finding {
  return {
    subject: "Draws outside of the training region",
    value: `${percent(outside)}${lost > 0 ? `; ${lost} of ${spectra} spectra have (almost) none inside` : ""}`,
    grade: gradeOf(outside <= 0.05 && lost === 0, lost <= 0.01 * spectra),
    meaning:
      "The tests leave these draws out, as the network knows nothing of parameters beyond the region; refined posteriors weight them by the likelihood.",
    ...(lost > 0.01 * spectra && {
      advice: "The network misses the true region altogether for some; train it with more simulations.",
    }),
  };
}

/** The whole in one sentence. */
export function networkVerdict(found: Found, findings: readonly Finding[]): Verdict {
  const poor = findings.filter(({ grade }) => grade === "poor").map(({ subject }) => subject.toLowerCase());
  const where = found.failures.length > 0 ? `, but see where it fails: ${found.failures[0].text}` : "";
  if (poor.length > 0)
    return { grade: "poor", sentence: `Do not trust this network yet: it fails in ${poor.join("; ")}.` };
  const alone = found.network.pValue >= FAMILY_LEVEL;
  if (findings.every(({ grade }) => grade === "good") && found.failures.length === 0)
    return {
      grade: "good",
      sentence: found.refined
        ? "The network may be trusted where it was trained, alone and refined."
        : "The network may be trusted where it was trained; refinement could not be tested, as there is no likelihood of simulated counts.",
    };
  if (found.refined === undefined)
    return {
      grade: "fair",
      sentence: `The network is usable where it was trained, with intervals widened as below${where}.`,
    };
  return {
    grade: "fair",
    sentence: alone
      ? `Trust refined posteriors, as fit and infer give them; the network alone is right on the whole${where}.`
      : `Trust refined posteriors, as fit and infer give them, but not the network alone${where}.`,
  };
}

/** What no test of this page can see. */
export const BLIND = [
  "Simulated spectra come from the same model and response that the network was trained with: a wrong response or calibration leaves no trace in them.",
  "A shift of the energy scale (gain) of some per cent in a given spectrum is taken up by the parameters and hardly shows in any score of that one spectrum; only comparing evidences with a model whose gain is free would tell (Delta log Z of -8 for 3 % in arXiv:2606.17098).",
  "Ranks are right on average over the training region; a fault in a part of it smaller than the bins below goes unseen.",
] as const;
