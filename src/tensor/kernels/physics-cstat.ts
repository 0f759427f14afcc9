// Poisson deviance (C-stat) of rows of expected counts:  2 sum_c m - n + n ln(n / m),  m = max(mu, floor).
// Every term is >= 0, so the plain sum (two lanes and their sum) loses nothing by cancellation; a term is
// formed from ln(m / n), which is small where m is close to n.
import { isNormal, log, logNormal } from "./physics-log";

function term(mean: f64, n: f64, floor: f64): f64 {
  const m = mean < floor ? floor : mean;
  return n > 0 && m != Infinity ? m - n - n * log(m / n) : m;
}

@inline
function terms(mean: v128, n: v128, floor: v128): v128 {
  const one = f64x2.splat(1);
  const m = f64x2.pmax(mean, floor);
  const some = f64x2.gt(n, f64x2.splat(0));
  const ratio = f64x2.div(v128.bitselect(m, one, some), v128.bitselect(n, one, some));
  if (i64x2.all_true(isNormal(ratio))) {
    return f64x2.sub(f64x2.sub(m, n), f64x2.mul(n, logNormal(ratio)));
  }
  const first = term(f64x2.extract_lane(mean, 0), f64x2.extract_lane(n, 0), f64x2.extract_lane(floor, 0));
  const second = term(f64x2.extract_lane(mean, 1), f64x2.extract_lane(n, 1), f64x2.extract_lane(floor, 1));
  return f64x2.replace_lane(f64x2.splat(first), 1, second);
}

/**
 * out[i] = factor times the sum for row i; row i of the counts is at counts + i countStride (bytes, 0: the
 * same for all).
 */
export function deviances(
  out: usize,
  means: usize,
  counts: usize,
  countStride: usize,
  rows: i32,
  n: i32,
  floor: f64,
  factor: f64,
): void {
  const pairs = (<usize>(n & ~1)) << 3;
  const floors = f64x2.splat(floor);
  for (let r: i32 = 0; r < rows; r++) {
    let sum = f64x2.splat(0);
    for (let o: usize = 0; o < pairs; o += 16) {
      sum = f64x2.add(sum, terms(v128.load(means + o), v128.load(counts + o), floors));
    }
    let total = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
    if (n & 1) total += term(load<f64>(means + pairs), load<f64>(counts + pairs), floor);
    store<f64>(out, factor * total);
    out += 8;
    means += (<usize>n) << 3;
    counts += countStride;
  }
}
