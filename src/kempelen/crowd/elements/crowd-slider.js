/* <crowd-slider name="…" min="1" max="5"></crowd-slider>: a number on a line. */
import { CrowdControl, noteControl } from "../parts/control.js";
import { define } from "../parts/element.js";

export const definition = {
  "element": "crowd-slider",
  "summary": "A number chosen on a line; it always has one.",
  "attributes": {
    "name": { "type": "text", "about": "Under which name the answer is sent." },
    "min": { "type": "number", "default": "0", "about": "The least number." },
    "max": { "type": "number", "default": "100", "about": "The greatest number." },
    "step": { "type": "number", "default": "1", "about": "What lies between two numbers." },
    "value": { "type": "number", "about": "Where it stands at the start; else at the least." },
    "pin": { "type": "boolean", "about": "Shows the number above the line." },
    "editable": { "type": "boolean", "about": "The number can be typed too." },
    "secondary-progress": { "type": "number", "about": "A second mark on the line." },
    "required": { "type": "boolean", "about": "Always satisfied: there is a number from the start." },
    "disabled": { "type": "boolean", "about": "Can be read, not changed, and is not sent." }
  },
  "slots": { "": "shown below: of a tag written `<crowd-slider />` browsers take what follows for its content" },
  "events": { "input": "as it is moved", "change": "when it is let go" },
  "answer": "a number",
  "sample": { "howMuch": 3 },
  "keys": { "Arrows": "one step", "Page Up, Page Down": "several", "Home, End": "the least and the greatest" },
  "demo": [
    "<label for=\"fluency\">How fluent is it?</label>",
    "<crowd-slider id=\"fluency\" name=\"fluency\" min=\"1\" max=\"5\" pin></crowd-slider>",
    "<label for=\"share\">Which part of it, in percent?</label>",
    "<crowd-slider id=\"share\" name=\"share\" step=\"5\" value=\"50\" editable></crowd-slider>"
  ]
};

class CrowdSlider extends CrowdControl {
  static definition = definition;
  static takesFocus = true;
  static markup = `<span class="row"><input type="range"><output aria-hidden="true" hidden></output>
    <input class="field" type="number" hidden></span><slot></slot>`;
  static styles = `
    :host { display: block; max-width: 100%; margin-block: 0.25rem 0.75rem; }
    .row { display: flex; min-height: var(--crowd-control); align-items: center; gap: 0.75rem; }
    input[type="range"] { width: 12.5rem; max-width: 100%; min-width: 0; height: 1.75rem; flex: 0 1 20rem; accent-color: var(--crowd-accent); cursor: pointer; }
    input[type="range"]:disabled { cursor: not-allowed; }
    .marked { background: linear-gradient(var(--crowd-accent), var(--crowd-accent)) 0 85% / var(--mark) 3px no-repeat; }
    output { min-width: 2.5rem; padding: 0.1rem 0.5rem; border-radius: 1rem; background: var(--crowd-accent-wash);
      color: var(--crowd-ink); font-weight: 600; font-variant-numeric: tabular-nums; text-align: center; }
    .field { width: 6rem; }`;

  constructor() {
    super();
    [this.range, this.field] = this.root.querySelectorAll("input");
    this.range.addEventListener("input", () => this.show());
    this.range.addEventListener("change", () => this.announce("change"));
    this.field.addEventListener("change", () => this.take(this.field.value));
    this.field.addEventListener("input", (event) => event.stopPropagation()); // half a number is none
  }

  get anchor() {
    return this.range;
  }

  get value() {
    return this.isConnected ? Number(this.range.value) : Number(this.wanted ?? this.getAttribute("value") ?? 0);
  }

  set value(value) {
    this.wanted = value === null || value === "" || Number.isNaN(Number(value)) ? undefined : Number(value);
    this.update();
  }

  get secondaryProgress() {
    return Number(this.getAttribute("secondary-progress"));
  }

  set secondaryProgress(value) {
    this.setAttribute("secondary-progress", value);
  }

  answer() {
    return this.value;
  }

  sent() {
    return String(this.value);
  }

  enter(taken) {
    this.value = taken();
  }

  reset() {
    this.value = this.getAttribute("value");
  }

  take(typed) {
    this.wanted = typed === "" ? this.value : Number(typed);
    this.update();
    this.announce("input", "change");
  }

  attributeChangedCallback(name, before, now) {
    if (name === "value" && before !== now) this.wanted = undefined;
    super.attributeChangedCallback(name, before, now);
  }

  update() {
    const least = numberOr(this.getAttribute("min"), 0);
    const most = numberOr(this.getAttribute("max"), 100);
    for (const field of [this.range, this.field]) {
      [field.min, field.max, field.step] = [least, most, numberOr(this.getAttribute("step"), 1) || "any"];
      field.disabled = this.isDisabled;
      field.setAttribute("aria-label", this.spokenName || "Slider");
    }
    const standing = this.wanted ?? numberOr(this.getAttribute("value"), least);
    this.range.value = standing;
    this.wanted = standing;
    this.part$("output").hidden = !this.hasAttribute("pin");
    this.field.hidden = !this.hasAttribute("editable");
    this.range.classList.toggle("marked", this.hasAttribute("secondary-progress"));
    this.range.style.setProperty("--mark", `${(100 * (this.secondaryProgress - least)) / (most - least || 1)}%`);
    this.show();
  }

  show() {
    this.wanted = Number(this.range.value);
    this.part$("output").value = this.range.value;
    this.field.value = this.range.value;
    this.validate();
  }
}

function numberOr(text, other) {
  const number = Number(text);
  return text === null || text === "" || Number.isNaN(number) ? other : number;
}

noteControl(CrowdSlider);
define(CrowdSlider);
