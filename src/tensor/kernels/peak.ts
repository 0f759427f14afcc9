// The arithmetic ceiling of this build on this core: thirteen independent accumulators of multiply-add, as
// many as hide the latency of a separate multiply and add within 16 registers.
import { madd, sum4 } from "./simd";

/** Runs 104 n floating-point operations (13 accumulators x 4 lanes x 2) and returns a number that depends on them all. */
export function peak(n: u32): f32 {
  const s = f32x4.splat(0.999),
    o = f32x4.splat(0.001);
  let a = f32x4.splat(1),
    b = f32x4.splat(2),
    c = f32x4.splat(3),
    d = f32x4.splat(4),
    e = f32x4.splat(5),
    f = f32x4.splat(6),
    g = f32x4.splat(7),
    h = f32x4.splat(8),
    i = f32x4.splat(9),
    j = f32x4.splat(10),
    l = f32x4.splat(11),
    m = f32x4.splat(12),
    p = f32x4.splat(13);
  for (let k: u32 = 0; k < n; k++) {
    a = madd(a, s, o);
    b = madd(b, s, o);
    c = madd(c, s, o);
    d = madd(d, s, o);
    e = madd(e, s, o);
    f = madd(f, s, o);
    g = madd(g, s, o);
    h = madd(h, s, o);
    i = madd(i, s, o);
    j = madd(j, s, o);
    l = madd(l, s, o);
    m = madd(m, s, o);
    p = madd(p, s, o);
  }
  const x = f32x4.add(
    f32x4.add(f32x4.add(a, b), f32x4.add(c, d)),
    f32x4.add(f32x4.add(e, f), f32x4.add(g, h)),
  );
  return sum4(f32x4.add(x, f32x4.add(f32x4.add(i, j), f32x4.add(l, f32x4.add(m, p)))));
}
