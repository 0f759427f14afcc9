/** Symbols of parameters that have an established one. XSPEC's names as they stand in its models. */
const SYMBOLS: Readonly<Record<string, string>> = {
  nH: "N_{H}",
  PhoIndex: "\u0393",
  PhoIndx1: "\u0393_{1}",
  PhoIndx2: "\u0393_{2}",
  PhoIndx3: "\u0393_{3}",
  kT: "kT",
  Tin: "T_{in}",
  LineE: "E_{line}",
  Sigma: "\u03c3_{line}",
  HighECut: "E_{cut}",
  foldE: "E_{fold}",
  cutoffE: "E_{cut}",
  BreakE: "E_{break}",
  Redshift: "z",
  redshift: "z",
  Abundanc: "Z",
  tau: "\u03c4",
  Velocity: "v",
};

const MINUS = "\u2212";

/**
 * Symbol and unit of a parameter for figures, as rich text: `tbabs.nH` in `1e22 cm-2` gives N_{H} and
 * 10^{22} cm^{-2}. Parameters of equal name in several components keep the component as an index (`among`: all paths
 * of the run). Logarithmic ones are taken in log10 of the same unit.
 */
export function parameterLabel(
  path: string,
  unit: string,
  { logarithmic = false, among = [] }: { logarithmic?: boolean; among?: readonly string[] } = {},
): { readonly symbol: string; readonly unit: string } {
  const dot = path.lastIndexOf(".");
  const component = path.slice(0, Math.max(0, dot));
  const name = path.slice(dot + 1);
  const shared = among.filter((other) => other.slice(other.lastIndexOf(".") + 1) === name).length > 1;
  const known = SYMBOLS[name] ?? name;
  const indexed = (shared || name === "norm") && component !== "";
  const symbol = indexed ? withIndex(known, component) : known;
  return { symbol: logarithmic ? `log_{10} ${symbol}` : symbol, unit: unitText(unit) };
}

function withIndex(symbol: string, component: string): string {
  return symbol.endsWith("}") ? `${symbol.slice(0, -1)}, ${component}}` : `${symbol}_{${component}}`;
}

/**
 * Unit with raised powers: `photon/keV/cm2/s` gives photon keV^{-1} cm^{-2} s^{-1}, `1e22 cm-2` 10^{22} cm^{-2}. What
 * does not read as a product of powers is returned as it stands.
 */
export function unitText(unit: string): string {
  const [numerator, ...denominators] = splitOutside(unit);
  const factors = numerator.split(" ").filter((factor) => factor !== "");
  const upper = factors.map((factor) => power(factor, 1));
  const lower = denominators.map((factor) => power(factor, -1));
  const all = [...upper, ...lower];
  return all.every((factor) => factor !== undefined) ? all.join(" ") : unit;
}

/** Parts between slashes that stand outside brackets. */
function splitOutside(text: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const char of text) {
    if (char === "(") depth++;
    if (char === ")") depth--;
    if (char === "/" && depth === 0) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts;
}

function power(factor: string, sign: 1 | -1): string | undefined {
  const ten = /^1e(\d+)([A-Za-z]+)?$/.exec(factor);
  if (ten && (sign > 0 || ten[2] === undefined)) {
    return `10^{${sign < 0 ? MINUS : ""}${ten[1]}}${ten[2] ? ` ${ten[2]}` : ""}`;
  }
  const match = /^([A-Za-z%\u00b5]+|\([^()]*\))\^?([-+]?\d+)?$/.exec(factor);
  if (!match) return undefined;
  const base = match[1].startsWith("(") ? `(${unitText(match[1].slice(1, -1))})` : match[1];
  const exponent = sign * Number(match[2] ?? 1);
  return exponent === 1 ? base : `${base}^{${String(exponent).replace("-", MINUS)}}`;
}
