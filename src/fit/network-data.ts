import { type BackgroundLaw, dataLength, isShown, meanBackground } from "../npe/background.ts";
import type { BackgroundCounts, Observation, StatisticName } from "../observe/types.ts";
import { binCount } from "./problem.ts";
import type { Measured } from "./simulator.ts";

/** Deviation of the logarithm of a background's strength: networks are trained for backgrounds of half and twice the measured one, and more. */
const SPREAD = 0.7;

const KINDS: Readonly<Record<StatisticName, BackgroundLaw["kind"]>> = {
  cstat: "poisson",
  wstat: "poisson",
  lstat: "poisson",
  pgstat: "gaussian",
  chi: "gaussian",
  pstat: "known",
};

/**
 * How the backgrounds of observations are simulated, as the statistic takes them; undefined where there is none. `alternatives` are data sets of one
 * set-up, each of which the simulations have to cover.
 */
export function backgroundLaw(
  alternatives: readonly (readonly Observation[])[],
  statistic: StatisticName,
): BackgroundLaw | undefined {
  const [first] = alternatives;
  if (first.every(({ background }) => background === undefined)) return undefined;
  const kind = KINDS[statistic];
  const ratio = joined(first, ({ scale, background }) =>
    scale.map((s, c) => (background === undefined ? 0 : s / background.scale[c])),
  );
  const { mean, spread } = meanOf(alternatives, ratio, kind);
  const variance = joined(first, ({ scale, background }) => background?.variance ?? scale.map(() => 0));
  return {
    kind,
    sizes: Int32Array.from(first, ({ counts }) => counts.length),
    ratio,
    mean,
    ...(kind === "gaussian" && { variance }),
    spread,
  };
}

/** Mean of the alternatives' backgrounds, and how far apart they are. */
function meanOf(
  alternatives: readonly (readonly Observation[])[],
  ratio: Float64Array,
  kind: BackgroundLaw["kind"],
): Pick<BackgroundLaw, "mean" | "spread"> {
  const own = (counts: Float64Array) =>
    kind === "poisson" ? meanBackground(counts) : counts.map((b) => Math.max(0, b));
  const each = alternatives.map((observations) => {
    const counts = rescaled(observations, ratio);
    if (kind === "known") return counts;
    return joined(spectra(observations), ([from, to]) => own(counts.slice(from, to)));
  });
  const mean = each[0].map((_, c) => each.reduce((sum, one) => sum + one[c], 0) / each.length);
  const totals = each.map((one) => Math.log(Math.max(1, total(one))));
  const half = 0.5 * (Math.max(...totals) - Math.min(...totals));
  return { mean, spread: Math.hypot(SPREAD, half) };
}

/**
 * What a network is shown of data (L): source counts, and where they are shown background counts, scaled to the ratio that it was trained with. A background that is
 * known without error is replaced by that of the training.
 */
export function networkData(
  law: BackgroundLaw | undefined,
  data: readonly (Pick<Measured, "counts" | "background"> & Pick<Observation, "scale">)[],
): Float64Array {
  const source = joined(data, ({ counts }) => counts);
  if (law === undefined) return source;
  const background = rescaled(data, law.ratio);
  if (!isShown(law)) return source.map((s, c) => s + law.ratio[c] * (law.mean[c] - background[c]));
  const out = new Float64Array(2 * source.length);
  out.set(source);
  out.set(background, source.length);
  return out;
}

/** The data that simulated ones (L) are, one record an observation, with Poisson variances of the source counts. */
export function measuredData(
  law: BackgroundLaw | undefined,
  observations: readonly Observation[],
  data: Float64Array,
): Measured[] {
  const C = binCount(observations);
  const L = dataLength(C, law);
  if (data.length !== L) throw new Error(`internal: ${data.length} counts where ${L} are shown`);
  const ranges = spectra(observations);
  return observations.map(({ scale, background }, k) => {
    const own = ranges[k];
    const counts = data.slice(...own);
    if (law === undefined || background === undefined) return { counts, variance: counts };
    const ratio = law.ratio.slice(...own);
    const shown = isShown(law) ? data.slice(C + own[0], C + own[1]) : law.mean.slice(...own);
    const replaced: BackgroundCounts = {
      ...background,
      counts: shown,
      scale: scale.map((s, c) => s / ratio[c]),
      variance: law.variance?.slice(...own) ?? shown,
    };
    return { counts, variance: counts, background: replaced };
  });
}

/** Background counts (C), each as if its scale were that of the given ratio; 0 where there is none. */
function rescaled(
  data: readonly (Pick<Measured, "background"> & Pick<Observation, "scale">)[],
  ratio: Float64Array,
): Float64Array {
  let at = 0;
  return joined(data, ({ scale, background }) =>
    scale.map((s, c) => {
      const r = ratio[at++];
      return background === undefined ? 0 : (background.counts[c] * (s / background.scale[c])) / r;
    }),
  );
}

/** First bin and last + 1 of each observation. */
function spectra(observations: readonly Pick<Observation, "scale">[]): (readonly [number, number])[] {
  let at = 0;
  return observations.map(({ scale }) => {
    at += scale.length;
    return [at - scale.length, at] as const;
  });
}

function joined<T>(parts: readonly T[], of: (part: T) => Float64Array): Float64Array {
  const arrays = parts.map(of);
  const out = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    out.set(array, at);
    at += array.length;
  }
  return out;
}

const total = (values: Float64Array) => values.reduce((sum, v) => sum + v, 0);
