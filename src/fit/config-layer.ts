import type { Where } from "../errors.ts";

/** Settings of one source (a file, the command line) before any check: plain data, and where each value stands. */
export interface ConfigLayer {
  readonly values: Readonly<Record<string, unknown>>;
  /** Place of the value at a path such as `["parameters", "tbabs.nH"]`, or of its key. */
  where(path: readonly PropertyKey[], at?: "key" | "value"): Where;
}

export const emptyLayer: ConfigLayer = { values: {}, where: (path) => ({ key: path.join(".") }) };

/** `over` completes and overrides `base` key by key, the entries of `parameters` one by one; its `notice` and `select` replace each other. */
export function mergeLayers(base: ConfigLayer, over: ConfigLayer): ConfigLayer {
  const values: Record<string, unknown> = { ...base.values, ...over.values };
  if (isRecord(base.values.parameters) && isRecord(over.values.parameters)) {
    values.parameters = { ...base.values.parameters, ...over.values.parameters };
  }
  if (over.values.notice !== undefined && over.values.select === undefined) delete values.select;
  if (over.values.select !== undefined && over.values.notice === undefined) delete values.notice;
  return {
    values,
    where: (path, at) => (holds(over.values, path) ? over : base).where(path, at),
  };
}

function holds(values: Readonly<Record<string, unknown>>, [head, next]: readonly PropertyKey[]): boolean {
  const value = values[String(head)];
  if (head !== "parameters" || next === undefined || !isRecord(value)) return value !== undefined;
  return Object.hasOwn(value, String(next));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
