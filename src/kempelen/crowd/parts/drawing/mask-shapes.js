/*
 * Which pixels a shape covers, as runs: `take(y, from, to)` for each row, `to` exclusive, within the picture.
 * A pixel is covered if its middle is, so that nothing is half covered and no colour has to be mixed.
 */
const firstFrom = (left) => Math.ceil(left - 0.5);
const endOf = (right) => Math.floor(right - 0.5) + 1;

function takeWithin(size, take, y, left, right) {
  const [from, to] = [Math.max(0, firstFrom(left)), Math.min(size.width, endOf(right))];
  if (from < to) take(y, from, to);
}

const rowsBetween = (size, top, bottom) => [Math.max(0, firstFrom(top)), Math.min(size.height, endOf(bottom))];

/** The pixels that a round brush covers on its way from one point to another. */
export function runsOfStroke(size, from, to, radius, take) {
  const [top, bottom] = rowsBetween(size, Math.min(from.y, to.y) - radius, Math.max(from.y, to.y) + radius);
  const sides = sidesOf(from, to, radius);
  for (let y = top; y < bottom; y += 1) {
    const middle = y + 0.5;
    let [left, right] = [Infinity, -Infinity];
    for (const end of [from, to]) {
      const half = Math.sqrt(radius ** 2 - (middle - end.y) ** 2); // NaN beside the circle, which compares as false
      if (half >= 0) [left, right] = [Math.min(left, end.x - half), Math.max(right, end.x + half)];
    }
    for (const [one, other] of sides) {
      if (middle < one.y || middle > other.y) continue;
      const x = one.x + ((other.x - one.x) * (middle - one.y)) / (other.y - one.y);
      [left, right] = [Math.min(left, x), Math.max(right, x)];
    }
    if (left <= right) takeWithin(size, take, y, left, right);
  }
}

/** The two straight sides of a stroke, each from its upper end; a level one covers no row's middle by itself. */
function sidesOf(from, to, radius) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (!length) return [];
  const [dx, dy] = [((to.y - from.y) / length) * radius, ((from.x - to.x) / length) * radius];
  return [1, -1]
    .map((side) => [from, to].map(({ x, y }) => ({ x: x + side * dx, y: y + side * dy })))
    .filter(([one, other]) => one.y !== other.y)
    .map(([one, other]) => (one.y < other.y ? [one, other] : [other, one]));
}

/** The pixels within a polygon, however often its border crosses itself. */
export function runsOfPolygon(size, points, take) {
  const edges = points.map((point, i) => edgeOf(point, points[(i + 1) % points.length])).filter(Boolean);
  if (!edges.length) return;
  edges.sort((one, other) => one.top - other.top);
  const [top, bottom] = rowsBetween(size, edges[0].top, Math.max(...edges.map((edge) => edge.bottom)));
  let active = [];
  let next = 0;
  for (let y = top; y < bottom; y += 1) {
    const middle = y + 0.5;
    while (next < edges.length && edges[next].top <= middle) active.push(edges[next++]);
    active = active.filter((edge) => edge.bottom > middle);
    const crossings = active.map(({ x, top: from, slope, turn }) => ({ x: x + slope * (middle - from), turn }));
    crossings.sort((one, other) => one.x - other.x);
    let winding = 0;
    crossings.forEach(({ x, turn }, i) => {
      winding += turn;
      if (winding && i + 1 < crossings.length) takeWithin(size, take, y, x, crossings[i + 1].x);
    });
  }
}

function edgeOf(one, other) {
  if (one.y === other.y) return null;
  const [upper, lower] = one.y < other.y ? [one, other] : [other, one];
  const slope = (lower.x - upper.x) / (lower.y - upper.y);
  return { top: upper.y, bottom: lower.y, x: upper.x, slope, turn: one.y < other.y ? 1 : -1 };
}

/**
 * The pixels that hang together with one and are of its kind: `isSame(y, x)`. Each run has to be changed
 * by `take`, so that it is not of the kind any more.
 */
export function runsOfArea(size, start, isSame, take) {
  const waiting = [[start.y, start.x, start.x + 1]];
  while (waiting.length) {
    const [y, from, to] = waiting.pop();
    for (let x = from; x < to; x += 1) {
      if (!isSame(y, x)) continue;
      let [left, right] = [x, x + 1];
      while (left > 0 && isSame(y, left - 1)) left -= 1;
      while (right < size.width && isSame(y, right)) right += 1;
      take(y, left, right);
      if (y > 0) waiting.push([y - 1, left, right]);
      if (y + 1 < size.height) waiting.push([y + 1, left, right]);
      x = right;
    }
  }
}
