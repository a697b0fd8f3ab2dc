/* <crowd-instance-segmentation name="…" header="…" labels="['Cat', 'Dog']" src="…">…</crowd-instance-segmentation> */
import { listIn } from "../parts/answers.js";
import { noteControl } from "../parts/control.js";
import { maskMarkup, maskStyles } from "../parts/drawing/mask-look.js";
import { MaskTool } from "../parts/drawing/mask-tool.js";
import { toolButton } from "../parts/drawing/toolbar.js";
import { define } from "../parts/element.js";

export const definition = {
  "element": "crowd-instance-segmentation",
  "summary": "Paints each thing in a picture, with a label and a colour of its own. A picture without paint is a valid answer.",
  "attributes": {
    "name": { "type": "text", "required": true, "about": "Under which name the answer is sent." },
    "header": { "type": "text", "about": "What is asked." },
    "labels": { "type": "list", "required": true, "about": "The labels: a list of texts. Keys 1 to 9 and 0 begin a new thing of one of the first ten." },
    "src": { "type": "text", "required": true, "about": "The address of the picture." },
    "initial-value": { "type": "list", "about": "{instances, src}: a mask to begin with, a PNG at an address that other sites may fetch, and the colour and label of each thing; one with an unknown label is left out." },
    "disabled": { "type": "boolean", "about": "Shows what is painted; it cannot be changed." }
  },
  "slots": {
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when something was painted, changed or deleted" },
  "answer": "labeledImage.pngImageData, a PNG of the picture's size as base64, white where nothing is; instances, the colour and label of each thing; the size; with initial-value also initialValueModified",
  "sample": {
    "annotatedResult": {
      "inputImageProperties": { "height": 533, "width": 800 },
      "instances": [{ "color": "#0072b2", "label": "Cat" }, { "color": "#e69f00", "label": "Cat" }],
      "labeledImage": { "pngImageData": "iVBORw0KGgoAAAANSUhEUg…" }
    }
  },
  "keys": { "1 to 9, 0": "choose a label", "Ctrl+Z, Ctrl+Shift+Z": "undo and redo", "+, -, F": "zoom in, zoom out, show the whole picture" },
  "demo": [
    "<crowd-instance-segmentation name=\"annotatedResult\" src=\"pictures/street.svg\" header=\"Paint each house in a colour of its own\"",
    "    labels=\"['House', 'Car']\">",
    "  <short-instructions header=\"In short\">What is half hidden counts too.</short-instructions>",
    "  <full-instructions header=\"Instructions\"><p>Keep close to the edges of what you see.</p></full-instructions>",
    "</crowd-instance-segmentation>"
  ]
};

const OF_NO_THING = "#808080"; // of labels: each thing has a colour of its own
const BEHIND = 0.6;
const BUTTONS = `</span><span class="tools">${toolButton("add", "Add an instance", { icon: "add", key: "N" })}
  ${toolButton("relabel", "Change the label of what is selected", { icon: "create", key: "R", isToggle: true })}`;
const KEYS = [
  ["1 to 9, 0", "A new instance of a label; it is there once something is painted"],
  ["N", "A new instance of the same label"],
  ["R, then a label's key", "Change the label of the selected instance"],
  ["Page Down, Page Up", "Select the next, the one before"],
  ["Delete", "Delete the selected instance"],
];

class CrowdInstanceSegmentation extends MaskTool {
  static definition = definition;
  static markup = maskMarkup(BUTTONS);
  static styles = maskStyles;
  static nouns = "instances";
  static how = "Choose a label and paint one instance of it; choose again for the next. Keys: N next, R change label, B brush, E eraser, P polygon, G fill.";

  constructor() {
    super();
    this.acts.add = () => this.addAnother();
    this.acts.relabel = () => this.askLabel();
    // Choosing the same label once more begins another instance of it.
    this.part$(".labels").addEventListener("click", ({ target }) => target.value === this.label && this.chooseLabel(this.label));
  }

  keyLines() {
    return [...KEYS, ...super.keyLines()];
  }

  keysOfLabels() {
    return [];
  }

  colourOf() {
    return OF_NO_THING;
  }

  opacityOf(number) {
    return this.selected === null || number === this.selected ? this.opacity : this.opacity * BEHIND;
  }

  // ---- The answer --------------------------------------------------------------------------------------------

  get painted() {
    const all = [...this.things].sort(([one], [other]) => one - other);
    return all.filter(([number]) => this.mask?.counts[number]);
  }

  mapping() {
    return { instances: this.painted.map(([, { label, colour }]) => ({ color: colour, label })) };
  }

  thingsIn(contents, isInitial) {
    const all = listIn(contents?.instances).filter((one) => one?.label !== undefined);
    const things = all.map(({ color, label }) => ({ label: String(label), colour: color ?? "" }));
    return isInitial ? things.filter(({ label }) => this.known.includes(label)) : things;
  }

  coloursIn(contents) {
    return listIn(contents?.instances).map((one) => one?.color);
  }

  contentsFrom(taken) {
    return { instances: listIn(taken("instances")), labeledImage: { pngImageData: taken("labeledImage", "pngImageData") } };
  }

  take(contents, isInitial) {
    [this.selected, this.isRelabelling, this.begun] = [null, false, undefined];
    super.take(contents, isInitial);
  }

  // ---- Instances -----------------------------------------------------------------------------------------------

  items() {
    const all = [...this.things].sort(([one], [other]) => one - other);
    return all.map(([id, { label, colour }]) => ({ id, label, colour, text: this.mask?.counts[id] ? label : `${label} (nothing left)` }));
  }

  nameOf(number) {
    const at = this.items().findIndex(({ id }) => id === number);
    return at < 0 ? "" : `${at + 1}. ${this.things.get(number).label}`;
  }

  /** The selected instance; without one a new one, which is kept if something is painted. */
  current() {
    if (this.selected !== null) return this.selected;
    const number = this.addThing(this.label);
    if (number) [this.begun, this.selected] = [number, number];
    return number;
  }

  ended(isPainted) {
    const number = this.begun;
    this.begun = undefined;
    if (!number) return [];
    const thing = this.things.get(number);
    if (!isPainted) this.drop(number);
    return [() => this.drop(number), () => this.things.set(number, thing)];
  }

  drop(number) {
    this.things.delete(number);
    if (this.selected === number) this.selected = null;
  }

  select(number) {
    if (!this.things.has(number)) return;
    this.brushes.lift();
    [this.selected, this.label, this.isRelabelling] = [number, this.things.get(number).label, false];
    this.refresh();
    this.say(`Selected: ${this.sayThing(number)}`);
  }

  addAnother() {
    if (this.isDisabled) return;
    this.chooseLabel(this.label);
  }

  labelChosen(label) {
    this.brushes.lift();
    if (this.isRelabelling) return this.relabel(label);
    this.selected = null;
    if (this.brushes.kind === "eraser") this.brushes.choose("brush");
    return this.say(`A new instance of ${label}: paint it.`);
  }

  askLabel() {
    if (this.isDisabled || this.selected === null) return this.say("Select an instance first.");
    this.isRelabelling = !this.isRelabelling;
    this.refresh();
    return this.say(this.isRelabelling ? `Choose the label of ${this.nameOf(this.selected)}` : "The label stays.");
  }

  relabel(label) {
    const [number, before] = [this.selected, this.things.get(this.selected)];
    const put = (thing) => () => this.things.has(number) && this.things.set(number, thing);
    this.isRelabelling = false;
    if (label === before.label) return this.refresh();
    const now = { ...before, label };
    put(now)();
    this.remember(null, put(before), put(now));
    return this.changed(`Now: ${this.sayThing(number)}`);
  }

  discard(wanted) {
    if (this.isDisabled || (wanted === undefined && super.discard())) return !this.isDisabled;
    const number = wanted ?? this.selected;
    const thing = this.things.get(number);
    if (!thing) return false;
    this.brushes.lift();
    const said = `Deleted: ${this.nameOf(number)}`;
    const change = this.eraseThing(number);
    this.drop(number);
    this.remember(change, () => this.things.set(number, thing), () => this.drop(number));
    this.changed(said);
    return true;
  }

  get labelTitle() {
    if (this.isDisabled) return "Labels";
    return this.isRelabelling ? `Label of ${this.nameOf(this.selected)}` : "Add an instance of";
  }

  refreshTools() {
    super.refreshTools();
    if (!this.brushes) return;
    this.toolbar.enable("add", !this.isDisabled);
    this.toolbar.enable("relabel", !this.isDisabled && this.selected !== null);
    this.toolbar.press("relabel", Boolean(this.isRelabelling));
  }

  // ---- Keys ------------------------------------------------------------------------------------------------------

  press(key, event) {
    if (key === "n" || key === "N") this.addAnother();
    else if (key === "r" || key === "R") this.askLabel();
    else return super.press(key, event);
    return true;
  }

  pressTool(key, event) {
    const step = { PageDown: 1, PageUp: -1 }[key];
    return step ? this.selectNext(step) : super.pressTool(key, event);
  }

  selectNext(step) {
    const items = this.items();
    if (!items.length) return false;
    const at = items.findIndex(({ id }) => id === this.selected);
    this.select(items[((at < 0 && step < 0 ? 0 : at) + step + items.length) % items.length].id);
    return true;
  }

  escape() {
    if (super.escape()) return true;
    if (this.isRelabelling) this.askLabel();
    else if (this.selected === null) return false;
    else this.addAnother();
    return true;
  }
}

noteControl(CrowdInstanceSegmentation);
define(CrowdInstanceSegmentation);
