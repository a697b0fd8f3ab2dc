/*
 * What is under a pointer: {id, part, handle, cursor} of a shape, or null. `part`: handle (of its points or a
 * box's eight), between (two of its points, where one can be put in), border, inside (of what is selected).
 * Shapes drawn later are above. Tolerance in the picture's pixels.
 */
import { apart, cornersOf, edgesOf, fromPath, isWithin, middle } from "./geometry.js";

const EDGE_HANDLES = [1, 3, 5, 7];

/** Corners and ends of shapes with few points can be taken at once; of others when they are selected. */
const isDirect = (kind) => Number.isFinite(kind.most);

export function hitAt(point, { shapes, selected, kind, tolerance }) {
  const chosen = shapes.find(({ id }) => id === selected);
  const above = shapes.toReversed();
  return (
    (chosen && (atHandle(point, chosen, kind, tolerance) ?? between(point, chosen, kind, tolerance))) ??
    (isDirect(kind) ? first(above, (shape) => atHandle(point, shape, kind, tolerance)) : null) ??
    (chosen && atBorder(point, chosen, kind, tolerance)) ??
    first(above, (shape) => atBorder(point, shape, kind, tolerance)) ??
    (chosen && kind.isClosed && isWithin(point, outline(chosen, kind))
      ? { id: chosen.id, part: "inside", handle: null, cursor: "move" }
      : null)
  );
}

/** The smallest closed shape that a point is in. */
export function around(point, shapes, kind) {
  const areas = shapes.filter((shape) => isWithin(point, outline(shape, kind))).map((shape) => [area(shape), shape]);
  return areas.sort(([one], [other]) => one - other)[0]?.[1] ?? null;
}

/** The places between two points each, where one can be put in. */
export function betweens(points, kind) {
  if (isDirect(kind)) return [];
  const pairs = kind.isClosed ? points.length : points.length - 1;
  return Array.from({ length: pairs }, (_, at) => middle(points[at], points[(at + 1) % points.length]));
}

export const outline = ({ points }, kind) => (kind.isBox ? cornersOf(points) : points);

function first(shapes, find) {
  for (const shape of shapes) {
    const found = find(shape);
    if (found) return found;
  }
  return null;
}

function area({ points }) {
  const { left, top, right, bottom } = edgesOf(points);
  return (right - left) * (bottom - top);
}

function nearest(point, places, tolerance) {
  const far = places.map((place) => apart(point, place));
  const at = far.indexOf(Math.min(...far));
  return at >= 0 && far[at] <= tolerance ? at : -1;
}

/** Of small boxes only the corners, so that there is room to take the rest. */
function atHandle(point, shape, kind, tolerance) {
  const handles = kind.handles(shape.points);
  const { left, top, right, bottom } = edgesOf(shape.points);
  const isSmall = kind.isBox && Math.min(right - left, bottom - top) < 4 * tolerance;
  const places = handles.map(({ point: place }, at) => (isSmall && at % 2 ? { x: Infinity, y: Infinity } : place));
  const handle = nearest(point, places, tolerance);
  return handle < 0 ? null : { id: shape.id, part: "handle", handle, cursor: handles[handle].cursor };
}

function between(point, shape, kind, tolerance) {
  const handle = nearest(point, betweens(shape.points, kind), tolerance);
  return handle < 0 ? null : { id: shape.id, part: "between", handle, cursor: "copy" };
}

function atBorder(point, shape, kind, tolerance) {
  const { distance, after } = fromPath(point, outline(shape, kind), kind.isClosed);
  if (distance > tolerance) return null;
  if (!kind.isBox) return { id: shape.id, part: "border", handle: null, cursor: "move" };
  const handle = EDGE_HANDLES[after];
  return { id: shape.id, part: "handle", handle, cursor: kind.handles(shape.points)[handle].cursor };
}
