/*
 * Draws shapes above the picture, in CSS pixels of the stage. Each line has an edge, dark or light, so that it
 * is seen on any picture; each shape has its label's text, or the label's key where there is no room.
 * What is out of sight is left out.
 */
import { edgesOf } from "./geometry.js";
import { betweens, outline } from "./hits.js";
import { shortened } from "./labels-shown.js";
import { contrasting } from "./palette.js";
import { toScreen } from "./view.js";

const FONT = "600 12px system-ui, sans-serif";
const TAG = 17; // its height
const ROOM_FOR_TEXT = 26; // a shape that is smaller has only its label's key
const TURN = 2 * Math.PI;

export class ShapePainter {
  constructor() {
    this.widths = new Map();
  }

  /** Paint what is at rest: the shapes of a scene, {shapes, kind, selected, handle, hovered, colourOf, markOf}. */
  paintBase(context, view, room, scene) {
    this.begin(context, view, room, scene);
    const seen = scene.shapes.map((shape) => this.onScreen(shape)).filter(Boolean);
    for (const one of seen) this.shape(one, false);
    if (!scene.isBare) for (const one of seen) this.tag(one);
  }

  /** Paint what is in use: its shapes, and {draft, pointer, cursor, guides} above them. */
  paint(context, view, room, scene) {
    this.begin(context, view, room, scene);
    for (const one of scene.shapes.map((shape) => this.onScreen(shape)).filter(Boolean)) {
      this.shape(one, true);
      if (one.shape.id === scene.selected) this.handles(one);
      this.tag(one);
    }
    if (scene.draft) this.draft(scene.draft);
    if (scene.guides) this.guides(toScreen(view, scene.guides));
    if (scene.cursor) this.cursor(toScreen(view, scene.cursor));
  }

  begin(context, view, room, scene) {
    [this.context, this.view, this.room, this.scene] = [context, view, room, scene];
    context.lineJoin = "round";
    context.font = FONT;
    context.textBaseline = "middle";
  }

  onScreen(shape) {
    const { kind } = this.scene;
    const points = outline(shape, kind).map((point) => toScreen(this.view, point));
    const edges = edgesOf(points);
    const isOut = edges.right < -9 || edges.bottom < -9 || edges.left > this.room.width + 9 || edges.top > this.room.height + 29;
    return isOut ? null : { shape, points, edges, colour: this.scene.colourOf(shape.label) };
  }

  trace(points, isClosed) {
    const { context } = this;
    context.beginPath();
    points.forEach(({ x, y }, at) => (at ? context.lineTo(x, y) : context.moveTo(x, y)));
    if (isClosed) context.closePath();
  }

  /** A line with an edge: of the two, one is seen on any picture. */
  stroke(colour, width) {
    const { context } = this;
    for (const [style, wide] of [[contrasting(colour), width + 2], [colour, width]]) {
      context.strokeStyle = style;
      context.lineWidth = wide;
      context.stroke();
    }
  }

  shape({ points, colour }, isNear) {
    const { context } = this;
    const { kind } = this.scene;
    if (points.length === 1) return this.dot(points[0], colour, isNear ? 7 : 5);
    this.trace(points, kind.isClosed);
    if (isNear && kind.isClosed) {
      context.globalAlpha = 0.14;
      context.fillStyle = colour;
      context.fill();
      context.globalAlpha = 1;
    }
    this.stroke(colour, isNear ? 3 : 2);
    if (!kind.isClosed) for (const end of [points[0], points.at(-1)]) this.dot(end, colour, 3.5);
    return undefined;
  }

  dot({ x, y }, colour, radius) {
    const { context } = this;
    for (const [style, more] of [[contrasting(colour), 1.5], [colour, 0]]) {
      context.beginPath();
      context.arc(x, y, radius + more, 0, TURN);
      context.fillStyle = style;
      context.fill();
    }
  }

  handles({ shape }) {
    const { scene } = this;
    if (scene.kind.most === 1) this.ring(toScreen(this.view, shape.points[0]));
    if (scene.isLocked || scene.kind.most === 1) return;
    for (const place of betweens(shape.points, scene.kind)) this.knob(toScreen(this.view, place), 3, "#ffffff", "#000000");
    scene.kind.handles(shape.points).forEach(({ point }, at) => {
      const isActive = scene.handle === at;
      this.knob(toScreen(this.view, point), isActive ? 7 : 5, isActive ? "#000000" : "#ffffff", isActive ? "#ffffff" : "#000000");
    });
  }

  /** Around a point that is selected. */
  ring({ x, y }) {
    this.context.beginPath();
    this.context.arc(x, y, 11, 0, TURN);
    this.stroke("#ffffff", 2);
  }

  knob({ x, y }, half, inside, edge) {
    const { context } = this;
    context.fillStyle = inside;
    context.strokeStyle = edge;
    context.lineWidth = 1.5;
    context.beginPath();
    if (this.scene.kind.isBox) context.rect(x - half, y - half, 2 * half, 2 * half);
    else context.arc(x, y, half, 0, TURN);
    context.fill();
    context.stroke();
  }

  /** The label at the upper left corner of the shape, or within the picture's part that is shown. */
  tag({ shape, edges, colour, points }) {
    const { context, scene, room } = this;
    const isPoint = points.length === 1;
    const isSmall = !isPoint && Math.max(edges.right - edges.left, edges.bottom - edges.top) < ROOM_FOR_TEXT;
    const isWhole = !isSmall || shape.id === scene.selected || shape.id === scene.hovered;
    const text = isWhole ? shortened(shape.label) : scene.markOf(shape.label);
    const width = this.widthOf(text) + 10;
    const top = scene.kind.isBox ? edges.left : points.find(({ y: down }) => down === edges.top).x;
    const at = isPoint ? { x: edges.left + (shape.id === scene.selected ? 15 : 10), y: edges.top - TAG / 2 } : { x: top - 1, y: edges.top - TAG - 4 };
    const x = Math.max(2, Math.min(room.width - width - 2, at.x));
    const y = at.y < 2 ? Math.min(Math.max(2, edges.top + 3), room.height - TAG - 2) : Math.min(at.y, room.height - TAG - 2);
    context.beginPath();
    context.roundRect(x, y, width, TAG, 4);
    context.fillStyle = colour;
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = contrasting(colour);
    context.stroke();
    context.fillStyle = contrasting(colour);
    context.fillText(text, x + 5, y + TAG / 2 + 0.5);
  }

  widthOf(text) {
    if (!this.widths.has(text)) this.widths.set(text, this.context.measureText(text).width);
    return this.widths.get(text);
  }

  /** What is being drawn, up to where the pointer is. */
  draft({ label, points, isClosing }) {
    const { kind, colourOf, pointer } = this.scene;
    const colour = colourOf(label);
    const all = pointer && !isClosing ? [...points, pointer] : points;
    const shown = outline({ points: all }, all.length > 1 ? kind : { isBox: false }).map((point) => toScreen(this.view, point));
    if (!shown.length) return;
    if (shown.length > 1) {
      this.trace(shown, (kind.isBox && all.length > 1) || isClosing);
      this.stroke(colour, 2);
    }
    if (kind.isBox && shown.length > 1) return;
    points.forEach((point, at) => {
      const isEnd = at === 0 && kind.isClosed && points.length >= kind.fewest;
      this.knob(toScreen(this.view, point), isEnd ? 7 : 4, isEnd ? colour : "#ffffff", isEnd ? contrasting(colour) : "#000000");
    });
  }

  /** Lines over the whole picture, to aim with. */
  guides({ x, y }) {
    const { context, room } = this;
    const [across, down] = [Math.round(x) + 0.5, Math.round(y) + 0.5];
    context.setLineDash([5, 5]);
    for (const [style, offset] of [["rgb(0 0 0 / 75%)", 0], ["rgb(255 255 255 / 90%)", 5]]) {
      context.lineDashOffset = offset;
      context.strokeStyle = style;
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(across, 0);
      context.lineTo(across, room.height);
      context.moveTo(0, down);
      context.lineTo(room.width, down);
      context.stroke();
    }
    context.setLineDash([]);
  }

  /** The cursor of the keyboard. */
  cursor({ x, y }) {
    const { context } = this;
    context.beginPath();
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      context.moveTo(x + 4 * dx, y + 4 * dy);
      context.lineTo(x + 16 * dx, y + 16 * dy);
    }
    context.moveTo(x + 9, y);
    context.arc(x, y, 9, 0, TURN);
    this.stroke("#000000", 2);
  }
}

