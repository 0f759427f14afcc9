/** Weights of the two classes in a loss, that of others first. */
export type ClassWeights = readonly [others: number, members: number];

/** Sum of  -w_y [ y ln s(l) + (1 - y) ln(1 - s(l)) ]  over log odds l with labels y,  s(l) = 1 / (1 + exp(-l)). */
export function logisticLoss(
  logOdds: ArrayLike<number>,
  member: ArrayLike<number>,
  weights: ClassWeights,
): number {
  let sum = 0;
  for (let i = 0; i < logOdds.length; i++)
    sum += weights[member[i]] * softplus(member[i] === 1 ? -logOdds[i] : logOdds[i]);
  return sum;
}

/** out = gradient w_y (s(l) - y) / n of the mean loss of n rows. */
export function logisticGradient(
  out: Float32Array,
  logOdds: ArrayLike<number>,
  member: ArrayLike<number>,
  weights: ClassWeights,
): void {
  const n = logOdds.length;
  for (let i = 0; i < n; i++)
    out[i] = (weights[member[i]] * (1 / (1 + Math.exp(-logOdds[i])) - member[i])) / n;
}

/** ln(1 + exp(l)), without overflow. */
const softplus = (l: number): number => Math.max(l, 0) + Math.log1p(Math.exp(-Math.abs(l)));
