/** True for a point strictly inside the unit cube. */
export function insideCube(u: Float64Array): boolean {
  for (let j = 0; j < u.length; j++) if (!(u[j] > 0 && u[j] < 1)) return false;
  return true;
}
