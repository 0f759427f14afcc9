import type { z } from "zod";
import { InputError } from "../errors.ts";
import { nearestName } from "../model/index.ts";
import { COMPANIONS } from "./config-files.ts";
import type { ConfigLayer } from "./config-layer.ts";
import type { RawConfig } from "./config-schema.ts";
import { VERSION } from "./version.ts";

/** The layer's values with their types checked. Throws InputError at the first fault, naming place and key. */
export async function checkTypes(layer: ConfigLayer): Promise<RawConfig> {
  checkVersion(layer);
  const { configSchema } = await import("./config-schema.ts");
  const checked = configSchema.safeParse(layer.values);
  if (checked.success) return checked.data;
  const issue = innermost(checked.error.issues[0]);
  const faulty = new Set(checked.error.issues.map((each) => each.path.join("\0")));
  const more = faulty.size - 1;
  const rest = more === 0 ? "" : ` (and ${more} more ${more === 1 ? "fault" : "faults"})`;
  if (issue.code === "unrecognized_keys") {
    const path = [...issue.path, issue.keys[0]];
    const known =
      issue.path.length === 0 ? Object.keys(configSchema.shape) : ["file", ...Object.keys(COMPANIONS)];
    throw new InputError(`unknown key; ${didYouMean(issue.keys[0], known)}${rest}`, layer.where(path, "key"));
  }
  const found = valueAt(layer.values, issue.path);
  const hint =
    typeof found === "string" && issue.code === "invalid_value" ? guess(found, issue.values.map(String)) : "";
  throw new InputError(`${issue.message}, found ${show(found)}${hint}${rest}`, layer.where(issue.path));
}

/** Refuses what a later version wrote: the same key may mean another thing there. */
function checkVersion({ values, where }: ConfigLayer): void {
  if (typeof values.xnpe !== "string" || !isNewer(values.xnpe, VERSION)) return;
  throw new InputError(
    `written by xnpe ${values.xnpe}, and this is the older ${VERSION}; update xnpe, or take this line out to try all the same`,
    where(["xnpe"]),
  );
}

/** Whether version a (`1.2.3`) comes after b. */
function isNewer(a: string, b: string): boolean {
  const [first, second] = [a, b].map((text) => text.split(/[.-]/, 3).map(Number));
  const at = first.findIndex((part, i) => part !== second[i]);
  return at >= 0 && first[at] > second[at];
}

/** "; did you mean X?", or nothing where no name is near. */
export function guess(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? "" : `; did you mean ${nearest}?`;
}

/** "did you mean X?", or the list of what is known where nothing is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  const guess = nearestName(name, known);
  return guess === undefined ? `known are ${known.join(", ")}` : `did you mean ${guess}?`;
}

/** Of a union's faults, the one of the branch that got furthest. */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== "invalid_union") return issue;
  const inner = issue.errors.flat().find((each) => each.code !== "invalid_type" || each.path.length > 0);
  return inner === undefined ? issue : innermost({ ...inner, path: [...issue.path, ...inner.path] });
}

function valueAt(values: unknown, path: readonly PropertyKey[]): unknown {
  let value = values;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

function show(value: unknown): string {
  if (typeof value === "string") return `"${value}"`;
  return value === undefined ? "nothing" : JSON.stringify(value);
}
