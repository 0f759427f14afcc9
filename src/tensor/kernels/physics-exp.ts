// Exponential function in double precision, two numbers a vector, with its own arithmetic, so that the bits
// are the same in every engine.
//
//   x = k ln 2 + r, k = round(x / ln 2), |r| <= ln 2 / 2;   exp(x) = 2^k (1 + r + r^2 Q(r))
//
// Q: minimax polynomial of degree 8 (Remez exchange, weight r^2 / e^r), relative error of the sum 2.9e-16.
// ln 2 is split in a part of 38 bits (k times it is exact) and a rest.
// Constants stand in memory: V8 would rebuild vector constants inside the loops.

// biome-ignore format: a table
const C = memory.data<f64>([
  1.4426950408889634, 1.4426950408889634, // 0: 1 / ln 2
  6755399441055744, 6755399441055744, // 16: 1.5 * 2^52; adding it rounds to an integer, found in the low bits
  0.6931471805582987, 0.6931471805582987, // 32: ln 2, upper 38 bits
  1.6465949582897082e-12, 1.6465949582897082e-12, // 48: ln 2, rest
  0.49999999999998324, 0.49999999999998324, // 64: Q
  0.16666666666611513, 0.16666666666611513,
  0.04166666666813741, 0.04166666666813741,
  0.0083333333708921, 0.0083333333708921,
  0.0013888888516073422, 0.0013888888516073422,
  0.00019841185203057628, 0.00019841185203057628,
  2.480193177991432e-5, 2.480193177991432e-5,
  2.763500604211804e-6, 2.763500604211804e-6,
  2.7476808436201135e-7, 2.7476808436201135e-7,
  1.0, 1.0, // 208
  708.0, 708.0, // 224: results between 2^-1021 and 2^1021, reached by one scaling
  800.0, 800.0, // 240: beyond, exp is 0 or Infinity in any case
  0.5, 0.5, // 256
], 16);

@inline
export function at(offset: usize): v128 {
  return v128.load(C + offset);
}

/** x / ln 2 rounded to an integer, plus 1.5 * 2^52. */
@inline
function shifted(x: v128): v128 {
  return f64x2.add(f64x2.mul(x, at(0)), at(16));
}

/** exp(x - k ln 2). */
@inline
function mantissa(x: v128, k: v128): v128 {
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(k, at(32))), f64x2.mul(k, at(48)));
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const q01 = f64x2.add(at(64), f64x2.mul(at(80), r));
  const q23 = f64x2.add(at(96), f64x2.mul(at(112), r));
  const q45 = f64x2.add(at(128), f64x2.mul(at(144), r));
  const q67 = f64x2.add(at(160), f64x2.mul(at(176), r));
  const low = f64x2.add(q01, f64x2.mul(q23, r2));
  const high = f64x2.add(f64x2.add(q45, f64x2.mul(q67, r2)), f64x2.mul(at(192), r4));
  const q = f64x2.add(low, f64x2.mul(high, r4));
  return f64x2.add(f64x2.add(f64x2.mul(r2, q), r), at(208));
}

/** exp(x) for |x| <= 708: 2^k is added to the exponent bits. */
@inline
export function expNear(x: v128): v128 {
  const t = shifted(x);
  return i64x2.add(mantissa(x, f64x2.sub(t, at(16))), i64x2.shl(t, 52));
}

/** exp(x) for every x, subnormal results included: 2^k as a product of two factors. NaN gives NaN. */
function expAny(x: v128): v128 {
  const y = f64x2.min(f64x2.max(x, f64x2.neg(at(240))), at(240));
  const k = f64x2.sub(shifted(y), at(16));
  const half = f64x2.add(f64x2.mul(k, at(256)), at(16));
  const rest = f64x2.add(f64x2.sub(k, f64x2.sub(half, at(16))), at(16));
  const first = i64x2.add(i64x2.shl(half, 52), at(208));
  const second = i64x2.add(i64x2.shl(rest, 52), at(208));
  return f64x2.mul(f64x2.mul(mantissa(y, k), first), second);
}

@inline
function near(x: v128): v128 {
  return f64x2.le(f64x2.abs(x), at(224));
}

@inline
function expVector(x: v128): v128 {
  return i64x2.all_true(near(x)) ? expNear(x) : expAny(x);
}

/** out[i] = exp(x[i]), n doubles; `out` may be `x`. */
export function expArray(out: usize, x: usize, n: i32): void {
  const end = x + ((<usize>n) << 3);
  const end4 = x + ((<usize>(n & ~3)) << 3);
  while (x < end4) {
    const a = v128.load(x);
    const b = v128.load(x, 16);
    if (i64x2.all_true(v128.and(near(a), near(b)))) {
      v128.store(out, expNear(a));
      v128.store(out, expNear(b), 16);
    } else {
      v128.store(out, expVector(a));
      v128.store(out, expVector(b), 16);
    }
    x += 32;
    out += 32;
  }
  while (x < end) {
    store<f64>(out, f64x2.extract_lane(expVector(v128.load64_splat(x)), 0));
    x += 8;
    out += 8;
  }
}
