// Activations, element by element over row ranges of tiles. Codes: 1 tanh, 2 ReLU, 3 SiLU.
import { madd, sigmoid4 } from "./simd";

// tanh(x) = x P(x^2) / Q(x^2), clamped: odd rational minimax fit of degree 13/6, error 4e-7. The constants stay in memory:
// newer V8 rebuilds constants inside loops.
const TANH: usize = memory.data<f32>(
  [
    -7.90531110763549805, 7.90531110763549805, -2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11,
    5.12229709037114e-8, 1.48572235717979e-5, 6.37261928875436e-4, 4.89352455891786e-3, 1.19825839466702e-6,
    1.18534705686654e-4, 2.268434632439e-3, 4.89352518554385e-3,
  ],
  16,
);

@inline
function k(i: usize): v128 {
  return v128.load32_splat(TANH + (i << 2));
}

// Two vectors at a time: the chains of the two polynomials overlap.
function tanhRows(p: usize, end: usize): void {
  for (; p < end; p += 32) {
    let c = k(0),
      d = k(1);
    const x = f32x4.pmin(f32x4.pmax(v128.load(p), c), d),
      y = f32x4.pmin(f32x4.pmax(v128.load(p, 16), c), d);
    const xx = f32x4.mul(x, x),
      yy = f32x4.mul(y, y);
    c = k(2);
    d = k(3);
    let a = madd(xx, c, d),
      b = madd(yy, c, d);
    c = k(4);
    a = madd(xx, a, c);
    b = madd(yy, b, c);
    c = k(5);
    a = madd(xx, a, c);
    b = madd(yy, b, c);
    c = k(6);
    a = madd(xx, a, c);
    b = madd(yy, b, c);
    c = k(7);
    a = madd(xx, a, c);
    b = madd(yy, b, c);
    c = k(8);
    a = f32x4.mul(madd(xx, a, c), x);
    b = f32x4.mul(madd(yy, b, c), y);
    c = k(9);
    d = k(10);
    let u = madd(xx, c, d),
      v = madd(yy, c, d);
    c = k(11);
    u = madd(xx, u, c);
    v = madd(yy, v, c);
    c = k(12);
    u = madd(xx, u, c);
    v = madd(yy, v, c);
    v128.store(p, f32x4.div(a, u));
    v128.store(p, f32x4.div(b, v), 16);
  }
}

/** y = act(x), element by element; y may be x. */
export function activate(y: usize, ys: usize, x: usize, xs: usize, F: usize, tiles: usize, act: i32): void {
  const length = F << 5;
  for (let t: usize = 0; t < tiles; t++) {
    if (act == 1) {
      if (y != x) memory.copy(y, x, length);
      tanhRows(y, y + length);
    } else if (act == 2) {
      for (let i: usize = 0; i < length; i += 16) v128.store(y + i, f32x4.pmax(v128.load(x + i), f32x4.splat(0)));
    } else {
      for (let i: usize = 0; i < length; i += 16) {
        const v = v128.load(x + i);
        v128.store(y + i, f32x4.mul(v, sigmoid4(v)));
      }
    }
    y += ys << 2;
    x += xs << 2;
  }
}

/** g = g act'(.), in place. h is the output of tanh and ReLU, the input of SiLU. */
export function activateBackward(g: usize, gs: usize, h: usize, hs: usize, F: usize, tiles: usize, act: i32): void {
  const length = F << 5;
  const one = f32x4.splat(1);
  for (let t: usize = 0; t < tiles; t++) {
    if (act == 1) {
      for (let i: usize = 0; i < length; i += 16) {
        const y = v128.load(h + i);
        v128.store(g + i, f32x4.mul(v128.load(g + i), f32x4.sub(one, f32x4.mul(y, y))));
      }
    } else if (act == 2) {
      for (let i: usize = 0; i < length; i += 16) {
        v128.store(g + i, v128.and(v128.load(g + i), f32x4.gt(v128.load(h + i), f32x4.splat(0))));
      }
    } else {
      for (let i: usize = 0; i < length; i += 16) {
        const v = v128.load(h + i);
        const s = sigmoid4(v);
        const slope = f32x4.mul(s, madd(v, f32x4.sub(one, s), one));
        v128.store(g + i, f32x4.mul(v128.load(g + i), slope));
      }
    }
    g += gs << 2;
    h += hs << 2;
  }
}
