/*
 * Shapes by the keyboard alone, while the picture has the focus. Arrows move a cursor (Shift: far), Space and
 * Enter set a point there. Page Down and Page Up go through the shapes; arrows then move what is selected by
 * one pixel of the picture (Shift: ten). Enter goes into a shape: Page Down and Page Up go through its points,
 * arrows move the one, Insert puts one in after it, Delete takes it out.
 */
import { apart, shifted } from "./geometry.js";
import { betweens } from "./hits.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const NEAR = 4; // CSS pixels that an arrow moves the cursor
const FAR = 40;
const SAME = 2; // CSS pixels within which the cursor is at a point

export class ShapeKeys {
  constructor(tool) {
    this.tool = tool;
  }

  /** Whether the key was for something. */
  press(key, event) {
    const { tool } = this;
    const arrow = ARROWS[key];
    if (tool.isDisabled || !tool.stage.isOpen) return this.pressToLook(key);
    if (arrow) return this.go(arrow, event.shiftKey);
    if (key === "Enter" && tool.draft && tool.kind.most === Infinity) return this.end();
    if (key === "Enter" && tool.selected !== null) return this.enterShape();
    if (key === "Enter" || key === " ") return this.setPoint();
    if (key === "Insert" && tool.handle !== null) return this.insert();
    return this.pressToLook(key);
  }

  pressToLook(key) {
    if (key === "PageDown") return this.next(1);
    if (key === "PageUp") return this.next(-1);
    return false;
  }

  go([across, down], isFar) {
    const { tool } = this;
    const by = isFar ? 10 : 1;
    if (tool.handle !== null) this.moveHandle(across * by, down * by);
    else if (tool.selected !== null && !tool.draft) this.moveShape(across * by, down * by);
    else this.moveCursor(across, down, isFar);
    return true;
  }

  moveCursor(across, down, isFar) {
    const { tool } = this;
    if (!tool.stage.isOpen) return;
    const from = this.cursorOrStart();
    const far = Math.max(1, Math.round((isFar ? FAR : NEAR) / tool.stage.view.scale));
    this.placeCursor({ x: from.x + across * far, y: from.y + down * far });
  }

  /** Where the cursor is; if it was not shown, the middle of what is seen of the picture. */
  cursorOrStart() {
    const { tool } = this;
    const { view, room } = tool.stage;
    const middle = { x: (room.width / 2 - view.x) / view.scale, y: (room.height / 2 - view.y) / view.scale };
    return tool.cursor ?? tool.held(middle);
  }

  placeCursor(point) {
    const { tool } = this;
    tool.cursor = tool.held(point);
    [tool.pointer, tool.hovered] = [tool.cursor, null];
    const { draft } = tool;
    const isAt = (end) => end && apart(end, tool.cursor) * tool.stage.view.scale <= SAME;
    tool.isClosing = Boolean(draft && tool.kind.isClosed && draft.points.length >= tool.kind.fewest && isAt(draft.points[0]));
    tool.stage.reveal(tool.cursor);
    tool.stage.redraw();
    tool.say(tool.sayPlace(tool.cursor));
  }

  /** The first press only shows the cursor. */
  setPoint() {
    const { tool } = this;
    if (!tool.canDraw) return false;
    if (!tool.cursor) this.placeCursor(this.cursorOrStart());
    else if (tool.isClosing) tool.finish();
    else tool.addPoint(tool.cursor);
    return true;
  }

  end() {
    const { tool } = this;
    if (tool.draft.points.length < tool.kind.fewest) tool.say(`A ${tool.kind.noun} has at least ${tool.kind.fewest} points.`);
    else tool.finish();
    return true;
  }

  next(step) {
    const { tool } = this;
    if (tool.handle !== null) return this.nextHandle(step);
    const { shapes, selected } = tool;
    if (!shapes.length || tool.draft) return false;
    const at = shapes.findIndex(({ id }) => id === selected);
    const from = at < 0 && step < 0 ? shapes.length : at;
    const shape = shapes[(from + step + shapes.length) % shapes.length];
    tool.select(shape.id);
    this.revealPoint(shape.points[0]);
    return true;
  }

  nextHandle(step) {
    const { tool } = this;
    const handles = tool.kind.handles(tool.shape(tool.selected).points);
    tool.handle = (tool.handle + step + handles.length) % handles.length;
    this.sayHandle(handles);
    return true;
  }

  enterShape() {
    const { tool } = this;
    const handles = tool.kind.handles(tool.shape(tool.selected).points);
    if (tool.kind.most === 1) return false;
    tool.handle ??= 0;
    this.sayHandle(handles);
    return true;
  }

  sayHandle(handles) {
    const { tool } = this;
    const { point, name } = handles[tool.handle];
    this.revealPoint(point);
    tool.stage.redraw();
    tool.say(`${name}: ${tool.sayPlace({ x: Math.round(point.x), y: Math.round(point.y) })}`);
  }

  revealPoint(point) {
    this.tool.stage.reveal(point);
  }

  moveHandle(dx, dy) {
    const { tool } = this;
    const { points } = tool.shape(tool.selected);
    const { point } = tool.kind.handles(points)[tool.handle];
    const to = tool.held({ x: point.x + dx, y: point.y + dy });
    tool.nudge(tool.kind.moved(points, tool.handle, to));
    this.revealPoint(to);
  }

  moveShape(dx, dy) {
    const { tool } = this;
    const moved = shifted(tool.shape(tool.selected).points, dx, dy, tool.stage.size);
    tool.nudge(moved);
    this.revealPoint(moved[0]);
  }

  insert() {
    const { tool } = this;
    const { points } = tool.shape(tool.selected);
    const place = betweens(points, tool.kind)[tool.handle];
    if (!place) return false;
    tool.replace(tool.selected, points.toSpliced(tool.handle + 1, 0, tool.held(place)));
    tool.handle += 1;
    return true;
  }
}
