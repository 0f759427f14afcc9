const MINUS = "\u2212";

/** Decimal number with a true minus sign. */
export function fixed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(Math.min(100, Math.max(0, decimals)));
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}

/** 10^n as rich text. */
export function powerOfTen(exponent: number): string {
  return `10^{${fixed(exponent, 0)}}`;
}

/** Number with `digits` significant ones, in powers of ten where that is shorter: `0.0031`, `3.1\u00d710^{-7}`. Rich text. */
export function significant(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return value > 0 ? "\u221e" : value < 0 ? `${MINUS}\u221e` : "undefined";
  if (value === 0) return "0";
  const exponent = Number(value.toExponential(digits - 1).split("e")[1]);
  if (exponent >= -4 && exponent < 6) return fixed(value, digits - 1 - exponent);
  return `${fixed(value / 10 ** exponent, digits - 1)}\u00d7${powerOfTen(exponent)}`;
}

/**
 * A measured value with its lower and upper error as rich text, rounded to two digits of the smaller error:
 * `0.2393 \u00b1 0.0057`; `3.672^{+0.080}_{-0.071}` where the errors differ by more than 5 %. Very large and very small ones
 * share a power of ten. An error of zero (constant samples) gives the value alone.
 */
export function measurement(value: number, minus: number, plus: number): string {
  const smaller = minus > 0 && plus > 0 ? Math.min(minus, plus) : Math.max(minus, plus);
  const largest = Math.max(Math.abs(value), minus, plus);
  if (!(smaller > 0)) return significant(value, 4);
  const top = Math.floor(Math.log10(largest));
  const exponent = top >= 5 || top < -3 ? top : 0;
  const unit = 10 ** exponent;
  const decimals = Math.max(0, 1 - errorExponent(smaller / unit));
  const mean = (minus + plus) / 2;
  const [down, up] = Math.abs(plus - minus) <= 0.05 * mean ? [mean, mean] : [minus, plus];
  const text = roundedWithErrors(value / unit, down / unit, up / unit, decimals);
  if (exponent === 0) return text;
  return `${text.includes("\u00b1") ? `(${text})` : text}\u00d7${powerOfTen(exponent)}`;
}

/** Power of ten of the first digit once rounded to two digits (0.0996 -> 0.10 -> -1). */
function errorExponent(error: number): number {
  return Number(error.toExponential(1).split("e")[1]);
}

function roundedWithErrors(value: number, minus: number, plus: number, decimals: number): string {
  const lower = fixed(minus, decimals);
  const upper = fixed(plus, decimals);
  const middle = fixed(value, decimals);
  return lower === upper ? `${middle} \u00b1 ${lower}` : `${middle}^{+${upper}}_{${MINUS}${lower}}`;
}
