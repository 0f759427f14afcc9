/** Byte offset in the linear memory; 0 stands for "none" where that is allowed. */
type Place = number;

/**
 * What kernels/network.ts exports. Tensors are tiles [t][feature][8 samples]; strides (ys, xs, ...) between tiles and row
 * lengths (ld..) are in floats; the comments on meaning stand beside the code.
 */
export interface KernelFunctions {
  gemm(
    y: Place,
    ys: number,
    x: Place,
    xs: number,
    w: Place,
    ldw: number,
    bias: Place,
    outputs: number,
    inputs: number,
    tiles: number,
    accumulate: number,
    limits: Place,
  ): void;
  gemmTransposed(
    y: Place,
    ys: number,
    g: Place,
    gs: number,
    w: Place,
    ldw: number,
    outputs: number,
    inputs: number,
    tiles: number,
    accumulate: number,
    starts: Place,
  ): void;
  weightGradient(
    dw: Place,
    ldw: number,
    mask: Place,
    x: Place,
    ldx: number,
    inputs: number,
    g: Place,
    ldg: number,
    outputs: number,
    batch: number,
    accumulate: number,
    limits: Place,
    squares: Place,
    first: number,
    last: number,
  ): void;
  biasGradient(
    db: Place,
    g: Place,
    ldg: number,
    outputs: number,
    batch: number,
    accumulate: number,
    squares: Place,
    first: number,
    last: number,
  ): void;
  gather(dst: Place, data: Place, features: number, index: Place, tiles: number): void;
  toRows(dst: Place, ld: number, src: Place, stride: number, features: number, tiles: number): void;
  add(
    y: Place,
    ys: number,
    a: Place,
    as: number,
    b: Place,
    bs: number,
    features: number,
    tiles: number,
  ): void;
  activate(
    y: Place,
    ys: number,
    x: Place,
    xs: number,
    features: number,
    tiles: number,
    activation: number,
  ): void;
  activateBackward(
    g: Place,
    gs: number,
    h: Place,
    hs: number,
    features: number,
    tiles: number,
    activation: number,
  ): void;
  affineForward(
    z: Place,
    x: Place,
    raw: Place,
    logDet: Place,
    permutation: Place,
    dims: number,
    tiles: number,
    accumulate: number,
  ): void;
  affineBackward(
    gx: Place,
    gRaw: Place,
    gz: Place,
    gLogDet: Place,
    x: Place,
    raw: Place,
    permutation: Place,
    dims: number,
    tiles: number,
    accumulate: number,
  ): void;
  affineInverse(
    x: Place,
    z: Place,
    raw: Place,
    logDet: Place,
    permutation: Place,
    dims: number,
    dim: number,
    tiles: number,
  ): void;
  splineForward(
    z: Place,
    x: Place,
    raw: Place,
    work: Place,
    logDet: Place,
    permutation: Place,
    dims: number,
    bins: number,
    tail: number,
    tiles: number,
    accumulate: number,
  ): void;
  splineBackward(
    gx: Place,
    gRaw: Place,
    gz: Place,
    gLogDet: Place,
    x: Place,
    raw: Place,
    work: Place,
    permutation: Place,
    dims: number,
    bins: number,
    tail: number,
    tiles: number,
    accumulate: number,
  ): void;
  splineInverse(
    x: Place,
    z: Place,
    raw: Place,
    work: Place,
    logDet: Place,
    permutation: Place,
    dims: number,
    dim: number,
    bins: number,
    tail: number,
    tiles: number,
  ): void;
  mixtureForward(
    q: Place,
    theta: Place,
    raw: Place,
    work: Place,
    dims: number,
    components: number,
    tiles: number,
  ): void;
  mixtureBackward(
    gRaw: Place,
    gq: Place,
    theta: Place,
    raw: Place,
    work: Place,
    dims: number,
    components: number,
    tiles: number,
  ): void;
  normalEnergy(q: Place, z: Place, logDet: Place, dims: number, tiles: number): void;
  normalEnergyBackward(
    gz: Place,
    accumulateZ: number,
    gLogDet: Place,
    accumulateLogDet: number,
    gq: Place,
    z: Place,
    dims: number,
    tiles: number,
  ): void;
  poissonEnergy(q: Place, r: Place, x: Place, bins: number, scale: number, tiles: number): void;
  poissonEnergyBackward(
    gr: Place,
    gq: Place,
    r: Place,
    x: Place,
    bins: number,
    scale: number,
    tiles: number,
  ): void;
  adam(
    p: Place,
    g: Place,
    m: Place,
    v: Place,
    n: number,
    scale: number,
    rate: number,
    b1: number,
    b2: number,
    epsilon: number,
    correction: number,
  ): void;
  normals(
    z: Place,
    dims: number,
    tiles: number,
    first: number,
    c2: number,
    c3: number,
    key0: number,
    key1: number,
    spare: Place,
  ): void;
  uniforms(
    out: Place,
    n: number,
    scale: number,
    c1: number,
    c2: number,
    c3: number,
    key0: number,
    key1: number,
  ): void;
  philoxBlock(out: Place, c0: number, c1: number, c2: number, c3: number, key0: number, key1: number): void;
  shuffle(order: Place, n: number, c1: number, c2: number, c3: number, key0: number, key1: number): void;
  peak(n: number): number;
}
