/*
 * What workers can set about the frame: how large its text is, more contrast, and whether keys stand beside
 * what they choose. It holds for every frame of the page, and for the next page where the browser lets pages
 * keep things, which sandboxed ones may not.
 */
const KEPT_AS = "crowd-html-elements-settings";
const SIZES = [["normal", "Normal"], ["large", "Large"], ["larger", "Larger"]];
const SWITCHES = [["contrast", "More contrast"], ["keys", "Show keys beside the choices"]];
const INITIAL = { text: "normal", contrast: false, keys: true };

const choice = ([value, label]) => `<label><input type="radio" name="text" value="${value}">${label}</label>`;
const toggle = ([name, label]) => `<label><input type="checkbox" name="${name}">${label}</label>`;

export const SETTINGS_FORM = `<div class="settings-form" data-no-answer>
  <fieldset class="sizes"><legend>Size of the text</legend>${SIZES.map(choice).join("")}</fieldset>
  ${SWITCHES.map(toggle).join("")}</div>`;

export const SETTINGS_STYLES = `
  .settings-form { display: grid; gap: 0.75rem; }
  .settings-form fieldset { display: flex; min-width: 0; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0; padding: 0; border: 0; }
  .settings-form legend { margin-bottom: 0.25rem; padding: 0; font-weight: 600; }
  .settings-form label { display: flex; min-height: 2rem; align-items: center; gap: 0.6rem; cursor: pointer; }
  .settings-form input { width: 1.15rem; height: 1.15rem; flex: none; margin: 0; accent-color: var(--crowd-accent); cursor: inherit; }
  .text-large { font-size: 1.25em; }
  .text-larger { font-size: 1.5em; }
  .without-keys .columns :is(sup, kbd) { display: none; }
  .contrast {
    --crowd-paper: light-dark(#fff, #000); --crowd-sunk: light-dark(#fff, #000); --crowd-raised: light-dark(#fff, #000);
    --crowd-line: light-dark(#000, #fff); --crowd-line-strong: light-dark(#000, #fff);
    --crowd-ink: light-dark(#000, #fff); --crowd-soft: light-dark(#000, #fff);
    --crowd-accent: light-dark(#00443a, #9cf3e0); --crowd-accent-hover: light-dark(#000, #fff);
    --crowd-accent-ink: light-dark(#fff, #000); --crowd-accent-wash: light-dark(#d5f1ea, #0d3a32);
    --crowd-bad: light-dark(#7d0d00, #ffb9aa); --crowd-bad-wash: light-dark(#fff, #000); }`;

function kept() {
  try {
    const { text, contrast, keys } = JSON.parse(localStorage.getItem(KEPT_AS)) ?? {};
    const isSize = SIZES.some(([size]) => size === text);
    return { text: isSize ? text : INITIAL.text, contrast: contrast === true, keys: keys !== false };
  } catch {
    return INITIAL;
  }
}

function keep() {
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify(current));
  } catch {
    // for this page only, then
  }
}

let current = kept();
const shown = new Set();

/** The settings of one frame, which shows them on all that is its own: `parts` of a shadow root. */
export class Settings {
  constructor(form, parts) {
    [this.form, this.parts] = [form, parts];
    // The page's controls are others: what is set here is no answer.
    for (const kind of ["input", "change"]) form.addEventListener(kind, (event) => event.stopPropagation());
    form.addEventListener("change", ({ target }) => this.set(target));
  }

  connect() {
    shown.add(this);
    this.show();
  }

  disconnect() {
    shown.delete(this);
  }

  set({ name, type, value, checked }) {
    current = { ...current, [name]: type === "radio" ? value : checked };
    keep();
    for (const one of shown) one.show();
  }

  show() {
    for (const part of this.parts) {
      for (const [size] of SIZES) part.classList.toggle(`text-${size}`, size === current.text);
      part.classList.toggle("contrast", current.contrast);
      part.classList.toggle("without-keys", !current.keys);
    }
    for (const input of this.form.querySelectorAll("input"))
      input.checked = input.type === "radio" ? input.value === current.text : current[input.name];
  }
}
