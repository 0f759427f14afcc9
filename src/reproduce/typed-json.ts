const KINDS = { float64: Float64Array, float32: Float32Array, int32: Int32Array };

/** JSON of plain data with typed arrays, `{ "float64": [...] }`; every bit is kept. */
export function formatTyped(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) => {
    for (const [kind, type] of Object.entries(KINDS))
      if (entry instanceof type) return { [kind]: Array.from(entry) };
    return entry;
  });
}

export function parseTyped(text: string): unknown {
  return JSON.parse(text, (_key, entry: unknown) => {
    if (typeof entry !== "object" || entry === null) return entry;
    const [[kind, numbers] = ["", undefined], ...rest] = Object.entries(entry);
    if (rest.length > 0 || !(kind === "float64" || kind === "float32" || kind === "int32")) return entry;
    return KINDS[kind].from(numbers as number[]);
  });
}
