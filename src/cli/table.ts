const NUMERIC = /^$|^[-+]?\d[\d.]*(e[-+]?\d+)?( (to|sigma|%).*)?$/;

/** Rows of cells under a heading, columns aligned: text to the left, columns of numbers to the right. */
export function formatTable(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [heading, ...rows];
  const widths = heading.map((_, column) =>
    all.reduce((most, row) => Math.max(most, (row[column] ?? "").length), 0),
  );
  const right = heading.map(
    (_, column) => rows.length > 0 && rows.every((row) => NUMERIC.test(row[column] ?? "")),
  );
  const line = (row: readonly string[]) =>
    heading
      .map((_, column) => {
        const cell = row[column] ?? "";
        return right[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column]);
      })
      .join("  ")
      .trimEnd();
  return [line(heading), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(line)].join("\n");
}

/** Of a value, however small its uncertainty. */
const MOST_DIGITS = 10;

/** A value with the digits that its uncertainty justifies (two of the uncertainty). */
export function formatValue(value: number, uncertainty: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (!(uncertainty > 0) || !Number.isFinite(uncertainty)) return formatNumber(value);
  const size = Math.max(Math.abs(value), uncertainty);
  const digits = Math.floor(Math.log10(size)) - Math.floor(Math.log10(uncertainty)) + 2;
  const significant = Math.min(MOST_DIGITS, Math.max(2, digits));
  if (digits > MOST_DIGITS) return formatNumber(value, significant);
  return formatNumber(value, significant, 1 - Math.floor(Math.log10(uncertainty)));
}

/** A number with a few significant digits; exponents only outside 1e-4 to 1e6. */
export function formatNumber(value: number, digits = 5, decimals?: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const size = Math.floor(Math.log10(Math.abs(value)));
  if (size < -4 || size >= 6) return value.toExponential(Math.max(0, digits - 1));
  const places = decimals ?? digits - 1 - size;
  return value.toFixed(Math.min(20, Math.max(0, places)));
}
