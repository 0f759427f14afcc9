import { profile } from "../plot/profile.ts";
import type { NamedFigure } from "./output-figures.ts";
import type { StepParResult } from "./steppar.ts";

/** The statistic over one parameter, or its contours over two. */
export function stepParFigure({ axes, statistic, best }: StepParResult): NamedFigure {
  const [x, y] = axes.map(({ name, unit, values }) => ({
    symbol: name,
    ...(unit !== "" && { unit }),
    values,
  }));
  // the grid's last axis runs fastest; the figure wants one row a value of y
  const shown =
    y === undefined
      ? statistic
      : y.values.flatMap((_, j) => x.values.map((_, i) => statistic[i * y.values.length + j]));
  return {
    name: "steppar",
    title: y === undefined ? `Statistic over ${x.symbol}` : `Statistic over ${x.symbol} and ${y.symbol}`,
    caption: "Rise of the statistic with the other parameters fitted, and levels of 68, 90 and 99 %.",
    scene: profile({ x, ...(y && { y }), statistic: shown, best }),
  };
}
