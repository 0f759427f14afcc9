import type { RunResult } from "../../src/fit/types.ts";
import { caseCommand, type ValidationCase } from "./cases.ts";
import {
  BEST_TOLERANCE,
  differences,
  REFINED_LIMITS,
  type Reference,
  refinedMoments,
  UNREFINED_LIMITS,
  unrefinedMoments,
  within,
} from "./measure.ts";
import type { PublishedRow } from "./published.ts";
import type { Spread } from "./spread.ts";

/** All that was measured of one case. */
export interface CaseRecord {
  readonly case: ValidationCase;
  readonly livePoints: number;
  readonly nested: RunResult;
  readonly npe: readonly RunResult[];
  readonly published: readonly PublishedRow[];
}

export interface SpreadRecord {
  readonly case: ValidationCase;
  readonly label: string;
  readonly goal?: readonly [number, number];
  readonly spread: Spread;
}

/** One thing that was asked for, and whether it holds. */
export interface Verdict {
  readonly what: string;
  readonly passed: boolean;
}

export function referenceOf(nested: RunResult): Reference {
  return { parameters: refinedMoments(nested), ...nested.evidence! };
}

/** Every acceptance of a case. */
export function verdicts({ case: { name, expected }, nested, npe }: CaseRecord): Verdict[] {
  const reference = referenceOf(nested);
  const all = [nested, ...npe];
  const check = (what: string, passed: boolean): Verdict => ({ what: `${name}: ${what}`, passed });
  const { bins, best, deviation, efficiency } = expected;
  return [
    ...(bins === undefined
      ? []
      : [
          check(
            `${bins} bins`,
            all.every((r) => r.statistic.bins === bins),
          ),
        ]),
    ...(best === undefined
      ? []
      : [
          check(
            `best C within ${BEST_TOLERANCE} of ${best}`,
            all.every((r) => Math.abs(r.statistic.best - best) <= BEST_TOLERANCE),
          ),
        ]),
    ...(deviation === undefined
      ? []
      : [
          check(
            `C within ${deviation} sigma of what is expected`,
            all.every((r) => Math.abs(r.statistic.deviation ?? Number.NaN) <= deviation),
          ),
        ]),
    check(
      "nested: log Z error at most 0.03, ESS at least 10 000",
      nested.evidence!.logZError <= 0.03 && (nested.nested?.ess ?? 0) >= 10_000,
    ),
    check(
      `refined: means within ${REFINED_LIMITS.shift} sigma, widths within ${100 * REFINED_LIMITS.ratio} %`,
      npe.every((r) => within(differences(refinedMoments(r), reference), REFINED_LIMITS)),
    ),
    check(
      `refined: log Z within ${REFINED_LIMITS.logZ}`,
      npe.every((r) => Math.abs(r.evidence!.logZ - reference.logZ) <= REFINED_LIMITS.logZ),
    ),
    check(
      `unrefined: means within ${UNREFINED_LIMITS.shift} sigma, widths within ${100 * UNREFINED_LIMITS.ratio} %`,
      npe.every((r) => within(differences(unrefinedMoments(r), reference), UNREFINED_LIMITS)),
    ),
    ...(efficiency === undefined
      ? []
      : [
          check(
            `efficiency of the flow at least ${100 * efficiency} %`,
            npe.every((r) => (r.importance?.efficiencyFlow ?? 0) >= efficiency),
          ),
        ]),
  ];
}

/** docs/validation.md. */
export function validationPage(
  cases: readonly CaseRecord[],
  spreads: readonly SpreadRecord[],
  quick: boolean,
): string {
  return [
    "# Validation on real and published spectra",
    "",
    "Written by `npm run validate`; nothing here is typed by hand. Machine: two cores that do other work, too, so the times " +
      "are good to a factor of two. Finished runs are kept, so that they may stem from different versions of the code: without the cache " +
      "everything is measured anew. The spectra are not part of the project: `npm run validate -- --data FOLDER` says where they are.",
    ...(quick ? ["", "**Made with `--quick`: fewer live points and spectra than the limits ask for.**"] : []),
    "",
    "*Exact* is nested sampling. *Refined* is the default `xnpe fit`, importance weights included; *unrefined* is its flow " +
      "alone. Shifts are differences of means in exact standard deviations, ratios are of standard deviations; parameters with log-uniform " +
      "priors are compared in log10. log Z has the constant of the Poisson likelihood dropped (log L = -C/2).",
    "",
    "## What was asked for",
    "",
    table(
      ["", "holds"],
      cases.flatMap(verdicts).map(({ what, passed }) => [what, passed ? "yes" : "**no**"]),
    ),
    ...cases.flatMap(caseSection),
    ...spreadSection(spreads),
    "",
  ].join("\n");
}

function caseSection(record: CaseRecord): string[] {
  const { case: one, nested, npe, published, livePoints } = record;
  const reference = referenceOf(nested);
  const columns = ["", "exact", ...npe.map(({ seed }) => `npe, seed ${seed}`)];
  return [
    "",
    `## ${one.name}: ${one.what}`,
    "",
    "```console",
    caseCommand(one, [`--seed ${npe[0].seed}`]),
    caseCommand(one, [`--method nested --live-points ${livePoints} --seed ${nested.seed}`]),
    "```",
    "",
    table(columns, runRows(record)),
    "",
    table(columns, parameterRows(npe, nested, reference)),
    ...publishedSection(published),
  ];
}

function runRows({ nested, npe }: CaseRecord): string[][] {
  const all = [nested, ...npe];
  const row = (what: string, of: (run: RunResult) => string) => [what, ...all.map(of)];
  const blank = (value: number | undefined, format: (v: number) => string) =>
    value === undefined ? "" : format(value);
  return [
    row("bins", ({ statistic }) => String(statistic.bins)),
    row("least C", ({ statistic }) => statistic.best.toFixed(2)),
    row("deviation, sigma", ({ statistic }) => blank(statistic.deviation, (v) => v.toFixed(2))),
    row("log Z", ({ evidence }) => `${evidence!.logZ.toFixed(3)} ± ${evidence!.logZError.toFixed(3)}`),
    row("log Z - exact", ({ evidence }) => signed(evidence!.logZ - nested.evidence!.logZ, 3)),
    row("efficiency of the flow", ({ importance }) => blank(importance?.efficiencyFlow, percent)),
    row("efficiency", ({ importance }) => blank(importance?.efficiency, percent)),
    row("effective draws", ({ importance, nested }) => (importance ?? nested)?.ess.toFixed(0) ?? ""),
    row("Pareto k", ({ importance }) => blank(importance?.paretoK, (v) => v.toFixed(2))),
    row("time, s", ({ timings }) => timings.total.toFixed(1)),
  ];
}

function parameterRows(npe: readonly RunResult[], nested: RunResult, reference: Reference): string[][] {
  const exact = refinedMoments(nested);
  const refined = npe.map(refinedMoments);
  const unrefined = npe.map(unrefinedMoments);
  const moments = ({ mean, sd }: { mean: number; sd: number }) => {
    const digits = Math.max(0, 2 - Math.floor(Math.log10(sd)));
    return `${mean.toFixed(digits)} ± ${sd.toFixed(digits)}`;
  };
  return exact.flatMap((parameter, d) => {
    const compare = (runs: typeof refined) =>
      runs.map((run) => {
        const { shift, ratio } = differences(run, reference)[d];
        return `${signed(shift, 3)}, ${ratio.toFixed(3)}`;
      });
    return [
      [parameter.name, moments(parameter), ...refined.map((run) => moments(run[d]))],
      ["refined: shift, ratio", "", ...compare(refined)],
      ["unrefined", "", ...unrefined.map((run) => moments(run[d]))],
      ["unrefined: shift, ratio", "", ...compare(unrefined)],
    ];
  });
}

function publishedSection(rows: readonly PublishedRow[]): string[] {
  if (rows.length === 0) return [];
  return [
    "",
    "Medians published by Barret & Dupourque (2024) with the outputs of their code, against exact medians here. Their networks were " +
      "trained anew in each run and differ among themselves by up to one sigma; their response is not public and is replaced by a " +
      "reconstruction. Agreement to one sigma is all that this comparison can show.",
    "",
    table(
      ["parameter", "published", "exact", "difference, sigma"],
      rows.map(({ parameter, published, sigma, obtained, shift }) => [
        parameter,
        `${published} ± ${sigma}`,
        obtained.toFixed(4),
        signed(shift, 2),
      ]),
    ),
  ];
}

function spreadSection(spreads: readonly SpreadRecord[]): string[] {
  if (spreads.length === 0) return [];
  return [
    "",
    "## Efficiency over many simulated spectra",
    "",
    "One network each, 10 000 simulations, and new spectra drawn from the restricted prior that it was trained on (another seed, Poisson " +
      "noise included). ESS/N of the flow's draws against the exact likelihood: 5th, 25th and 50th percentile; *k > 0.7*: spectra whose weights " +
      "have too heavy a tail. *default* trains on the projections of the counts and shows the flow the fitted spectrum; *paper* is `--preset " +
      "paper`: raw counts, sbi's network and training, no projection. Made by `npm run validate`.",
    "",
    table(
      [
        "spectrum",
        "expected counts",
        "recipe",
        "spectra",
        "5 %",
        "25 %",
        "50 %",
        "k > 0.7",
        "training, s",
        "goal",
      ],
      spreads.map(({ case: { name }, label, spread, goal }) => {
        const [recipe, window] = label.split("; ");
        const { efficiency, spectra, poor, trainSeconds } = spread;
        const met = goal && efficiency[0] >= goal[0] && efficiency[2] >= goal[1];
        return [
          name,
          window,
          recipe,
          String(spectra),
          ...efficiency.map((e) => e.toFixed(2)),
          percent(poor),
          trainSeconds.toFixed(1),
          goal ? `${goal[0].toFixed(2)}, ${goal[1].toFixed(2)}: ${met ? "met" : "**not met**"}` : "",
        ];
      }),
    ),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const percent = (x: number) => `${(100 * x).toFixed(1)} %`;

function signed(x: number, digits: number): string {
  return `${x < 0 ? "-" : "+"}${Math.abs(x).toFixed(digits)}`;
}
