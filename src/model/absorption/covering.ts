/** out (E) = (1 - fraction) + fraction x out: an absorber that covers a part of the source. */
export function cover(out: Float64Array, fraction: number): void {
  for (let i = 0; i < out.length; i++) out[i] = 1 - fraction + fraction * out[i];
}
