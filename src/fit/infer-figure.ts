import { parameterLabel, type Scene } from "../plot/index.ts";
import { timeline } from "../plot/timeline.ts";
import type { TableColumn } from "./infer-table.ts";

/** Spectra above which there is no figure: nobody could tell them apart. */
const MOST = 20_000;

export interface TimelineParameter {
  readonly name: string;
  readonly unit: string;
  readonly logarithmic: boolean;
}

/**
 * Counts, parameters with 68 % bars and deviation of the statistic over time, or over the number in the list where not all spectra carry
 * times; undefined where there are fewer than two spectra, or too many to draw.
 */
export function inferTimeline(
  columns: readonly TableColumn[],
  parameters: readonly TimelineParameter[],
  title: string,
): Scene | undefined {
  const all = (name: string) => {
    const found = columns.find((column) => column.name === name);
    if (found?.kind !== "number") throw new Error(`internal: no column ${name}`);
    return found.data;
  };
  const done = all("counts").flatMap((counts, i) => (Number.isNaN(counts) ? [] : [i]));
  if (done.length < 2 || done.length > MOST) return undefined;
  const pick = (name: string) => done.map((i) => all(name)[i]);
  const axis = timeAxis(pick("tStart"), pick("tStop"), pick("mjd")) ?? numbers(done);
  const names = parameters.map(({ name }) => name);
  const counts = pick("counts");
  const spread = Math.max(...counts) > 5 * Math.min(...counts) && Math.min(...counts) > 0;
  const deviation = pick("statistic.deviation");
  return timeline({
    ...axis,
    title,
    panels: [
      {
        label: "Counts",
        value: counts,
        low: counts.map((n) => Math.max(n - Math.sqrt(n), spread ? 0.5 : 0)),
        high: counts.map((n) => n + Math.sqrt(n)),
        ...(spread && { scale: "log" }),
      },
      ...parameters.map(({ name, unit, logarithmic }) => {
        const column = logarithmic ? `${name}.log10` : name;
        const label = parameterLabel(name, unit, { logarithmic, among: names });
        return {
          label: label.symbol + (label.unit === "" || logarithmic ? "" : ` (${label.unit})`),
          value: pick(`${column}.median`),
          low: pick(`${column}.lower68`),
          high: pick(`${column}.upper68`),
        };
      }),
      ...(deviation.every(Number.isNaN)
        ? []
        : [{ label: "C deviation (\u03c3)", value: deviation, rules: [0] }]),
    ],
  });
}

interface TimeAxis {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly timeLabel: string;
}

function numbers(done: readonly number[]): TimeAxis {
  const place = done.map((i) => i + 1);
  return { from: place, to: place, timeLabel: "Number of the spectrum" };
}

const UNITS = [
  { name: "d", seconds: 86_400, from: 2 * 86_400 },
  { name: "ks", seconds: 1000, from: 10_000 },
  { name: "s", seconds: 1, from: 0 },
] as const;

/** Time since the first spectrum's start; undefined where a spectrum has none. */
function timeAxis(
  start: readonly number[],
  stop: readonly number[],
  mjd: readonly number[],
): TimeAxis | undefined {
  const known = (values: readonly number[]) => values.every((value) => Number.isFinite(value));
  const own = known(start) && known(stop);
  if (!own && !known(mjd)) return undefined;
  const begin = own ? start : mjd.map((day) => 86_400 * day);
  const end = own ? stop : begin;
  const zero = Math.min(...begin);
  if (Math.max(...end) === zero || (own && new Set(start).size === 1)) return undefined;
  const span = Math.max(...end) - zero;
  const unit = UNITS.find(({ from }) => span >= from) ?? UNITS[2];
  const scaled = (values: readonly number[]) => values.map((t) => (t - zero) / unit.seconds);
  const since = known(mjd) ? ` since MJD ${Math.min(...mjd).toFixed(5)}` : " since the first";
  return { from: scaled(begin), to: scaled(end), timeLabel: `Time (${unit.name})${since}` };
}
