/*
 * The kinds of shapes. A shape is {id, label, points}; a box has two opposite corners for points.
 *   list              under which name the shapes are in an answer
 *   noun, nouns, how  what one and several are called; how one draws one
 *   fewest, most      points
 *   isClosed, isBox   the path ends where it begins; the points are corners
 *   handles(points)   [{point, cursor, name}]: what can be taken and moved
 *   moved(points, handle, to)   the points after a handle was moved
 *   toAnswer(shape), fromAnswer(item)   fromAnswer gives {label, points}, or null of what is none
 */
import { cornersOf, edgesOf, middle } from "./geometry.js";

const BOX_CURSORS = ["nwse-resize", "ns-resize", "nesw-resize", "ew-resize"];
const BOX_NAMES = ["Upper left corner", "Upper edge", "Upper right corner", "Right edge", "Lower right corner",
  "Lower edge", "Lower left corner", "Left edge"];
const isPoint = (point) => Number.isFinite(point?.x) && Number.isFinite(point?.y);
const whole = (number) => Math.round(Number(number)) || 0;
const pointOf = (item) => ({ x: whole(item.x), y: whole(item.y) });
const read = (item) => (item && typeof item === "object" ? { x: Number(item.x), y: Number(item.y) } : null);

const path = {
  isClosed: false,
  isBox: false,
  handles: (points) => points.map((point, at) => ({ point, cursor: "move", name: `Point ${at + 1} of ${points.length}` })),
  moved: (points, handle, to) => points.map((point, at) => (at === handle ? to : point)),
  toAnswer: ({ label, points }) => ({ label, vertices: points.map(pointOf) }),
  fromAnswer(item) {
    const points = (Array.isArray(item?.vertices) ? item.vertices : []).map(read);
    const isWhole = points.length >= this.fewest && points.length <= this.most && points.every(isPoint);
    return isWhole ? { label: String(item.label), points: points.map(pointOf) } : null;
  },
};

export const BOX = {
  ...path,
  list: "boundingBoxes",
  noun: "box",
  nouns: "boxes",
  how: "Drag from one corner to the opposite one, or click both.",
  fewest: 2,
  most: 2,
  isClosed: true,
  isBox: true,
  /** Eight, from the upper left clockwise. */
  handles(points) {
    const corners = cornersOf(points);
    return corners
      .flatMap((corner, at) => [corner, middle(corner, corners[(at + 1) % 4])])
      .map((point, at) => ({ point, cursor: BOX_CURSORS[at % 4], name: BOX_NAMES[at] }));
  },
  moved(points, handle, to) {
    const { left, top, right, bottom } = edgesOf(points);
    const isLeft = [0, 6, 7].includes(handle);
    const isRight = [2, 3, 4].includes(handle);
    const [x, y] = [isLeft ? to.x : left, handle <= 2 ? to.y : top];
    return [{ x, y }, { x: isRight ? to.x : right, y: handle >= 4 && handle <= 6 ? to.y : bottom }];
  },
  toAnswer({ label, points }) {
    const { left, top, right, bottom } = edgesOf(points.map(pointOf));
    return { height: bottom - top, label, left, top, width: right - left };
  },
  fromAnswer(item) {
    const [left, top, width, height] = ["left", "top", "width", "height"].map((name) => Number(item?.[name] ?? NaN));
    if (![left, top, width, height].every(Number.isFinite)) return null;
    const points = [{ x: left, y: top }, { x: left + width, y: top + height }].map(pointOf);
    return { label: String(item.label), points };
  },
};

export const KEYPOINT = {
  ...path,
  list: "keypoints",
  noun: "point",
  nouns: "points",
  how: "Click where the point is.",
  fewest: 1,
  most: 1,
  toAnswer: ({ label, points: [point] }) => ({ label, ...pointOf(point) }),
  fromAnswer(item) {
    const point = read(item);
    return isPoint(point) ? { label: String(item.label), points: [pointOf(point)] } : null;
  },
};

export const LINE = {
  ...path,
  list: "lines",
  noun: "line",
  nouns: "lines",
  how: "Drag from one end to the other, or click both.",
  fewest: 2,
  most: 2,
};

export const POLYLINE = {
  ...path,
  list: "polylines",
  noun: "polyline",
  nouns: "polylines",
  how: "Click each point; Enter, or a click on the last point again, ends it.",
  fewest: 2,
  most: Infinity,
};

export const POLYGON = {
  ...path,
  list: "polygons",
  noun: "polygon",
  nouns: "polygons",
  how: "Click each corner; a click on the first one again, or Enter, closes it. Click a border to select.",
  fewest: 3,
  most: Infinity,
  isClosed: true,
};
