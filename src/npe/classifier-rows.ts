/** Rows of a labelled set in the order that training wants, and how many of them are for training. */
export interface SplitRows {
  readonly order: Uint32Array;
  readonly training: number;
}

/** One row in ten of each class is held out. */
const HELD = 10;

/** Splits labelled rows, which are independent draws, into training and validation rows; both classes are in both if they have two members or more. */
export function splitRows(member: Uint8Array): SplitRows {
  const held: number[] = [];
  const rest: number[] = [];
  const seen = [0, 0];
  for (const [i, m] of member.entries()) (++seen[m] % HELD === 2 ? held : rest).push(i);
  return { order: Uint32Array.from([...rest, ...held]), training: rest.length };
}

/** Rows of x (N, F) in another order. */
export function orderRows(x: Float64Array, F: number, order: ArrayLike<number>): Float64Array {
  const out = new Float64Array(order.length * F);
  for (let k = 0; k < order.length; k++) out.set(x.subarray(order[k] * F, (order[k] + 1) * F), k * F);
  return out;
}
