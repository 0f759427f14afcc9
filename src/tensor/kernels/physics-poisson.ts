// Exact Poisson draws. A row of means uses one random stream from its start, in order:
//
//   mean < 10: inversion with one uniform u: the smallest k with u <= cdf(k), terms added from k = 0 on;
//   mean >= 10: transformed rejection with squeeze, PTRS of Hoermann 1993 (Insurance: Math. and Econ. 12, 39), two
//   uniforms a trial. The acceptance compares log densities as
//     ln(...) <= ln p(k) = -bd0(k, mean) - delta(k) - ln(2 pi k) / 2,   bd0 = k ln(k / mean) + mean - k
//   (Loader 2000, "Fast and accurate computation of binomial probabilities"), which does not cancel for large means.
import { expNear } from "./physics-exp";
import { log } from "./physics-log";
import { uniforms16 } from "./physics-philox";

const TWO_PI = 6.283185307179586;

// delta(k) = ln k! - (k + 1/2) ln k + k - ln(2 pi) / 2: given for k < 16 (0 not used), from there Stirling's
// series; a table for k < 64, where a branch at 16 would be mispredicted. biome-ignore format: a table
const SMALL = memory.data<f64>([
  0.0, 0.08106146679532726, 0.0413406959554093, 0.02767792568499834, 0.020790672103765093,
  0.016644691189821193, 0.013876128823070748, 0.01189670994589177, 0.010411265261972096, 0.009255462182712733,
  0.00833056343336287, 0.007573675487951841, 0.00694284010720953, 0.006408994188004207, 0.0059513701127588475, 0.005554733551962801,
], 16);
const DELTA = memory.data(64 * 8, 16);
memory.copy(DELTA, SMALL, 16 * 8);
for (let k: i32 = 16; k < 64; k++) store<f64>(DELTA + ((<usize>k) << 3), stirling(<f64>k));

@inline
function stirling(k: f64): f64 {
  const x = 1 / k;
  const y = x * x;
  return (1.0 / 12.0 - y * (1.0 / 360.0 - y * (1.0 / 1260.0 - y * (1.0 / 1680.0 - y * (1.0 / 1188.0))))) * x;
}

@inline
function delta(k: f64): f64 {
  return k < 64 ? load<f64>(DELTA + ((<usize>(<u32>k)) << 3)) : stirling(k);
}

/** P of 2 atanh(d) = 2 d + d z P(z), z = d^2: minimax of degree 8 for |d| < 0.34, relative error 8e-17. */
@inline
function atanhPolynomial(z: f64): f64 {
  const w = z * z;
  const even =
    0.6666666666668319 +
    w *
      (0.2857142923987912 + w * (0.18183073438067548 + w * (0.13625896599203743 + w * 0.18155104354559706)));
  const odd =
    0.3999999999433206 + w * (0.22222183646523924 + w * (0.15360080303379486 + w * 0.09703675771465299));
  return even + z * odd;
}

/**
 * k ln(k / mean) + mean - k. Near k = mean by 2 atanh(d), d = (k - mean) / (k + mean), without cancellation.
 */
@inline
function deviance(k: f64, mean: f64): f64 {
  const difference = k - mean;
  const d = difference / (k + mean);
  if (abs(d) >= 0.34) return k * log(k / mean) - difference;
  const z = d * d;
  return d * (difference + k * z * atanhPolynomial(z));
}

/** True where v, under the hat of PTRS at (u, k), lies below the density. */
@inline
function accept(mean: f64, k: f64, v: f64, us: f64, a: f64, b: f64): bool {
  // v (1.1239 + 1.1328 / (b - 3.4)) / (a / us^2 + b), with one division
  const us2 = us * us;
  const ratio = (v * us2 * (1.1239 * (b - 3.4) + 1.1328)) / ((b - 3.4) * (a + b * us2));
  if (k == 0) return log(ratio) <= -mean;
  return 0.5 * log(ratio * ratio * (TWO_PI * k)) <= -deviance(k, mean) - delta(k);
}

// The stream of the row in work: its words, the next block, and a buffer of 32 uniforms with the place of the
// next one.
let index0: u32 = 0,
  index1: u32 = 0,
  name: u32 = 0,
  key0: u32 = 0,
  key1: u32 = 0;
let block: u32 = 0;
const BUFFER = memory.data(256, 16);
const BUFFER_END: usize = BUFFER + 256;
let next: usize = 0;

@inline
function startStream(index: u64, hash: u32, k0: u32, k1: u32): void {
  index0 = <u32>index;
  index1 = <u32>(index >> 32);
  name = hash;
  key0 = k0;
  key1 = k1;
  block = 0;
  next = BUFFER_END;
}

function refill(): void {
  uniforms16(BUFFER, block, index0, index1, name, key0, key1);
  uniforms16(BUFFER + 128, block + 8, index0, index1, name, key0, key1);
  block += 16;
  next = BUFFER;
}

@inline
function uniform(): f64 {
  if (next == BUFFER_END) refill();
  const u = load<f64>(next);
  next += 8;
  return u;
}

/** 1 / k. For means below 10 the sum of an inversion no longer changes before k = 64. */
const INVERSE = memory.data(65 * 8, 16);
for (let k: i32 = 1; k < 65; k++) store<f64>(INVERSE + ((<usize>k) << 3), 1 / <f64>k);

/** Inversion; p0 = exp(-mean). Ends also where a term no longer changes the sum. */
@inline
function invert(mean: f64, p0: f64): f64 {
  const u = uniform();
  let k = INVERSE;
  let p = p0;
  let cdf = p0;
  while (u > cdf) {
    k += 8;
    p *= mean * load<f64>(k);
    const sum = cdf + p;
    if (sum == cdf) break;
    cdf = sum;
  }
  return <f64>(<i32>((k - INVERSE) >> 3));
}

@inline
function transformedRejection(mean: f64): f64 {
  const b = 0.931 + 2.53 * sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  while (true) {
    const u = uniform() - 0.5;
    const v = uniform();
    const us = 0.5 - abs(u);
    const k = floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && (0.9277 - v) * (b - 2) >= 3.6224) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (accept(mean, k, v, us, a, b)) return k;
  }
}

/**
 * exp(-mean) where mean < 10 (elsewhere of 10), two at a time. False where a mean is negative, NaN or
 * infinite.
 */
function prepareRow(scratch: usize, means: usize, n: i32): bool {
  const zero = f64x2.splat(0);
  let valid = i64x2.splat(-1);
  const end = means + ((<usize>(n & ~1)) << 3);
  while (means < end) {
    const m = v128.load(means);
    valid = v128.and(valid, v128.and(f64x2.ge(m, zero), f64x2.lt(m, f64x2.splat(Infinity))));
    v128.store(scratch, expNear(f64x2.neg(f64x2.pmin(f64x2.splat(10), m))));
    means += 16;
    scratch += 16;
  }
  if (n & 1) {
    const m = v128.load64_splat(means);
    valid = v128.and(valid, v128.and(f64x2.ge(m, zero), f64x2.lt(m, f64x2.splat(Infinity))));
    store<f64>(scratch, f64x2.extract_lane(expNear(f64x2.neg(f64x2.pmin(f64x2.splat(10), m))), 0));
  }
  return i64x2.all_true(valid);
}

/**
 * One row: out[i] drawn with means[i], as doubles. `scratch`: n doubles. False where a mean is not a finite
 * number >= 0.
 */
export function poissonRow(
  out: usize,
  means: usize,
  scratch: usize,
  n: i32,
  index: u64,
  hash: u32,
  k0: u32,
  k1: u32,
): bool {
  if (!prepareRow(scratch, means, n)) return false;
  startStream(index, hash, k0, k1);
  const bytes = (<usize>n) << 3;
  for (let o: usize = 0; o < bytes; o += 8) {
    const mean = load<f64>(means + o);
    store<f64>(out + o, mean < 10 ? invert(mean, load<f64>(scratch + o)) : transformedRejection(mean));
  }
  return true;
}

/**
 * Rows of means (rows, n) -> counts (rows, n), both float64; row i uses stream index + i. -1, or the first
 * bad row.
 */
export function poissonRows(
  out: usize,
  means: usize,
  scratch: usize,
  rows: i32,
  n: i32,
  index0: u32,
  index1: u32,
  hash: u32,
  k0: u32,
  k1: u32,
): i32 {
  let index = <u64>index0 | ((<u64>index1) << 32);
  const stride = (<usize>n) << 3;
  for (let r: i32 = 0; r < rows; r++) {
    if (!poissonRow(out, means, scratch, n, index, hash, k0, k1)) return r;
    index++;
    out += stride;
    means += stride;
  }
  return -1;
}
