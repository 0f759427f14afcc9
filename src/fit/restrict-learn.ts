import { createClassifier } from "../flow/classifier.ts";
import { trainClassifier } from "../flow/classifier-training.ts";
import { boundingEllipsoid } from "../npe/bounding.ts";
import { acceptanceThreshold, classifierInputs, whiteningOf } from "../npe/classifier.ts";
import { orderRows, splitRows } from "../npe/classifier-rows.ts";
import type { Region } from "../npe/region.ts";
import { priorCube } from "../prior/joint.ts";
import type { JointPrior } from "../prior/types.ts";
import { type Build, createEngine } from "../tensor/engine.ts";

export interface LearnInput {
  /** (N, D), and 1 for the members among them (N). */
  readonly theta: Float64Array;
  readonly member: Uint8Array;
  readonly prior: JointPrior;
  readonly seed: number;
  /** Of the random streams. */
  readonly name: string;
  readonly build: Build;
  /** Share of the members that may be lost, as in `acceptanceThreshold`. */
  readonly falseNegatives?: number;
}

export interface Learnt {
  readonly region: Region;
  /** Which of theta lie in it: 1 or 0 (N). */
  readonly inside: Uint8Array;
}

/** Hidden units and residual blocks. */
const SIZE = { hidden: 32, blocks: 2 } as const;

/** Steps of training: 150 passes through the rows, within limits. */
const stepsFor = (rows: number): number => Math.min(2000, Math.max(600, Math.round((150 * rows) / 200)));

/** Learns from labelled draws of the prior the region in which the members lie. Both classes must be there. */
export async function learnRegion(input: LearnInput): Promise<Learnt> {
  const { theta, member, prior, seed, name, build, falseNegatives = 0 } = input;
  const D = prior.priors.length;
  const u = cubeOf(theta, prior);
  const members = Array.from(member.keys()).filter((i) => member[i] === 1);
  const whitening = whiteningOf(orderRows(u, D, members), D);
  const x = classifierInputs(theta, prior, whitening);
  const { order, training } = splitRows(member);
  const spec = { features: D + 1, ...SIZE };
  const data = { x: orderRows(x, D + 1, order), member: Uint8Array.from(order, (i) => member[i]), training };
  const steps = stepsFor(training);
  const weights = trainClassifier(await createEngine({ build }), spec, data, { seed, name, steps });
  const logOdds = createClassifier(await createEngine({ build }), weights)(x);
  const held = Float64Array.from(
    order.subarray(training).filter((i) => member[i] === 1),
    (i) => logOdds[i],
  );
  const threshold = acceptanceThreshold(
    held,
    Float64Array.from(members, (i) => logOdds[i]),
    falseNegatives,
  );
  const inside = Uint8Array.from(logOdds, (l) => (l >= threshold ? 1 : 0));
  const accepted = Array.from(inside.keys()).filter((i) => inside[i] === 1);
  const ellipsoid = boundingEllipsoid(orderRows(u, D, accepted), D);
  const classifiers = [{ whitening, weights, threshold }];
  return { region: { ...(ellipsoid && { ellipsoids: [ellipsoid] }), classifiers }, inside };
}

function cubeOf(theta: Float64Array, prior: JointPrior): Float64Array {
  const D = prior.priors.length;
  const u = new Float64Array(theta.length);
  for (let i = 0; i < theta.length; i += D) priorCube(u.subarray(i, i + D), prior, theta.subarray(i, i + D));
  return u;
}
