import { parameterLabel } from "../plot/parameterLabel.ts";
import { profile } from "../plot/profile.ts";
import type { NamedFigure } from "./output-figures.ts";
import type { StepParResult } from "./steppar.ts";

/** The statistic over one parameter, or its contours over two. */
export function stepParFigure({ axes, statistic, best, free, bestPoint }: StepParResult): NamedFigure {
  const [x, y] = axes.map(({ name, unit, values }) => {
    const label = parameterLabel(name, unit, { among: free });
    return { symbol: label.symbol, ...(label.unit !== "" && { unit: label.unit }), values };
  });
  const names = axes.map(({ name }) => name).join(" and ");
  const at = axes.map(({ name }) => bestPoint[free.indexOf(name)]);
  // the grid's last axis runs fastest; the figure wants one row a value of y
  const shown =
    y === undefined
      ? statistic
      : y.values.flatMap((_, j) => x.values.map((_, i) => statistic[i * y.values.length + j]));
  return {
    name: "steppar",
    title: `Statistic over ${names}`,
    caption:
      "Rise of the statistic with the other parameters fitted, and levels of 68, 90 and 99 %. The dot is the best fit." +
      (y === undefined ? "" : " Contours run smoothly between the points of the grid."),
    scene: profile({ x, ...(y && { y }), statistic: shown, best, at }),
  };
}
