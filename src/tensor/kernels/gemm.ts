// Matrix products over batch tiles. A tensor is [tile][feature][8 samples]; a weight W is [K inputs][ldw], its first N
// columns used. Pointers are byte offsets, strides are in floats.
//
// Micro-kernel: up to 4 outputs x 8 samples = 8 accumulators, 2 loads and a broadcast weight. The block of weights is the
// outer loop and the tiles the inner one, so that the block stays in L1. R is a compile-time constant after inlining.
import { madd } from "./simd";

@inline
function columns(R: i32, y: usize, x: usize, w: usize, step: usize, bias: usize, K: usize, acc: i32): void {
  let a0 = f32x4.splat(0),
    a1 = a0,
    b0 = a0,
    b1 = a0,
    c0 = a0,
    c1 = a0,
    d0 = a0,
    d1 = a0;
  if (bias) {
    a0 = v128.load32_splat(bias);
    a1 = a0;
    if (R > 1) {
      b0 = v128.load32_splat(bias, 4);
      b1 = b0;
    }
    if (R > 2) {
      c0 = v128.load32_splat(bias, 8);
      c1 = c0;
    }
    if (R > 3) {
      d0 = v128.load32_splat(bias, 12);
      d1 = d0;
    }
  }
  if (acc) {
    a0 = f32x4.add(a0, v128.load(y));
    a1 = f32x4.add(a1, v128.load(y, 16));
    if (R > 1) {
      b0 = f32x4.add(b0, v128.load(y, 32));
      b1 = f32x4.add(b1, v128.load(y, 48));
    }
    if (R > 2) {
      c0 = f32x4.add(c0, v128.load(y, 64));
      c1 = f32x4.add(c1, v128.load(y, 80));
    }
    if (R > 3) {
      d0 = f32x4.add(d0, v128.load(y, 96));
      d1 = f32x4.add(d1, v128.load(y, 112));
    }
  }
  const end = x + (K << 5);
  while (x != end) {
    const x0 = v128.load(x),
      x1 = v128.load(x, 16);
    let s = v128.load32_splat(w);
    a0 = madd(s, x0, a0);
    a1 = madd(s, x1, a1);
    if (R > 1) {
      s = v128.load32_splat(w, 4);
      b0 = madd(s, x0, b0);
      b1 = madd(s, x1, b1);
    }
    if (R > 2) {
      s = v128.load32_splat(w, 8);
      c0 = madd(s, x0, c0);
      c1 = madd(s, x1, c1);
    }
    if (R > 3) {
      s = v128.load32_splat(w, 12);
      d0 = madd(s, x0, d0);
      d1 = madd(s, x1, d1);
    }
    x += 32;
    w += step;
  }
  v128.store(y, a0);
  v128.store(y, a1, 16);
  if (R > 1) {
    v128.store(y, b0, 32);
    v128.store(y, b1, 48);
  }
  if (R > 2) {
    v128.store(y, c0, 64);
    v128.store(y, c1, 80);
  }
  if (R > 3) {
    v128.store(y, d0, 96);
    v128.store(y, d1, 112);
  }
}

/**
 * Y[t][n] = sum_k W[k][n] X[t][k] (+ bias[n]) (+ Y[t][n] if acc), n < N, k < K. `limits` (u32 per 4 outputs, or 0) gives
 * the number of leading inputs that a block of outputs sees: the rest of a masked weight is zero.
 */
export function gemm(
  Y: usize,
  ys: usize,
  X: usize,
  xs: usize,
  W: usize,
  ldw: usize,
  bias: usize,
  N: usize,
  K: usize,
  tiles: usize,
  acc: i32,
  limits: usize,
): void {
  const step = ldw << 2;
  for (let n: usize = 0; n < N; n += 4) {
    const depth = limits ? <usize>load<u32>(limits + n) : K;
    const rest = N - n;
    const w = W + (n << 2);
    const b = bias ? bias + (n << 2) : 0;
    let y = Y + (n << 5),
      x = X;
    for (let t: usize = 0; t < tiles; t++) {
      if (rest >= 4) columns(4, y, x, w, step, b, depth, acc);
      else if (rest == 3) columns(3, y, x, w, step, b, depth, acc);
      else if (rest == 2) columns(2, y, x, w, step, b, depth, acc);
      else columns(1, y, x, w, step, b, depth, acc);
      y += ys << 2;
      x += xs << 2;
    }
  }
}

@inline
function rows(R: i32, y: usize, g: usize, w: usize, step: usize, N: usize, acc: i32): void {
  let a0 = f32x4.splat(0),
    a1 = a0,
    b0 = a0,
    b1 = a0,
    c0 = a0,
    c1 = a0,
    d0 = a0,
    d1 = a0;
  if (acc) {
    a0 = v128.load(y);
    a1 = v128.load(y, 16);
    if (R > 1) {
      b0 = v128.load(y, 32);
      b1 = v128.load(y, 48);
    }
    if (R > 2) {
      c0 = v128.load(y, 64);
      c1 = v128.load(y, 80);
    }
    if (R > 3) {
      d0 = v128.load(y, 96);
      d1 = v128.load(y, 112);
    }
  }
  let wb = w + step,
    wc = wb + step,
    wd = wc + step;
  const end = g + (N << 5);
  while (g != end) {
    const g0 = v128.load(g),
      g1 = v128.load(g, 16);
    let s = v128.load32_splat(w);
    a0 = madd(s, g0, a0);
    a1 = madd(s, g1, a1);
    if (R > 1) {
      s = v128.load32_splat(wb);
      b0 = madd(s, g0, b0);
      b1 = madd(s, g1, b1);
    }
    if (R > 2) {
      s = v128.load32_splat(wc);
      c0 = madd(s, g0, c0);
      c1 = madd(s, g1, c1);
    }
    if (R > 3) {
      s = v128.load32_splat(wd);
      d0 = madd(s, g0, d0);
      d1 = madd(s, g1, d1);
    }
    g += 32;
    w += 4;
    wb += 4;
    wc += 4;
    wd += 4;
  }
  v128.store(y, a0);
  v128.store(y, a1, 16);
  if (R > 1) {
    v128.store(y, b0, 32);
    v128.store(y, b1, 48);
  }
  if (R > 2) {
    v128.store(y, c0, 64);
    v128.store(y, c1, 80);
  }
  if (R > 3) {
    v128.store(y, d0, 96);
    v128.store(y, d1, 112);
  }
}

/**
 * Y[t][k] = sum_n W[k][n] G[t][n] (+ Y[t][k] if acc): the gradient of the inputs. `starts` (u32 per 4 inputs, or 0) gives
 * the first output that sees a block of inputs.
 */
export function gemmTransposed(
  Y: usize,
  ys: usize,
  G: usize,
  gs: usize,
  W: usize,
  ldw: usize,
  N: usize,
  K: usize,
  tiles: usize,
  acc: i32,
  starts: usize,
): void {
  const step = ldw << 2;
  for (let k: usize = 0; k < K; k += 4) {
    const first = starts ? <usize>load<u32>(starts + k) : 0;
    const rest = K - k;
    const w = W + k * step + (first << 2);
    let y = Y + (k << 5),
      g = G + (first << 5);
    for (let t: usize = 0; t < tiles; t++) {
      if (rest >= 4) rows(4, y, g, w, step, N - first, acc);
      else if (rest == 3) rows(3, y, g, w, step, N - first, acc);
      else if (rest == 2) rows(2, y, g, w, step, N - first, acc);
      else rows(1, y, g, w, step, N - first, acc);
      y += ys << 2;
      g += gs << 2;
    }
  }
}
