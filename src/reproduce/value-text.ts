import type { Value } from "./types.ts";

/** A value as readers expect it: two digits of the error, or four of the number. */
export function valueText(value: Value | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "string") return value;
  const { value: number, error } = value;
  if (!Number.isFinite(number)) return String(number);
  if (error === undefined || !(error > 0) || !Number.isFinite(error)) return plainNumber(number);
  const decimals = Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(error))));
  return `${number.toFixed(decimals)} ± ${error.toFixed(decimals)}`;
}

function plainNumber(x: number): string {
  if (Number.isInteger(x)) return String(x).replace(/\B(?=(\d{3})+(?!\d))/g, Math.abs(x) >= 1e4 ? " " : "");
  if (Math.abs(x) >= 100) return x.toFixed(1);
  return Number(x.toPrecision(3)).toString();
}

/** A value with its unit; words speak for themselves. */
export function valueWithUnit(value: Value | undefined, unit: string): string {
  const text = valueText(value);
  const words = typeof value === "string" && /[a-z]{3}/i.test(value);
  return text === "" || unit === "" || words ? text : `${text} ${unit}`;
}
