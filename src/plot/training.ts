import { bottomMargin, leftMargin } from "./axes.ts";
import { significant } from "./numberText.ts";
import { INK, seriesColor } from "./palette.ts";
import type { Axis, Mark, Numbers, Scene } from "./scene.ts";
import { extent, padded, requireSeries } from "./series.ts";

export interface TrainingOptions {
  /** Epochs (or steps) at which the losses were taken, ascending (T). */
  readonly epoch: Numbers;
  /** Mean negative log density, nats (T). */
  readonly training: Numbers;
  readonly validation: Numbers;
  /** Index of the weights that were kept; default: the least validation loss. */
  readonly best?: number;
  /** What `epoch` counts. Default "Epoch". */
  readonly unit?: string;
  readonly width?: number;
}

/** Training and validation loss against epoch, with the weights kept. The first steep steps may leave the frame. */
export function training(options: TrainingOptions): Scene {
  const { epoch, unit = "Epoch", width = 400 } = options;
  requireSeries("training", "epoch", epoch, epoch.length);
  requireSeries("training", "training loss", options.training, epoch.length);
  requireSeries("training", "validation loss", options.validation, epoch.length);
  const best = options.best ?? leastIndex(options.validation);
  const late = (values: Numbers) =>
    Array.from(values).slice(Math.min(epoch.length - 1, Math.ceil(epoch.length * 0.04)));
  const losses = padded(extent(late(options.training), late(options.validation)), 0.08);
  const xAxis: Axis = { scale: "linear", domain: padded(extent(epoch), 0.02), label: unit };
  const yAxis: Axis = { scale: "linear", domain: losses, label: "Loss (nats)" };
  const left = leftMargin(yAxis, 150);
  const height = Math.round(width * 0.45);
  const kept = `kept: ${unit.toLowerCase()} ${epoch[best]}, loss ${significant(options.validation[best], 4)}`;
  const paints = {
    training: { stroke: seriesColor(0), width: 1 },
    validation: { stroke: seriesColor(1), width: 1 },
  };
  const point = { stroke: seriesColor(1), fill: seriesColor(1) };
  const marks: Mark[] = [
    { kind: "rule", x: epoch[best], paint: { stroke: INK, width: 0.6, dash: [1.5, 1.5] } },
    { kind: "line", x: epoch, y: options.training, paint: paints.training },
    { kind: "line", x: epoch, y: options.validation, paint: paints.validation },
    { kind: "points", x: [epoch[best]], y: [options.validation[best]], radius: 2.4, paint: point },
  ];
  const entries = [
    { text: "training", paint: paints.training, symbol: "line" as const },
    { text: "validation", paint: paints.validation, symbol: "line" as const },
    { text: kept, paint: point, symbol: "dot" as const },
  ];
  return {
    width,
    height: height + 10 + bottomMargin(),
    title: "Training curve",
    description: `Training and validation loss over ${epoch.length} entries; ${kept}.`,
    panels: [{ x: left, y: 10, width: width - left - 10, height, xAxis, yAxis, marks, legend: { entries } }],
  };
}

function leastIndex(values: Numbers): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] < values[best]) best = i;
  return best;
}
