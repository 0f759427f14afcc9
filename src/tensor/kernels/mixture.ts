// Mixture of K normal densities of D dimensions, one mixture a sample. Raw parameters of component k, R = 1 + D + D (D + 1) / 2
// rows from k R on: a logit, D means m, and the lower triangle of L, row by row, its diagonal softplus(raw) + 1e-3. With u = L (theta - m):
//   energy = -log sum_k pi_k exp(s_k),   s_k = sum_i log L_ii - |u|^2 / 2 - D/2 log(2 pi),   pi = softmax(logits)
// `work` keeps pi and the responsibilities pi_k exp(s_k) / sum for the backward pass: [tile][2K][8].
import { exp4, log4, madd, sigmoid4, softplus4 } from "./simd";

const HALF_LOG_2PI: f32 = 0.9189385332046727;
const FLOOR: f32 = 1e-3;

@inline
function diagonal(raw: usize): v128 {
  return f32x4.add(softplus4(v128.load(raw)), f32x4.splat(FLOOR));
}

/** u_i of the component whose means begin at m and whose row i of L begins at row. */
@inline
function whitened(theta: usize, m: usize, row: usize, i: u32): v128 {
  let u = f32x4.mul(diagonal(row + (i << 5)), f32x4.sub(v128.load(theta + (i << 5)), v128.load(m + (i << 5))));
  for (let j: u32 = 0; j < i; j++)
    u = madd(v128.load(row + (j << 5)), f32x4.sub(v128.load(theta + (j << 5)), v128.load(m + (j << 5))), u);
  return u;
}

/** Softmax of K rows in place; returns the log of the sum of exponentials. */
function normalise(s: usize, K: u32): v128 {
  let largest = v128.load(s);
  for (let k: u32 = 1; k < K; k++) largest = f32x4.pmax(largest, v128.load(s + (k << 5)));
  let sum = f32x4.splat(0);
  for (let k: u32 = 0; k < K; k++) {
    const e = exp4(f32x4.sub(v128.load(s + (k << 5)), largest));
    v128.store(s + (k << 5), e);
    sum = f32x4.add(sum, e);
  }
  const scale = f32x4.div(f32x4.splat(1), sum);
  for (let k: u32 = 0; k < K; k++) v128.store(s + (k << 5), f32x4.mul(v128.load(s + (k << 5)), scale));
  return f32x4.add(largest, log4(sum));
}

export function mixtureForward(
  q: usize,
  theta: usize,
  raw: usize,
  work: usize,
  D: u32,
  K: u32,
  tiles: u32,
): void {
  const R = 1 + D + (D * (D + 1)) / 2;
  const constant = f32x4.splat(HALF_LOG_2PI * <f32>D);
  for (let t: u32 = 0; t < tiles; t++) {
    for (let h: usize = 0; h < 32; h += 16) {
      const pi = work + h,
        s = work + (K << 5) + h,
        x = theta + h;
      for (let k: u32 = 0; k < K; k++) {
        const logit = raw + ((k * R) << 5) + h,
          m = logit + 32;
        let row = m + (D << 5);
        let log = v128.load(logit),
          squares = f32x4.splat(0);
        v128.store(pi + (k << 5), log);
        for (let i: u32 = 0; i < D; i++) {
          const u = whitened(x, m, row, i);
          squares = madd(u, u, squares);
          log = f32x4.add(log, log4(diagonal(row + (i << 5))));
          row += (i + 1) << 5;
        }
        v128.store(s + (k << 5), madd(squares, f32x4.splat(-0.5), log));
      }
      const all = normalise(s, K);
      const prior = normalise(pi, K);
      v128.store(q + h, f32x4.add(f32x4.sub(prior, all), constant));
    }
    q += 32;
    theta += D << 5;
    raw += (K * R) << 5;
    work += (2 * K) << 5;
  }
}

/** Gradient of all raw parameters, set; that of theta is not wanted. */
export function mixtureBackward(
  gRaw: usize,
  g: usize,
  theta: usize,
  raw: usize,
  work: usize,
  D: u32,
  K: u32,
  tiles: u32,
): void {
  const R = 1 + D + (D * (D + 1)) / 2;
  const one = f32x4.splat(1);
  for (let t: u32 = 0; t < tiles; t++) {
    for (let h: usize = 0; h < 32; h += 16) {
      const gq = v128.load(g + h),
        x = theta + h;
      for (let k: u32 = 0; k < K; k++) {
        const first = ((k * R) << 5) + h;
        const m = raw + first + 32,
          gm = gRaw + first + 32;
        const responsibility = v128.load(work + ((K + k) << 5) + h);
        // Minus the gradient by s_k.
        const weight = f32x4.mul(gq, responsibility);
        const surplus = f32x4.sub(v128.load(work + (k << 5) + h), responsibility);
        v128.store(gRaw + first, f32x4.mul(gq, surplus));
        for (let i: u32 = 0; i < D; i++) v128.store(gm + (i << 5), f32x4.splat(0));
        let row = m + (D << 5),
          gRow = gm + (D << 5);
        for (let i: u32 = 0; i < D; i++) {
          const u = whitened(x, m, row, i);
          const wu = f32x4.mul(weight, u);
          for (let j: u32 = 0; j < i; j++) {
            const v = f32x4.sub(v128.load(x + (j << 5)), v128.load(m + (j << 5)));
            v128.store(gRow + (j << 5), f32x4.mul(wu, v));
            const old = v128.load(gm + (j << 5));
            v128.store(gm + (j << 5), f32x4.sub(old, f32x4.mul(wu, v128.load(row + (j << 5)))));
          }
          const d = diagonal(row + (i << 5));
          const v = f32x4.sub(v128.load(x + (i << 5)), v128.load(m + (i << 5)));
          const slope = f32x4.sub(f32x4.mul(wu, v), f32x4.mul(weight, f32x4.div(one, d)));
          v128.store(gRow + (i << 5), f32x4.mul(slope, sigmoid4(v128.load(row + (i << 5)))));
          v128.store(gm + (i << 5), f32x4.sub(v128.load(gm + (i << 5)), f32x4.mul(wu, d)));
          row += (i + 1) << 5;
          gRow += (i + 1) << 5;
        }
      }
    }
    g += 32;
    theta += D << 5;
    gRaw += (K * R) << 5;
    raw += (K * R) << 5;
    work += (2 * K) << 5;
  }
}
