/*
 * What a pointer does with shapes: draws them point by point or by dragging, selects, moves and changes them.
 * Pressed where something can be taken, it takes that, unless Shift is held. What is dragged shows itself at
 * once (`tool.live`) and is a change when it is let go.
 */
import { apart, shifted, snapped } from "./geometry.js";
import { around, betweens, hitAt } from "./hits.js";

const TOLERANCES = { touch: 18, pen: 10 }; // CSS pixels
const TOLERANCE = 6;
const DRAG = { touch: 9, pen: 6 };
const SHORTEST_DRAG = 4;

export class ShapePointer {
  constructor(tool) {
    this.tool = tool;
    this.press = null;
  }

  hit(point, event) {
    const { shapes, selected } = this.tool;
    const tolerance = this.reach(event);
    if (event.shiftKey) return null;
    return hitAt(point, { shapes, selected, kind: this.tool.kind, tolerance });
  }

  /** How far from a thing one may aim, in the picture's pixels. */
  reach(event) {
    return (TOLERANCES[event.pointerType] ?? TOLERANCE) / this.tool.stage.view.scale;
  }

  began(point, event) {
    const { tool } = this;
    tool.cursor = null;
    const hit = tool.draft ? null : this.hit(point, event);
    this.press = { start: point, hit, isDragged: false, before: hit && tool.shape(hit.id).points };
    this.aim(point, event);
    tool.stage.redraw();
  }

  moved(point, event) {
    const { press, tool } = this;
    if (!press) return;
    const far = apart(point, press.start) * tool.stage.view.scale;
    if (!press.isDragged && far < (DRAG[event.pointerType] ?? SHORTEST_DRAG)) return;
    const isNew = !press.isDragged;
    press.isDragged = true;
    if (press.hit) this.drag(point);
    else {
      if (isNew) this.startDrawing();
      this.aim(point, event);
    }
    tool.stage.redraw();
  }

  /** With two points to draw, dragging sets the first where it began. */
  startDrawing() {
    const { tool, press } = this;
    if (tool.draft || tool.kind.most !== 2 || !tool.canDraw) return;
    tool.deselect();
    tool.addPoint(press.start);
  }

  drag(point) {
    const { tool, press } = this;
    if (tool.isDisabled) return;
    const { start, hit, before } = press;
    if (!tool.live) tool.stage.redrawBase(); // without it
    const [dx, dy] = [point.x - start.x, point.y - start.y];
    tool.live = { id: hit.id, points: this.dragged(hit, before, dx, dy) };
  }

  dragged({ part, handle }, before, dx, dy) {
    const { kind, stage } = this.tool;
    if (part === "border" || part === "inside") return shifted(before, dx, dy, stage.size);
    const places = part === "between" ? betweens(before, kind) : kind.handles(before).map((one) => one.point);
    const to = this.tool.held({ x: places[handle].x + dx, y: places[handle].y + dy });
    if (part === "between") return before.toSpliced(handle + 1, 0, to);
    return kind.moved(before, handle, to);
  }

  ended(point, event) {
    const { press, tool } = this;
    this.press = null;
    if (!press) return;
    if (press.hit) this.endOn(press);
    else this.endOnPicture(point, event, press);
    if (event.pointerType === "touch") tool.pointer = tool.draft ? tool.pointer : null;
    tool.stage.redraw();
  }

  endOn({ hit, isDragged, before }) {
    const { tool } = this;
    const { live } = tool;
    tool.live = null;
    if (!tool.shape(hit.id)) return; // deleted meanwhile
    if (live) tool.stage.redrawBase();
    if (isDragged && live) tool.replace(hit.id, live.points);
    else if (hit.part === "between" && !tool.isDisabled) tool.replace(hit.id, this.dragged(hit, before, 0, 0));
    const isPoint = !tool.kind.isBox && tool.kind.most !== 1;
    const handle = { handle: hit.handle, between: hit.handle + 1 }[hit.part] ?? null;
    if (!isDragged || tool.selected === hit.id || !Number.isFinite(tool.kind.most)) tool.select(hit.id, isPoint ? handle : null);
  }

  endOnPicture(point, event, { isDragged }) {
    const { tool } = this;
    const isClick = !isDragged;
    if (!tool.draft && tool.selected !== null && isClick) tool.deselect();
    else if (isClick && !tool.draft && !event.shiftKey && this.selectAround(point)) return;
    else if (tool.canDraw) this.setPoint(point, event);
  }

  setPoint(point, event) {
    const { tool } = this;
    if (tool.isClosing) tool.finish();
    else tool.addPoint(point);
    this.aim(point, event);
  }

  selectAround(point) {
    const { tool } = this;
    const found = tool.kind.isBox || tool.isDisabled ? around(point, tool.shapes, tool.kind) : null;
    if (found) tool.select(found.id);
    return Boolean(found);
  }

  cancelled() {
    const { press, tool } = this;
    this.press = null;
    tool.live = null;
    tool.stage.redrawBase();
    if (press && !press.hit && press.isDragged && tool.kind.most === 2) tool.cancelDraft();
    tool.stage.redraw();
  }

  hovered(point, event) {
    const { tool } = this;
    const hit = tool.draft ? null : this.hit(point, event);
    const hovered = hit?.id ?? null;
    this.aim(point, event);
    tool.cursorShape(tool.isDisabled ? (hit && "pointer") : hit?.cursor);
    const isGuided = tool.kind.isBox || tool.draft;
    if (hovered === tool.hovered && !isGuided) return;
    tool.hovered = hovered;
    tool.stage.redraw();
  }

  /** Note where the pointer is, and whether a click there ends what is being drawn. */
  aim(point, event) {
    const { tool } = this;
    const { draft, kind } = tool;
    tool.pointer = tool.stage.size && snapped(point, tool.stage.size);
    tool.isClosing = false;
    if (!draft || kind.most !== Infinity || draft.points.length < kind.fewest) return;
    const reach = this.reach(event);
    const isAtFirst = kind.isClosed && apart(draft.points[0], point) <= reach;
    tool.isClosing = isAtFirst || apart(draft.points.at(-1), point) <= reach / 2; // points may lie close to each other
  }

  left() {
    const { tool } = this;
    [tool.hovered, tool.pointer] = [null, null];
    tool.stage.redraw();
  }
}
