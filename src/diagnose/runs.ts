import { lnGamma } from "../math/gamma.ts";

export interface RunsTest {
  /** Number of runs of bins on one side of the model. */
  readonly runs: number;
  readonly above: number;
  readonly below: number;
  /** (runs - expected) / standard deviation; below 0 neighbouring residuals agree, as with a missing feature. */
  readonly deviation: number;
  /** Exact chance of so few runs or fewer. */
  readonly pValue: number;
}

/**
 * Wald-Wolfowitz test of the signs of counts - mu over the bins in order (C), as XSPEC's test statistic `runs`. Given a bins
 * above and b below, all orders equally likely, n = a + b:
 *
 *   expected = 2ab/n + 1,  variance = (expected - 1)(expected - 2)/(n - 1)
 *   P(2k runs) = 2 C(a-1, k-1) C(b-1, k-1) / C(n, a),  P(2k + 1) = [C(a-1, k) C(b-1, k-1) + C(a-1, k-1) C(b-1, k)] / C(n, a)
 *
 * Bins exactly at the model are left out. With few counts a bin, a sign is not equally likely in all bins and the chance is
 * approximate: use it as a discrepancy of `predictiveChecks` then. Wald & Wolfowitz 1940, Ann. Math. Stat. 11, 147.
 */
export function runsTest(counts: ArrayLike<number>, mu: ArrayLike<number>): RunsTest {
  const counted = countRuns(counts, mu);
  const { runs, above, below } = counted;
  return { ...counted, pValue: chanceOfFewer(runs, above, below) };
}

/** The test without its exact chance, which takes longest. */
export function countRuns(counts: ArrayLike<number>, mu: ArrayLike<number>): Omit<RunsTest, "pValue"> {
  let [runs, above, below, last] = [0, 0, 0, 0];
  for (let i = 0; i < counts.length; i++) {
    const sign = Math.sign(counts[i] - mu[i]);
    if (sign === 0) continue;
    if (sign > 0) above++;
    else below++;
    if (sign !== last) runs++;
    last = sign;
  }
  const n = above + below;
  const expected = n > 0 ? (2 * above * below) / n + 1 : 0;
  const variance = ((expected - 1) * (expected - 2)) / (n - 1);
  const deviation = variance > 0 ? (runs - expected) / Math.sqrt(variance) : 0;
  return { runs, above, below, deviation };
}

function chanceOfFewer(runs: number, a: number, b: number): number {
  if (a === 0 || b === 0) return 1;
  const all = lnChoose(a + b, a);
  const ways = (i: number, j: number) => Math.exp(lnChoose(a - 1, i) + lnChoose(b - 1, j) - all);
  let sum = 0;
  for (let r = 2; r <= runs; r++) {
    const k = Math.floor(r / 2);
    sum += r % 2 === 0 ? 2 * ways(k - 1, k - 1) : ways(k, k - 1) + ways(k - 1, k);
  }
  return Math.min(1, sum);
}

function lnChoose(n: number, k: number): number {
  return k < 0 || k > n ? -Infinity : lnGamma(n + 1) - lnGamma(k + 1) - lnGamma(n - k + 1);
}
