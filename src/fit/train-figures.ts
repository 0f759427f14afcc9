import { corner, parameterColumns, parameterLabel, predictive, recovery, training } from "../plot/index.ts";
import { networkFigures } from "./figures.ts";
import type { FigureData, NamedFigure } from "./output-figures.ts";
import type { PreparedNetwork } from "./prepare.ts";
import { figureInput, type Session } from "./session.ts";
import type { TestedNetwork } from "./test-set.ts";
import type { TrainingResult } from "./train-types.ts";

/** What the figures of a training show. */
export interface TrainingFigures extends Pick<FigureData, "prior" | "predictive" | "training"> {
  readonly tested?: TestedNetwork;
}

/** Data of the figures, while the ranks still hold the bank of the training. */
export async function trainingFigures(session: Session, prepared: PreparedNetwork): Promise<TrainingFigures> {
  return networkFigures(session.pool, figureInput(session), prepared);
}

/** The figures of a training, in the order of the report. */
export function drawTrainingFigures(
  { parameters, model }: TrainingResult,
  { prior, predictive: simulated, training: losses, tested }: TrainingFigures,
): NamedFigure[] {
  const figures: NamedFigure[] = [];
  const logarithmic = parameters.map((parameter) => parameter.logarithmic);
  const names = parameters.map(({ name }) => name);
  const labels = parameters.map(({ name, unit, logarithmic: log }) =>
    parameterLabel(name, unit, { logarithmic: log, among: names }),
  );
  if (tested?.parameters.some(({ throughOrigin }) => throughOrigin !== undefined)) {
    const shown = tested.parameters.map(({ recovered, throughOrigin }, d) => ({
      ...labels[d],
      ...recovered,
      ...(throughOrigin && { slope: throughOrigin }),
    }));
    figures.push({
      name: "recovery",
      title: "Recovery",
      caption: `Medians with 68 % errors of ${tested.spectra} test spectra against their true values, by the network alone; slopes through the origin with half their 95 % interval.`,
      scene: recovery({ parameters: shown }),
    });
  }
  if (losses !== undefined)
    figures.push({
      name: "training",
      title: "Training",
      caption: "Training and validation loss.",
      scene: training(losses),
    });
  if (prior !== undefined) {
    const set = (theta: Float64Array) => parameterColumns(theta, logarithmic);
    const { declared, restricted } = prior;
    figures.push({
      name: "prior",
      title: "Prior",
      caption: "Prior, and the part of it that was simulated.",
      scene: corner({
        parameters: labels,
        samples: [
          { label: "prior", columns: set(declared), pairs: "points", color: "#999999" },
          ...(restricted === undefined
            ? []
            : [{ label: "simulated", columns: set(restricted), pairs: "points" as const }]),
        ],
        titles: false,
        title: `Prior of ${model}`,
      }),
    });
  }
  if (simulated !== undefined)
    figures.push({
      name: "prior-predictive",
      title: "Prior predictive check",
      caption: "The first spectrum over the range of the simulated ones.",
      scene: predictive({ ...simulated, from: "simulations" }),
    });
  return figures;
}
