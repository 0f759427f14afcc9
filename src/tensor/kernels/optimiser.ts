/**
 * Adam (Kingma & Ba 2015) on n floats, a multiple of 4: with g' = scale g,
 * m = b1 m + (1 - b1) g', v = b2 v + (1 - b2) g'^2, p -= rate m / (sqrt(v correction) + epsilon).
 * `rate` holds the learning rate over 1 - b1^t, `correction` is 1 / (1 - b2^t).
 */
export function adam(
  p: usize,
  g: usize,
  m: usize,
  v: usize,
  n: usize,
  scale: f32,
  rate: f32,
  b1: f32,
  b2: f32,
  epsilon: f32,
  correction: f32,
): void {
  const S = f32x4.splat(scale),
    B1 = f32x4.splat(b1),
    B2 = f32x4.splat(b2),
    C1 = f32x4.splat(1 - b1),
    C2 = f32x4.splat(1 - b2),
    R = f32x4.splat(rate),
    E = f32x4.splat(epsilon),
    K = f32x4.splat(correction);
  const end = n << 2;
  for (let i: usize = 0; i < end; i += 16) {
    const gradient = f32x4.mul(v128.load(g + i), S);
    const first = f32x4.add(f32x4.mul(v128.load(m + i), B1), f32x4.mul(gradient, C1));
    const second = f32x4.add(f32x4.mul(v128.load(v + i), B2), f32x4.mul(f32x4.mul(gradient, gradient), C2));
    v128.store(m + i, first);
    v128.store(v + i, second);
    const step = f32x4.div(f32x4.mul(R, first), f32x4.add(f32x4.sqrt(f32x4.mul(second, K)), E));
    v128.store(p + i, f32x4.sub(v128.load(p + i), step));
  }
}
