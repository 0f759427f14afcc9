// Natural logarithm in double precision, with its own arithmetic; scalar and two numbers a vector, the same
// bits.
//
//   x = 2^k m, sqrt(1/2) <= m < sqrt 2;   f = m - 1, s = f / (2 + f), ln m = 2 atanh(s) = 2 s + s R(s^2)
//   ln x = k ln 2 + f - (f^2 / 2 - s (f^2 / 2 + R))        (arranged so that f is added last: error below 1 ulp)
//
// R(z) = z P(z), P: minimax polynomial of degree 6 (Remez exchange), error 1.2e-18 relative to ln m.

const SPLIT: u64 = 0x3fe6a09e667f3bcd; // bits of sqrt(1/2)
const LN2_HIGH = 0.6931471805582987;
const LN2_LOW = 1.6465949582897082e-12;
const P0 = 0.6666666666666735;
const P1 = 0.3999999999941109;
const P2 = 0.28571428743262356;
const P3 = 0.2222219847604017;
const P4 = 0.18183569736205463;
const P5 = 0.15313903354625763;
const P6 = 0.1479750650445198;

// biome-ignore format: a table
const C = memory.data<f64>([
  P0, P0, P1, P1, P2, P2, P3, P3, P4, P4, P5, P5, P6, P6, // 0 .. 96
  LN2_HIGH, LN2_HIGH, // 112
  LN2_LOW, LN2_LOW, // 128
  0.5, 0.5, // 144
  1, 1, // 160
  2, 2, // 176; its bits are 0x4000000000000000
  4503599627371520, 4503599627371520, // 192: 2^52 + 1024
  4503599627370496, 4503599627370496, // 208: 2^52
  2.2250738585072014e-308, 2.2250738585072014e-308, // 224: smallest normal number
  1.7976931348623157e308, 1.7976931348623157e308, // 240: largest
], 16);
// biome-ignore format: a table
const BITS = memory.data<u64>([
  0x4000000000000000 - SPLIT, 0x4000000000000000 - SPLIT,
  0xfff0000000000000, 0xfff0000000000000,
], 16);

@inline
function at(offset: usize): v128 {
  return v128.load(C + offset);
}

/** R(z) of the head of this file. */
@inline
function atanhTail(z: f64): f64 {
  const w = z * z;
  return z * (P0 + w * (P2 + w * (P4 + w * P6))) + w * (P1 + w * (P3 + w * P5));
}

/** Lanes whose logarithm `logNormal` gives: positive, finite, not subnormal. */
@inline
export function isNormal(x: v128): v128 {
  return v128.and(f64x2.ge(x, at(224)), f64x2.le(x, at(240)));
}

/** ln x for positive normal numbers. */
@inline
export function logNormal(x: v128): v128 {
  const u = i64x2.add(x, v128.load(BITS));
  const k = f64x2.sub(v128.or(i64x2.shr_u(u, 52), at(208)), at(192));
  const m = i64x2.sub(i64x2.add(x, at(176)), v128.and(u, v128.load(BITS, 16)));
  const f = f64x2.sub(m, at(160));
  const s = f64x2.div(f, f64x2.add(at(176), f));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  const even = f64x2.add(
    at(0),
    f64x2.mul(w, f64x2.add(at(32), f64x2.mul(w, f64x2.add(at(64), f64x2.mul(w, at(96)))))),
  );
  const odd = f64x2.add(at(16), f64x2.mul(w, f64x2.add(at(48), f64x2.mul(w, at(80)))));
  const tail = f64x2.add(f64x2.mul(z, even), f64x2.mul(w, odd));
  const h = f64x2.mul(f64x2.mul(f, at(144)), f);
  const inner = f64x2.add(f64x2.mul(s, f64x2.add(h, tail)), f64x2.mul(k, at(128)));
  return f64x2.sub(f64x2.mul(k, at(112)), f64x2.sub(f64x2.sub(h, inner), f));
}

/** ln x; -Infinity at 0, NaN below and at NaN. */
export function log(x: f64): f64 {
  if (!(x > 0)) return x == 0 ? -Infinity : NaN;
  if (x == Infinity) return x;
  let k: f64 = -1024;
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984; // 2^54
    k -= 54;
  }
  const u = reinterpret<u64>(x) + (0x4000000000000000 - SPLIT);
  k += <f64>(<i64>(u >> 52));
  const m = reinterpret<f64>(reinterpret<u64>(x) + 0x4000000000000000 - (u & 0xfff0000000000000));
  const f = m - 1;
  const s = f / (2 + f);
  const h = f * 0.5 * f;
  const inner = s * (h + atanhTail(s * s)) + k * LN2_LOW;
  return k * LN2_HIGH - (h - inner - f);
}

/** out[i] = ln x[i], n doubles; `out` may be `x`. */
export function logArray(out: usize, x: usize, n: i32): void {
  const end = x + ((<usize>n) << 3);
  const end2 = x + ((<usize>(n & ~1)) << 3);
  while (x < end2) {
    const a = v128.load(x);
    if (i64x2.all_true(isNormal(a))) {
      v128.store(out, logNormal(a));
    } else {
      store<f64>(out, log(f64x2.extract_lane(a, 0)));
      store<f64>(out, log(f64x2.extract_lane(a, 1)), 8);
    }
    x += 16;
    out += 16;
  }
  if (x < end) store<f64>(out, log(load<f64>(x)));
}
