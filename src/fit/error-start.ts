import { isRecord } from "./config-layer.ts";

/** The best values of a run's result.json by path, for parameters that are still free; nothing where there is none. */
export function storedBest(
  bytes: Uint8Array | undefined,
  priors: Readonly<Record<string, string>>,
): Record<string, number> {
  if (bytes === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return {};
  }
  const parameters: unknown[] = isRecord(value) && Array.isArray(value.parameters) ? value.parameters : [];
  return Object.fromEntries(
    parameters.flatMap((each): [string, number][] =>
      isRecord(each) &&
      typeof each.name === "string" &&
      typeof each.best === "number" &&
      priors[each.name] !== undefined
        ? [[each.name, each.best]]
        : [],
    ),
  );
}
