// Gradients of weights and biases, summed over the batch from batch-major copies Xb[b][ldx], Gb[b][ldg]. A block is 8
// columns wide; blocks may be shared out among threads in any way, for a block is summed whole, in the order of the batch.
import { madd, sum4 } from "./simd";

// All ones in the first r of 8 lanes, for the last block of a weight whose columns are no multiple of 8.
const LANES: usize = memory.data<i32>([-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0], 16);

@inline
function finish(dst: usize, mask: usize, v: v128, lanes: v128, acc: i32, squares: v128): v128 {
  let r = v128.and(v, lanes);
  if (acc) r = f32x4.add(r, v128.load(dst));
  if (mask) r = f32x4.mul(r, v128.load(mask));
  v128.store(dst, r);
  return madd(r, r, squares);
}

// R rows x 8 columns; returns the running sum of squares of what it stored.
@inline
function block(
  R: i32,
  dst: usize,
  step: usize,
  mask: usize,
  x: usize,
  sx: usize,
  g: usize,
  sg: usize,
  B: usize,
  low: v128,
  high: v128,
  acc: i32,
  squares: v128,
): v128 {
  let a0 = f32x4.splat(0),
    a1 = a0,
    b0 = a0,
    b1 = a0,
    c0 = a0,
    c1 = a0,
    d0 = a0,
    d1 = a0;
  const end = g + B * sg;
  while (g != end) {
    const g0 = v128.load(g),
      g1 = v128.load(g, 16);
    let s = v128.load32_splat(x);
    a0 = madd(s, g0, a0);
    a1 = madd(s, g1, a1);
    if (R > 1) {
      s = v128.load32_splat(x, 4);
      b0 = madd(s, g0, b0);
      b1 = madd(s, g1, b1);
    }
    if (R > 2) {
      s = v128.load32_splat(x, 8);
      c0 = madd(s, g0, c0);
      c1 = madd(s, g1, c1);
    }
    if (R > 3) {
      s = v128.load32_splat(x, 12);
      d0 = madd(s, g0, d0);
      d1 = madd(s, g1, d1);
    }
    x += sx;
    g += sg;
  }
  const m = mask;
  squares = finish(dst, m, a0, low, acc, squares);
  squares = finish(dst + 16, m ? m + 16 : 0, a1, high, acc, squares);
  if (R > 1) {
    squares = finish(dst + step, m ? m + step : 0, b0, low, acc, squares);
    squares = finish(dst + step + 16, m ? m + step + 16 : 0, b1, high, acc, squares);
  }
  if (R > 2) {
    squares = finish(dst + 2 * step, m ? m + 2 * step : 0, c0, low, acc, squares);
    squares = finish(dst + 2 * step + 16, m ? m + 2 * step + 16 : 0, c1, high, acc, squares);
  }
  if (R > 3) {
    squares = finish(dst + 3 * step, m ? m + 3 * step : 0, d0, low, acc, squares);
    squares = finish(dst + 3 * step + 16, m ? m + 3 * step + 16 : 0, d1, high, acc, squares);
  }
  return squares;
}

/**
 * dW[k][n] (+)= sum_b Xb[b][k] Gb[b][n], times the mask (same layout as dW, or 0), for the blocks first <= n/8 < last;
 * squares[n/8] = sum of the squares of the block. Columns n >= N are stored as zero. `limits` (u32 per block, or 0): the
 * number of leading rows that are not wholly masked.
 */
export function weightGradient(
  dW: usize,
  ldw: usize,
  mask: usize,
  X: usize,
  ldx: usize,
  K: usize,
  G: usize,
  ldg: usize,
  N: usize,
  B: usize,
  acc: i32,
  limits: usize,
  squares: usize,
  first: usize,
  last: usize,
): void {
  const step = ldw << 2,
    sx = ldx << 2,
    sg = ldg << 2;
  for (let i = first; i < last; i++) {
    const n = i << 3;
    const valid = min<usize>(8, N - n);
    const low = v128.load(LANES + ((8 - valid) << 2)),
      high = v128.load(LANES + ((8 - valid) << 2), 16);
    const depth = limits ? <usize>load<u32>(limits + (i << 2)) : K;
    const g = G + (n << 2);
    let d = dW + (n << 2),
      m = mask ? mask + (n << 2) : 0,
      x = X;
    let sum = f32x4.splat(0);
    for (let k: usize = 0; k < depth; k += 4) {
      const rest = depth - k;
      if (rest >= 4) sum = block(4, d, step, m, x, sx, g, sg, B, low, high, acc, sum);
      else if (rest == 3) sum = block(3, d, step, m, x, sx, g, sg, B, low, high, acc, sum);
      else if (rest == 2) sum = block(2, d, step, m, x, sx, g, sg, B, low, high, acc, sum);
      else sum = block(1, d, step, m, x, sx, g, sg, B, low, high, acc, sum);
      d += step << 2;
      if (m) m += step << 2;
      x += 16;
    }
    store<f32>(squares + (i << 2), sum4(sum));
  }
}

/** db[n] (+)= sum_b Gb[b][n] for the blocks first <= n/8 < last; squares as in weightGradient. */
export function biasGradient(
  db: usize,
  G: usize,
  ldg: usize,
  N: usize,
  B: usize,
  acc: i32,
  squares: usize,
  first: usize,
  last: usize,
): void {
  const sg = ldg << 2;
  for (let i = first; i < last; i++) {
    const n = i << 3;
    const valid = min<usize>(8, N - n);
    let a0 = f32x4.splat(0),
      a1 = a0;
    let g = G + (n << 2);
    const end = g + B * sg;
    while (g != end) {
      a0 = f32x4.add(a0, v128.load(g));
      a1 = f32x4.add(a1, v128.load(g, 16));
      g += sg;
    }
    const low = v128.load(LANES + ((8 - valid) << 2)),
      high = v128.load(LANES + ((8 - valid) << 2), 16);
    let sum = f32x4.splat(0);
    sum = finish(db + (n << 2), 0, a0, low, acc, sum);
    sum = finish(db + (n << 2) + 16, 0, a1, high, acc, sum);
    store<f32>(squares + (i << 2), sum4(sum));
  }
}
