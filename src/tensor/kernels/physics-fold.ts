// Fold of photon spectra through a band matrix, for a batch of parameter vectors at once.
//
// Layout. A tile holds the photons of 8 (float32) or 4 (float64) spectra as [energy][spectrum], so that the
// lanes of a vector are spectra. Four neighbouring bins form a group; the weights of a group stand as
// [energy][bin] over the union of the four runs. Energies are cut into blocks that stay in the first-level
// cache. An item is one (block, group):
//   first energy, number of energies, group, address of its weights        (4 words)
// Micro-kernel: 4 bins x one tile = 8 accumulators that start at zero in each block and are added to the
// result, so that each sum is formed in an order that depends on the matrix alone: a spectrum's result does
// not depend on its neighbours in the batch.

/** Photons (rows, columns) float64 -> tile [column][8] float32. Fewer than 8 rows: the last is repeated. */
export function packFloat32(tile: usize, photons: usize, rows: i32, columns: i32): void {
  const stride = (<usize>columns) << 3;
  const last = photons + stride * (rows - 1);
  const p1 = min(photons + stride, last);
  const p2 = min(photons + stride * 2, last);
  const p3 = min(photons + stride * 3, last);
  const p4 = min(photons + stride * 4, last);
  const p5 = min(photons + stride * 5, last);
  const p6 = min(photons + stride * 6, last);
  const p7 = min(photons + stride * 7, last);
  const pairs = stride & ~15;
  for (let o: usize = 0; o < pairs; o += 16) {
    pack4(tile, v128.load(photons + o), v128.load(p1 + o), v128.load(p2 + o), v128.load(p3 + o));
    pack4(tile + 16, v128.load(p4 + o), v128.load(p5 + o), v128.load(p6 + o), v128.load(p7 + o));
    tile += 64;
  }
  if (pairs == stride) return;
  const o = pairs;
  const low = join(single(photons + o), single(p1 + o), single(p2 + o), single(p3 + o), true);
  const high = join(single(p4 + o), single(p5 + o), single(p6 + o), single(p7 + o), true);
  v128.store(tile, low);
  v128.store(tile, high, 16);
}

/** Two columns of four rows: writes [column 0][4 rows] at `tile` and [column 1][4 rows] at tile + 32. */
@inline
function pack4(tile: usize, a: v128, b: v128, c: v128, d: v128): void {
  const fa = f32x4.demote_f64x2_zero(a);
  const fb = f32x4.demote_f64x2_zero(b);
  const fc = f32x4.demote_f64x2_zero(c);
  const fd = f32x4.demote_f64x2_zero(d);
  v128.store(tile, join(fa, fb, fc, fd, true));
  v128.store(tile, join(fa, fb, fc, fd, false), 32);
}

@inline
function single(p: usize): v128 {
  return f32x4.demote_f64x2_zero(v128.load64_zero(p));
}

/** Lane 0 (first) or lane 1 of four vectors; below 1e-24 becomes 0: products would be subnormal, and slow. */
@inline
function join(a: v128, b: v128, c: v128, d: v128, first: bool): v128 {
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const x = first ? v128.shuffle<f64>(ab, cd, 0, 2) : v128.shuffle<f64>(ab, cd, 1, 3);
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), f32x4.splat(1e-24)));
}

/** Photons (rows, columns) -> tile [column][4] float64. Fewer than 4 rows: the last is repeated. */
export function packFloat64(tile: usize, photons: usize, rows: i32, columns: i32): void {
  const stride = (<usize>columns) << 3;
  const last = photons + stride * (rows - 1);
  const p1 = min(photons + stride, last);
  const p2 = min(photons + stride * 2, last);
  const p3 = min(photons + stride * 3, last);
  for (let o: usize = 0; o < stride; o += 8) {
    store<f64>(tile, load<f64>(photons + o));
    store<f64>(tile, load<f64>(p1 + o), 8);
    store<f64>(tile, load<f64>(p2 + o), 16);
    store<f64>(tile, load<f64>(p3 + o), 24);
    tile += 32;
  }
}

/** Tile [bin][8] float32 -> rows of out (rows, bins) float64. */
export function unpackFloat32(out: usize, tile: usize, rows: i32, bins: i32): void {
  for (let r: i32 = 0; r < rows; r++) {
    let t = tile + ((<usize>r) << 2);
    for (let c: i32 = 0; c < bins; c++) {
      store<f64>(out, <f64>load<f32>(t));
      out += 8;
      t += 32;
    }
  }
}

/** Tile [bin][4] float64 -> rows of out (rows, bins). */
export function unpackFloat64(out: usize, tile: usize, rows: i32, bins: i32): void {
  for (let r: i32 = 0; r < rows; r++) {
    let t = tile + ((<usize>r) << 3);
    for (let c: i32 = 0; c < bins; c++) {
      store<f64>(out, load<f64>(t));
      out += 8;
      t += 32;
    }
  }
}

/** All items on `tiles` tiles; photons tile stride and result tile stride in bytes. Results are added to. */
export function foldFloat32(
  items: usize,
  count: i32,
  photons: usize,
  photonStride: usize,
  out: usize,
  outStride: usize,
  tiles: i32,
): void {
  const end = items + ((<usize>count) << 4);
  for (; items < end; items += 16) {
    const first = (<usize>load<u32>(items)) << 5;
    const bytes = (<usize>load<u32>(items, 4)) << 5;
    const group = (<usize>load<u32>(items, 8)) << 7;
    const weights = <usize>load<u32>(items, 12);
    for (let t: i32 = 0; t < tiles; t++) {
      micro32(out + group + outStride * t, photons + first + photonStride * t, bytes, weights);
    }
  }
}

function micro32(out: usize, p: usize, bytes: usize, w: usize): void {
  let a0 = f32x4.splat(0),
    a1 = f32x4.splat(0),
    b0 = f32x4.splat(0),
    b1 = f32x4.splat(0);
  let c0 = f32x4.splat(0),
    c1 = f32x4.splat(0),
    d0 = f32x4.splat(0),
    d1 = f32x4.splat(0);
  const end = p + bytes;
  while (p < end) {
    const x0 = v128.load(p);
    const x1 = v128.load(p, 16);
    let s = v128.load32_splat(w);
    a0 = f32x4.add(a0, f32x4.mul(x0, s));
    a1 = f32x4.add(a1, f32x4.mul(x1, s));
    s = v128.load32_splat(w, 4);
    b0 = f32x4.add(b0, f32x4.mul(x0, s));
    b1 = f32x4.add(b1, f32x4.mul(x1, s));
    s = v128.load32_splat(w, 8);
    c0 = f32x4.add(c0, f32x4.mul(x0, s));
    c1 = f32x4.add(c1, f32x4.mul(x1, s));
    s = v128.load32_splat(w, 12);
    d0 = f32x4.add(d0, f32x4.mul(x0, s));
    d1 = f32x4.add(d1, f32x4.mul(x1, s));
    p += 32;
    w += 16;
  }
  v128.store(out, f32x4.add(v128.load(out), a0));
  v128.store(out, f32x4.add(v128.load(out, 16), a1), 16);
  v128.store(out, f32x4.add(v128.load(out, 32), b0), 32);
  v128.store(out, f32x4.add(v128.load(out, 48), b1), 48);
  v128.store(out, f32x4.add(v128.load(out, 64), c0), 64);
  v128.store(out, f32x4.add(v128.load(out, 80), c1), 80);
  v128.store(out, f32x4.add(v128.load(out, 96), d0), 96);
  v128.store(out, f32x4.add(v128.load(out, 112), d1), 112);
}

/** As foldFloat32. */
export function foldFloat64(
  items: usize,
  count: i32,
  photons: usize,
  photonStride: usize,
  out: usize,
  outStride: usize,
  tiles: i32,
): void {
  const end = items + ((<usize>count) << 4);
  for (; items < end; items += 16) {
    const first = (<usize>load<u32>(items)) << 5;
    const bytes = (<usize>load<u32>(items, 4)) << 5;
    const group = (<usize>load<u32>(items, 8)) << 7;
    const weights = <usize>load<u32>(items, 12);
    for (let t: i32 = 0; t < tiles; t++) {
      micro64(out + group + outStride * t, photons + first + photonStride * t, bytes, weights);
    }
  }
}

function micro64(out: usize, p: usize, bytes: usize, w: usize): void {
  let a0 = f64x2.splat(0),
    a1 = f64x2.splat(0),
    b0 = f64x2.splat(0),
    b1 = f64x2.splat(0);
  let c0 = f64x2.splat(0),
    c1 = f64x2.splat(0),
    d0 = f64x2.splat(0),
    d1 = f64x2.splat(0);
  const end = p + bytes;
  while (p < end) {
    const x0 = v128.load(p);
    const x1 = v128.load(p, 16);
    let s = v128.load64_splat(w);
    a0 = f64x2.add(a0, f64x2.mul(x0, s));
    a1 = f64x2.add(a1, f64x2.mul(x1, s));
    s = v128.load64_splat(w, 8);
    b0 = f64x2.add(b0, f64x2.mul(x0, s));
    b1 = f64x2.add(b1, f64x2.mul(x1, s));
    s = v128.load64_splat(w, 16);
    c0 = f64x2.add(c0, f64x2.mul(x0, s));
    c1 = f64x2.add(c1, f64x2.mul(x1, s));
    s = v128.load64_splat(w, 24);
    d0 = f64x2.add(d0, f64x2.mul(x0, s));
    d1 = f64x2.add(d1, f64x2.mul(x1, s));
    p += 32;
    w += 32;
  }
  v128.store(out, f64x2.add(v128.load(out), a0));
  v128.store(out, f64x2.add(v128.load(out, 16), a1), 16);
  v128.store(out, f64x2.add(v128.load(out, 32), b0), 32);
  v128.store(out, f64x2.add(v128.load(out, 48), b1), 48);
  v128.store(out, f64x2.add(v128.load(out, 64), c0), 64);
  v128.store(out, f64x2.add(v128.load(out, 80), c1), 80);
  v128.store(out, f64x2.add(v128.load(out, 96), d0), 96);
  v128.store(out, f64x2.add(v128.load(out, 112), d1), 112);
}

/**
 * One spectrum, photons as they are; out: one number a bin, padded to groups. The same sums in the same
 * order.
 */
export function foldOne(items: usize, count: i32, photons: usize, out: usize): void {
  const end = items + ((<usize>count) << 4);
  for (; items < end; items += 16) {
    let p = photons + ((<usize>load<u32>(items)) << 3);
    const stop = p + ((<usize>load<u32>(items, 4)) << 3);
    const o = out + ((<usize>load<u32>(items, 8)) << 5);
    let w = <usize>load<u32>(items, 12);
    let ab = f64x2.splat(0);
    let cd = f64x2.splat(0);
    while (p < stop) {
      const x = v128.load64_splat(p);
      ab = f64x2.add(ab, f64x2.mul(x, v128.load(w)));
      cd = f64x2.add(cd, f64x2.mul(x, v128.load(w, 16)));
      p += 8;
      w += 32;
    }
    v128.store(o, f64x2.add(v128.load(o), ab));
    v128.store(o, f64x2.add(v128.load(o, 16), cd), 16);
  }
}
