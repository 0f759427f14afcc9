// Standard normal base: energy of a latent point under a transform with log-determinant ld.
import { madd } from "./simd";

const HALF_LOG_2PI: f32 = 0.9189385332046727;

/** q[t][j] = sum_d z_d^2 / 2 + D/2 log(2 pi) - ld = -log density. */
export function normalEnergy(q: usize, z: usize, ld: usize, D: usize, tiles: usize): void {
  const constant = f32x4.splat(HALF_LOG_2PI * <f32>D);
  for (let t: usize = 0; t < tiles; t++) {
    for (let h: usize = 0; h < 32; h += 16) {
      let s = f32x4.splat(0);
      for (let d: usize = 0; d < D; d++) {
        const v = v128.load(z + (d << 5) + h);
        s = madd(v, v, s);
      }
      v128.store(q + h, f32x4.sub(madd(s, f32x4.splat(0.5), constant), v128.load(ld + h)));
    }
    q += 32;
    z += D << 5;
    ld += 32;
  }
}

/** gz (+)= gq z and gld (+)= -gq. */
export function normalEnergyBackward(
  gz: usize,
  accZ: i32,
  gld: usize,
  accLd: i32,
  gq: usize,
  z: usize,
  D: usize,
  tiles: usize,
): void {
  for (let t: usize = 0; t < tiles; t++) {
    for (let h: usize = 0; h < 32; h += 16) {
      const g = v128.load(gq + h);
      for (let d: usize = 0; d < D; d++) {
        let v = f32x4.mul(g, v128.load(z + (d << 5) + h));
        if (accZ) v = f32x4.add(v, v128.load(gz + (d << 5) + h));
        v128.store(gz + (d << 5) + h, v);
      }
      const l = f32x4.neg(g);
      v128.store(gld + h, accLd ? f32x4.add(v128.load(gld + h), l) : l);
    }
    gz += D << 5;
    gld += 32;
    gq += 32;
    z += D << 5;
  }
}
