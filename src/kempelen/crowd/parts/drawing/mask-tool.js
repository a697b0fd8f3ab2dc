/*
 * class MaskTool: drawing tools whose answer is a mask: its tools, keys and what is to be seen. A subclass gives:
 *   current()           the number to paint with; 0 if there can be none
 *   ended(isPainted)    after each change of the mask: [undo, redo] of what it did besides, if anything
 *   items(), select(number), discard(number), labelChosen(label)   as every drawing tool
 */
import { MaskAnswer } from "./mask-answer.js";
import { Brushes, KINDS } from "./mask-brushes.js";
import { MOST_THINGS } from "./mask.js";
import { paintTags, placesIn } from "./mask-tags.js";
import { partsOf } from "./palette.js";

const MOST_KEPT = 64 * 2 ** 20; // bytes of what can be undone
const KEYS = [
  ["B, E, P, G", "Brush, eraser, polygon, fill an area"],
  ["[, ]", "A smaller, a larger brush"],
  ["Shift+click", "A straight line from where the brush was last"],
  ["Enter, Backspace, Esc", "Fill the polygon, take its last corner back, leave off"],
  ["V, L, K", "Hide the mask, show the labels, keep what is painted"],
  ["Arrow keys", "On the picture: move the cursor; with Shift further"],
  ["Space", "On the picture: put the brush down, lift it; set a corner; fill"],
];
const BY_KEYS = "Keys: arrows move a cursor over the picture, Space puts the brush down there and lifts it again; with other " +
  "tools it sets a corner, or fills. The button Shortcuts lists all keys.";
const ACTS = { b: "brush", e: "eraser", p: "polygon", g: "area", v: "hide", l: "names", k: "careful" };

export class MaskTool extends MaskAnswer {
  constructor() {
    super();
    [this.opacity, this.isHidden, this.hasNames, this.isCareful] = [0.5, false, true, false];
    this.brushes = new Brushes(this);
    for (const kind of KINDS) this.acts[kind] = () => this.takeBrush(kind);
    this.acts.finish = () => this.brushes.close();
    this.acts.hide = () => this.toggle("isHidden", "hide", "The mask is hidden.", "The mask is shown.");
    this.acts.names = () => this.toggle("hasNames", "names", "Labels are shown.", "Labels are hidden.");
    this.acts.careful = () => this.toggle("isCareful", "careful", "What is painted is kept.", "What is painted can be painted over.");
    this.part$("#by-keys").textContent = BY_KEYS;
    this.watchRanges();
  }

  keyLines() {
    return KEYS;
  }

  ready() {
    super.ready();
    this.brushes.fitTo(this.size);
    this.showRanges();
  }

  fault() {
    const isBegun = this.brushes?.corners.length > 1;
    return super.fault() || (isBegun ? "The polygon that you are drawing is not filled: press Enter, or Esc to leave it off." : "");
  }

  take(contents, isInitial) {
    this.brushes.forget();
    super.take(contents, isInitial);
  }

  // ---- Painting -----------------------------------------------------------------------------------------------

  get canPaint() {
    return this.canDraw && this.mask !== null && !this.isFetching;
  }

  startStroke(isErasing = false) {
    this.number = isErasing ? 0 : this.current();
    if (!isErasing && !this.number) {
      this.say(`There can be no more than ${MOST_THINGS}.`);
      return false;
    }
    if (this.isHidden) this.acts.hide();
    this.mask.isCareful = this.isCareful && !isErasing;
    this.mask.begin();
    this.stage.redraw();
    return true;
  }

  paintTo(from, to, size) {
    this.mask.stroke(from, to, size, this.number);
    this.stage.redraw();
  }

  cancelStroke() {
    const change = this.mask.end();
    if (change) this.mask.swap(change);
    this.ended(false);
    this.refresh();
  }

  endStroke() {
    const change = this.mask.end();
    this.places = undefined;
    const thing = this.things.get(this.number);
    const besides = this.ended(Boolean(change));
    if (!change) return this.stage.redraw();
    this.remember(change, ...besides);
    return this.changed(thing ? `Painted: ${this.sayThing(this.number)}` : "Erased.");
  }

  /** Remember a change of the mask, with what undoes and redoes what has changed besides. */
  remember(change, undo = () => {}, redo = () => {}) {
    const { history, mask } = this;
    history.note(
      () => (change && mask.swap(change), undo()),
      () => (change && mask.swap(change), redo()),
    );
    if (!history.past.length) return;
    history.past.at(-1).bytes = change?.bytes ?? 0;
    let kept = history.past.reduce((sum, { bytes = 0 }) => sum + bytes, 0);
    while (kept > MOST_KEPT && history.past.length > 1) kept -= history.past.shift().bytes ?? 0;
  }

  fillPolygon(corners) {
    if (!this.startStroke()) return;
    this.mask.polygon(corners, this.number);
    this.endStroke();
    this.refreshTools();
    this.validate();
  }

  fillArea(point) {
    if (!this.startStroke()) return;
    this.mask.area(point, this.number);
    this.endStroke();
  }

  /** Take away everything of a thing. */
  eraseThing(number) {
    this.brushes.lift(); // else two changes would be recorded as one
    this.mask.begin();
    this.mask.erase(number);
    this.places = undefined;
    return this.mask.end();
  }

  /** After each change of the mask: what else it did is undone and redone by the functions given, if any are. */
  ended() {
    return [];
  }

  // ---- What is said and listed ----------------------------------------------------------------------------------

  shareOf(number) {
    const share = (100 * (this.mask?.counts[number] ?? 0)) / (this.mask?.cells.length || 1);
    return share > 0 && share < 0.1 ? "< 0.1 %" : `${share < 10 ? share.toFixed(1) : Math.round(share)} %`;
  }

  nameOf(number) {
    return this.things.get(number)?.label ?? "";
  }

  sayThing(number) {
    return `${this.nameOf(number)}, ${this.shareOf(number)} of the picture`;
  }

  sayThere(point) {
    const name = this.mask && this.nameOf(this.mask.at(point.x, point.y));
    return name ? `, ${name}` : "";
  }

  // ---- Tools ------------------------------------------------------------------------------------------------------

  takeBrush(kind) {
    if (this.isDisabled) return;
    this.takeHand(false);
    this.brushes.choose(kind);
    this.refreshTools();
    this.stage.redraw();
    this.say(this.part$(`[data-act="${kind}"]`).getAttribute("aria-label"));
  }

  takeHand(isHand) {
    super.takeHand(isHand);
    this.refreshTools();
  }

  toggle(property, act, onceOn, onceOff) {
    this[property] = !this[property];
    this.toolbar.press(act, this[property]);
    this.stage.redraw();
    this.say(this[property] ? onceOn : onceOff);
  }

  cornersChanged(said) {
    this.refreshTools();
    this.validate();
    this.stage.redraw();
    this.say(said);
  }

  watchRanges() {
    for (const range of this.root.querySelectorAll("[data-range]")) {
      const take = (event) => {
        event.stopPropagation(); // it is no part of the answer
        if (range.dataset.range === "size") this.brushes.resize(Number(range.value));
        else this.opacity = Number(range.value) / 100;
        this.showRanges();
        this.stage.redraw();
      };
      range.addEventListener("input", take);
      range.addEventListener("change", take);
    }
    this.showRanges();
  }

  showRanges() {
    const shown = { size: [this.brushes.level, `${this.brushes.size} px`], opacity: [Math.round(this.opacity * 100)] };
    for (const range of this.root.querySelectorAll("[data-range]")) {
      const [value, text = `${value} %`] = shown[range.dataset.range];
      range.value = value;
      range.setAttribute("aria-valuetext", text);
      range.nextElementSibling.textContent = text;
    }
  }

  resizeBrush(by) {
    this.brushes.resize(this.brushes.level + by);
    this.showRanges();
    this.stage.redraw();
    this.say(`Brush of ${this.brushes.size} pixel${this.brushes.size === 1 ? "" : "s"}.`);
  }

  refreshTools() {
    super.refreshTools();
    const { brushes, isDisabled } = this;
    if (!brushes) return; // still being made
    const { isHand } = this.stage.gestures;
    for (const kind of KINDS) {
      this.toolbar.enable(kind, !isDisabled);
      this.toolbar.press(kind, !isHand && brushes.kind === kind);
    }
    this.toolbar.enable("careful", !isDisabled);
    for (const act of ["hide", "names", "careful"]) this.toolbar.press(act, this[{ hide: "isHidden", names: "hasNames", careful: "isCareful" }[act]]);
    this.toolbar.enable("finish", brushes.corners.length > 2);
    if (brushes.corners.length && !isDisabled) for (const act of ["undo", "remove"]) this.toolbar.enable(act, true);
    this.part$('[data-range="size"]').disabled = isDisabled;
    const { place } = this.stage;
    if (isHand || isDisabled) place.removeAttribute("data-tool");
    else place.dataset.tool = brushes.kind;
  }

  step(act) {
    this.brushes.lift();
    if (act === "undo" && this.brushes.corners.length) return this.brushes.takeBack();
    this.places = undefined;
    return super.step(act);
  }

  // ---- Keys and pointers ----------------------------------------------------------------------------------------------

  press(key, event) {
    if (key === "[" || key === "]") this.resizeBrush(key === "[" ? -1 : 1);
    else if (key === "Enter" && !this.isOnStage(event) && this.isNowhere(event) && this.brushes.corners.length) this.brushes.close();
    else if (ACTS[key.toLowerCase()]) this.acts[ACTS[key.toLowerCase()]]();
    else return super.press(key, event);
    return true;
  }

  /** Whether a key was pressed while nothing has the focus, so that it means no button. */
  isNowhere(event) {
    return event.composedPath()[0] === document.body;
  }

  pressTool(key, event) {
    return this.brushes.press(key, event);
  }

  pressView(key, event) {
    const act = this.isDisabled && ACTS[key.toLowerCase()];
    if (act === "hide" || act === "names") this.acts[act]();
    else return super.pressView(key, event);
    return true;
  }

  escape() {
    const wasDown = this.brushes.isDown;
    this.brushes.lift();
    return wasDown || this.brushes.leaveOff();
  }

  /** Delete: the last corner of what is being drawn; else what a subclass has selected. */
  discard(number) {
    if (this.isDisabled || number !== undefined || !this.brushes.corners.length) return false;
    this.brushes.takeBack();
    return true;
  }

  /** Where nothing can be painted, a click tells what is there. */
  pointerBegan(point, event) {
    const there = this.isDisabled && this.mask?.at(point.x, point.y);
    if (this.things.has(there)) this.select(there);
    else this.brushes.began(point, event);
  }

  pointerMoved(point, event) {
    this.brushes.moved(point, event);
  }

  pointerEnded(point) {
    this.brushes.ended(point);
  }

  pointerCancelled() {
    this.brushes.cancelled();
  }

  pointerHovered(point) {
    this.brushes.hovered(point);
  }

  pointerLeft() {
    this.brushes.left();
  }

  // ---- Drawing ------------------------------------------------------------------------------------------------------

  draw(context, view, room) {
    const { mask } = this;
    if (!mask || mask.width !== this.stage.size.width) return;
    this.raster.use(this.colours.map((colour, number) => [...partsOf(colour), this.opacityOf(number)]));
    if (!this.isHidden) this.raster.paint(context, mask, view, room);
    if (this.hasNames && !this.isHidden) this.drawNames(context);
    const chosen = this.things.get(this.number ?? 0)?.colour ?? "#ffffff";
    if (this.canPaint) this.brushes.draw(context, this.stage, chosen);
  }

  opacityOf() {
    return this.opacity;
  }

  /** While something is painted the names rest: where they would stand is another place with each stroke. */
  drawNames(context) {
    if (!this.brushes.isDown) this.places ??= placesIn(this.mask);
    const tags = [...(this.places ?? [])].filter(([number]) => this.things.has(number)).map(([number, place]) => ({
      point: this.stage.toScreen(place), text: this.nameOf(number), colour: this.things.get(number).colour,
      isChosen: number === this.selected,
    }));
    paintTags(context, tags);
  }
}
