import { InputError } from "../errors.ts";
import { nearestName } from "../model/index.ts";
import type { Experiment } from "./types.ts";

/** The experiments that names choose, in their own order; all for none. InputError names the nearest known one. */
export function selectExperiments(
  all: readonly Experiment[],
  names: readonly string[],
): readonly Experiment[] {
  if (names.length === 0) return all;
  const chosen = new Set(names.flatMap((name) => named(all, name)));
  return all.filter((experiment) => chosen.has(experiment));
}

function named(all: readonly Experiment[], text: string): readonly Experiment[] {
  const name = text
    .trim()
    .toLowerCase()
    .replace(/^0+(?=\d)/, "");
  const isDemo = ({ id }: Experiment) => id.includes("_");
  if (name === "demos") return all.filter(isDemo);
  if (name === "experiments") return all.filter((experiment) => !isDemo(experiment));
  const found = all.filter(({ id, aliases }) => id === name || aliases.includes(name));
  if (found.length > 0) return found;
  const known = all.flatMap(({ id, aliases }) => [id, ...aliases]);
  const near = nearestName(name, known);
  const guess = near === undefined ? "" : `; did you mean ${near}?`;
  throw new InputError(
    `expected the number of an experiment, a figure or a demo run (xnpe reproduce list shows them), found "${text}"${guess}`,
  );
}
