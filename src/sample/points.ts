import type { Points } from "./nested-types.ts";

export function emptyPoints(d: number, capacity: number): Points {
  return {
    count: 0,
    u: new Float64Array(capacity * d),
    theta: new Float64Array(capacity * d),
    logLike: new Float64Array(capacity),
    thread: new Int32Array(capacity),
  };
}

/** Appends a point, doubling the arrays where they are full. */
export function pushPoint(
  to: Points,
  d: number,
  u: Float64Array,
  theta: Float64Array,
  logLike: number,
  thread: number,
): void {
  if (to.count === to.logLike.length) grow(to, d, 2 * to.count + 16);
  setPoint(to, to.count++, d, u, theta, logLike, thread);
}

export function setPoint(
  to: Points,
  i: number,
  d: number,
  u: Float64Array,
  theta: Float64Array,
  logLike: number,
  thread: number,
): void {
  to.u.set(u, i * d);
  to.theta.set(theta, i * d);
  to.logLike[i] = logLike;
  to.thread[i] = thread;
}

/** Appends point i of another list. */
export function copyPoint(to: Points, from: Points, i: number, d: number): void {
  const end = i * d + d;
  pushPoint(
    to,
    d,
    from.u.subarray(i * d, end),
    from.theta.subarray(i * d, end),
    from.logLike[i],
    from.thread[i],
  );
}

/** Index of a lowest likelihood among the points. */
export function lowest(points: Points): number {
  let at = 0;
  for (let i = 1; i < points.count; i++) if (points.logLike[i] < points.logLike[at]) at = i;
  return at;
}

function grow(points: Points, d: number, capacity: number): void {
  const longer = <T extends Float64Array | Int32Array>(to: T, from: T): T => {
    to.set(from);
    return to;
  };
  points.u = longer(new Float64Array(capacity * d), points.u);
  points.theta = longer(new Float64Array(capacity * d), points.theta);
  points.logLike = longer(new Float64Array(capacity), points.logLike);
  points.thread = longer(new Int32Array(capacity), points.thread);
}
