import { InputError } from "../errors.ts";
import {
  adam,
  clearStore,
  createTeam,
  type Engine,
  floats,
  randomKey,
  readParameter,
  TEAM_PLACE,
  words,
  writeParameter,
} from "../tensor/index.ts";
import {
  type ClassifierSpec,
  type ClassifierWeights,
  forward,
  initialClassifier,
  placeClassifier,
} from "./classifier.ts";
import { type ClassWeights, logisticGradient, logisticLoss } from "./logistic.ts";
import { learningRate } from "./schedule.ts";

export interface ClassifierData {
  /** (N, F), training rows first, then validation rows. */
  readonly x: Float64Array;
  /** 1 for members of the class, 0 for the others (N). */
  readonly member: Uint8Array;
  /** Number of training rows. */
  readonly training: number;
}

export interface ClassifierOptions {
  readonly seed: number;
  /** Of the random streams. */
  readonly name: string;
  /** Samples a step (200, as sbi). */
  readonly batch?: number;
  /** Highest learning rate of Adam; the schedule is a cosine with a short warm-up. */
  readonly rate?: number;
  readonly steps?: number;
  /** Longest gradient (5, as sbi). */
  readonly clip?: number;
}

/** Steps between looks at the validation rows. */
const LOOK = 50;

/**
 * Trains a classifier by the logistic loss, both classes having equal weight in total:
 *
 *   L = -mean_i w_i [ y_i ln s(l_i) + (1 - y_i) ln(1 - s(l_i)) ],   w = N / (2 N_class),   s(l) = 1 / (1 + exp(-l))
 *
 * The weights with the least loss on the validation rows are kept. Deterministic for a seed. A fixed schedule in place of sbi's patience, and no
 * dropout or batch norm: labels are exact, so there is no noise to be learnt by heart, and dropout would blur the border.
 */
export function trainClassifier(
  engine: Engine,
  spec: ClassifierSpec,
  data: ClassifierData,
  options: ClassifierOptions,
): ClassifierWeights {
  const { steps = 2000 } = options;
  const trainer = openTrainer(engine, spec, data, { ...options, steps });
  let best = trainer.weights();
  let least = Number.POSITIVE_INFINITY;
  for (let t = 0; t < steps; t++) {
    trainer.step(t);
    if ((t + 1) % LOOK !== 0 && t + 1 < steps) continue;
    const loss = trainer.validate();
    if (Number.isNaN(loss))
      throw new InputError("the classifier's training diverged; are all parameters finite?");
    if (loss >= least) continue;
    least = loss;
    best = trainer.weights();
  }
  return best;
}

function openTrainer(
  engine: Engine,
  spec: ClassifierSpec,
  data: ClassifierData,
  { seed, name, batch: most = 200, rate = 1e-2, steps, clip = 5 }: ClassifierOptions & { steps: number },
) {
  const { arena, memory, kernels } = engine;
  const { x, member, training } = data;
  const N = member.length;
  const batch = Math.min(most, training);
  const tiles = Math.ceil(batch / 8);
  const places = {
    data: arena.floats(x.length),
    order: arena.floats(training + 8 * tiles),
    held: arena.floats(N - training + 8 * tiles),
    seed: arena.floats(8 * tiles),
  };
  const placed = placeClassifier(engine, spec, { tiles, data: places.data, training: true });
  const { store, tape, source, out } = placed;
  const backward = tape.backward(out, places.seed);
  floats(memory, places.data, x.length).set(x);
  words(memory, places.order, training + 8 * tiles).fill(0);
  const held = words(memory, places.held, N - training + 8 * tiles).fill(0);
  for (let i = training; i < N; i++) held[i - training] = i;
  clearStore(engine, store);
  const start = initialClassifier(spec, seed, `${name}/weights`);
  for (const parameter of store.list) writeParameter(engine, parameter, start.arrays[parameter.name]);
  const balance = classWeights(data);
  const optimiser = adam(engine, store, createTeam(memory, TEAM_PLACE, 0, 1), { clip });
  const schedule = { kind: "cosine", rate, warmup: Math.min(100, steps / 10), steps } as const;
  const perEpoch = Math.floor(training / batch);
  const labels = new Uint8Array(batch);
  return {
    /** Step number t = 0, 1, ... */
    step(t: number): void {
      const inEpoch = t % perEpoch;
      if (inEpoch === 0) {
        const { key0, key1, c2, c3 } = randomKey(seed, `${name}/batches`, t / perEpoch);
        kernels.shuffle(places.order, training, 0, c2, c3, key0, key1);
      }
      source.index = places.order + 4 * batch * inEpoch;
      const logOdds = forward(tape, out, batch);
      words(memory, source.index, batch).forEach((row, i) => {
        labels[i] = member[row];
      });
      logisticGradient(floats(memory, places.seed, 8 * tiles).fill(0), logOdds, labels, balance);
      backward.run(0, tiles);
      for (const { run, parameter } of backward.jobs) run(0, parameter.blocks, false);
      optimiser.update(t + 1, learningRate(schedule, t));
    },
    /** Mean loss of the validation rows. */
    validate(): number {
      let sum = 0;
      for (let from = training; from < N; from += batch) {
        source.index = places.held + 4 * (from - training);
        const to = Math.min(N, from + batch);
        sum += logisticLoss(forward(tape, out, to - from), member.subarray(from, to), balance);
      }
      return sum / (N - training);
    },
    weights(): ClassifierWeights {
      const arrays = store.list.map((parameter) => [parameter.name, readParameter(engine, parameter)]);
      return { spec, arrays: Object.fromEntries(arrays) };
    },
  };
}

function classWeights({ member, training }: ClassifierData): ClassWeights {
  let members = 0;
  for (let i = 0; i < training; i++) members += member[i];
  const others = training - members;
  if (members === 0 || others === 0)
    throw new Error(`internal: a classifier needs both classes, ${members} of ${training} rows are members`);
  return [training / (2 * others), training / (2 * members)];
}
