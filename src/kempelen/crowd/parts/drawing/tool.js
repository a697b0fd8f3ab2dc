/*
 * class DrawingTool: what all elements that draw on a picture share. It is a control of the form with the
 * frame, labels, a bar of tools, a stage, a list of what is drawn, and what can be undone.
 *
 * A subclass has `static markup = toolMarkup(extra)`, `static styles = toolStyles`, `static nouns` ("boxes"),
 * `static how` (a sentence), and gives:
 *   contents()             its part of the answer, {boundingBoxes: […]}
 *   take(contents, isInitial)   puts such a part in place of what is drawn; of an initial value as it was read
 *   contentsFrom(taken)    that part, out of an answer that is entered again (taken(...path), see answers.js)
 *   items()                what is listed: [{id (a number), label, text}]; `selected` is one's id or null
 *   select(id), discard(id) (undefined: what is selected)
 *   draw(context, view, room), pointerBegan … (the callbacks of the stage)
 *   pressTool(key, event)  for keys pressed while the picture has the focus; true if it was for something
 *   labelChosen(label)     when a worker has chosen a label
 *   escape()               Esc: true if there was something to leave off;  keyLines() for the Shortcuts dialog
 * and calls
 *   this.history.note(undo, redo), then this.changed(said): for each change the worker has made
 *   this.say(sentence)     to those who hear the page;  this.refresh() when what is selected is another
 * It may ask: label (the chosen one), labels, colourOf(label), stage, isDisabled, canDraw, acts (of buttons).
 */
import { jsonOf } from "../answers.js";
import { FullScreenControl } from "../full-screen.js";
import { NotAList, parseLoosely, textsIn } from "../loose-lists.js";
import { History } from "./history.js";
import { ItemList } from "./item-list.js";
import { keyAt, LabelList } from "./label-list.js";
import { colourOf, partsOf } from "./palette.js";
import { Stage } from "./stage.js";
import { Toolbar } from "./toolbar.js";

const ZOOM = 1.25;
const STRIDE = 60; // CSS pixels that an arrow moves the picture
const ARROWS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const KEYS = [
  ["Ctrl+Z, Ctrl+Shift+Z", "Undo, redo (on a Mac with ⌘)"],
  ["+, -, F", "Zoom in, zoom out, show the whole picture"],
  ["H, or hold Space", "Move the picture by dragging"],
  ["Wheel, two fingers", "Zoom where the pointer is; two fingers also move the picture"],
];

export class DrawingTool extends FullScreenControl {
  constructor() {
    super();
    this.selected = null;
    this.acts = {
      undo: () => this.step("undo"), redo: () => this.step("redo"), remove: () => this.discard(),
      zoomIn: () => this.stage.zoomBy(ZOOM), zoomOut: () => this.stage.zoomBy(1 / ZOOM), fit: () => this.stage.fit(),
      hand: () => this.takeHand(!this.stage.gestures.isHand),
    };
    this.toolbar = new Toolbar(this.part$(".toolbar"), this.acts);
    this.history = new History(() => this.refreshTools());
    this.stage = new Stage(this.part$(".stage"), this);
    this.labelList = new LabelList(this.part$(".labels"), (label) => this.chooseLabel(label));
    this.itemList = new ItemList(this.part$(".items"), { select: (id) => this.select(id), remove: (id) => this.discard(id) });
    this.itemList.fallback = this.stage.place;
    this.onKeyUp = this.onKeyUp.bind(this);
    this.part$("#how").textContent = this.constructor.how;
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener("keyup", this.onKeyUp);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("keyup", this.onKeyUp);
  }

  focus(options) {
    this.stage.place.focus(options);
  }

  get anchor() {
    return this.stage.place;
  }

  // ---- Attributes -----------------------------------------------------------------------------------

  /** The labels, each once; a list may be set too. */
  get labels() {
    try {
      return [...new Set(textsIn(this.getAttribute("labels")))];
    } catch (error) {
      if (error instanceof NotAList) return [];
      throw error;
    }
  }

  set labels(labels) {
    this.setAttribute("labels", Array.isArray(labels) ? JSON.stringify(labels) : (labels ?? ""));
  }

  get spokenName() {
    return this.getAttribute("aria-label") || this.getAttribute("header") || this.getAttribute("name") || "";
  }

  get value() {
    return this.answer();
  }

  update(name) {
    this.known = this.labels;
    this.given = this.coloursGiven();
    if (!this.known.includes(this.label)) [this.label = ""] = this.known;
    this.takeInitial();
    if (name === undefined || name === "src") this.load();
    super.update();
    this.describe();
    this.refresh();
  }

  describe() {
    const lines = [...this.keysOfLabels(), ...this.keyLines(), ...KEYS];
    this.frame.listKeys(lines);
    this.stage.place.setAttribute("aria-label", [this.spokenName, "The picture"].filter(Boolean).join(": "));
    this.stage.place.setAttribute("aria-describedby", this.isDisabled ? "" : "how by-keys");
  }

  keysOfLabels() {
    return this.known.map((label, at) => [keyAt(at), label]).filter(([key]) => key);
  }

  keyLines() {
    return [];
  }

  load() {
    const address = this.getAttribute("src") ?? "";
    const isAnother = this.stage.isOpen && address !== this.stage.address;
    this.stage.load(address);
    if (isAnother) this.reset(); // what was drawn belongs to the picture before
  }

  coloursGiven() {
    try {
      return textsIn(this.getAttribute("label-colors")).map((colour) => (partsOf(colour) ? colour : ""));
    } catch {
      return [];
    }
  }

  colourOf(label) {
    const at = this.known.indexOf(label);
    return this.given[at] || colourOf(at);
  }

  /** The key of a label, its second sign where there is no room for its text. */
  markOf(label) {
    const at = this.known.indexOf(label);
    return keyAt(at) || (at < 0 ? "?" : String(at + 1));
  }

  // ---- The initial value ------------------------------------------------------------------------------

  get hasInitial() {
    return Boolean(this.getAttribute("initial-value")?.trim());
  }

  /** Take the initial value, unless it has been taken, or something was drawn or entered since. */
  takeInitial() {
    const key = JSON.stringify([this.getAttribute("initial-value"), this.known]);
    if (this.initialKey === key || this.isEntered || this.history.canUndo || this.history.canRedo) return;
    this.initialKey = key;
    this.putInitial();
  }

  putInitial() {
    let initial;
    try {
      initial = this.hasInitial ? parseLoosely(this.getAttribute("initial-value")) : undefined;
    } catch (error) {
      if (!(error instanceof NotAList)) throw error;
    }
    this.take(initial, true);
    this.initialContents = jsonOf(this.contents());
  }

  /** Whether what is drawn differs from the initial value. */
  get isModified() {
    return jsonOf(this.contents()) !== this.initialContents;
  }

  // ---- The answer -----------------------------------------------------------------------------------

  get size() {
    return this.stage.size ?? this.enteredSize;
  }

  answer() {
    if (!this.size) return undefined; // nobody knows yet how large the picture is
    const { height, width } = this.size;
    const answer = { ...this.contents(), inputImageProperties: { height, width } };
    return this.hasInitial ? { ...answer, initialValueModified: this.isModified } : answer;
  }

  sent() {
    const answer = this.answer();
    return answer && jsonOf(answer);
  }

  fault() {
    return this.size ? "" : "The picture is not there yet, so that nothing can be drawn on it. Wait for it, or try again.";
  }

  enter(taken) {
    const [height, width] = ["height", "width"].map((name) => Number(taken("inputImageProperties", name)) || 0);
    if (height && width) this.enteredSize = { height, width };
    this.isEntered = true;
    this.take(this.contentsFrom(taken), false);
    this.history.clear();
    this.selected = null;
    this.refresh();
    this.validate();
  }

  reset() {
    this.isEntered = false;
    this.enteredSize = undefined;
    this.putInitial();
    this.history.clear();
    this.selected = null;
    this.refresh();
    this.validate();
  }

  get isWholePage() {
    return this.hasAttribute("data-whole-page");
  }

  // ---- What workers do ------------------------------------------------------------------------------

  get canDraw() {
    return this.stage.isOpen && !this.isDisabled && this.known.length > 0;
  }

  chooseLabel(label) {
    this.label = label;
    this.labelChosen(label);
    this.refresh();
  }

  labelChosen() {}

  step(act) {
    if (this.isDisabled || !this.history[act]()) return;
    this.changed(act === "undo" ? "Undone." : "Redone.");
  }

  takeHand(isHand) {
    this.stage.gestures.isHand = isHand;
    this.stage.place.toggleAttribute("data-hand", isHand);
    this.toolbar.press("hand", isHand);
  }

  /** Say to all who listen that the worker has changed what is drawn. */
  changed(said = "") {
    this.refresh();
    this.validate();
    this.announce("input", "change");
    if (said) this.say(said);
  }

  say(sentence) {
    const place = this.part$(".says");
    place.textContent = place.textContent === sentence ? `${sentence}\u00a0` : sentence;
  }

  // ---- What is shown --------------------------------------------------------------------------------

  ready() {
    this.validate();
    this.faultShown("");
    this.refresh();
    this.toolbar.zoom(this.stage.view.scale);
  }

  viewChanged({ scale }) {
    this.toolbar.zoom(scale);
  }

  refresh() {
    this.stage.isReadOnly = this.isDisabled;
    this.stage.place.toggleAttribute("data-read-only", this.isDisabled);
    this.showLabels();
    const items = this.items().map((item) => ({ colour: this.colourOf(item.label), mark: this.markOf(item.label), ...item }));
    const { nouns } = this.constructor;
    const title = nouns[0].toUpperCase() + nouns.slice(1);
    this.itemList.show(items, this.selected, { title, empty: "Nothing is drawn yet.", isDisabled: this.isDisabled });
    this.refreshTools();
    this.stage.redraw();
  }

  showLabels() {
    const text = this.getAttribute("labels") ?? "";
    const fault = text ? `This task's list of labels cannot be read: ${text.slice(0, 200)}` : "This task has no labels.";
    const labels = this.known.map((label) => ({ label, colour: this.colourOf(label) }));
    this.labelList.show(labels, this.labelShown, { title: this.labelTitle, isDisabled: this.isDisabled, fault });
    this.part$("#how").hidden = this.isDisabled;
  }

  /** What the list of labels is about, and which of them is chosen there. */
  get labelTitle() {
    return "Label";
  }

  get labelShown() {
    return this.label;
  }

  refreshTools() {
    const isOpen = !this.isDisabled;
    this.toolbar.enable("undo", isOpen && this.history.canUndo);
    this.toolbar.enable("redo", isOpen && this.history.canRedo);
    this.toolbar.enable("remove", isOpen && this.selected !== null);
  }

  // ---- Keys -----------------------------------------------------------------------------------------

  onPageKey(event) {
    const key = event.crowdKey ?? event.key;
    if ((event.ctrlKey || event.metaKey) && !event.altKey) {
      const act = { z: event.shiftKey ? "redo" : "undo", y: "redo" }[key.toLowerCase()];
      if (!act || this.isDisabled || !this.takesKey(event)) return;
      event.preventDefault();
      this.acts[act]();
    } else if (this.isDisabled) {
      if (!event.altKey && this.takesKey(event) && this.pressView(key, event)) event.preventDefault();
    } else super.onPageKey(event);
  }

  isOnStage(event) {
    return event.composedPath()[0] === this.stage.place;
  }

  press(key, event) {
    const label = this.known[this.known.findIndex((_, at) => keyAt(at) === key)];
    if (label !== undefined) this.chooseLabel(label);
    else if (key === "Escape") return this.escape();
    else if (key === "Delete" || key === "Backspace") return this.discard() !== false;
    else if (key === " ") return this.holdSpace(event);
    else return (this.isOnStage(event) && this.pressTool(key, event)) || this.pressView(key, event);
    return true;
  }

  /** Held, it moves the picture; pressed and let go, it is a key like others. */
  holdSpace(event) {
    if (!this.isOnStage(event) && !this.stage.place.matches(":hover")) return false;
    if (!this.isOnStage(event) && event.composedPath()[0] !== document.body) return false;
    if (!event.repeat) Object.assign(this.stage.gestures, { isSpaceHeld: true, hasPanned: false });
    return true;
  }

  onKeyUp(event) {
    const { gestures } = this.stage;
    // Asked only then: a host watches which keys its pages ask for.
    if (!gestures.isSpaceHeld || event.key !== " ") return;
    gestures.isSpaceHeld = false;
    event.preventDefault();
    if (!gestures.hasPanned && this.isOnStage(event)) this.pressTool(" ", event);
  }

  /** Keys that only look: also where nothing may be changed. */
  pressView(key, event) {
    const act = { "+": "zoomIn", "=": "zoomIn", "-": "zoomOut", "0": "fit", f: "fit", F: "fit", h: "hand", H: "hand" }[key];
    const arrow = this.isOnStage(event) && ARROWS[key];
    if (act) this.acts[act]();
    else if (arrow) this.stage.panBy(arrow[0] * STRIDE, arrow[1] * STRIDE);
    return Boolean(act || arrow);
  }

  pressTool() {
    return false;
  }

  escape() {
    return false;
  }
}
