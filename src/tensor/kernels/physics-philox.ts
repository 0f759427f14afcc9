// Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011, SC'11), eight counters at once in two sets of vectors;
// lanes are blocks.
//
// key = (k0, k1); counter = (block, c1, c2, c3). A block's four words a, b, c, d give two uniforms:
//   ((a >>> 5) 2^26 + (b >>> 6) + 0.5) 2^-53 and the same of c, d; 1 is rounded down to 1 - 2^-53

// biome-ignore format: a table
const C = memory.data<u32>([
  0xd2511f53, 0xd2511f53, 0xd2511f53, 0xd2511f53,
  0xcd9e8d57, 0xcd9e8d57, 0xcd9e8d57, 0xcd9e8d57,
  0, 1, 2, 3,
  4, 5, 6, 7,
], 16);
// biome-ignore format: a table
const D = memory.data<f64>([
  67108864, 67108864,
  0.5, 0.5,
  1.1102230246251565e-16, 1.1102230246251565e-16, // 2^-53
  0.99999999999999988898, 0.99999999999999988898, // 1 - 2^-53
], 16);

/** Upper words of the four products of which `even` holds the first two, `odd` the last two. */
@inline
function upper(first: v128, last: v128): v128 {
  return v128.shuffle<u32>(first, last, 1, 3, 5, 7);
}

@inline
function lower(first: v128, last: v128): v128 {
  return v128.shuffle<u32>(first, last, 0, 2, 4, 6);
}

/** Words of 8 blocks from `block` on: out[0..3] words 0..3 of blocks 0-3, out[4..7] of blocks 4-7. */
@inline
function rounds(out: usize, block: u32, i1: u32, i2: u32, i3: u32, k0: u32, k1: u32): void {
  const m0 = v128.load(C);
  const m1 = v128.load(C, 16);
  const b = i32x4.splat(block);
  let a0 = i32x4.add(b, v128.load(C, 32));
  let b0 = i32x4.add(b, v128.load(C, 48));
  let a1 = i32x4.splat(i1),
    a2 = i32x4.splat(i2),
    a3 = i32x4.splat(i3);
  let b1 = a1,
    b2 = a2,
    b3 = a3;
  for (let r: i32 = 0; r < 10; r++) {
    const key0 = i32x4.splat(k0);
    const key1 = i32x4.splat(k1);
    const ap = i64x2.extmul_low_i32x4_u(a0, m0),
      aq = i64x2.extmul_high_i32x4_u(a0, m0);
    const ar = i64x2.extmul_low_i32x4_u(a2, m1),
      as = i64x2.extmul_high_i32x4_u(a2, m1);
    const bp = i64x2.extmul_low_i32x4_u(b0, m0),
      bq = i64x2.extmul_high_i32x4_u(b0, m0);
    const br = i64x2.extmul_low_i32x4_u(b2, m1),
      bs = i64x2.extmul_high_i32x4_u(b2, m1);
    a0 = v128.xor(v128.xor(upper(ar, as), a1), key0);
    a1 = lower(ar, as);
    a2 = v128.xor(v128.xor(upper(ap, aq), a3), key1);
    a3 = lower(ap, aq);
    b0 = v128.xor(v128.xor(upper(br, bs), b1), key0);
    b1 = lower(br, bs);
    b2 = v128.xor(v128.xor(upper(bp, bq), b3), key1);
    b3 = lower(bp, bq);
    k0 += 0x9e3779b9;
    k1 += 0xbb67ae85;
  }
  v128.store(out, a0);
  v128.store(out, a1, 16);
  v128.store(out, a2, 32);
  v128.store(out, a3, 48);
  v128.store(out, b0, 64);
  v128.store(out, b1, 80);
  v128.store(out, b2, 96);
  v128.store(out, b3, 112);
}

const WORDS = memory.data(128, 16);

/**
 * Uniforms of two blocks from the two lower words of a and b (the first number of a block, or its second).
 */
@inline
function uniforms(a: v128, b: v128): v128 {
  const high = f64x2.convert_low_i32x4_s(i32x4.shr_u(a, 5));
  const low = f64x2.convert_low_i32x4_s(i32x4.shr_u(b, 6));
  const sum = f64x2.add(f64x2.add(f64x2.mul(high, v128.load(D)), low), v128.load(D, 16));
  return f64x2.pmin(v128.load(D, 48), f64x2.mul(sum, v128.load(D, 32)));
}

@inline
function upperHalf(x: v128): v128 {
  return v128.shuffle<u64>(x, x, 1, 1);
}

/** 8 uniforms of 4 blocks in the order of the stream. */
@inline
function storeFour(out: usize, words: usize): void {
  const a = v128.load(words),
    b = v128.load(words, 16),
    c = v128.load(words, 32),
    d = v128.load(words, 48);
  const first = uniforms(a, b);
  const second = uniforms(c, d);
  v128.store(out, v128.shuffle<f64>(first, second, 0, 2));
  v128.store(out, v128.shuffle<f64>(first, second, 1, 3), 16);
  const third = uniforms(upperHalf(a), upperHalf(b));
  const fourth = uniforms(upperHalf(c), upperHalf(d));
  v128.store(out, v128.shuffle<f64>(third, fourth, 0, 2), 32);
  v128.store(out, v128.shuffle<f64>(third, fourth, 1, 3), 48);
}

/** 16 uniforms: blocks `block` to block + 7 of the stream (c1, c2, c3) under the key (k0, k1). */
export function uniforms16(out: usize, block: u32, c1: u32, c2: u32, c3: u32, k0: u32, k1: u32): void {
  rounds(WORDS, block, c1, c2, c3, k0, k1);
  storeFour(out, WORDS);
  storeFour(out + 64, WORDS + 64);
}

/** First n uniforms of a stream. */
export function uniformArray(out: usize, n: i32, c1: u32, c2: u32, c3: u32, k0: u32, k1: u32): void {
  let block: u32 = 0;
  for (; n >= 16; n -= 16) {
    uniforms16(out, block, c1, c2, c3, k0, k1);
    block += 8;
    out += 128;
  }
  if (n == 0) return;
  uniforms16(REST, block, c1, c2, c3, k0, k1);
  memory.copy(out, REST, (<usize>n) << 3);
}

const REST = memory.data(128, 16);
