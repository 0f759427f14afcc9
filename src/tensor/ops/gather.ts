import { type Tape, type Tensor, valuePlace } from "../tape.ts";

/**
 * Rows of row-major data as an input tensor. `source` says, at every forward pass, where the data (N, features) and the
 * list of row numbers (8 words a tile) lie.
 */
export function gather(
  tape: Tape,
  features: number,
  source: { readonly data: number; index: number },
): Tensor {
  const { kernels } = tape.engine;
  const y = tape.tensor(features, { needsGradient: false });
  const to = valuePlace(y);
  tape.record({
    forward(first, count) {
      kernels.gather(to + 32 * features * first, source.data, features, source.index + 32 * first, count);
    },
  });
  return y;
}
