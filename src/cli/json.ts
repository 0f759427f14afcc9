/**
 * JSON text of plain data; typed arrays as arrays. Throws an internal error for a number that JSON cannot hold, rather
 * than writing null.
 */
export function formatJson(value: unknown): string {
  return JSON.stringify(
    value,
    (key, entry: unknown) => {
      if (typeof entry === "number" && !Number.isFinite(entry))
        throw new Error(`internal: "${key}" is ${entry}`);
      return ArrayBuffer.isView(entry) ? Array.from(entry as Float64Array) : entry;
    },
    2,
  );
}
