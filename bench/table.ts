import { formatTable } from "../src/cli/table.ts";
import { type BenchRecord, type Budget, COSTS } from "./types.ts";

/** Records of one benchmark. */
export interface Section {
  readonly name: string;
  readonly summary: string;
  readonly records: readonly BenchRecord[];
}

/** One table of all sections, and which budgets are met. */
export function report(sections: readonly Section[]): string {
  const tables = sections.map(({ name, summary, records }) => {
    const header = ["", "median", "min - max", "unit", "ceiling", "of it", "budget"];
    return `${name}: ${summary}\n\n${formatTable(header, records.map(row))}`;
  });
  const judged = sections.flatMap(({ records }) => records).filter(({ budget }) => budget !== undefined);
  const verdicts = judged.map((record) => `${met(record) ? "met    " : "NOT MET"}  ${sentence(record)}`);
  const kept = judged.filter(met).length;
  return [...tables, `Budgets: ${kept} of ${judged.length} met\n\n${verdicts.join("\n")}`].join("\n\n");
}

/** True where the median keeps the budget, or the best run the share of the ceiling. */
export function met(record: BenchRecord): boolean {
  const { atLeast = -Infinity, atMost = Infinity, share: wanted = 0 } = record.budget ?? {};
  return record.value >= atLeast && record.value <= atMost && (share(record) ?? 1) >= wanted;
}

/** Share of the ceiling that the best run reached: best against best hardly depends on other load on the machine. */
export function share({ value, unit, low = value, high = value, ceiling }: BenchRecord): number | undefined {
  if (ceiling === undefined) return undefined;
  return COSTS.some((cost) => cost === unit) ? ceiling / low : high / ceiling;
}

function row(record: BenchRecord): string[] {
  const { name, value, unit, low, high, ceiling, budget } = record;
  const part = share(record);
  return [
    name,
    number(value),
    low === undefined || high === undefined ? "" : `${number(low)} - ${number(high)}`,
    unit,
    ceiling === undefined ? "" : number(ceiling),
    part === undefined ? "" : percent(part),
    budget === undefined ? "" : `${limit(budget)}${met(record) ? "" : " !"}`,
  ];
}

function sentence(record: BenchRecord): string {
  const { name, value, unit, budget = {} } = record;
  const part = share(record);
  const reached =
    budget.share === undefined || part === undefined ? `${number(value)} ${unit}` : percent(part);
  return `${name}: ${reached} (${limit(budget)})`;
}

function limit({ atLeast, atMost, share: wanted }: Budget): string {
  if (wanted !== undefined) return `at least ${percent(wanted)} of the ceiling`;
  return atLeast === undefined ? `at most ${number(atMost ?? 0)}` : `at least ${number(atLeast)}`;
}

function percent(part: number): string {
  return `${Math.round(100 * part)} %`;
}

/** Three digits, thousands apart. */
function number(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return rounded.toLocaleString("en-US", { maximumSignificantDigits: 3 }).replaceAll(",", " ");
}
