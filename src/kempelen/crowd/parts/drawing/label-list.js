/*
 * The labels beside the picture: radio buttons with a swatch of their colour, chosen by number keys too
 * (0 for the tenth). `chosen(label)` of the constructor is called when a worker chooses one.
 */
import { contrasting } from "./palette.js";

export const LABELS = `<fieldset class="labels"><legend>Label</legend><div class="choices"></div></fieldset>`;

export const LABELS_STYLES = `
  .labels { min-width: 0; margin: 0; padding: 0; border: 0; }
  .labels legend { margin-bottom: 0.5rem; padding: 0; font-weight: 600; }
  .labels .choices { display: grid; gap: 0.35rem; }
  .choice { position: relative; display: flex; min-height: var(--crowd-control); align-items: center; gap: 0.6rem;
    padding: 0.3rem 0.7rem; border: 1px solid var(--crowd-line-strong); border-radius: var(--crowd-radius);
    background: var(--crowd-raised); cursor: pointer; overflow-wrap: anywhere; }
  .choice:hover { border-color: var(--crowd-accent); }
  .choice:has(:checked) { border-color: var(--crowd-accent); background: var(--crowd-accent-wash);
    box-shadow: inset 0 0 0 1px var(--crowd-accent); font-weight: 600; }
  .choice:has(:focus-visible) { outline: 2px solid var(--crowd-accent); outline-offset: 2px; }
  .choice:has(:disabled) { background: var(--crowd-sunk); color: var(--crowd-soft); cursor: not-allowed; }
  .choices:has(> :nth-child(6)) .choice { min-height: min(2.25rem, var(--crowd-control)); padding-block: 0.15rem; }
  @media (pointer: coarse) { .choices:has(> :nth-child(6)) .choice { min-height: var(--crowd-control); } }
  .choice input { position: absolute; inset: 0; margin: 0; opacity: 0; cursor: inherit; }
  .choice .text { min-width: 0; flex: 1; }
  .swatch { display: grid; width: 1.5rem; height: 1.5rem; flex: none; place-items: center;
    border: 1px solid rgb(0 0 0 / 45%); border-radius: 0.3rem; outline: 1px solid rgb(255 255 255 / 55%); outline-offset: -2px;
    font-size: 0.8125rem; font-weight: 700; font-variant-numeric: tabular-nums; line-height: 1; }`;

const ROOM = 16; // CSS pixels beside the chosen one in a row of labels

/** The key that chooses the label at a place, as text; "" if none does. */
export const keyAt = (index) => (index < 9 ? String(index + 1) : index === 9 ? "0" : "");

/** A square of a colour with the label's key in it. */
export function swatchOf(colour, text) {
  const swatch = document.createElement("span");
  swatch.className = "swatch";
  swatch.style.background = colour;
  swatch.style.color = contrasting(colour);
  swatch.textContent = text;
  swatch.setAttribute("aria-hidden", "true");
  return swatch;
}

export class LabelList {
  constructor(place, chosen) {
    [this.place, this.made] = [place, ""];
    this.choices = place.querySelector(".choices");
    this.choices.addEventListener("input", (event) => event.stopPropagation());
    this.choices.addEventListener("change", (event) => {
      event.stopPropagation();
      chosen(event.target.value);
    });
  }

  get first() {
    return this.choices.querySelector(":checked") ?? this.choices.querySelector("input");
  }

  /** Show these, [{label, colour}, …], with one of them chosen; or say why there are none. */
  show(labels, chosen, { title, isDisabled, fault }) {
    this.place.querySelector("legend").textContent = title;
    const key = JSON.stringify([labels, fault]);
    if (this.made !== key) {
      this.made = key;
      this.choices.replaceChildren(...labels.map((one, at) => this.choice(one, at)));
      if (!labels.length) this.choices.textContent = fault;
    }
    for (const box of this.choices.querySelectorAll("input")) {
      const isNew = box.value === chosen && !box.checked;
      box.checked = box.value === chosen;
      box.disabled = isDisabled;
      if (isNew) this.reveal(box.parentElement);
    }
  }

  /** On a phone the labels are in a row that is wider than the screen. */
  reveal(choice) {
    const { choices } = this;
    const left = choice.offsetLeft - choices.offsetLeft - ROOM;
    const right = left + choice.offsetWidth + 2 * ROOM;
    if (left < choices.scrollLeft) choices.scrollLeft = left;
    else if (right > choices.scrollLeft + choices.clientWidth) choices.scrollLeft = right - choices.clientWidth;
  }

  choice({ label, colour }, index) {
    const [whole, box, text] = ["label", "input", "span"].map((tag) => document.createElement(tag));
    [whole.className, text.className, text.textContent] = ["choice", "text", label];
    [box.type, box.name, box.value] = ["radio", "label", label];
    if (keyAt(index)) box.setAttribute("aria-keyshortcuts", keyAt(index));
    whole.append(box, swatchOf(colour, keyAt(index) || String(index + 1)), text);
    return whole;
  }
}
