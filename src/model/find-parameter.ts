import { InputError } from "../errors.ts";
import { nearestName, suggestion } from "../math/nearest.ts";
import { splitGroup } from "./group-path.ts";
import type { ModelExpression } from "./types.ts";

/**
 * Index in `expression.parameters` of a path such as `tbabs.nH` or `powerlaw_2.norm`. Case does not matter. Where a
 * model occurs more than once, its bare name means the first: `powerlaw.norm` is `powerlaw_1.norm`; where it occurs
 * once, `powerlaw_1.norm` is `powerlaw.norm`. Parameters of a background model begin with `bkg:`. A data group in front, `2:powerlaw.norm`, does not matter here.
 *
 * Throws InputError that names the component's parameters, or the nearest one.
 */
export function findParameter(expression: ModelExpression, path: string): number {
  const wanted = splitGroup(path).name.trim().toLowerCase();
  const { parameters } = expression;
  const paths = parameters.map((parameter) => parameter.path);
  const exact = parameters.findIndex((parameter) => parameter.path.toLowerCase() === wanted);
  if (exact >= 0) return exact;
  const first = parameters.findIndex(({ component, name }) => {
    const model = expression.components.find(({ label }) => label === component)!.model;
    const bare = `${component.startsWith("bkg:") ? "bkg:" : ""}${model.name}`;
    const isFirst = component === bare || component === `${bare}_1`;
    return (
      isFirst && [`${bare}.${name}`, `${bare}_1.${name}`].some((alias) => alias.toLowerCase() === wanted)
    );
  });
  if (first >= 0) return first;
  const hint =
    ownHint(expression, wanted) || suggestion(path, paths) || `; its parameters are ${paths.join(", ")}`;
  throw new InputError(`"${expression.text}" has no parameter "${path}"${hint}`, { key: path });
}

/** The parameters of the component that a path names, and which of them may be meant; nothing where there is no such component. */
function ownHint({ parameters }: ModelExpression, wanted: string): string {
  const own = parameters.filter(({ component }) => wanted.startsWith(`${component.toLowerCase()}.`));
  if (own.length === 0) return "";
  const [{ component }] = own;
  const given = wanted.slice(component.length + 1);
  const names = own.map(({ name }) => name);
  const meant = names.find((name) => name.toLowerCase().includes(given)) ?? nearestName(given, names);
  return `; ${component} has ${names.join(", ")}${meant === undefined ? "" : `; did you mean ${component}.${meant}?`}`;
}
