// Half the C-statistic of counts x against rates exp(r), one feature a bin, without the part that depends on the counts alone.
import { exp4, madd } from "./simd";

/** q[t][j] = sum_c exp(r_c) - x_c r_c, times `scale`. */
export function poissonEnergy(q: usize, r: usize, x: usize, C: u32, scale: f32, tiles: u32): void {
  for (let t: u32 = 0; t < tiles; t++) {
    for (let h: usize = 0; h < 32; h += 16) {
      let sum = f32x4.splat(0);
      for (let c: u32 = 0; c < C; c++) {
        const rate = v128.load(r + (c << 5) + h);
        sum = f32x4.add(sum, madd(f32x4.neg(v128.load(x + (c << 5) + h)), rate, exp4(rate)));
      }
      v128.store(q + h, f32x4.mul(sum, f32x4.splat(scale)));
    }
    q += 32;
    r += C << 5;
    x += C << 5;
  }
}

/** gr = gq scale (exp(r) - x). */
export function poissonEnergyBackward(
  gr: usize,
  gq: usize,
  r: usize,
  x: usize,
  C: u32,
  scale: f32,
  tiles: u32,
): void {
  for (let t: u32 = 0; t < tiles; t++) {
    for (let h: usize = 0; h < 32; h += 16) {
      const g = f32x4.mul(v128.load(gq + h), f32x4.splat(scale));
      for (let c: u32 = 0; c < C; c++) {
        const difference = f32x4.sub(exp4(v128.load(r + (c << 5) + h)), v128.load(x + (c << 5) + h));
        v128.store(gr + (c << 5) + h, f32x4.mul(g, difference));
      }
    }
    gq += 32;
    gr += C << 5;
    r += C << 5;
    x += C << 5;
  }
}
