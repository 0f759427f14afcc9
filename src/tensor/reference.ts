/**
 * Every operation of the tape once more, in float64 and without tiles, written for clarity: what the kernels are compared
 * with. Arrays are row-major; a batch has n rows. `g..` is the gradient of some scalar by what follows.
 */

/** y (n, N) = x (n, K) W (K, N) + b (N) */
export function linear(x: Float64Array, W: Float64Array, b: Float64Array, K: number): Float64Array {
  const N = b.length;
  const n = x.length / K;
  return Float64Array.from({ length: n * N }, (_, i) => {
    const [row, column] = [Math.floor(i / N), i % N];
    let sum = b[column];
    for (let k = 0; k < K; k++) sum += x[row * K + k] * W[k * N + column];
    return sum;
  });
}

/** gx = gy W^T, gW = x^T gy, gb = sum of gy over the batch */
export function linearBackward(gy: Float64Array, x: Float64Array, W: Float64Array, K: number) {
  const N = W.length / K;
  const n = x.length / K;
  const gx = new Float64Array(n * K);
  const gW = new Float64Array(K * N);
  const gb = new Float64Array(N);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < N; column++) {
      const g = gy[row * N + column];
      gb[column] += g;
      for (let k = 0; k < K; k++) {
        gx[row * K + k] += g * W[k * N + column];
        gW[k * N + column] += g * x[row * K + k];
      }
    }
  }
  return { gx, gW, gb };
}

const sigmoid = (u: number): number => 1 / (1 + Math.exp(-u));
const softplus = (u: number): number => Math.max(u, 0) + Math.log1p(Math.exp(-Math.abs(u)));

/** tanh x; max(x, 0); x sigmoid(x) - with their derivatives. */
const ACTIVATIONS = {
  tanh: { value: Math.tanh, slope: (x: number) => 1 - Math.tanh(x) ** 2 },
  relu: { value: (x: number) => Math.max(x, 0), slope: (x: number) => (x > 0 ? 1 : 0) },
  silu: {
    value: (x: number) => x * sigmoid(x),
    slope: (x: number) => sigmoid(x) * (1 + x * (1 - sigmoid(x))),
  },
};

export const activation = (name: keyof typeof ACTIVATIONS, x: Float64Array): Float64Array =>
  x.map(ACTIVATIONS[name].value);

export const activationBackward = (
  name: keyof typeof ACTIVATIONS,
  gy: Float64Array,
  x: Float64Array,
): Float64Array => gy.map((g, i) => g * ACTIVATIONS[name].slope(x[i]));

const FLOOR = 1e-3;

/** z (n, D): z[perm[d]] = s_d x_d + shift_d, s = softplus(u) + 1e-3, raw (n, 2 D) = u_0, shift_0, u_1, ...; logDet (n) */
export function affine(x: Float64Array, raw: Float64Array, permutation: readonly number[]) {
  const D = permutation.length;
  const z = new Float64Array(x.length);
  const logDet = new Float64Array(x.length / D);
  for (let i = 0; i < x.length; i++) {
    const [row, d] = [Math.floor(i / D), i % D];
    const s = softplus(raw[2 * i]) + FLOOR;
    z[row * D + permutation[d]] = s * x[i] + raw[2 * i + 1];
    logDet[row] += Math.log(s);
  }
  return { z, logDet };
}

/** gx = gz s, gshift = gz, gu = (gz x + gLogDet / s) sigmoid(u) */
export function affineBackward(
  gz: Float64Array,
  gLogDet: Float64Array,
  x: Float64Array,
  raw: Float64Array,
  permutation: readonly number[],
) {
  const D = permutation.length;
  const gx = new Float64Array(x.length);
  const gRaw = new Float64Array(raw.length);
  for (let i = 0; i < x.length; i++) {
    const [row, d] = [Math.floor(i / D), i % D];
    const g = gz[row * D + permutation[d]];
    const s = softplus(raw[2 * i]) + FLOOR;
    gx[i] = g * s;
    gRaw[2 * i] = (g * x[i] + gLogDet[row] / s) * sigmoid(raw[2 * i]);
    gRaw[2 * i + 1] = g;
  }
  return { gx, gRaw };
}

/** A monotone rational-quadratic spline of one value: raw holds K widths, K heights, K - 1 slopes (Durkan et al. 2019, eq. 4). */
export function spline(
  x: number,
  raw: ArrayLike<number>,
  K: number,
  tail: number,
): { z: number; logDet: number } {
  if (Math.abs(x) > tail) return { z: x, logDet: 0 };
  const u = Array.from(raw);
  const sizes = (values: number[]): number[] => {
    const sum = values.reduce((total, v) => total + Math.exp(v), 0);
    return values.map((v) => 2 * tail * (FLOOR + (1 - FLOOR * K) * (Math.exp(v) / sum)));
  };
  const [w, h] = [sizes(u.slice(0, K)), sizes(u.slice(K, 2 * K))];
  const slopes = [1, ...u.slice(2 * K).map((v) => softplus(v) + FLOOR), 1];
  let [j, left, bottom] = [0, -tail, -tail];
  while (j < K - 1 && x >= left + w[j]) {
    left += w[j];
    bottom += h[j++];
  }
  const [xi, s] = [(x - left) / w[j], h[j] / w[j]];
  const t = xi * (1 - xi);
  const den = s + (slopes[j] + slopes[j + 1] - 2 * s) * t;
  const top = slopes[j + 1] * xi ** 2 + 2 * s * t + slopes[j] * (1 - xi) ** 2;
  return {
    z: bottom + (h[j] * (s * xi ** 2 + slopes[j] * t)) / den,
    logDet: Math.log((s ** 2 * top) / den ** 2),
  };
}

/** (n): |z|^2 / 2 + D/2 log(2 pi) - logDet */
export function normalEnergy(z: Float64Array, logDet: Float64Array): Float64Array {
  const D = z.length / logDet.length;
  return logDet.map((l, row) => {
    const squares = z.subarray(row * D, (row + 1) * D).reduce((sum, v) => sum + v * v, 0);
    return squares / 2 + (D / 2) * Math.log(2 * Math.PI) - l;
  });
}

export function normalEnergyBackward(g: Float64Array, z: Float64Array) {
  const D = z.length / g.length;
  return { gz: z.map((v, i) => v * g[Math.floor(i / D)]), gLogDet: g.map((v) => -v) };
}

/**
 * (n): -log sum_k pi_k N(theta; m_k, (L_k^T L_k)^-1); raw (n, K R): of each component a logit, D means and the lower triangle of L, its
 * diagonal softplus + 1e-3.
 */
export function mixtureEnergy(theta: Float64Array, raw: Float64Array, D: number, K: number): Float64Array {
  const n = theta.length / D;
  const R = raw.length / n / K;
  const logSum = (values: readonly number[]): number => {
    const most = Math.max(...values);
    return most + Math.log(values.reduce((sum, v) => sum + Math.exp(v - most), 0));
  };
  return Float64Array.from({ length: n }, (_, row) => {
    const components = Array.from({ length: K }, (__, k) => {
      const part = raw.subarray((row * K + k) * R, (row * K + k + 1) * R);
      const v = Array.from({ length: D }, (___, d) => theta[row * D + d] - part[1 + d]);
      let log = part[0] - (D / 2) * Math.log(2 * Math.PI);
      let at = 1 + D;
      for (let i = 0; i < D; i++) {
        let u = 0;
        for (let j = 0; j < i; j++) u += part[at++] * v[j];
        const d = softplus(part[at++]) + FLOOR;
        u += d * v[i];
        log += Math.log(d) - 0.5 * u * u;
      }
      return { logit: part[0], log };
    });
    return logSum(components.map(({ logit }) => logit)) - logSum(components.map(({ log }) => log));
  });
}

/** (n): scale sum_c exp(r_c) - x_c r_c */
export function poissonEnergy(r: Float64Array, x: Float64Array, C: number, scale: number): Float64Array {
  return Float64Array.from({ length: r.length / C }, (_, row) => {
    let sum = 0;
    for (let i = row * C; i < (row + 1) * C; i++) sum += Math.exp(r[i]) - x[i] * r[i];
    return scale * sum;
  });
}

/** One Adam step on one value; t = 1, 2, ... */
export function adamStep(
  { p, m, v }: { p: number; m: number; v: number },
  g: number,
  t: number,
  rate: number,
): { p: number; m: number; v: number } {
  const first = 0.9 * m + 0.1 * g;
  const second = 0.999 * v + 0.001 * g * g;
  const step = first / (1 - 0.9 ** t) / (Math.sqrt(second / (1 - 0.999 ** t)) + 1e-8);
  return { p: p - rate * step, m: first, v: second };
}
