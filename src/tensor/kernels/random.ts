// Philox4x32-10 (Salmon, Moraes, Dror & Shaw, SC11 2011), four counters at a time, and what is drawn from it. A draw is a
// function of key and counter alone, so chunks and threads do not matter.
import { log4, madd } from "./simd";

const M0: u32 = 0xd2511f53;
const M1: u32 = 0xcd9e8d57;
const W0: u32 = 0x9e3779b9;
const W1: u32 = 0xbb67ae85;

// Low and high halves of the products of four lanes with m.
@inline
function high(a: v128, m: v128): v128 {
  return v128.shuffle<i32>(i64x2.extmul_low_i32x4_u(a, m), i64x2.extmul_high_i32x4_u(a, m), 1, 3, 5, 7);
}

let x0: v128 = i32x4.splat(0);
let x1: v128 = i32x4.splat(0);
let x2: v128 = i32x4.splat(0);
let x3: v128 = i32x4.splat(0);

/** Sets x0..x3 to the blocks of the counters (c0 + lane, c1, c2, c3). */
function philox(c0: u32, c1: u32, c2: u32, c3: u32, key0: u32, key1: u32): void {
  let a = i32x4.add(i32x4.splat(c0), i32x4(0, 1, 2, 3)),
    b = i32x4.splat(c1),
    c = i32x4.splat(c2),
    d = i32x4.splat(c3);
  const m0 = i32x4.splat(M0),
    m1 = i32x4.splat(M1);
  for (let i = 0; i < 10; i++) {
    const h0 = high(a, m0),
      l0 = i32x4.mul(a, m0),
      h1 = high(c, m1),
      l1 = i32x4.mul(c, m1);
    a = v128.xor(v128.xor(h1, b), i32x4.splat(key0));
    c = v128.xor(v128.xor(h0, d), i32x4.splat(key1));
    b = l1;
    d = l0;
    key0 += W0;
    key1 += W1;
  }
  x0 = a;
  x1 = b;
  x2 = c;
  x3 = d;
}

// (u + 1/2) / 2^32 in (0, 1]
@inline
function unit(u: v128): v128 {
  return f32x4.mul(f32x4.add(f32x4.convert_i32x4_u(u), f32x4.splat(0.5)), f32x4.splat(2.3283064365386963e-10));
}

// Box-Muller: radius from u, angle 2 pi v; stores r cos at p and r sin at p + 16. The two top bits of v give the quadrant,
// the rest an angle in [-pi/4, pi/4).
@inline
function pair(p: usize, u: v128, v: v128): void {
  const r = f32x4.sqrt(f32x4.mul(f32x4.splat(-2), f32x4.pmin(log4(unit(u)), f32x4.splat(0))));
  const quadrant = i32x4.shr_u(i32x4.add(v, i32x4.splat(0x20000000)), 30);
  const rest = i32x4.sub(v, i32x4.shl(quadrant, 30));
  const a = f32x4.mul(f32x4.convert_i32x4_s(rest), f32x4.splat(1.4629180792671596e-9));
  const z = f32x4.mul(a, a);
  let s = madd(z, f32x4.splat(-1.9515295891e-4), f32x4.splat(8.3321608736e-3));
  s = madd(s, z, f32x4.splat(-1.6666654611e-1));
  s = madd(f32x4.mul(s, z), a, a);
  let c = madd(z, f32x4.splat(2.443315711809948e-5), f32x4.splat(-1.388731625493765e-3));
  c = madd(c, z, f32x4.splat(4.166664568298827e-2));
  c = madd(f32x4.mul(c, z), z, madd(z, f32x4.splat(-0.5), f32x4.splat(1)));
  const odd = i32x4.ne(v128.and(quadrant, i32x4.splat(1)), i32x4.splat(0));
  const sine = v128.bitselect(c, s, odd),
    cosine = v128.bitselect(s, c, odd);
  const signS = i32x4.shl(v128.and(quadrant, i32x4.splat(2)), 30),
    signC = i32x4.shl(v128.and(i32x4.add(quadrant, i32x4.splat(1)), i32x4.splat(2)), 30);
  v128.store(p, f32x4.mul(r, v128.xor(cosine, signC)));
  v128.store(p, f32x4.mul(r, v128.xor(sine, signS)), 16);
}

/**
 * Standard normals z[t][d][8] of tiles first, first + 1, ...: features 2i and 2i + 1 of tile t come from the counters
 * (4 i + lane, t, c2, c3). `spare` holds one feature row (8 floats) for odd D.
 */
export function normals(
  z: usize,
  D: usize,
  tiles: usize,
  first: u32,
  c2: u32,
  c3: u32,
  key0: u32,
  key1: u32,
  spare: usize,
): void {
  for (let t: usize = 0; t < tiles; t++) {
    for (let d: usize = 0; d < D; d += 2) {
      philox(<u32>d << 1, first + <u32>t, c2, c3, key0, key1);
      pair(z + (d << 5), x0, x1);
      pair(d + 1 < D ? z + ((d + 1) << 5) : spare, x2, x3);
    }
    z += D << 5;
  }
}

/** out[i] in [-scale, scale], i < n (a multiple of 16), from the counters (i / 4.., c1, c2, c3). */
export function uniforms(out: usize, n: usize, scale: f32, c1: u32, c2: u32, c3: u32, key0: u32, key1: u32): void {
  const S = f32x4.splat(2 * scale),
    shift = f32x4.splat(-scale);
  for (let i: usize = 0; i < n; i += 16) {
    philox(<u32>i >> 2, c1, c2, c3, key0, key1);
    v128.store(out, madd(unit(x0), S, shift));
    v128.store(out, madd(unit(x1), S, shift), 16);
    v128.store(out, madd(unit(x2), S, shift), 32);
    v128.store(out, madd(unit(x3), S, shift), 48);
    out += 64;
  }
}

/** The four words of one Philox block, for comparison with the published vectors. */
export function philoxBlock(out: usize, c0: u32, c1: u32, c2: u32, c3: u32, key0: u32, key1: u32): void {
  philox(c0, c1, c2, c3, key0, key1);
  store<u32>(out, i32x4.extract_lane(x0, 0));
  store<u32>(out, i32x4.extract_lane(x1, 0), 4);
  store<u32>(out, i32x4.extract_lane(x2, 0), 8);
  store<u32>(out, i32x4.extract_lane(x3, 0), 12);
}

/** Random order of 0..n-1 (Fisher-Yates), u32, from the counters (i, c1, c2, c3). */
export function shuffle(order: usize, n: u32, c1: u32, c2: u32, c3: u32, key0: u32, key1: u32): void {
  for (let i: u32 = 0; i < n; i++) store<u32>(order + (<usize>i << 2), i);
  for (let i: u32 = n - 1; i > 0 && i < n; i--) {
    if ((n - 1 - i) % 4 == 0) philox(i, c1, c2, c3, key0, key1);
    const k = (n - 1 - i) % 4;
    const word: u32 =
      k == 0
        ? i32x4.extract_lane(x0, 0)
        : k == 1
          ? i32x4.extract_lane(x1, 0)
          : k == 2
            ? i32x4.extract_lane(x2, 0)
            : i32x4.extract_lane(x3, 0);
    const j = <u32>((<u64>word * <u64>(i + 1)) >> 32);
    const p = order + (<usize>i << 2),
      q = order + (<usize>j << 2);
    const v = load<u32>(p);
    store<u32>(p, load<u32>(q));
    store<u32>(q, v);
  }
}
