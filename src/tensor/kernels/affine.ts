// Affine autoregressive transform  z[perm[d]] = s_d x_d + shift_d,  s = softplus(u) + 1e-3. The raw outputs o of the
// conditioner hold u_d in row 2d and shift_d in row 2d + 1. All tensors are contiguous.
import { log4, madd, sigmoid4, softplus4 } from "./simd";

const FLOOR: f32 = 1e-3;

/** z as above; ld (+)= sum_d log s_d. */
export function affineForward(
  z: usize,
  x: usize,
  o: usize,
  ld: usize,
  perm: usize,
  D: usize,
  tiles: usize,
  acc: i32,
): void {
  for (let t: usize = 0; t < tiles; t++) {
    for (let h: usize = 0; h < 32; h += 16) {
      let l = acc ? v128.load(ld + h) : f32x4.splat(0);
      for (let d: usize = 0; d < D; d++) {
        const s = f32x4.add(softplus4(v128.load(o + (d << 6) + h)), f32x4.splat(FLOOR));
        const shift = v128.load(o + (d << 6) + h, 32);
        v128.store(
          z + ((<usize>load<u32>(perm + (d << 2))) << 5) + h,
          madd(s, v128.load(x + (d << 5) + h), shift),
        );
        l = f32x4.add(l, log4(s));
      }
      v128.store(ld + h, l);
    }
    z += D << 5;
    x += D << 5;
    o += D << 6;
    ld += 32;
  }
}

/** go (overwritten) and, unless gx = 0, gx (overwritten, or added to if acc) from gz and gld. */
export function affineBackward(
  gx: usize,
  go: usize,
  gz: usize,
  gld: usize,
  x: usize,
  o: usize,
  perm: usize,
  D: usize,
  tiles: usize,
  acc: i32,
): void {
  for (let t: usize = 0; t < tiles; t++) {
    for (let h: usize = 0; h < 32; h += 16) {
      const gl = v128.load(gld + h);
      for (let d: usize = 0; d < D; d++) {
        const u = v128.load(o + (d << 6) + h);
        const s = f32x4.add(softplus4(u), f32x4.splat(FLOOR));
        const g = v128.load(gz + ((<usize>load<u32>(perm + (d << 2))) << 5) + h);
        const gs = madd(g, v128.load(x + (d << 5) + h), f32x4.div(gl, s));
        v128.store(go + (d << 6) + h, f32x4.mul(gs, sigmoid4(u)));
        v128.store(go + (d << 6) + h, g, 32);
        if (gx) {
          let v = f32x4.mul(g, s);
          if (acc) v = f32x4.add(v, v128.load(gx + (d << 5) + h));
          v128.store(gx + (d << 5) + h, v);
        }
      }
    }
    if (gx) gx += D << 5;
    go += D << 6;
    gz += D << 5;
    gld += 32;
    x += D << 5;
    o += D << 6;
  }
}

/** x_d = (z[perm[d]] - shift_d) / s_d for one dimension d; ld += log s_d. */
export function affineInverse(
  x: usize,
  z: usize,
  o: usize,
  ld: usize,
  perm: usize,
  D: usize,
  d: usize,
  tiles: usize,
): void {
  z += (<usize>load<u32>(perm + (d << 2))) << 5;
  x += d << 5;
  o += d << 6;
  for (let t: usize = 0; t < tiles; t++) {
    for (let h: usize = 0; h < 32; h += 16) {
      const s = f32x4.add(softplus4(v128.load(o + h)), f32x4.splat(FLOOR));
      v128.store(x + h, f32x4.div(f32x4.sub(v128.load(z + h), v128.load(o + h, 32)), s));
      v128.store(ld + h, f32x4.add(v128.load(ld + h), log4(s)));
    }
    z += D << 5;
    x += D << 5;
    o += D << 6;
    ld += 32;
  }
}
