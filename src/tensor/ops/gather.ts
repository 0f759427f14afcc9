import { valuePlace } from "../tape.ts";
import type { Tape, Tensor } from "../tape-types.ts";

/**
 * Rows of row-major data (N, features) as an input tensor. `source.index` is the place of the list of row numbers, 8 words a
 * tile; it is read anew in every forward pass, and several inputs may share one source.
 */
export function gather(
  tape: Tape,
  features: number,
  { data, source }: { readonly data: number; readonly source: { readonly index: number } },
): Tensor {
  const { kernels } = tape.engine;
  const y = tape.tensor(features, { needsGradient: false });
  const to = valuePlace(y);
  tape.record({
    forward(first, count) {
      kernels.gather(to + 32 * features * first, data, features, source.index + 32 * first, count);
    },
  });
  return y;
}
