#!/usr/bin/env node
/**
 * Writes src/observe/instrument-area.ts: an effective area as few points, between which ln(area) is linear in ln(energy).
 *
 *   npm run build && node scripts/sample-effective-area.mjs FILE.arf [POINTS] > src/observe/instrument-area.ts
 *
 * 1. Points are added one at a time where the interpolation through those there are is worst. Errors outside of
 *    0.3-10 keV count 0.15, so that the band of the analysis gets most points; edges of absorption draw many by themselves.
 * 2. The areas at the points are then fitted to the whole curve by least squares with the same weights.
 */
import { readFileSync } from "node:fs";
import { readAncillary } from "../dist/src/ogip/index.js";

const [file, wanted = "110"] = process.argv.slice(2);
const { edges, area } = await readAncillary(new Uint8Array(readFileSync(file)), file);
const size = area.length;
const middle = Array.from({ length: size }, (_, e) => (edges[e] + edges[e + 1]) / 2);
const inBand = middle.map((energy) => energy >= 0.3 && energy <= 10);
const weight = inBand.map((yes) => (yes ? 1 : 0.15));
const x = middle.map(Math.log);
const y = Array.from(area, Math.log);

/** Interpolated ln(area) at every energy through values at the (ascending) rows `points`. */
function interpolate(points, values) {
  let k = 0;
  return x.map((at) => {
    while (k + 2 < points.length && at > x[points[k + 1]]) k++;
    const t = (at - x[points[k]]) / (x[points[k + 1]] - x[points[k]]);
    return (1 - t) * values[k] + t * values[k + 1];
  });
}

function pick(count) {
  const points = [0, size - 1];
  while (points.length < count) {
    const fit = interpolate(
      points,
      points.map((e) => y[e]),
    );
    const error = fit.map((value, e) => Math.abs(value - y[e]) * weight[e]);
    points.push(error.indexOf(Math.max(...error)));
    points.sort((a, b) => a - b);
  }
  return points;
}

/** Least squares of the values at the points: the normal equations of hat functions are tridiagonal. */
function refine(points) {
  const n = points.length;
  const diagonal = new Float64Array(n);
  const next = new Float64Array(n);
  const right = new Float64Array(n);
  let k = 0;
  for (let e = 0; e < size; e++) {
    while (k + 2 < n && x[e] > x[points[k + 1]]) k++;
    const t = (x[e] - x[points[k]]) / (x[points[k + 1]] - x[points[k]]);
    const w = weight[e] ** 2;
    diagonal[k] += w * (1 - t) ** 2;
    diagonal[k + 1] += w * t ** 2;
    next[k] += w * t * (1 - t);
    right[k] += w * (1 - t) * y[e];
    right[k + 1] += w * t * y[e];
  }
  for (let i = 1; i < n; i++) {
    const factor = next[i - 1] / diagonal[i - 1];
    diagonal[i] -= factor * next[i - 1];
    right[i] -= factor * right[i - 1];
  }
  for (let i = n - 1; i >= 0; i--)
    right[i] = (right[i] - (i + 1 < n ? next[i] * right[i + 1] : 0)) / diagonal[i];
  return right;
}

const points = pick(Number(wanted));
const values = refine(points);
const rounded = points.map((e, k) => [
  Number(middle[e].toPrecision(6)),
  Number(Math.exp(values[k]).toPrecision(5)),
]);

const fit = interpolate(
  points,
  rounded.map(([, a]) => Math.log(a)),
);
const error = fit.map((value, e) => Math.exp(value - y[e]) - 1).filter((_, e) => inBand[e]);
const rms = Math.sqrt(error.reduce((sum, one) => sum + one ** 2, 0) / error.length);
const worst = Math.max(...error.map(Math.abs));
process.stderr.write(
  `${points.length} points: rms ${(100 * rms).toFixed(2)} %, worst ${(100 * worst).toFixed(2)} % in 0.3-10 keV\n`,
);
process.stdout.write(`/**
 * Effective area of the built-in instrument: [energy keV, area cm2], ln(area) linear in ln(energy) between them. Sampled by
 * scripts/sample-effective-area.mjs from NICER's area for observation 1050300108 (4U 1820-303; Barret & Dupourque 2024,
 * A&A); in 0.3-10 keV it deviates from that by ${(100 * rms).toFixed(2)} % rms and at most ${(100 * worst).toFixed(2)} %.
 */
export const effectiveAreaPoints: readonly (readonly [number, number])[] = [
${rounded.map(([energy, value]) => `  [${energy}, ${value}],`).join("\n")}
];
`);
