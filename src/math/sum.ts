/** Sum with the rounding errors carried along (Neumaier 1974, ZAMM 54, 39): error about 1 ulp whatever the length. */
export function compensatedSum(x: ArrayLike<number>): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < x.length; i++) {
    const next = sum + x[i];
    lost += Math.abs(sum) >= Math.abs(x[i]) ? sum - next + x[i] : x[i] - next + sum;
    sum = next;
  }
  return Number.isFinite(lost) ? sum + lost : sum;
}
