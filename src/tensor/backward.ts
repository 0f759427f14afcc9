import type { Engine } from "./engine.ts";
import type { Parameter } from "./parameters.ts";
import type { Backward, BackwardPlan, Step, Tensor, TensorBuffer, WeightJob } from "./tape-types.ts";

/** Batch-major copy [b][ld] of a tensor's values or gradient; `place` is that of the tensor's first feature. */
interface Rows {
  readonly place: number;
  readonly ld: number;
}

type Use = (accumulate: number, firstBlock: number, lastBlock: number) => void;

export function createPlan(
  engine: Engine,
  tiles: number,
): BackwardPlan & { seed(tensor: Tensor): void; finish(): Backward } {
  const steps: Step[] = [];
  const written = new Map<TensorBuffer, Uint8Array>();
  const uses = new Map<Parameter, Use[]>();
  const rows = createRowCopies(engine, tiles, (step) => steps.push(step));

  const gradientPlace = ({ buffer, offset }: Tensor): number => {
    buffer.gradient ||= engine.arena.floats(tiles * buffer.features * 8);
    return buffer.gradient + 32 * offset;
  };
  const marks = (buffer: TensorBuffer): Uint8Array => {
    const mark = written.get(buffer) ?? new Uint8Array(buffer.features);
    written.set(buffer, mark);
    return mark;
  };
  /** Zeroes the runs of features of a tensor that nothing has been written to. */
  const zeroUnwritten = (tensor: Tensor): void => {
    const mark = marks(tensor.buffer);
    const end = tensor.offset + tensor.features;
    for (let f = tensor.offset; f < end; f++) {
      if (mark[f]) continue;
      let length = 1;
      while (f + length < end && !mark[f + length]) length++;
      const place = gradientPlace({ ...tensor, offset: f });
      const floatsPerTile = tensor.buffer.features * 8;
      const n = length;
      steps.push((first, count) => {
        engine.kernels.add(place + 4 * floatsPerTile * first, floatsPerTile, 0, 0, 0, 0, n, count);
      });
      mark.fill(1, f, f + length);
      f += length;
    }
  };
  const addUse = (parameter: Parameter, use: Use): void => {
    const list = uses.get(parameter);
    if (list) list.push(use);
    else uses.set(parameter, [use]);
  };
  return {
    seed: ({ buffer }) => marks(buffer).fill(1),
    step: (step) => steps.push(step),
    gradient(tensor) {
      const place = gradientPlace(tensor);
      zeroUnwritten(tensor);
      return place;
    },
    contribution(tensor) {
      const { buffer, offset, features } = tensor;
      if (!buffer.needsGradient) return undefined;
      const place = gradientPlace(tensor);
      const part = marks(buffer).subarray(offset, offset + features);
      const accumulate = part.some((m) => m !== 0) ? 1 : 0;
      if (accumulate) zeroUnwritten(tensor);
      part.fill(1);
      return { place, accumulate };
    },
    weight(parameter, x, output, final) {
      const { kernels } = engine;
      const xRows = rows.values(x);
      const gRows = rows.gradient(output, final);
      const { gradient, ld, maskPlace, rows: inputs, columns, blockLimits, squares } = parameter;
      addUse(parameter, (accumulate, first, last) => {
        // biome-ignore format: one line reads as the product it is
        kernels.weightGradient(gradient, ld, maskPlace, xRows.place, xRows.ld, inputs, gRows.place, gRows.ld, columns, 8 * tiles, accumulate, blockLimits, squares, first, last);
      });
    },
    bias(parameter, output, final) {
      const { kernels } = engine;
      const g = rows.gradient(output, final);
      const { gradient, columns, squares } = parameter;
      addUse(parameter, (accumulate, first, last) => {
        kernels.biasGradient(gradient, g.place, g.ld, columns, 8 * tiles, accumulate, squares, first, last);
      });
    },
    finish() {
      rows.finish();
      return {
        run(first, count) {
          for (const step of steps) step(first, count);
        },
        jobs: [...uses].map(([parameter, list]) => toJob(parameter, list)),
      };
    },
  };
}

function toJob(parameter: Parameter, uses: readonly Use[]): WeightJob {
  // Four rows at a time cost what one to three do; a half for what a block costs beside its rows.
  const costs = Array.from(parameter.depths, (rows) => uses.length * (Math.ceil(rows / 4) + 0.5));
  return {
    parameter,
    costs,
    run(first, last, accumulate = false) {
      for (const [i, use] of uses.entries()) use(accumulate || i > 0 ? 1 : 0, first, last);
    },
  };
}

/** Batch-major copies, each made once and shared by all weights that need it. */
function createRowCopies(engine: Engine, tiles: number, push: (step: Step) => void) {
  const values = new Map<TensorBuffer, Rows>();
  const gradients = new Map<TensorBuffer, Rows>();
  const pending = new Set<TensorBuffer>();

  const allocate = (features: number): Rows => {
    const ld = rowLength(features);
    return { place: engine.arena.floats(8 * tiles * ld), ld };
  };
  const copy = (from: number, features: number, { place, ld }: Rows): void => {
    const { kernels } = engine;
    push((first, count) => {
      kernels.toRows(
        place + 32 * ld * first,
        ld,
        from + 32 * features * first,
        8 * features,
        features,
        count,
      );
    });
  };
  const part = ({ place, ld }: Rows, { offset }: Tensor): Rows => ({ place: place + 4 * offset, ld });
  return {
    values(tensor: Tensor): Rows {
      const { buffer } = tensor;
      const known = values.get(buffer);
      const copied = known ?? allocate(buffer.features);
      if (!known) {
        values.set(buffer, copied);
        copy(buffer.place, buffer.features, copied);
      }
      return part(copied, tensor);
    },
    /** `final`: the gradient of the whole buffer is complete now; otherwise it is copied at the end of the pass. */
    gradient(tensor: Tensor, final: boolean): Rows {
      const { buffer } = tensor;
      const known = gradients.get(buffer);
      const copied = known ?? allocate(buffer.features);
      if (!known) {
        gradients.set(buffer, copied);
        pending.add(buffer);
      }
      if (final && pending.delete(buffer)) copy(buffer.gradient, buffer.features, copied);
      return part(copied, tensor);
    },
    finish(): void {
      for (const buffer of pending) copy(buffer.gradient, buffer.features, gradients.get(buffer) as Rows);
    },
  };
}

/** Whole blocks of 8, and no multiple of 32: rows a power of two apart fall on the same lines of the cache. */
function rowLength(features: number): number {
  const whole = Math.ceil(features / 8) * 8;
  return whole % 32 === 0 ? whole + 8 : whole;
}
