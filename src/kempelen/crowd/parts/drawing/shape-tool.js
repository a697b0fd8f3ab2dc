/*
 * class ShapeTool: drawing tools whose answer is a list of shapes. A subclass names its `static kind` (kinds.js).
 *   shapes            [{id, label, points}], never changed in place: undo goes back to what was
 *   draft             {label, points} of what is being drawn, or null
 *   selected, handle  the id of what is selected; which of its points is, if one is
 *   live              {id, points} while something is dragged
 *   pointer, cursor   where the pointer is, and the keyboard's cursor, in the picture's pixels, or null
 */
import { listIn } from "../answers.js";
import { apart, edgesOf, snapped } from "./geometry.js";
import { ShapeKeys } from "./shape-keys.js";
import { ShapePainter } from "./shape-painter.js";
import { ShapePointer } from "./shape-pointer.js";
import { DrawingTool } from "./tool.js";

let lastId = 0;

const KEYS = [
  ["Delete", "Delete what is selected"],
  ["Esc", "Leave off drawing; select nothing"],
  ["Shift", "Held, draws also where another shape's edge is"],
  ["Arrow keys", "On the picture: move the cursor, or what is selected; with Shift further"],
  ["Enter, Space", "On the picture: set a point at the cursor; Enter on what is selected goes to its points"],
  ["Page Down, Page Up", "On the picture: select the next, the one before"],
  ["L", "Hide the labels on the picture, show them again"],
];

export class ShapeTool extends DrawingTool {
  constructor() {
    super();
    [this.shapes, this.draft, this.handle, this.live] = [[], null, null, null];
    [this.pointer, this.cursor, this.hovered, this.isClosing] = [null, null, null, false];
    this.painter = new ShapePainter();
    this.pointing = new ShapePointer(this);
    this.typing = new ShapeKeys(this);
    this.acts.finish = () => this.finish();
    this.acts.tags = () => this.hideTags(!this.isBare);
  }

  static get nouns() {
    return this.kind.nouns;
  }

  static get how() {
    return this.kind.how;
  }

  get kind() {
    return this.constructor.kind;
  }

  keyLines() {
    const ends = [["Enter", `End the ${this.kind.noun}`], ["Backspace", "Take the last point back"],
      ["Insert, Delete", `Put a point in, take one out (after Enter on a selected ${this.kind.noun})`]];
    return this.kind.most === Infinity ? [...ends, ...KEYS] : KEYS;
  }

  // ---- The answer -----------------------------------------------------------------------------------

  contents() {
    return { [this.kind.list]: this.shapes.map((shape) => this.kind.toAnswer(shape)) };
  }

  contentsFrom(taken) {
    return { [this.kind.list]: listIn(taken(this.kind.list)) };
  }

  /** Of an initial value, what has a label that the task does not know is left out. */
  take(contents, isInitial) {
    const items = Array.isArray(contents) ? contents : contents?.[this.kind.list];
    const shapes = (Array.isArray(items) ? items : []).map((item) => this.kind.fromAnswer(item)).filter(Boolean);
    const known = isInitial ? shapes.filter(({ label }) => this.known.includes(label)) : shapes;
    this.shapes = known.map((shape) => ({ ...shape, id: (lastId += 1) }));
    [this.draft, this.live, this.handle] = [null, null, null];
    this.pointing.press = null;
  }

  items() {
    return this.shapes.map(({ id, label }) => ({ id, label, text: label }));
  }

  fault() {
    const isBegun = this.draft?.points.length > 1;
    return super.fault() || (isBegun ? `The ${this.kind.noun} that you are drawing is not ended: press Enter, or Esc to leave it off.` : "");
  }

  // ---- What there is --------------------------------------------------------------------------------

  shape(id) {
    return this.shapes.find((shape) => shape.id === id);
  }

  nameOf(shape) {
    return `${this.kind.noun} ${this.shapes.indexOf(shape) + 1}, ${shape.label}`;
  }

  /** A place that can be drawn at: whole pixels, within the picture. */
  held(point) {
    const { width, height } = this.size;
    return snapped(point, this.kind.most === 1 ? { width: width - 1, height: height - 1 } : { width, height });
  }

  sayPlace({ x, y }) {
    return `${x} across, ${y} down`;
  }

  sayShape(shape) {
    const { left, top, right, bottom } = edgesOf(shape.points);
    if (this.kind.most === 1) return `${this.nameOf(shape)}: ${this.sayPlace(shape.points[0])}`;
    return `${this.nameOf(shape)}: from ${left} across, ${top} down, ${right - left} wide, ${bottom - top} high`;
  }

  // ---- Changes --------------------------------------------------------------------------------------

  /** Put these shapes in place of what there is; a change that can be undone. */
  put(shapes, said = "") {
    const before = this.shapes;
    this.nudged = null;
    this.shapes = shapes;
    this.history.note(() => this.restore(before), () => this.restore(shapes));
    this.changed(said);
  }

  restore(shapes) {
    this.shapes = shapes;
    this.nudged = null;
    if (!this.shape(this.selected)) this.selected = null;
    this.handle = null;
    this.cancelDraft();
  }

  replace(id, points, said) {
    const shape = this.shape(id);
    if (!shape) return undefined;
    const { left, top, right, bottom } = edgesOf(points);
    if (this.kind.isBox && (left === right || top === bottom)) return undefined;
    const even = this.kind.isBox ? [{ x: left, y: top }, { x: right, y: bottom }] : points;
    if (JSON.stringify(even) === JSON.stringify(shape.points)) return undefined;
    const changed = { ...shape, points: even };
    this.put(this.shapes.map((one) => (one.id === id ? changed : one)));
    return this.say(said ?? this.sayShape(changed));
  }

  /** Move what is selected by keys: steps that follow each other are undone as one. */
  nudge(points) {
    const isMore = this.nudged === this.selected && this.history.canUndo;
    const count = this.history.past.length;
    this.replace(this.selected, points);
    if (isMore && this.history.past.length > count) this.history.join();
    this.nudged = this.selected;
  }

  select(id, handle = null) {
    [this.selected, this.handle] = [id, handle];
    this.cancelDraft();
    this.refresh();
    const shape = this.shape(id);
    if (shape) this.say(`Selected: ${this.sayShape(shape)}`);
  }

  deselect() {
    if (this.selected === null) return false;
    [this.selected, this.handle] = [null, null];
    this.refresh();
    this.say("Nothing is selected.");
    return true;
  }

  /** Delete a shape; of what is selected only the point, if one is chosen. False if there is nothing. */
  discard(id) {
    if (this.isDisabled) return false;
    if (id === undefined && this.draft) return this.takeBack();
    const shape = this.shape(id ?? this.selected);
    if (!shape) return false;
    if (id === undefined && this.handle !== null && this.kind.most === Infinity) return this.removePoint(shape);
    const said = `Deleted: ${this.nameOf(shape)}.`;
    if (shape.id === this.selected) [this.selected, this.handle] = [null, null];
    this.hovered = null;
    this.put(this.shapes.filter((one) => one !== shape), said);
    return true;
  }

  removePoint(shape) {
    if (shape.points.length <= this.kind.fewest) {
      this.say(`A ${this.kind.noun} has at least ${this.kind.fewest} points.`);
      return true;
    }
    const { handle } = this;
    this.replace(shape.id, shape.points.toSpliced(handle, 1), "Point deleted.");
    this.handle = Math.max(0, handle - 1);
    return true;
  }

  /** A label chosen while a shape is selected is that shape's. */
  labelChosen(label) {
    if (this.draft) this.draft = { ...this.draft, label };
    const shape = this.shape(this.selected);
    if (!shape || this.isDisabled) return this.say(`Label: ${label}`);
    const changed = { ...shape, label };
    if (label !== shape.label) this.put(this.shapes.map((one) => (one === shape ? changed : one)));
    return this.say(this.nameOf(changed.label === shape.label ? shape : changed));
  }

  get labelTitle() {
    const shape = this.shape(this.selected);
    return shape ? `Label of ${this.kind.noun} ${this.shapes.indexOf(shape) + 1}` : "Label";
  }

  get labelShown() {
    return this.shape(this.selected)?.label ?? this.label;
  }

  // ---- Drawing --------------------------------------------------------------------------------------

  addPoint(place) {
    const point = this.held(place);
    const draft = this.draft ?? { label: this.label, points: [] };
    const [first] = draft.points;
    if (this.kind.isBox && first && (first.x === point.x || first.y === point.y)) return;
    if (first && apart(draft.points.at(-1), point) === 0) return;
    this.nudged = null;
    if (this.selected !== null) this.deselect();
    this.draft = { ...draft, points: [...draft.points, point] };
    if (this.draft.points.length === this.kind.most) this.finish();
    else this.drafted(`Point ${this.draft.points.length}: ${this.sayPlace(point)}`);
  }

  drafted(said) {
    this.isClosing = false;
    this.validate();
    this.refreshTools();
    this.stage.redraw();
    this.say(said);
  }

  /** Make a shape of what is being drawn. */
  finish() {
    const { draft, kind } = this;
    if (!draft || draft.points.length < kind.fewest) return;
    [this.draft, this.isClosing] = [null, false];
    const points = kind.isBox ? this.evenBox(draft.points) : draft.points;
    const shape = { id: (lastId += 1), label: draft.label, points };
    this.put([...this.shapes, shape]);
    this.say(`Drawn: ${this.sayShape(shape)}`);
  }

  evenBox(points) {
    const { left, top, right, bottom } = edgesOf(points);
    return [{ x: left, y: top }, { x: right, y: bottom }];
  }

  cancelDraft() {
    if (!this.draft) return false;
    [this.draft, this.isClosing] = [null, false];
    this.validate();
    this.refreshTools();
    this.stage.redraw();
    return true;
  }

  /** Take the last point of what is being drawn back. */
  takeBack() {
    const points = this.draft.points.slice(0, -1);
    this.draft = points.length ? { ...this.draft, points } : null;
    this.drafted(points.length ? `${points.length} points` : "Nothing is being drawn.");
    return true;
  }

  escape() {
    if (this.cancelDraft()) this.say("Left off.");
    else if (this.handle !== null) {
      this.handle = null;
      this.stage.redraw();
    } else if (!this.deselect() && !this.cursor) return false;
    else this.cursor = null;
    return true;
  }

  step(act) {
    if (!this.draft) super.step(act);
    else if (act === "undo") this.takeBack(); // to make something again would be the end of what is being drawn
  }

  refreshTools() {
    super.refreshTools();
    if (this.isDisabled) return this.toolbar.enable("finish", false);
    this.toolbar.enable("undo", this.history.canUndo || Boolean(this.draft));
    this.toolbar.enable("redo", this.history.canRedo && !this.draft);
    this.toolbar.enable("remove", this.selected !== null || Boolean(this.draft));
    return this.toolbar.enable("finish", this.draft?.points.length >= this.kind.fewest);
  }

  /** Labels may hide what is to be seen; those in use stay. */
  hideTags(isBare) {
    this.isBare = isBare;
    this.toolbar.press("tags", isBare);
    this.stage.redrawBase();
  }

  pressView(key, event) {
    if (key !== "l" && key !== "L") return super.pressView(key, event);
    this.acts.tags();
    return true;
  }

  // ---- The stage's callbacks ------------------------------------------------------------------------

  pressTool(key, event) {
    return this.typing.press(key, event);
  }

  pointerBegan(point, event) {
    this.pointing.began(point, event);
  }

  pointerMoved(point, event) {
    this.pointing.moved(point, event);
  }

  pointerEnded(point, event) {
    this.pointing.ended(point, event);
  }

  pointerCancelled(point, event) {
    this.pointing.cancelled(point, event);
  }

  pointerHovered(point, event) {
    this.pointing.hovered(point, event);
  }

  pointerLeft() {
    this.pointing.left();
  }

  cursorShape(given) {
    const cursor = given || "";
    if (this.stage.place.style.cursor !== cursor) this.stage.place.style.cursor = cursor;
  }

  /** What is at rest: all but what is selected or being dragged. */
  drawBase(context, view, room) {
    const shapes = this.shapes.filter(({ id }) => id !== this.selected && id !== this.live?.id);
    this.painter.paintBase(context, view, room, this.scene(shapes));
  }

  draw(context, view, room) {
    const { live, draft, isClosing, kind, pointer, cursor } = this;
    const used = this.shapes.filter(({ id }) => id === this.selected || id === this.hovered || id === live?.id);
    const shapes = used.map((one) => (one.id === live?.id ? { ...one, points: live.points } : one));
    const isAiming = kind.isBox && this.canDraw && !live && this.hovered === null;
    this.painter.paint(context, view, room, {
      ...this.scene(shapes), pointer, cursor, draft: draft && { ...draft, isClosing }, guides: isAiming ? pointer : null,
    });
  }

  scene(shapes) {
    return {
      shapes, kind: this.kind, isBare: this.isBare, selected: this.selected, handle: this.handle, hovered: this.hovered, isLocked: this.isDisabled,
      colourOf: (label) => this.colourOf(label), markOf: (label) => this.markOf(label),
    };
  }

  refresh() {
    super.refresh();
    this.stage.redrawBase();
  }
}
