import { logAddExp } from "../math/log-sum-exp.ts";
import type { Draws } from "../npe/refine.ts";
import type { Pool } from "./pool.ts";
import { joined, ranges } from "./simulate.ts";

/** A density that can be drawn from. */
export interface Proposal {
  /** Draws numbered first .. first + count - 1: the same number gives the same draw. */
  sample(first: number, count: number): Promise<Draws>;
  /** ln q of theta (M, D). */
  logProb(theta: Float64Array): Promise<Float64Array>;
}

/** Draws or densities a job. */
const CHUNK = 1024;

/** Draws of the open flow for given counts, shared out over the ranks. */
export async function sampleFlow(
  pool: Pool,
  counts: Float64Array,
  n: number,
  seed: number,
  first = 0,
): Promise<Draws> {
  const jobs = ranges(n, CHUNK).map(({ from, to }) => ({
    kind: "sample" as const,
    counts,
    seed,
    first: first + from,
    count: to - from,
  }));
  const parts = await pool.map(jobs);
  return {
    theta: joined(parts.map((part) => part.theta)),
    logProb: joined(parts.map((part) => part.logProb)),
  };
}

/**
 * The open flow as it answers to several spectra (each C), in equal shares:  q = sum_k q(theta | x_k) / K. Draw m belongs to
 * spectrum m mod K. Draws of a call are in the order of the spectra.
 */
export function flowProposal(
  pool: Pool,
  spectra: readonly Float64Array[],
  D: number,
  seed: number,
): Proposal {
  const K = spectra.length;
  const one = async (counts: Float64Array, theta: Float64Array) => {
    const jobs = ranges(theta.length / D, CHUNK).map(({ from, to }) => ({
      kind: "logProb" as const,
      counts,
      theta: theta.slice(from * D, to * D),
    }));
    return joined(await pool.map(jobs));
  };
  const logProb = async (theta: Float64Array) => {
    const all: Float64Array[] = [];
    for (const counts of spectra) all.push(await one(counts, theta));
    return all[0].map(
      (_, m) => all.reduce((sum, each) => logAddExp(sum, each[m]), Number.NEGATIVE_INFINITY) - Math.log(K),
    );
  };
  return {
    logProb,
    async sample(first, count) {
      if (K === 1) return sampleFlow(pool, spectra[0], count, seed, first);
      const parts: Float64Array[] = [];
      for (const [k, counts] of spectra.entries()) {
        const number = (m: number) => Math.ceil((m - k) / K);
        const own = number(first + count) - number(first);
        parts.push((await sampleFlow(pool, counts, own, seed, number(first))).theta);
      }
      const theta = joined(parts);
      return { theta, logProb: await logProb(theta) };
    },
  };
}
