/** Symbols of XSPEC's parameter names, in the figures' rich text. */
const SYMBOLS: Readonly<Record<string, string>> = {
  nH: "N_{H}",
  PhoIndex: "\u0393",
  PhoIndx1: "\u0393_{1}",
  PhoIndx2: "\u0393_{2}",
  LineE: "E_{line}",
  Sigma: "\u03c3",
  Redshift: "z",
  CvrFract: "f_{cov}",
  BreakE: "E_{break}",
  HighECut: "E_{cut}",
  factor: "factor",
};

/** Short rich text for a parameter: `N_{H}`, `\u0393`, `norm powerlaw`; its component where others share the name. */
export function parameterSymbol(path: string, all: readonly string[]): string {
  const [component, name] = splitPath(path);
  const shared = all.filter((other) => splitPath(other)[1] === name).length > 1;
  const symbol = SYMBOLS[name] ?? name;
  return shared || name === "norm" ? `${symbol} ${component.replaceAll("_", " ")}` : symbol;
}

function splitPath(path: string): [component: string, name: string] {
  const dot = path.lastIndexOf(".");
  return [path.slice(0, dot), path.slice(dot + 1)];
}

/** A unit as XSPEC writes it in rich text: `1e22 cm-2` as `10^{22} cm^{-2}`. */
export function unitText(unit: string): string {
  return unit.replace(/\b1e(\d+)\b/g, "10^{$1}").replace(/([A-Za-z])(-?\d+)(?![\w}])/g, "$1^{$2}");
}
