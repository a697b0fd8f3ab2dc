/* Points {x, y} and lists of them. Pure functions; where the picture ends, `size` is its {width, height}. */
export const apart = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);

export const middle = (one, other) => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 });

/** How far a point is from the nearest place of a line between two others. */
export function fromLine(point, start, end) {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const length = dx * dx + dy * dy;
  const along = length ? ((point.x - start.x) * dx + (point.y - start.y) * dy) / length : 0;
  const held = Math.max(0, Math.min(1, along));
  return Math.hypot(point.x - start.x - held * dx, point.y - start.y - held * dy);
}

/** How far a point is from a path, and after which of its points. */
export function fromPath(point, points, isClosed) {
  let nearest = { distance: Infinity, after: -1 };
  const last = isClosed ? points.length : points.length - 1;
  for (let at = 0; at < last; at += 1) {
    const distance = fromLine(point, points[at], points[(at + 1) % points.length]);
    if (distance < nearest.distance) nearest = { distance, after: at };
  }
  return nearest;
}

/** Whether a point is within a closed path (even and odd). */
export function isWithin(point, points) {
  let isIn = false;
  points.forEach((one, at) => {
    const other = points[(at || points.length) - 1];
    if (one.y > point.y === other.y > point.y) return;
    if (point.x < ((other.x - one.x) * (point.y - one.y)) / (other.y - one.y) + one.x) isIn = !isIn;
  });
  return isIn;
}

/** The edges of what holds all points. */
export function edgesOf(points) {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

/** Whole pixels within the picture. */
export function snapped({ x, y }, { width, height }) {
  const whole = (number, most) => Math.max(0, Math.min(most, Math.round(number))) || 0; // no -0
  return { x: whole(x, width), y: whole(y, height) };
}

/** All points moved alike, as far as the picture goes. */
export function shifted(points, dx, dy, { width, height }) {
  const { left, top, right, bottom } = edgesOf(points);
  const held = (by, low, high, most) => Math.round(Math.max(Math.min(0, -low), Math.min(Math.max(0, most - high), by)));
  const [across, down] = [held(dx, left, right, width), held(dy, top, bottom, height)];
  return points.map(({ x, y }) => ({ x: x + across, y: y + down }));
}

/** The corners of a box, from the upper left clockwise. */
export function cornersOf(points) {
  const { left, top, right, bottom } = edgesOf(points);
  return [{ x: left, y: top }, { x: right, y: top }, { x: right, y: bottom }, { x: left, y: bottom }];
}
