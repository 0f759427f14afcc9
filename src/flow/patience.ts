/** Follows the validation loss over the epochs. */
export interface LossWatch {
  /** Number (0, 1, ...) of the epoch with the least loss; 0 before the first. */
  readonly best: number;
  /** True once `patience` epochs in a row were no better than the best. */
  readonly exhausted: boolean;
  /** Takes the loss of the next epoch; true where it is the best so far. A loss that is no number (no rows) counts as better. */
  see(loss: number): boolean;
}

/** See `LossWatch`; without patience a training goes on as long as its caller likes. */
export function watchLoss(patience = Number.POSITIVE_INFINITY): LossWatch {
  let epochs = 0;
  let best = 0;
  let lowest = Number.POSITIVE_INFINITY;
  return {
    get best() {
      return best;
    },
    get exhausted() {
      return epochs - 1 - best >= patience;
    },
    see(loss) {
      const better = !(loss >= lowest);
      if (better) {
        lowest = loss;
        best = epochs;
      }
      epochs++;
      return better;
    },
  };
}
