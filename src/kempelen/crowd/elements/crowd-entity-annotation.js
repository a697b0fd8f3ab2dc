/* <crowd-entity-annotation name="…" header="…" labels="[{label: 'person', shortDisplayName: 'per'}]" text="…"></crowd-entity-annotation> */
import { listIn } from "../parts/answers.js";
import { noteControl } from "../parts/control.js";
import { contrasting, colourOf } from "../parts/drawing/palette.js";
import { define } from "../parts/element.js";
import { frameMarkup, frameStyles } from "../parts/frame.js";
import { FullScreenControl } from "../parts/full-screen.js";
import { NotAList, parseLoosely } from "../parts/loose-lists.js";
import { EntityList, ENTITY_LIST, ENTITY_LIST_STYLES } from "../parts/text/entity-list.js";
import { LABEL_BAR, LABEL_BAR_STYLES, LabelBar, labelsIn } from "../parts/text/label-bar.js";
import { MARKED_STYLES } from "../parts/text/marked-text.js";
import { Offsets } from "../parts/text/offsets.js";
import { spanOf } from "../parts/text/spans.js";
import { TextMarker } from "../parts/text/text-marker.js";

export const definition = {
  "element": "crowd-entity-annotation",
  "summary": "Words and phrases of a text are marked with labels. It stands by itself, without crowd-form: it has a form and a submit button of its own, to which further questions are added by `element.shadowRoot.querySelector('crowd-form').form.append(…)`. In a crowd-form all the same, it is one of that form's fields. What is marked never overlaps: a selection takes the place of entities that lie in it whole, and may not cut through one; white space at its ends is left out. Only an `initial-value` can bring overlaps, which are kept.",
  "attributes": {
    "name": { "type": "text", "required": true, "about": "Under which name the answer is sent." },
    "header": { "type": "text", "about": "What is asked." },
    "labels": { "type": "list", "required": true, "about": "Objects with `label`, and, if they are shown by other names, `shortDisplayName` (3 or 4 signs, at the entity) and `fullDisplayName` (in the list of labels); or texts." },
    "text": { "type": "text", "required": true, "about": "The text. Line breaks are kept; HTML makes each of them one sign." },
    "initial-value": { "type": "list", "about": "What is marked to begin with: objects with `label`, `startOffset`, `endOffset`. Other labels than those of `labels`, and offsets beyond the text, are left out." },
    "disabled": { "type": "boolean", "about": "Shows what is marked; it cannot be changed." }
  },
  "slots": {
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when something else is marked" },
  "answer": "{\"entities\": [{\"endOffset\", \"label\", \"startOffset\"}, …]}, in the order of the text. Offsets count Unicode code points from 0, as Python's strings do (an emoji is one); `endOffset` is that of the first sign after the entity. With an `initial-value` also `initialValueModified`. Sent in `taskAnswers`.",
  "sample": { "myAnnotatedResult": { "entities": [{ "endOffset": 54, "label": "person", "startOffset": 47 }, { "endOffset": 97, "label": "event", "startOffset": 93 }] } },
  "keys": { "1 to 9, 0, a to z": "label what is selected, or the chosen entity; else choose the label for what will be selected", "Shift and arrows": "select in the text", "Enter": "gives what is selected the chosen label", ". and ,": "next and previous entity", "Delete": "removes the chosen entity, or those that are selected", "Ctrl+Z, Ctrl+Y": "undo, redo", "Esc": "lets go" },
  "demo": [
    "<crowd-entity-annotation name=\"found\" header=\"Mark the people and the places\"",
    "    labels=\"[{label: 'person', shortDisplayName: 'per', fullDisplayName: 'Person'}, {label: 'place', shortDisplayName: 'pla', fullDisplayName: 'Place'}]\"",
    "    text=\"Ada Bell left Lisbon on the morning boat; Bruno Vidal stayed behind in Porto.\"",
    "    initial-value=\"[{label: 'person', startOffset: 0, endOffset: 8}]\">",
    "  <short-instructions header=\"In short\">Whole names, without titles.</short-instructions>",
    "  <full-instructions header=\"Instructions\"><p>Select a name, then choose its label.</p></full-instructions>",
    "</crowd-entity-annotation>"
  ]
};

const UNKNOWN = colourOf(-1);
const MIDDLE = `
  <p class="hint" id="hint"></p>
  <div class="text" aria-label="The text" aria-describedby="hint" spellcheck="false" data-gramm="false" autocapitalize="off"></div>
  <crowd-form class="own"></crowd-form>`;
const SIDE = `
  <h2 class="side-title">Labels</h2>${LABEL_BAR}
  <div class="acts" role="toolbar" aria-label="Edit">
    <button class="button undoes" type="button" aria-keyshortcuts="Control+Z">Undo</button>
    <button class="button redoes" type="button" aria-keyshortcuts="Control+Y">Redo</button>
    <button class="button removes" type="button" aria-keyshortcuts="Delete">Remove</button>
  </div>
  ${ENTITY_LIST}
  <p class="unseen said" role="status"></p>`;

class CrowdEntityAnnotation extends FullScreenControl {
  static definition = definition;
  static markup = frameMarkup(MIDDLE, SIDE);
  static styles = `
    :host { display: block; margin-block: 0.5rem; }
    ${frameStyles} ${MARKED_STYLES} ${LABEL_BAR_STYLES} ${ENTITY_LIST_STYLES}
    .hint { min-height: 1.5em; margin: 0 0 0.5rem; color: var(--crowd-soft); overflow-wrap: anywhere; }
    :host([disabled]) .hint:empty { display: none; }
    .side-title { margin: 0 0 0.5rem; font-size: 1rem; }
    .category-picker-wrapper { position: sticky; top: 1rem; align-self: flex-start; max-height: calc(100vh - 6rem); overflow: auto; padding: 0.25rem; }
    .acts { display: flex; flex-wrap: wrap; gap: 0.4rem; margin-block: 0.75rem; }
    .acts .button { min-height: 2.25rem; padding: 0.2rem 0.7rem; font-weight: 400; }
    @media (pointer: coarse) { .acts .button { min-height: 2.75rem; } }
    @media (max-width: 48rem) {
      .category-picker-wrapper { position: sticky; z-index: 1; top: auto; bottom: 3.5rem; align-self: stretch; max-height: 45vh;
        margin-inline: -0.75rem; padding: 0.5rem 0.75rem; border-top: 1px solid var(--crowd-line); background: var(--crowd-paper); }
      .side-title { display: none; }
      .label-bar { display: flex; flex-wrap: wrap; }
      .label-button { min-height: 2.75rem; padding: 0.2rem 0.6rem; }
      .acts { margin-block: 0.5rem 0; }
    }`;

  constructor() {
    super();
    this.marker = new TextMarker(this.root, this.part$(".text"), this);
    this.labelBar = new LabelBar(this.part$(".label-bar"), (label) => this.useLabel(label));
    this.list = new EntityList(this.part$(".entity-list"), this);
    for (const [selector, act] of [[".undoes", () => this.undo()], [".redoes", () => this.redo()], [".removes", () => this.unmark(this.marker.meant())]])
      this.part$(selector).addEventListener("click", act);
    this.part$(".acts").addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    this.root.addEventListener("crowd-form-ready", (event) => event.target.adopt(this));
  }

  connectedCallback() {
    super.connectedCallback();
    this.marker.connect();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.marker.disconnect();
  }

  get anchor() {
    return this.part$(".text");
  }

  get labels() {
    return labelsIn(this.getAttribute("labels"));
  }

  set labels(labels) {
    this.setAttribute("labels", typeof labels === "string" ? labels : JSON.stringify(labels));
  }

  get value() {
    return this.answer();
  }

  // ---- What is shown ----------------------------------------------------------------------------------

  update(name) {
    this.labelled = new Map(this.labels.map((label) => [label.label, label]));
    const text = this.getAttribute("text") ?? "";
    const isUntouched = !this.isEntered && !this.marker.history.canUndo && !this.marker.history.canRedo;
    const isOther = ["labels", "initial-value"].includes(name) && isUntouched;
    if (!this.offsets || text !== this.marker.text || isOther) this.begin(text);
    else this.marker.show();
    super.update();
    this.frame.listKeys([...this.labels.filter(({ key }) => key).map(({ key, full }) => [key, full]), ["Shift+arrows", "Select by keyboard"],
      [". and ,", "Next and previous entity"], ["Delete", "Remove it"], ["Ctrl+Z, Ctrl+Y", "Undo, redo"], ["Esc", "Let go"]]);
    this.noted();
  }

  begin(text) {
    this.offsets = new Offsets(text);
    const spans = this.spansIn(this.initialEntities(), text).filter(({ label }) => this.labelled.has(label));
    this.initial = this.entitiesOf(spans);
    this.marker.begin(text, this.waiting && text ? this.spansIn(this.waiting, text) : spans);
    if (text) this.waiting = undefined;
  }

  initialEntities() {
    const list = this.getAttribute("initial-value");
    try {
      return list ? [parseLoosely(list)].flat() : [];
    } catch (error) {
      if (error instanceof NotAList) return [];
      throw error;
    }
  }

  lookOf({ label }) {
    const known = this.labelled.get(label);
    return known ? { tag: known.short, colour: known.colour, ink: known.ink } : { tag: label, colour: UNKNOWN, ink: contrasting(UNKNOWN) };
  }

  nameOf({ label }) {
    return this.labelled.get(label)?.full ?? label;
  }

  textOf({ start, end }) {
    const text = this.marker.text.slice(start, end).replace(/\s+/g, " ");
    return text.length > 60 ? `${text.slice(0, 57)}…` : text;
  }

  /** Show what is selected or chosen. */
  noted() {
    const { marker, isDisabled } = this;
    const pressed = marker.chosen?.label ?? this.active;
    const fault = this.getAttribute("labels") ? "This task's list of labels cannot be read." : "This task has no labels.";
    this.labelBar.show(this.labels, { pressed, isDisabled, fault });
    this.part$(".hint").textContent = this.hint();
    const can = { ".undoes": marker.history.canUndo, ".redoes": marker.history.canRedo, ".removes": marker.meant().length > 0 };
    for (const [selector, isPossible] of Object.entries(can)) this.part$(selector).disabled = isDisabled || !isPossible;
    this.part$(".acts").hidden = isDisabled;
    this.list.show(marker.spans, marker.chosen);
  }

  hint() {
    const { chosen, pending } = this.marker;
    if (chosen) return `“${this.textOf(chosen)}” is ${this.nameOf(chosen)}.`;
    if (this.isDisabled) return "";
    if (pending) return `Choose a label for “${this.textOf(pending)}”.`;
    if (this.active !== undefined) return `What you select becomes ${this.nameOf({ label: this.active })}.`;
    return "Select words in the text and choose their label, or choose a label first.";
  }

  say(sentence) {
    this.part$(".said").textContent = sentence;
  }

  // ---- What a worker does -------------------------------------------------------------------------------

  get takesTaps() {
    return this.active !== undefined && !this.isDisabled;
  }

  /** Something has been selected: it is labelled at once if a label is chosen; where the selection is by touch it may still grow. */
  selected({ isByTouch }) {
    if (this.active !== undefined && !isByTouch && !this.isDisabled) this.mark(this.active);
    else this.noted();
  }

  useLabel(label) {
    if (this.isDisabled) return;
    if (this.marker.pending) this.mark(label);
    else if (this.marker.chosen) this.relabel(label);
    else {
      this.active = this.active === label ? undefined : label;
      this.say(this.hint());
      this.noted();
    }
  }

  mark(label) {
    const span = this.marker.label(label);
    if (span) this.say(`“${this.textOf(span)}” is ${this.nameOf(span)}. ${this.count()}`);
    else this.say("That would cut through an entity. Select all of it, or none of it.");
    if (!span) this.part$(".hint").textContent = this.part$(".said").textContent;
  }

  relabel(label) {
    const span = this.marker.relabel(label);
    this.say(`“${this.textOf(span)}” is now ${this.nameOf(span)}.`);
  }

  unmark(spans) {
    if (!spans.length) return;
    this.marker.without(spans);
    this.say(`${spans.length === 1 ? `${this.nameOf(spans[0])} “${this.textOf(spans[0])}”` : `${spans.length} entities`} removed. ${this.count()}`);
  }

  undo() {
    if (this.marker.history.undo()) this.say(`Undone. ${this.count()}`);
  }

  redo() {
    if (this.marker.history.redo()) this.say(`Done again. ${this.count()}`);
  }

  count() {
    const { length } = this.marker.spans;
    return length === 1 ? "1 entity." : `${length} entities.`;
  }

  goTo(span) {
    this.marker.goTo(span);
    this.say(this.hint());
  }

  press(key) {
    const label = this.labels.find((one) => one.key === key.toLowerCase());
    const span = /^[.,]$/.test(key) && this.marker.neighbour(key === "." ? 1 : -1);
    if (label) this.useLabel(label.label);
    else if (span) this.goTo(span);
    else if (key === "Delete" || key === "Backspace") this.unmark(this.marker.meant());
    else if (key === "Enter" && this.active !== undefined && this.marker.pending) this.mark(this.active);
    else if (key === "Escape") this.letGo();
    else return false;
    return true;
  }

  letGo() {
    if (!this.marker.chosen && !this.marker.pending) this.active = undefined;
    if (this.marker.pending) document.getSelection().removeAllRanges();
    [this.marker.pending] = [null];
    this.marker.choose(null);
  }

  /** The marker's spans are others. */
  changed() {
    this.validate();
    this.noted();
    this.announce("input", "change");
  }

  // ---- The answer -----------------------------------------------------------------------------------------

  spansIn(entities, text) {
    const places = entities.filter(Boolean).map(({ startOffset, endOffset, label }) => [Number(startOffset), Number(endOffset), String(label)]);
    return places
      .filter(([start, end]) => Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end)
      .map(([start, end, label]) => spanOf(this.offsets.units(start), this.offsets.units(end), label))
      .filter(({ end }) => end <= text.length);
  }

  entitiesOf(spans) {
    return spans.map(({ start, end, label }) => ({ endOffset: this.offsets.points(end), label, startOffset: this.offsets.points(start) }));
  }

  answer() {
    const entities = this.offsets ? this.entitiesOf(this.marker.spans) : [];
    if (!this.hasAttribute("initial-value")) return { entities };
    const text = (list) => JSON.stringify(list.map((entity) => JSON.stringify(entity)).sort());
    return { entities, initialValueModified: text(entities) !== text(this.initial) };
  }

  sent() {
    return JSON.stringify(this.answer());
  }

  enter(taken) {
    this.isEntered = true;
    const entities = listIn(taken("entities"));
    this.waiting = this.marker.text ? undefined : entities; // for a text that a script sets later
    this.marker.begin(this.marker.text, this.spansIn(entities, this.marker.text));
    this.validate();
    this.noted();
  }

  reset() {
    [this.isEntered, this.waiting] = [false, undefined];
    this.begin(this.marker.text);
    this.validate();
    this.noted();
  }
}

noteControl(CrowdEntityAnnotation);
define(CrowdEntityAnnotation);
