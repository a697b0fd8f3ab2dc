/* <crowd-checkbox name="…" value="…">Label</crowd-checkbox> */
import { BoxControl } from "../parts/box-control.js";
import { noteControl } from "../parts/control.js";
import { define } from "../parts/element.js";

export const definition = {
  "element": "crowd-checkbox",
  "summary": "A box to be ticked; what stands in it is its label.",
  "attributes": {
    "name": { "type": "text", "about": "Under which name the answer is sent; boxes of one name have one answer." },
    "value": { "type": "text", "default": "on", "about": "The key in the answer." },
    "checked": { "type": "boolean", "about": "Ticked at the start." },
    "required": { "type": "boolean", "about": "Nothing can be submitted until it is ticked." },
    "disabled": { "type": "boolean", "about": "Can be read, not changed, and is not sent." }
  },
  "slots": { "": "the label" },
  "events": { "input": "when it is ticked or not any more", "change": "the same" },
  "answer": "an object: value to true or false",
  "sample": { "image_attributes": { "blurry": true, "in_focus": false } },
  "keys": { "Space": "ticks it, or not any more" },
  "demo": [
    "<crowd-checkbox name=\"image_attributes\" value=\"blurry\">The picture is blurry</crowd-checkbox><br>",
    "<crowd-checkbox name=\"image_attributes\" value=\"in_focus\" checked>Something in it is sharp</crowd-checkbox><br>",
    "<crowd-checkbox name=\"agreed\" required>I have read the rules</crowd-checkbox>"
  ]
};

class CrowdCheckbox extends BoxControl {
  static definition = definition;
  static markup = `<span class="row"><span class="box" aria-hidden="true">
    <svg viewBox="0 0 24 24"><path d="M5 12.5l4.5 4.5L19 7.5"></path></svg></span><span class="text"><slot></slot></span></span>
    <span class="fault" role="alert"></span>`;
  static styles = `
    :host { display: inline-block; margin-block: 0.15rem; outline-offset: 3px; cursor: pointer; }
    :host([aria-disabled="true"]) { cursor: not-allowed; }
    :host(:focus-visible) { outline: 2px solid var(--crowd-accent); border-radius: 0.25rem; }
    .row { display: inline-flex; min-height: 1.75rem; align-items: flex-start; gap: 0.6rem; padding-block: 0.1rem; }
    .box { display: inline-flex; width: 1.25rem; height: 1.25rem; flex: none; align-items: center; justify-content: center; margin-top: 0.15rem;
      border: 2px solid var(--crowd-line-strong); border-radius: 0.25rem; background: var(--crowd-raised); color: transparent; }
    .on .box { border-color: var(--crowd-accent); background: var(--crowd-accent); color: var(--crowd-accent-ink); }
    .box svg { width: 1rem; height: 1rem; stroke-width: 3; }
    .off-duty { color: var(--crowd-soft); }
    .off-duty .box { border-color: var(--crowd-line-strong); background: var(--crowd-sunk); }
    .off-duty.on .box { color: var(--crowd-soft); }
    :host([aria-invalid]) .box { border-color: var(--crowd-bad); background: var(--crowd-bad-wash); }
    .fault { display: block; }
    @media (forced-colors: active) { .on .box { color: CanvasText; } }`;
}

noteControl(CrowdCheckbox);
define(CrowdCheckbox);
