// Monotone rational-quadratic spline on [-B, B], the identity outside (Durkan, Bekasov, Murray & Papamakarios 2019), one a
// dimension: z[perm[d]] = f_d(x_d). Raw parameters of a dimension, 3K - 1 rows: K widths, K heights, K - 1 slopes at the
// inner knots. Widths and heights are softmaxes above a floor of 1e-3 of the whole, slopes are softplus + 1e-3, and the two
// outer slopes are 1. `work` keeps the softmaxes for the backward pass: [tile][dimension][2K][8].
import { exp4, log4, madd, sigmoid4, softplus4 } from "./simd";

const FLOOR: f32 = 1e-3;
/** softplus(OUTER) + 1e-3 = 1 */
const OUTER: f32 = 0.539742417236952;

// What `locate` finds: the bin of each lane, its corner, its sizes and the raw slopes at its two ends.
let bin: v128 = f32x4.splat(0);
let xk: v128 = f32x4.splat(0);
let yk: v128 = f32x4.splat(0);
let width: v128 = f32x4.splat(0);
let height: v128 = f32x4.splat(0);
let rawLeft: v128 = f32x4.splat(0);
let rawRight: v128 = f32x4.splat(0);

function softmax(u: usize, s: usize, K: u32): void {
  let largest = v128.load(u);
  for (let j: u32 = 1; j < K; j++) largest = f32x4.pmax(largest, v128.load(u + (j << 5)));
  let sum = f32x4.splat(0);
  for (let j: u32 = 0; j < K; j++) {
    const e = exp4(f32x4.sub(v128.load(u + (j << 5)), largest));
    v128.store(s + (j << 5), e);
    sum = f32x4.add(sum, e);
  }
  const scale = f32x4.div(f32x4.splat(1), sum);
  for (let j: u32 = 0; j < K; j++) v128.store(s + (j << 5), f32x4.mul(v128.load(s + (j << 5)), scale));
}

/** The bin that holds v, a value in [-B, B] of the x axis (or, with `vertical`, of the z axis). */
function locate(u: usize, s: usize, K: u32, B: f32, v: v128, vertical: bool): void {
  const floor = f32x4.splat(2 * B * FLOOR),
    scale = f32x4.splat(2 * B * (1 - FLOOR * <f32>K));
  let x = f32x4.splat(-B),
    y = x,
    left = f32x4.splat(OUTER);
  let b = f32x4.splat(0),
    x0 = x,
    y0 = y,
    w0 = x,
    h0 = x,
    l0 = left,
    r0 = left;
  for (let j: u32 = 0; j < K; j++) {
    const w = madd(scale, v128.load(s + (j << 5)), floor),
      h = madd(scale, v128.load(s + ((K + j) << 5)), floor);
    const right = j + 1 < K ? v128.load(u + ((2 * K + j) << 5)) : f32x4.splat(OUTER);
    const here = j == 0 ? i32x4.splat(-1) : f32x4.ge(v, vertical ? y : x);
    b = v128.bitselect(f32x4.splat(<f32>j), b, here);
    x0 = v128.bitselect(x, x0, here);
    y0 = v128.bitselect(y, y0, here);
    w0 = v128.bitselect(w, w0, here);
    h0 = v128.bitselect(h, h0, here);
    l0 = v128.bitselect(left, l0, here);
    r0 = v128.bitselect(right, r0, here);
    x = f32x4.add(x, w);
    y = f32x4.add(y, h);
    left = right;
  }
  bin = b;
  xk = x0;
  yk = y0;
  width = w0;
  height = h0;
  rawLeft = l0;
  rawRight = r0;
}

@inline
function slope(raw: v128): v128 {
  return f32x4.add(softplus4(raw), f32x4.splat(FLOOR));
}

@inline
function clamp(v: v128, B: f32): v128 {
  return f32x4.pmin(f32x4.pmax(v, f32x4.splat(-B)), f32x4.splat(B));
}

// sigma^2 (d1 xi^2 + 2 sigma t + d0 (1 - xi)^2) / den^2, the derivative of the spline.
@inline
function logDerivative(sigma: v128, den: v128, top: v128): v128 {
  const r = f32x4.div(sigma, den);
  return log4(f32x4.mul(f32x4.mul(r, r), top));
}

/** z as above; ld (+)= sum_d log f_d'. */
export function splineForward(
  z: usize,
  x: usize,
  o: usize,
  work: usize,
  ld: usize,
  perm: usize,
  D: u32,
  K: u32,
  B: f32,
  tiles: u32,
  acc: i32,
): void {
  const R = 3 * K - 1;
  const one = f32x4.splat(1),
    two = f32x4.splat(2);
  for (let t: u32 = 0; t < tiles; t++) {
    for (let h: usize = 0; h < 32; h += 16) {
      let total = acc ? v128.load(ld + h) : f32x4.splat(0);
      for (let d: u32 = 0; d < D; d++) {
        const u = o + ((d * R) << 5) + h,
          s = work + ((d * 2 * K) << 5) + h;
        softmax(u, s, K);
        softmax(u + (K << 5), s + (K << 5), K);
        const v = v128.load(x + (d << 5) + h);
        const inside = f32x4.le(f32x4.abs(v), f32x4.splat(B));
        const c = clamp(v, B);
        locate(u, s, K, B, c, false);
        const d0 = slope(rawLeft),
          d1 = slope(rawRight);
        const xi = f32x4.div(f32x4.sub(c, xk), width),
          sigma = f32x4.div(height, width),
          rest = f32x4.sub(one, xi);
        const t0 = f32x4.mul(xi, rest),
          xx = f32x4.mul(xi, xi);
        const a = madd(sigma, xx, f32x4.mul(d0, t0));
        const den = madd(f32x4.sub(f32x4.add(d0, d1), f32x4.mul(two, sigma)), t0, sigma);
        const top = madd(d1, xx, madd(f32x4.mul(two, sigma), t0, f32x4.mul(d0, f32x4.mul(rest, rest))));
        const y = f32x4.add(yk, f32x4.div(f32x4.mul(height, a), den));
        const to = z + (load<u32>(perm + (d << 2)) << 5) + h;
        v128.store(to, v128.bitselect(y, v, inside));
        total = f32x4.add(total, v128.and(logDerivative(sigma, den, top), inside));
      }
      v128.store(ld + h, total);
    }
    z += D << 5;
    x += D << 5;
    o += (D * R) << 5;
    work += (D * 2 * K) << 5;
    ld += 32;
  }
}

// Gradient of K softmax inputs at g from that of bins: `before` for the bins left of this one, `here` for this one.
@inline
function softmaxBackward(g: usize, s: usize, K: u32, scale: v128, before: v128, here: v128): void {
  let sum = f32x4.splat(0);
  for (let j: u32 = 0; j < K; j++) {
    const J = f32x4.splat(<f32>j);
    const part = f32x4.add(v128.and(before, f32x4.lt(J, bin)), v128.and(here, f32x4.eq(J, bin)));
    const scaled = f32x4.mul(scale, part);
    v128.store(g + (j << 5), scaled);
    sum = madd(v128.load(s + (j << 5)), scaled, sum);
  }
  for (let j: u32 = 0; j < K; j++) {
    const p = g + (j << 5);
    v128.store(p, f32x4.mul(v128.load(s + (j << 5)), f32x4.sub(v128.load(p), sum)));
  }
}

/** go (overwritten) and, unless gx = 0, gx (overwritten, or added to if acc) from gz and gld. */
export function splineBackward(
  gx: usize,
  go: usize,
  gz: usize,
  gld: usize,
  x: usize,
  o: usize,
  work: usize,
  perm: usize,
  D: u32,
  K: u32,
  B: f32,
  tiles: u32,
  acc: i32,
): void {
  const R = 3 * K - 1;
  const one = f32x4.splat(1),
    two = f32x4.splat(2);
  const scale = f32x4.splat(2 * B * (1 - FLOOR * <f32>K));
  for (let t: u32 = 0; t < tiles; t++) {
    for (let h: usize = 0; h < 32; h += 16) {
      const gl0 = v128.load(gld + h);
      for (let d: u32 = 0; d < D; d++) {
        const u = o + ((d * R) << 5) + h,
          s = work + ((d * 2 * K) << 5) + h,
          g = go + ((d * R) << 5) + h;
        const v = v128.load(x + (d << 5) + h),
          gOut = v128.load(gz + (load<u32>(perm + (d << 2)) << 5) + h);
        const inside = f32x4.le(f32x4.abs(v), f32x4.splat(B));
        const c = clamp(v, B);
        locate(u, s, K, B, c, false);
        const d0 = slope(rawLeft),
          d1 = slope(rawRight);
        const iw = f32x4.div(one, width);
        const xi = f32x4.mul(f32x4.sub(c, xk), iw),
          sigma = f32x4.mul(height, iw),
          rest = f32x4.sub(one, xi);
        const t0 = f32x4.mul(xi, rest),
          xx = f32x4.mul(xi, xi),
          bend = f32x4.sub(f32x4.add(d0, d1), f32x4.mul(two, sigma));
        const a = madd(sigma, xx, f32x4.mul(d0, t0));
        const iden = f32x4.div(one, madd(bend, t0, sigma));
        const top = madd(d1, xx, madd(f32x4.mul(two, sigma), t0, f32x4.mul(d0, f32x4.mul(rest, rest))));
        const gy = v128.and(gOut, inside),
          gl = v128.and(gl0, inside);
        // y = yk + height a / den;  log f' = 2 log sigma + log top - 2 log den
        const ga = f32x4.mul(f32x4.mul(gy, height), iden),
          gTop = f32x4.div(gl, top),
          gDen = f32x4.neg(f32x4.mul(iden, madd(ga, a, f32x4.mul(two, gl))));
        let gHeight = f32x4.mul(f32x4.mul(gy, a), iden);
        let gSigma = madd(ga, xx, f32x4.div(f32x4.mul(two, gl), sigma));
        gSigma = madd(gDen, f32x4.sub(one, f32x4.mul(two, t0)), gSigma);
        gSigma = madd(f32x4.mul(two, gTop), t0, gSigma);
        const gDenT = f32x4.mul(gDen, t0);
        const gd0 = madd(ga, t0, madd(gTop, f32x4.mul(rest, rest), gDenT)),
          gd1 = madd(gTop, xx, gDenT);
        const gt = madd(ga, d0, madd(gDen, bend, f32x4.mul(f32x4.mul(two, gTop), sigma)));
        let gXi = f32x4.mul(two, f32x4.mul(ga, f32x4.mul(sigma, xi)));
        gXi = madd(f32x4.mul(two, gTop), f32x4.sub(f32x4.mul(d1, xi), f32x4.mul(d0, rest)), gXi);
        gXi = madd(gt, f32x4.sub(one, f32x4.mul(two, xi)), gXi);
        // sigma = height / width, xi = (x - xk) / width
        const gIn = f32x4.mul(gXi, iw);
        gHeight = madd(gSigma, iw, gHeight);
        const gWidth = f32x4.neg(madd(gIn, xi, f32x4.mul(f32x4.mul(gSigma, sigma), iw)));
        softmaxBackward(g, s, K, scale, f32x4.neg(gIn), gWidth);
        softmaxBackward(g + (K << 5), s + (K << 5), K, scale, gy, gHeight);
        const gLeft = f32x4.mul(gd0, sigmoid4(rawLeft)),
          gRight = f32x4.mul(gd1, sigmoid4(rawRight));
        for (let j: u32 = 0; j + 1 < K; j++) {
          const right = v128.and(gRight, f32x4.eq(f32x4.splat(<f32>j), bin)),
            left = v128.and(gLeft, f32x4.eq(f32x4.splat(<f32>(j + 1)), bin));
          v128.store(g + ((2 * K + j) << 5), f32x4.add(left, right));
        }
        if (gx) {
          let out = v128.bitselect(gIn, gOut, inside);
          if (acc) out = f32x4.add(out, v128.load(gx + (d << 5) + h));
          v128.store(gx + (d << 5) + h, out);
        }
      }
    }
    if (gx) gx += D << 5;
    go += (D * R) << 5;
    gz += D << 5;
    gld += 32;
    x += D << 5;
    o += (D * R) << 5;
    work += (D * 2 * K) << 5;
  }
}

/** x_d = f_d^-1(z[perm[d]]) for one dimension d (eq. 6-8 of the paper); ld += log f_d'(x_d). */
export function splineInverse(
  x: usize,
  z: usize,
  o: usize,
  work: usize,
  ld: usize,
  perm: usize,
  D: u32,
  d: u32,
  K: u32,
  B: f32,
  tiles: u32,
): void {
  const R = 3 * K - 1;
  const one = f32x4.splat(1),
    two = f32x4.splat(2);
  z += load<u32>(perm + (d << 2)) << 5;
  x += d << 5;
  o += (d * R) << 5;
  for (let t: u32 = 0; t < tiles; t++) {
    for (let h: usize = 0; h < 32; h += 16) {
      const u = o + h,
        s = work + h;
      softmax(u, s, K);
      softmax(u + (K << 5), s + (K << 5), K);
      const v = v128.load(z + h);
      const inside = f32x4.le(f32x4.abs(v), f32x4.splat(B));
      const c = clamp(v, B);
      locate(u, s, K, B, c, true);
      const d0 = slope(rawLeft),
        d1 = slope(rawRight),
        sigma = f32x4.div(height, width);
      const bend = f32x4.sub(f32x4.add(d0, d1), f32x4.mul(two, sigma)),
        y = f32x4.sub(c, yk);
      // qa xi^2 + qb xi + qc = 0, the root in [0, 1] in the form without cancellation
      const qa = madd(y, bend, f32x4.mul(height, f32x4.sub(sigma, d0))),
        qb = f32x4.sub(f32x4.mul(height, d0), f32x4.mul(y, bend)),
        qc = f32x4.neg(f32x4.mul(sigma, y));
      const square = f32x4.sub(f32x4.mul(qb, qb), f32x4.mul(f32x4.splat(4), f32x4.mul(qa, qc)));
      const root = f32x4.sqrt(f32x4.pmax(square, f32x4.splat(0)));
      const xi = f32x4.div(f32x4.mul(two, qc), f32x4.neg(f32x4.add(qb, root)));
      const rest = f32x4.sub(one, xi);
      const t0 = f32x4.mul(xi, rest);
      const den = madd(bend, t0, sigma);
      const top = madd(
        d1,
        f32x4.mul(xi, xi),
        madd(f32x4.mul(two, sigma), t0, f32x4.mul(d0, f32x4.mul(rest, rest))),
      );
      v128.store(x + h, v128.bitselect(madd(xi, width, xk), v, inside));
      const l = v128.and(logDerivative(sigma, den, top), inside);
      v128.store(ld + h, f32x4.add(v128.load(ld + h), l));
    }
    z += D << 5;
    x += D << 5;
    o += (D * R) << 5;
    ld += 32;
  }
}
