import type { Calibration, Recovered } from "../diagnose/index.ts";
import { centralLevels } from "../diagnose/index.ts";
import { parseExpression } from "../model/expression.ts";
import { findParameter } from "../model/find-parameter.ts";
import {
  checkEfficiency,
  checkLocal,
  coverage,
  parameterLabel,
  predictive,
  rankHistograms,
  ranks,
  recovery,
} from "../plot/index.ts";
import type { Checked } from "./check.ts";
import { reliable } from "./check-bank.ts";
import type { OpenNetwork } from "./open-network.ts";
import type { NamedFigure } from "./output-figures.ts";

type Named = Pick<OpenNetwork, "problem" | "prior">;

/** Symbol, unit and axis label of each parameter. */
function labelsOf({ problem, prior }: Named) {
  const expression = parseExpression(problem.model);
  return prior.names.map((name, d) => {
    const { unit } = expression.parameters[findParameter(expression, name)];
    const { logarithmic } = prior.priors[d];
    const plain = parameterLabel(name, unit, { among: prior.names });
    return {
      plain: plain.symbol,
      axis: plain.unit === "" ? plain.symbol : `${plain.symbol} (${plain.unit})`,
      ...parameterLabel(name, unit, { logarithmic, among: prior.names }),
      logarithmic,
    };
  });
}

/** The figures of a check over simulated spectra, in the order of the page. */
export function checkFigures(named: Named, checked: Checked): NamedFigure[] {
  const { sbc, recovered } = checked;
  const labels = labelsOf(named);
  const sets = [
    { key: "network", words: "network alone", tests: sbc.network, recovered: recovered.network },
    { key: "refined", words: "refined", tests: sbc.refined, recovered: recovered.refined },
  ] as const;
  const figures = sets.flatMap(({ key, words, tests, recovered: some }) =>
    tests && some ? calibrationFigures(labels, { key, words, tests, recovered: some }) : [],
  );
  return [...placeFigures(named, labels, checked), ...figures];
}

type Labels = ReturnType<typeof labelsOf>;

interface CalibrationSet {
  readonly key: string;
  readonly words: string;
  readonly tests: Calibration;
  readonly recovered: readonly Recovered[];
}

function calibrationFigures(labels: Labels, { key, words, tests, recovered }: CalibrationSet): NamedFigure[] {
  const symbol = (name: string, d: number) => labels[d]?.plain ?? name;
  const all = tests.tests.map(({ name, values }, d) => ({ symbol: symbol(name, d), values }));
  const joint = tests.tests.filter(({ name }) => name === "joint density" || name === "random points");
  const curves = [
    ...labels.map(({ plain }, d) => ({ label: plain, levels: centralLevels(tests.tests[d].values) })),
    ...joint.map(({ name, values }) => ({ label: name, levels: values })),
  ];
  return [
    {
      name: `ranks-${key}`,
      title: `Ranks, ${words}`,
      caption:
        "Distribution of the ranks of the true values minus the uniform one. A right posterior stays in the grey band with a chance of 99 %, each curve.",
      scene: ranks({
        parameters: all.map(({ symbol: text, values }) => ({ symbol: text, ranks: values })),
        band: tests.tests[0].band,
      }),
    },
    {
      name: `histograms-${key}`,
      title: `Histograms of ranks, ${words}`,
      caption:
        "Flat where right; a hollow: too narrow; a hump: too wide; a slope: biased. Grey: 99 % of single bins.",
      scene: rankHistograms({ tests: all }),
    },
    {
      name: `coverage-${key}`,
      title: `Coverage, ${words}`,
      caption:
        "Share of true values inside intervals of each parameter, inside highest-density regions of all, and nearer to random points than draws. Above the diagonal: too wide; below: too narrow. Grey: 95 % at each level.",
      scene: coverage({ curves, width: 340 }),
    },
    {
      name: `recovery-${key}`,
      title: `Recovered against true, ${words}`,
      caption: "Medians and 68 % intervals against true values, with the line through the origin.",
      scene: recovery({
        parameters: recovered.map((one, d) => ({ ...one, symbol: labels[d].symbol, unit: labels[d].unit })),
      }),
    },
  ];
}

function placeFigures({ prior }: Named, labels: Labels, { bank, sortings, bins }: Checked): NamedFigure[] {
  const place = (by: string) => {
    const d = prior.names.indexOf(by);
    return d < 0
      ? { label: "Counts", logarithmic: true }
      : { label: `Found ${labels[d].axis}`, logarithmic: labels[d].logarithmic };
  };
  const judged = bank.filter(({ network }) => network !== undefined);
  const importance = judged.flatMap((one) => one.importance ?? []);
  const efficiency: NamedFigure = {
    name: "efficiency",
    title: "Efficiency of importance sampling",
    caption: "Effective share of the draws, by what is found for each test spectrum and by its counts.",
    scene: checkEfficiency({
      efficiency: importance.map((one) => one.efficiency),
      reliable: importance.map(reliable),
      by: sortings.map(({ name, values }) => ({ ...place(name), values })),
    }),
  };
  const local: NamedFigure = {
    name: "where",
    title: "Where the network alone fails",
    caption:
      "Truth minus posterior in posterior deviations: mean (0 where right) and scatter, the factor by which widths are too small (1), in bins of spectra.",
    scene: checkLocal({
      symbols: labels.map(({ plain }) => plain),
      by: bins.map(({ by, bins: sorted }) => ({
        ...place(by),
        bins: sorted.map((bin) => ({ ...bin, spectra: bin.members.length })),
      })),
    }),
  };
  return importance.length === judged.length ? [efficiency, local] : [local];
}

/** The predictive figures of each given spectrum. */
export function spectrumFigures({ predictive: spectra }: Pick<Checked, "predictive">): NamedFigure[][] {
  return spectra.map(({ predictive: parts }, i) =>
    parts.map((data, k) => ({
      name: `predictive-${i + 1}${parts.length > 1 ? `-${k + 1}` : ""}`,
      title: "Spectra of the posterior",
      caption: "The observed spectrum over the range of spectra that the posterior predicts.",
      scene: predictive({ ...data, from: "posterior" }),
    })),
  );
}
