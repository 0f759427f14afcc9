/** A refit at some distance from the best fit, and how far the statistic is above it. */
export interface ProfilePoint {
  readonly distance: number;
  readonly rise: number;
}

/**
 * The next distance at which to look for the rise `target`, given the points so far (the first is 0, 0). While no point is
 * above the target: twice the farthest, at most `room`. Else where the parabola through the best fit and the points next
 * to the target on both sides,
 *
 *   a d^2 + b d = target
 *
 * reaches it (b = 0 where the lower of them is the best fit itself); where that is not between the two, linear
 * interpolation; where that fails too, their middle.
 */
export function nextTrial(points: readonly ProfilePoint[], target: number, room: number): number {
  const below = points.filter(({ rise }) => rise < target).reduce(farther);
  const above = points.filter(({ rise, distance }) => !(rise < target) && distance > below.distance);
  if (above.length === 0) return Math.min(room, 2 * below.distance);
  const over = above.reduce((a, b) => (b.distance < a.distance ? b : a));
  const width = over.distance - below.distance;
  // A guess on the edge of the bracket would stand still.
  const inside = (d: number) => d > below.distance + 1e-3 * width && d < over.distance - 1e-3 * width;
  const guess = onParabola(below, over, target);
  if (inside(guess)) return guess;
  const linear = below.distance + (width * (target - below.rise)) / (over.rise - below.rise);
  return inside(linear) ? linear : below.distance + width / 2;
}

const farther = (a: ProfilePoint, b: ProfilePoint) => (b.distance > a.distance ? b : a);

function onParabola(below: ProfilePoint, over: ProfilePoint, target: number): number {
  if (below.distance === 0) return over.distance * Math.sqrt(target / over.rise);
  const slope = below.rise / below.distance;
  const a = (over.rise / over.distance - slope) / (over.distance - below.distance);
  const b = slope - a * below.distance;
  // The larger root of a d^2 + b d - target without cancellation; for a <= 0 the smaller one, on the rising branch.
  const root = Math.sqrt(b * b + 4 * a * target);
  return b > 0 ? (2 * target) / (b + root) : (root - b) / (2 * a);
}
