/** A quantile function that keeps to [lower, upper] in spite of rounding, and takes 0 and 1 exactly to its ends. */
export function closed(lower: number, upper: number, quantile: (u: number) => number): (u: number) => number {
  return (u) => {
    if (u <= 0) return lower;
    return u >= 1 ? upper : Math.min(upper, Math.max(lower, quantile(u)));
  };
}
