import type { Pool } from "./pool.ts";
import { type Bank, ranges, sharedFloats } from "./simulate.ts";

/** Rows a job when simulations are asked whether they lie in the region. */
const CHUNK = 1024;

/** Those simulations of earlier rounds that lie in the open region: they are draws of the prior truncated to it, as good as new ones. */
export async function pickInside(pool: Pool, banks: readonly Bank[], D: number): Promise<Bank[]> {
  const kept: Bank[] = [];
  for (const { rows, theta, mu, tried } of banks) {
    const jobs = ranges(rows, CHUNK).map(({ from, to }) => ({
      kind: "regionHolds" as const,
      theta: theta.slice(from * D, to * D),
    }));
    const inside = (await pool.map(jobs)).flatMap((part) => Array.from(part));
    const which = Array.from(inside.keys()).filter((i) => inside[i] === 1);
    const C = mu.length / rows;
    const own = { theta: new Float64Array(which.length * D), mu: new Float32Array(which.length * C) };
    for (const [k, i] of which.entries()) {
      own.theta.set(theta.subarray(i * D, (i + 1) * D), k * D);
      own.mu.set(mu.subarray(i * C, (i + 1) * C), k * C);
    }
    kept.push({ rows: which.length, ...own, tried });
  }
  return kept;
}

/** Simulations of several banks in one, the fresh ones last. */
export function joinBanks(earlier: readonly Bank[], fresh: Bank, shared: boolean): Bank {
  const all = [...earlier.filter(({ rows }) => rows > 0), fresh];
  if (all.length === 1) return fresh;
  const sum = (of: (bank: Bank) => number) => all.reduce((total, bank) => total + of(bank), 0);
  const theta = new Float64Array(sum((bank) => bank.theta.length));
  const mu = sharedFloats(
    sum((bank) => bank.mu.length),
    shared,
  );
  const at = { theta: 0, mu: 0 };
  for (const bank of all) {
    theta.set(bank.theta, at.theta);
    mu.set(bank.mu, at.mu);
    at.theta += bank.theta.length;
    at.mu += bank.mu.length;
  }
  return { rows: sum((bank) => bank.rows), theta, mu, tried: sum((bank) => bank.tried) };
}
