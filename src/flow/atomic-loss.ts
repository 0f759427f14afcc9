/**
 * The atomic loss of SNPE-C (Greenberg, Nonnenmacher & Macke 2019) of groups of M atoms, summed over the groups:
 *
 *   L = -ln [ r_0 / sum_j r_j ],   r_j = q(theta_j | x) / p(theta_j) = exp(-e_j + c_j)
 *
 * atom 0 being the one that made x, e_j its energy -ln q and c_j = -ln p. Where `plain` is 1 for a group, e_0 is added: the plain loss, which
 * counts for draws of the prior alone. `energies` and `offsets` are (groups, M); fills `gradient` (groups, M) with dL / de:
 *
 *   dL / de_j = delta_j0 (1 + plain) - r_j / sum_k r_k
 */
export function atomicLoss(
  gradient: Float64Array,
  energies: ArrayLike<number>,
  offsets: ArrayLike<number>,
  M: number,
  plain?: ArrayLike<number>,
): number {
  let loss = 0;
  for (let g = 0; g * M < gradient.length; g++) {
    const at = g * M;
    let most = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < M; j++) {
      gradient[at + j] = offsets[at + j] - energies[at + j];
      most = Math.max(most, gradient[at + j]);
    }
    const own = gradient[at] - most;
    let sum = 0;
    for (let j = 0; j < M; j++) {
      gradient[at + j] = Math.exp(gradient[at + j] - most);
      sum += gradient[at + j];
    }
    for (let j = 0; j < M; j++) gradient[at + j] /= -sum;
    const both = plain?.[g] ?? 0;
    gradient[at] += 1 + both;
    loss += Math.log(sum) - own + both * energies[at];
  }
  return loss;
}
