import type { TrainingResult } from "../fit/train-types.ts";
import { duration, grouped } from "./progress.ts";
import { formatTable, formatValue } from "./table.ts";

/** What came of a training, for people: losses, and how the test spectra came back. */
export function formatTraining(result: TrainingResult): string {
  const { model, spectra, statistic, window, network, test, timings, warnings } = result;
  const { exposure, band } = spectra[0];
  const { lower, upper } = window;
  const range = `${grouped(Math.round(lower))} to ${upper === undefined ? "any number of" : grouped(Math.round(upper))}`;
  const { total, ...stages } = timings;
  const times = Object.entries(stages).map(([stage, seconds]) => `${stage} ${duration(seconds)}`);
  const lines = [
    `${model}: network for ${statistic.bins} bins in ${band.map((energy) => Number(energy.toPrecision(4))).join("-")} keV, ${exposure} s, seed ${result.seed}`,
    fact("trained", `${grouped(network.simulations)} simulations of ${range} expected counts`),
    fact(
      "loss",
      `${network.validationLoss.toFixed(4)} on the validation set; ${grouped(network.epochs)} epochs, ${grouped(network.steps)} steps, ${grouped(network.weights)} weights`,
    ),
    ...(test === undefined ? [] : testLines(test)),
    ...(total === undefined ? [] : [fact("time", `${duration(total)} (${times.join(", ")})`)]),
    ...warnings.map((warning) => fact("warning", warning)),
  ];
  return lines.join("\n");
}

function testLines(test: NonNullable<TrainingResult["test"]>): string[] {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const pair = (value: number, error: number) =>
    `${formatValue(value, error)} +- ${formatValue(error, error)}`;
  const rows = test.parameters.map(
    ({ name, logarithmic, throughOrigin: origin, line, coverage68, coverage90 }) => [
      logarithmic ? `log10 ${name}` : name,
      origin === undefined ? "" : pair(origin.slope, origin.error),
      line === undefined ? "" : pair(line.slope, line.slopeError),
      line === undefined ? "" : pair(line.intercept, line.interceptError),
      percent(coverage68),
      percent(coverage90),
    ],
  );
  const heading = ["parameter", "slope through origin", "slope", "intercept", "in 68 %", "in 90 %"];
  return [
    fact(
      "test",
      `${grouped(test.spectra)} simulated spectra by the network alone; held-out loss ${test.heldOutLoss.toFixed(4)} in the declared parameters`,
    ),
    "",
    formatTable(heading, rows),
    "",
  ];
}

function fact(label: string, text: string): string {
  return `${label.padEnd(8)} ${text}`;
}
