/*
 * What the four classifiers share: categories as radio buttons or checkboxes beside the target, keys 1 to 9
 * and 0 for the first ten, and what is wrong while none is chosen.
 */
import { listIn } from "./answers.js";
import { frameMarkup, frameStyles } from "./frame.js";
import { FullScreenControl } from "./full-screen.js";
import { NotAList, parseLoosely, textsIn } from "./loose-lists.js";

const KEYS = [..."1234567890"];
const CHOICES = `<fieldset><legend>Select an option</legend><div class="choices"></div></fieldset>`;
const TARGET = `<div class="card"><slot name="classification-target"></slot><slot></slot></div>`;

export const classifierMarkup = (target = TARGET, below = "") => frameMarkup(target, CHOICES + below);

export const classifierStyles = `
  :host { display: block; margin-block: 0.5rem; }
  ${frameStyles}
  fieldset { min-width: 0; margin: 0; padding: 0; border: 0; }
  legend { margin-bottom: 0.6rem; padding: 0; font-weight: 600; }
  .card { overflow: auto; padding: 1rem; border: 1px solid var(--crowd-line);
    border-radius: var(--crowd-radius); background: var(--crowd-raised); overflow-wrap: anywhere; }
  .choices { display: grid; gap: 0.5rem; }
  .choice { position: relative; display: flex; min-height: var(--crowd-control); align-items: center; gap: 0.6rem;
    padding: 0.4rem 0.8rem; border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius); background: var(--crowd-raised); cursor: pointer; overflow-wrap: anywhere; }
  .choice:hover { border-color: var(--crowd-accent); }
  .choice:has(:checked) { border-color: var(--crowd-accent); background: var(--crowd-accent-wash);
    box-shadow: inset 0 0 0 1px var(--crowd-accent); }
  .choice:has(:focus-visible) { outline: 2px solid var(--crowd-accent); outline-offset: 2px; }
  .choice:has(:disabled) { background: var(--crowd-sunk); color: var(--crowd-soft); cursor: not-allowed; }
  .choice input { width: 1.15rem; height: 1.15rem; flex: none; margin: 0;
    accent-color: var(--crowd-accent); cursor: inherit; }
  .choice .text { min-width: 0; flex: 1; }
  .choice sup { color: var(--crowd-soft); font-size: 0.75rem; font-variant-numeric: tabular-nums; }
  @media (hover: none) { .choice sup { display: none; } }
  @media (max-width: 48rem) { .choices { grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); } }`;

export class Classifier extends FullScreenControl {
  static hasMany = false;
  static takesFocus = true;

  constructor() {
    super();
    this.part$(".choices").addEventListener("change", (event) => this.onChoice(event));
    this.part$("legend").textContent = this.constructor.hasMany ? "Select all that apply" : "Select an option";
    this.chosen = new Set();
  }

  get anchor() {
    return this.part$(".choices input") ?? undefined;
  }

  /** The categories, each once; a list may be set too. */
  get categories() {
    try {
      return [...new Set(textsIn(this.getAttribute("categories")))];
    } catch (error) {
      if (error instanceof NotAList) return [];
      throw error;
    }
  }

  set categories(categories) {
    this.setAttribute("categories", Array.isArray(categories) ? JSON.stringify(categories) : (categories ?? ""));
  }

  /** The text of the choice that leaves out all others; empty without one. */
  get exclusion() {
    const text = this.getAttribute("exclusion-category");
    if (!text || !this.constructor.hasMany) return "";
    try {
      const value = parseLoosely(text);
      return String(value?.text ?? (typeof value === "string" ? value : ""));
    } catch {
      return "";
    }
  }

  get options() {
    return [...this.categories, this.exclusion].filter(Boolean);
  }

  /** What is chosen, in the order of the categories. */
  get labels() {
    return this.options.filter((option) => this.chosen.has(option));
  }

  update() {
    this.makeChoices();
    super.update();
    this.frame.listKeys(this.keyLines());
    this.faultOfCategories();
  }

  /** What is listed under Shortcuts. */
  keyLines() {
    return this.options.slice(0, KEYS.length).map((option, i) => [KEYS[i], option]);
  }

  /** A list that cannot be read, said where the choices would be. */
  faultOfCategories() {
    if (this.options.length) return;
    const text = this.getAttribute("categories") ?? "";
    this.part$(".choices").textContent = text
      ? `This task's list of categories cannot be read: ${text.slice(0, 200)}`
      : "This task has no categories.";
  }

  makeChoices() {
    const { options } = this;
    const key = JSON.stringify(options);
    if (this.made !== key) {
      this.made = key;
      this.part$(".choices").replaceChildren(...options.map((option, i) => this.choice(option, i)));
    }
    const isExcluding = this.exclusion && this.chosen.has(this.exclusion);
    for (const box of this.boxes()) {
      box.checked = this.chosen.has(box.value);
      box.disabled = this.isDisabled || Boolean(isExcluding && box.value !== this.exclusion);
    }
  }

  boxes() {
    return [...this.root.querySelectorAll(".choices input")];
  }

  choice(option, index) {
    const [label, box, text, number] = ["label", "input", "span", "sup"].map((tag) => document.createElement(tag));
    [label.className, text.className] = ["choice category-button", "text"];
    [box.type, box.name, box.value] = [this.constructor.hasMany ? "checkbox" : "radio", "category", option];
    text.textContent = option;
    label.append(box, text);
    if (index < KEYS.length) {
      box.setAttribute("aria-keyshortcuts", KEYS[index]);
      number.textContent = KEYS[index];
      number.setAttribute("aria-hidden", "true");
      label.append(number);
    }
    return label;
  }

  onChoice(event) {
    event.stopPropagation();
    const { value, checked } = event.target;
    this.choose(value, checked);
  }

  /** Choose an option, or not any more; tells of it. */
  choose(option, isChosen) {
    if (!this.constructor.hasMany || option === this.exclusion) this.chosen.clear();
    if (isChosen) this.chosen.add(option);
    else this.chosen.delete(option);
    this.update();
    this.announce("input", "change");
  }

  press(key) {
    const box = this.boxes()[KEYS.indexOf(key)];
    if (!box || box.disabled) return false;
    box.focus();
    this.choose(box.value, this.constructor.hasMany ? !box.checked : true);
    return true;
  }

  fault() {
    if (this.chosen.size || !this.options.length) return "";
    return this.constructor.hasMany ? "Choose at least one option." : "Choose an option.";
  }

  answer() {
    const { labels } = this;
    if (!labels.length && !this.constructor.hasMany) return undefined;
    return this.constructor.hasMany ? { labels } : { label: labels[0] };
  }

  sent() {
    return this.labels.join("|");
  }

  enter(taken) {
    const kept = this.constructor.hasMany ? listIn(taken("labels")) : [taken("label")];
    this.chosen = new Set(kept.filter((label) => label !== undefined).map(String));
    this.update();
  }

  reset() {
    this.chosen.clear();
    this.update();
  }
}

