import { InputError } from "../errors.ts";
import type { BinFunction, BinStatistic } from "./bin-statistic.ts";
import { chi } from "./chi.ts";
import { cstat } from "./cstat.ts";
import { lstat } from "./lstat.ts";
import { pgstat } from "./pgstat.ts";
import { pstat } from "./pstat.ts";
import type { Observation, StatisticName } from "./types.ts";
import { wstat } from "./wstat.ts";

/** All statistics, in the order of help texts. */
export const statistics: readonly BinStatistic[] = [cstat, wstat, pgstat, pstat, lstat, chi];

/** A statistic bound to an observation. `mu` (C) = expected source counts, scale * folded model. Nothing is allocated. */
export interface Statistic {
  readonly name: StatisticName;
  /** Sum over the bins (compensated). log L = -value/2. NaN where mu is NaN. */
  value(mu: ArrayLike<number>): number;
  /** out (C) = the share of each bin. */
  perBin(out: Float64Array, mu: ArrayLike<number>): void;
  /** out (C) = d value / d mu. */
  slope(out: Float64Array, mu: ArrayLike<number>): void;
  /** out (C) = d2 value / d mu2. */
  curvature(out: Float64Array, mu: ArrayLike<number>): void;
}

/**
 * The statistic of an observation. As in XSPEC, `cstat` is W where the observation has a background, and `wstat` is C
 * where it has none: both names ask for the Poisson likelihood of what there is. The others need their background, but chi.
 */
export function statistic(name: StatisticName, observation: Observation): Statistic {
  const bin = choose(name, observation);
  const { counts, variance, scale, background } = observation;
  const b = background?.counts ?? new Float64Array(counts.length);
  const e = background?.variance ?? new Float64Array(counts.length);
  const k = background === undefined ? scale.map(() => 1) : background.scale.map((tb, c) => tb / scale[c]);
  if (bin.name !== "chi") checkCounts(bin.name, observation);

  const each = (fn: BinFunction) => (out: Float64Array, mu: ArrayLike<number>) => {
    for (let c = 0; c < counts.length; c++) out[c] = fn(mu[c], counts[c], b[c], k[c], e[c], variance[c]);
  };
  return {
    name: bin.name,
    value(mu) {
      let sum = 0;
      let lost = 0;
      for (let c = 0; c < counts.length; c++) {
        const term = bin.value(mu[c], counts[c], b[c], k[c], e[c], variance[c]) - lost;
        const next = sum + term;
        lost = next - sum - term;
        sum = next;
      }
      return sum;
    },
    perBin: each(bin.value),
    slope: each(bin.slope),
    curvature: each(bin.curvature),
  };
}

function choose(name: StatisticName, { background, file }: Observation): BinStatistic {
  const poisson = name === "cstat" || name === "wstat";
  const wanted = poisson ? (background === undefined ? "cstat" : "wstat") : name;
  const found = statistics.find((one) => one.name === wanted);
  if (found === undefined) {
    throw new InputError(
      `no statistic is called "${name}"; there are ${statistics.map((one) => one.name).join(", ")}`,
      { key: "statistic" },
    );
  }
  if (background === undefined && !poisson && name !== "chi") {
    throw new InputError(
      `${name} needs a background spectrum and there is none; use cstat or give a background`,
      {
        file,
        key: "statistic",
      },
    );
  }
  return found;
}

/** Poisson statistics are for counts. Files with RATE give them back with float32's rounding, hence the tolerance. */
function checkCounts(name: StatisticName, { counts, background, file }: Observation): void {
  const isCount = (n: number) => n >= 0 && Math.abs(n - Math.round(n)) <= 1e-3 + 1e-6 * n;
  const bad = counts.findIndex((n) => !isCount(n));
  if (bad !== -1) {
    throw new InputError(
      `bin ${bad + 1} holds ${counts[bad]} counts, but ${name} needs whole numbers >= 0 (is the background subtracted already?); use chi`,
      { file, key: "statistic" },
    );
  }
  if (background === undefined || name === "pgstat" || name === "pstat") return;
  const badBackground = background.counts.findIndex((n) => !isCount(n));
  if (badBackground === -1) return;
  throw new InputError(
    `bin ${badBackground + 1} holds ${background.counts[badBackground]} counts, but ${name} needs whole numbers >= 0 in a background; use pgstat (estimated background with errors) or pstat (exact background)`,
    { file: background.file, key: "statistic" },
  );
}
