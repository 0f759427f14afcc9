import { InputError } from "../errors.ts";
import { groupParameter } from "../model/links.ts";
import type { ModelExpression } from "../model/types.ts";
import { parsePrior } from "../prior/parse.ts";
import type { ConfigLayer } from "./config-layer.ts";
import { at } from "./config-parameters.ts";

/** Starting values by parameter path. Throws InputError for a parameter that is not free, or a value outside its prior. */
export function resolveStart(
  expression: ModelExpression,
  priors: Readonly<Record<string, string>>,
  start: Readonly<Record<string, number>>,
  where: ConfigLayer["where"],
): Record<string, number> {
  const entries = Object.entries(start).map(([name, value]): [string, number] => {
    const place = where(["start", name]);
    const { path, index } = at(place, () => groupParameter(expression, name));
    const { min, max } = expression.parameters[index];
    if (priors[path] === undefined)
      throw new InputError(`${path} is not free, so no fit can start from it; give it a prior`, place);
    const { lower, upper, text } = parsePrior(priors[path], { min, max, where: place });
    if (value >= lower && value <= upper) return [path, value];
    throw new InputError(`the start ${value} of ${path} lies outside its prior ${text}`, place);
  });
  return Object.fromEntries(entries);
}
