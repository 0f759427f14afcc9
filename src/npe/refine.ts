import { ess as effectiveSize, normaliseLogWeights } from "../diagnose/ess.ts";
import { evidenceFromWeights } from "../diagnose/evidence.ts";
import { psis } from "../diagnose/psis.ts";
import { logAddExp } from "../math/log-sum-exp.ts";
import { columnMeans, covariance } from "../math/moments.ts";
import { stream } from "../math/random.ts";
import { type Student, student } from "./student.ts";
import type { TargetMap } from "./targets.ts";
import { temper } from "./temper.ts";

/** Draws in parameter space with the density that they were drawn from. */
export interface Draws {
  /** (M, D). */
  readonly theta: Float64Array;
  /** ln q(theta | x) in the declared parameters (M). */
  readonly logProb: Float64Array;
}

export interface RefineInput {
  readonly dimensions: number;
  readonly targets: TargetMap;
  /** `count` draws of the flow, numbered from `first`. */
  sample(first: number, count: number): Promise<Draws>;
  /** ln q of given parameters (M). */
  logProb(theta: Float64Array): Promise<Float64Array>;
  /** ln likelihood (M) of parameters inside the prior (M, D). */
  logLike(theta: Float64Array): Promise<Float64Array>;
  /** Normalised ln prior of one parameter vector. */
  logPrior(theta: ArrayLike<number>): number;
  readonly samples: number;
  readonly seed: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Weighted draws of the exact posterior, row-major (M, D), with what is known of their quality. */
export interface Refined {
  readonly theta: Float64Array;
  readonly logPrior: Float64Array;
  readonly logLike: Float64Array;
  /** ln q of the flow. */
  readonly logProb: Float64Array;
  /** ln q of what the draws came from: the flow, or the mixture with a Student t. */
  readonly logProposal: Float64Array;
  /** 0 flow, 1 Student t. */
  readonly source: Uint8Array;
  /** Pareto-smoothed, sum 1. */
  readonly weight: Float64Array;
  readonly logZ: number;
  readonly logZError: number;
  /** ESS / M of the flow's own draws. */
  readonly efficiencyFlow: number;
  /** ESS / M of all draws. */
  readonly efficiency: number;
  readonly ess: number;
  readonly paretoK: number;
}

/** Where the flow alone is good enough; elsewhere a Student t of the weighted moments joins it. */
const ENOUGH = { efficiency: 0.5, paretoK: 0.5 };
/** Efficiency that is good enough whatever k: no draw holds a share that matters, and a Student t would only waste draws. */
const EVEN = 0.9;
const DEGREES = 5;

/**
 * Importance sampling of the posterior with the flow as proposal:  w = L(theta) p(theta) / q(theta), so that the
 * weighted draws follow the exact posterior and mean(w) is the evidence, whatever the flow's quality, which shows in
 * ESS / M. Half of the draws come from the flow; where they serve badly the other half comes from a Student t (5 degrees) with
 * their weighted moments, and all are weighted against the mixture (balance heuristic: Veach & Guibas 1995; multiple importance
 * sampling as in Owen 2013, ch. 9). Draws outside the prior have weight 0 and stay in M.
 *
 * Weights are Pareto-smoothed (Vehtari et al. 2024); the evidence uses the unsmoothed ones, which are unbiased.
 */
export async function refine(input: RefineInput): Promise<Refined> {
  const { samples, dimensions: D } = input;
  const half = Math.ceil(samples / 2);
  const first = await weigh(input, await input.sample(0, half), 0, half);
  const alone = psis(first.logWeight);
  const usable = first.logWeight.some((w) => w > Number.NEGATIVE_INFINITY);
  const share = effectiveSize(normaliseLogWeights(first.logWeight)) / half;
  const enough = share >= EVEN || (share >= ENOUGH.efficiency && alone.k <= ENOUGH.paretoK);
  if (!usable || enough) {
    const second = await weigh(input, await input.sample(half, samples - half), half, samples);
    return finish(join(first, second));
  }
  const t = tailedProposal(first, temper(first.logWeight, 100 + 10 * D), input);
  const drawn = await weigh(input, await drawStudent(t, samples - half, input), half, samples);
  return finish(mix(first, drawn, t, input), first.logWeight);
}

/** Draws with everything known of each. */
interface Weighed extends Draws {
  readonly logPrior: Float64Array;
  readonly logLike: Float64Array;
  readonly logProposal: Float64Array;
  readonly source: Uint8Array;
  readonly logWeight: Float64Array;
}

async function weigh(input: RefineInput, draws: Draws, done: number, reached: number): Promise<Weighed> {
  const { dimensions: D, logPrior: prior, onProgress, samples } = input;
  const M = draws.logProb.length;
  const logPrior = new Float64Array(M);
  for (let m = 0; m < M; m++) logPrior[m] = prior(draws.theta.subarray(m * D, (m + 1) * D));
  const logLike = await insideOnly(draws.theta, logPrior, D, input.logLike);
  onProgress?.(Math.max(done, reached), samples);
  const logWeight = weights(logLike, logPrior, draws.logProb);
  return {
    ...draws,
    logPrior,
    logLike,
    logProposal: draws.logProb.slice(),
    source: new Uint8Array(M),
    logWeight,
  };
}

/** ln w = ln L + ln p - ln q; -Infinity where the target density is zero, whatever q is there. */
function weights(logLike: Float64Array, logPrior: Float64Array, logProposal: Float64Array): Float64Array {
  return logLike.map((l, m) => {
    const target = l + logPrior[m];
    return target === Number.NEGATIVE_INFINITY ? target : target - logProposal[m];
  });
}

/** ln L of the draws with a finite prior; -Infinity for the others, where the model may not even be defined. */
async function insideOnly(
  theta: Float64Array,
  logPrior: Float64Array,
  D: number,
  logLike: RefineInput["logLike"],
): Promise<Float64Array> {
  const inside: number[] = [];
  for (let m = 0; m < logPrior.length; m++) if (logPrior[m] > Number.NEGATIVE_INFINITY) inside.push(m);
  const out = new Float64Array(logPrior.length).fill(Number.NEGATIVE_INFINITY);
  if (inside.length === 0) return out;
  const rows = new Float64Array(inside.length * D);
  for (let i = 0; i < inside.length; i++) rows.set(theta.subarray(inside[i] * D, (inside[i] + 1) * D), i * D);
  const values = await logLike(rows);
  for (let i = 0; i < inside.length; i++) out[inside[i]] = values[i];
  return out;
}

function tailedProposal(
  first: Weighed,
  weights: Float64Array,
  { dimensions: D, targets }: RefineInput,
): Student {
  const t = targets.forward(first.theta);
  // Draws outside the prior may have no finite target; they carry no weight.
  for (let i = 0; i < t.length; i++) if (!Number.isFinite(t[i])) t[i] = 0;
  const M = weights.length;
  const mean = columnMeans(t, M, D, weights);
  const scale = covariance(t, M, D, weights).map((v) => (v * (DEGREES - 2)) / DEGREES);
  for (let d = 0; d < D; d++) scale[d * D + d] += 1e-12;
  return student(mean, scale, DEGREES);
}

async function drawStudent(
  t: Student,
  count: number,
  { dimensions: D, targets, logProb, seed }: RefineInput,
): Promise<Draws> {
  const rows = new Float64Array(count * D);
  for (let m = 0; m < count; m++) rows.set(t.sample(stream(seed, "refine/student", m)), m * D);
  const theta = targets.inverse(rows);
  return { theta, logProb: await logProb(theta) };
}

/** Both sets weighed against the mixture in the proportion in which they were drawn. */
function mix(flow: Weighed, tail: Weighed, t: Student, { dimensions: D, targets }: RefineInput): Weighed {
  const all = join(flow, tail);
  const M = all.logProb.length;
  const share = flow.logProb.length / M;
  const point = targets.forward(all.theta);
  const jacobian = targets.logJacobian(all.theta);
  for (let m = 0; m < M; m++) {
    const tailed = t.logPdf(point.subarray(m * D, (m + 1) * D)) + jacobian[m];
    all.logProposal[m] = logAddExp(Math.log(share) + all.logProb[m], Math.log1p(-share) + tailed);
  }
  all.logWeight.set(weights(all.logLike, all.logPrior, all.logProposal));
  all.source.fill(1, flow.logProb.length);
  return all;
}

function join(a: Weighed, b: Weighed): Weighed {
  const both = (x: Float64Array, y: Float64Array) => {
    const out = new Float64Array(x.length + y.length);
    out.set(x);
    out.set(y, x.length);
    return out;
  };
  const source = new Uint8Array(a.source.length + b.source.length);
  source.set(a.source);
  source.set(b.source, a.source.length);
  return {
    theta: both(a.theta, b.theta),
    logProb: both(a.logProb, b.logProb),
    logPrior: both(a.logPrior, b.logPrior),
    logLike: both(a.logLike, b.logLike),
    logProposal: both(a.logProposal, b.logProposal),
    logWeight: both(a.logWeight, b.logWeight),
    source,
  };
}

function finish(all: Weighed, flowWeights: Float64Array = all.logWeight): Refined {
  const { logWeights, k } = psis(all.logWeight);
  const M = all.logProb.length;
  const ess = effectiveSize(normaliseLogWeights(all.logWeight));
  const { logZ, logZError } = evidenceFromWeights(all.logWeight);
  const { theta, logPrior, logLike, logProb, logProposal, source } = all;
  return {
    theta,
    logPrior,
    logLike,
    logProb,
    logProposal,
    source,
    weight: normaliseLogWeights(logWeights),
    logZ,
    logZError,
    efficiencyFlow: effectiveSize(normaliseLogWeights(flowWeights)) / flowWeights.length,
    efficiency: ess / M,
    ess,
    paretoK: k,
  };
}
