/** Names of the fit statistics as printed. */
const STATISTIC_NAMES: Readonly<Record<string, string>> = {
  cstat: "C-stat",
  wstat: "W-stat",
  pgstat: "PG-stat",
  pstat: "P-stat",
  lstat: "L-stat",
  chi: "\u03c7\u00b2",
};

/** A statistic's name as printed. */
export function statisticName(name: string): string {
  return STATISTIC_NAMES[name] ?? name;
}
