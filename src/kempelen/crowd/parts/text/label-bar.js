/*
 * The labels beside a text, as buttons: one press labels what is selected, or stays pressed for what will be.
 * Keys are 1 to 9 and 0, then letters. What is pressed must not take the selection from the text.
 */
import { colourOf, contrasting } from "../drawing/palette.js";
import { NotAList, parseLoosely } from "../loose-lists.js";

export const LABEL_BAR = `<div class="label-bar" role="group" aria-label="Labels"></div>`;

export const LABEL_BAR_STYLES = `
  .label-bar { display: grid; gap: 0.4rem; }
  .label-button { display: flex; min-height: var(--crowd-control); align-items: center; gap: 0.6rem; padding: 0.3rem 0.7rem;
    border: 1px solid var(--crowd-line-strong); border-radius: var(--crowd-radius); background: var(--crowd-raised);
    color: var(--crowd-ink); font: inherit; text-align: start; cursor: pointer; overflow-wrap: anywhere; }
  .label-button:hover { border-color: var(--crowd-accent); }
  .label-button[aria-pressed="true"] { border-color: var(--crowd-accent); background: var(--crowd-accent-wash);
    box-shadow: inset 0 0 0 1px var(--crowd-accent); font-weight: 600; }
  .label-button:disabled { background: var(--crowd-sunk); color: var(--crowd-soft); cursor: not-allowed; }
  .label-button .text-of-label { min-width: 0; flex: 1; }
  .label-button .sign { display: grid; min-width: 1.5rem; height: 1.5rem; flex: none; place-items: center; padding-inline: 0.3rem;
    border: 1px solid rgb(0 0 0 / 45%); border-radius: 0.3rem; font-size: 0.8125rem; font-weight: 700; line-height: 1; }
  .label-button kbd { font-size: 0.75rem; }
  @media (hover: none) { .label-button kbd { display: none; } }`;

const KEYS = [..."1234567890abcdefghijklmnopqrstuvwxyz"];

/** Labels as the attribute has them, objects or texts: [{label, short, full, colour, ink, key}]. */
export function labelsIn(text) {
  let items = [];
  try {
    items = text?.trim() ? [parseLoosely(text)].flat() : [];
  } catch (error) {
    if (!(error instanceof NotAList)) throw error;
  }
  const named = items.map((item) => (item && typeof item === "object" ? item : { label: item }));
  return named.filter(({ label }) => label !== undefined && label !== null && label !== "").map(labelOf);
}

function labelOf({ label, shortDisplayName, fullDisplayName }, index) {
  const colour = colourOf(index);
  const names = [label, shortDisplayName, fullDisplayName].map((name) => (name ? String(name) : String(label)));
  return { label: names[0], short: names[1], full: names[2], colour, ink: contrasting(colour), key: KEYS[index] ?? "" };
}

export class LabelBar {
  /** `press(label)` is called for a button, with the label's own name. */
  constructor(place, press) {
    this.place = place;
    place.addEventListener("mousedown", (event) => event.preventDefault());
    place.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) press(button.value);
    });
  }

  show(labels, { pressed, isDisabled, fault }) {
    const made = JSON.stringify([labels, fault]);
    if (made !== this.made) {
      this.made = made;
      this.place.replaceChildren(...labels.map(buttonOf));
      if (!labels.length) this.place.textContent = fault;
    }
    for (const button of this.place.children) {
      button.setAttribute("aria-pressed", button.value === pressed);
      button.disabled = isDisabled;
    }
  }
}

function buttonOf({ label, short, full, colour, ink, key }) {
  const [button, sign, name, pressed] = ["button", "span", "span", "kbd"].map((tag) => document.createElement(tag));
  [button.type, button.value, button.className] = ["button", label, "label-button"];
  [sign.className, name.className] = ["sign", "text-of-label"];
  [sign.style.background, sign.style.color] = [colour, ink];
  sign.textContent = short === full ? "" : short.slice(0, 6);
  sign.setAttribute("aria-hidden", "true");
  name.textContent = full;
  button.append(sign, name);
  if (key) {
    pressed.textContent = key;
    pressed.setAttribute("aria-hidden", "true");
    button.setAttribute("aria-keyshortcuts", key);
    button.append(pressed);
  }
  return button;
}
