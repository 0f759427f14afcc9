import { InputError } from "../errors.ts";
import type { BinFunction, BinStatistic } from "./bin-statistic.ts";
import { chi, chiOf } from "./chi.ts";
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
  const { counts, scale, background, modelVariance } = observation;
  const variance = modelVariance?.besides ?? observation.variance;
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

function choose(name: StatisticName, { background, file, modelVariance }: Observation): BinStatistic {
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
  if (name === "chi" && modelVariance !== undefined) {
    const { besides, systematic } = modelVariance;
    return chiOf({ model: besides !== undefined, systematic });
  }
  return found;
}

/** Poisson statistics know no negative counts. Counts that are not whole are taken as they are, as XSPEC does (with a warning of the observation). */
function checkCounts(name: StatisticName, { counts, background, file }: Observation): void {
  const bad = counts.findIndex((n) => n < 0);
  if (bad !== -1) {
    throw new InputError(
      `bin ${bad + 1} holds ${counts[bad]} counts, but ${name} needs counts >= 0 (is the background subtracted already?); use chi`,
      { file, key: "statistic" },
    );
  }
  const negative = background?.counts.findIndex((n) => n < 0) ?? -1;
  if (background === undefined || negative === -1 || name === "pgstat") return;
  throw new InputError(
    `bin ${negative + 1} holds ${background.counts[negative]} counts, but ${name} needs a background >= 0; use pgstat`,
    { file: background.file, key: "statistic" },
  );
}
