import { ticks as niceTicks, tickStep } from "d3-array";
import { fixed, powerOfTen } from "./numberText.ts";
import { textWidth } from "./richText.ts";
import { type Axis, TEXT_SIZE } from "./scene.ts";

export interface Tick {
  readonly value: number;
  readonly label: string;
}

export interface Ticks {
  readonly major: readonly Tick[];
  readonly minor: readonly number[];
}

/**
 * Ticks of an axis of `length` points: as many as have room for their labels (side by side when `horizontal`, on top of
 * each other otherwise), all inside the domain.
 */
export function axisTicks(axis: Axis, length: number, horizontal: boolean): Ticks {
  if (axis.ticks === "none") return { major: [], minor: [] };
  if (axis.names) return { major: axis.names.map(({ at, text }) => ({ value: at, label: text })), minor: [] };
  const most = Math.max(2, Math.min(axis.count ?? 9, Math.floor(length / (horizontal ? 24 : 18))));
  for (let count = most; count > 1; count--) {
    const ticks = axis.scale === "log" ? logTicks(axis, count) : linearTicks(axis.domain, count);
    if (fits(ticks.major, axis, length, horizontal)) return ticks;
  }
  return thinned(
    axis.scale === "log" ? logTicks(axis, 2) : linearTicks(axis.domain, 2),
    axis,
    length,
    horizontal,
  );
}

/** Every second, third, ... label, so that they fit; the others become minor ticks. */
function thinned(ticks: Ticks, axis: Axis, length: number, horizontal: boolean): Ticks {
  for (let stride = 1; stride <= ticks.major.length; stride++) {
    const major = ticks.major.filter((_, i) => i % stride === 0);
    const rest = ticks.major.filter((_, i) => i % stride !== 0).map((tick) => tick.value);
    if (fits(major, axis, length, horizontal)) return { major, minor: [...ticks.minor, ...rest] };
  }
  return ticks;
}

function fits(major: readonly Tick[], axis: Axis, length: number, horizontal: boolean): boolean {
  const position = (v: number) => fraction(axis, v) * length;
  const extent = (label: string) => (horizontal ? textWidth(label, TEXT_SIZE.tick) + 5 : TEXT_SIZE.tick + 2);
  return major.every(({ value, label }, i) => {
    if (i === 0) return true;
    const gap = Math.abs(position(value) - position(major[i - 1].value));
    return gap >= (extent(label) + extent(major[i - 1].label)) / 2;
  });
}

/** Where a value lies along the axis, 0 to 1. */
export function fraction({ scale, domain: [lo, hi] }: Axis, value: number): number {
  if (scale === "linear") return (value - lo) / (hi - lo);
  return value > 0 ? Math.log(value / lo) / Math.log(hi / lo) : Number.NEGATIVE_INFINITY;
}

function linearTicks([lo, hi]: readonly [number, number], count: number): Ticks {
  const values = niceTicks(lo, hi, count).slice(0);
  const step = tickStep(lo, hi, count);
  const parts = Math.round(step / 10 ** Math.floor(Math.log10(step) + 1e-9)) === 2 ? 4 : 5;
  const minor: number[] = [];
  const first = Math.ceil((lo / step) * parts - 1e-9);
  for (let i = first; (i * step) / parts <= hi + 1e-9 * step; i++) {
    if (i % parts !== 0) minor.push((i * step) / parts);
  }
  const label = linearLabel(step, Math.max(Math.abs(lo), Math.abs(hi)));
  return { major: values.map((value) => ({ value, label: label(value) })), minor };
}

function linearLabel(step: number, largest: number): (value: number) => string {
  const stepExponent = Math.floor(Math.log10(step) + 1e-9);
  const top = Math.floor(Math.log10(largest));
  if (top < 5 && top >= -3) return (value) => fixed(value, Math.max(0, -stepExponent));
  const decimals = Math.max(0, top - stepExponent);
  return (value) => (value === 0 ? "0" : `${fixed(value / 10 ** top, decimals)}\u00d7${powerOfTen(top)}`);
}

function logTicks(axis: Axis, count: number): Ticks {
  const [lo, hi] = axis.domain;
  const span = Math.log10(hi / lo);
  if (span < 0.7) return { ...linearTicks(axis.domain, count) };
  const decades = decadeRange(lo, hi);
  const plain = axis.labels === undefined ? lo > 0.009 && hi < 2000 && span < 2.2 : axis.labels === "plain";
  const stride = Math.max(1, Math.ceil(decades.length / count));
  if (stride > 1) return sparseDecades(decades, stride);
  const sub = span < 2.2 ? subdivisions(span, count) : [1];
  const major: Tick[] = [];
  const minor: number[] = [];
  for (const k of [decades[0] - 1, ...decades]) {
    for (let m = 1; m < 10; m++) {
      const value = k < 0 ? m / 10 ** -k : m * 10 ** k;
      if (value < lo * (1 - 1e-9) || value > hi * (1 + 1e-9)) continue;
      if (sub.includes(m)) major.push({ value, label: logLabel(m, k, plain) });
      else minor.push(value);
    }
  }
  return { major, minor };
}

function decadeRange(lo: number, hi: number): number[] {
  const first = Math.ceil(Math.log10(lo) - 1e-9);
  const last = Math.floor(Math.log10(hi) + 1e-9);
  if (last < first) return [first];
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** Which multiples of a decade bear a label, so that about `count` do. */
function subdivisions(span: number, count: number): number[] {
  if (count >= 3 * span) return [1, 2, 5];
  return count >= 2 * span ? [1, 3] : [1];
}

function sparseDecades(decades: readonly number[], stride: number): Ticks {
  const labelled = decades.filter((k) => k % stride === 0);
  const others = decades.filter((k) => k % stride !== 0);
  return {
    major: labelled.map((k) => ({ value: 10 ** k, label: powerOfTen(k) })),
    minor: others.map((k) => 10 ** k),
  };
}

function logLabel(m: number, k: number, plain: boolean): string {
  if (plain) return k < 0 ? (m / 10 ** -k).toFixed(-k) : String(m * 10 ** k);
  return m === 1 ? powerOfTen(k) : `${m}\u00d7${powerOfTen(k)}`;
}
