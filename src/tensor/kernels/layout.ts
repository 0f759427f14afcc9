// Between row-major data, batch tiles [tile][feature][8] and batch-major copies [b][ld].

@inline
function transpose4(dst: usize, sd: usize, p: usize, q: usize, r: usize, s: usize): void {
  const a = v128.load(p),
    b = v128.load(q),
    c = v128.load(r),
    d = v128.load(s);
  const ab0 = v128.shuffle<i32>(a, b, 0, 4, 1, 5),
    ab1 = v128.shuffle<i32>(a, b, 2, 6, 3, 7),
    cd0 = v128.shuffle<i32>(c, d, 0, 4, 1, 5),
    cd1 = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  v128.store(dst, v128.shuffle<i32>(ab0, cd0, 0, 1, 4, 5));
  v128.store(dst + sd, v128.shuffle<i32>(ab0, cd0, 2, 3, 6, 7));
  v128.store(dst + 2 * sd, v128.shuffle<i32>(ab1, cd1, 0, 1, 4, 5));
  v128.store(dst + 3 * sd, v128.shuffle<i32>(ab1, cd1, 2, 3, 6, 7));
}

/** dst[t][f][j] = data[index[8 t + j]][f]; data is row-major with F columns. */
export function gather(dst: usize, data: usize, F: usize, index: usize, tiles: usize): void {
  const row = F << 2;
  for (let t: usize = 0; t < tiles; t++) {
    for (let h: usize = 0; h < 8; h += 4) {
      const p = data + <usize>load<u32>(index) * row,
        q = data + <usize>load<u32>(index, 4) * row,
        r = data + <usize>load<u32>(index, 8) * row,
        s = data + <usize>load<u32>(index, 12) * row;
      const d = dst + (h << 2);
      let f: usize = 0;
      for (; f + 4 <= F; f += 4) {
        const o = f << 2;
        transpose4(d + (f << 5), 32, p + o, q + o, r + o, s + o);
      }
      for (; f < F; f++) {
        const o = f << 2;
        store<f32>(d + (f << 5), load<f32>(p + o));
        store<f32>(d + (f << 5), load<f32>(q + o), 4);
        store<f32>(d + (f << 5), load<f32>(r + o), 8);
        store<f32>(d + (f << 5), load<f32>(s + o), 12);
      }
      index += 16;
    }
    dst += F << 5;
  }
}

/** dst[8 t + j][f] = src[t][f][j], f < F; rows of dst are ld floats apart. */
export function toRows(dst: usize, ld: usize, src: usize, stride: usize, F: usize, tiles: usize): void {
  const row = ld << 2;
  for (let t: usize = 0; t < tiles; t++) {
    for (let h: usize = 0; h < 8; h += 4) {
      const s = src + (h << 2);
      let f: usize = 0;
      for (; f + 4 <= F; f += 4) {
        const p = s + (f << 5);
        transpose4(dst + (f << 2), row, p, p + 32, p + 64, p + 96);
      }
      for (; f < F; f++) {
        const p = s + (f << 5),
          d = dst + (f << 2);
        store<f32>(d, load<f32>(p));
        store<f32>(d + row, load<f32>(p, 4));
        store<f32>(d + 2 * row, load<f32>(p, 8));
        store<f32>(d + 3 * row, load<f32>(p, 12));
      }
      dst += row << 2;
    }
    src += stride << 2;
  }
}

/** y[t][f] = a[t][f] + b[t][f]; with b = 0 a copy, with a = b = 0 zeros. */
export function add(y: usize, ys: usize, a: usize, as_: usize, b: usize, bs: usize, F: usize, tiles: usize): void {
  const length = F << 5;
  for (let t: usize = 0; t < tiles; t++) {
    for (let i: usize = 0; i < length; i += 16) {
      let v = f32x4.splat(0);
      if (a) v = v128.load(a + i);
      if (b) v = f32x4.add(v, v128.load(b + i));
      v128.store(y + i, v);
    }
    y += ys << 2;
    if (a) a += as_ << 2;
    if (b) b += bs << 2;
  }
}
