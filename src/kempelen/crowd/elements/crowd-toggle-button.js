/* <crowd-toggle-button name="…"></crowd-toggle-button>: a switch. */
import { BoxControl } from "../parts/box-control.js";
import { noteControl } from "../parts/control.js";
import { define } from "../parts/element.js";

export const definition = {
  "element": "crowd-toggle-button",
  "summary": "A switch.",
  "attributes": {
    "name": { "type": "text", "about": "Under which name the answer is sent." },
    "value": { "type": "text", "default": "on", "about": "The key in the answer." },
    "checked": { "type": "boolean", "about": "On at the start." },
    "required": { "type": "boolean", "about": "Nothing can be submitted until it is on." },
    "invalid": { "type": "boolean", "about": "Looks as if something were wrong." },
    "disabled": { "type": "boolean", "about": "Can be read, not changed, and is not sent." }
  },
  "slots": { "": "a label" },
  "events": { "input": "when it is switched", "change": "the same" },
  "answer": "an object: value to true or false",
  "sample": { "enabled": { "on": true } },
  "keys": { "Space": "switches it" },
  "demo": [
    "<crowd-toggle-button name=\"sound\" checked>Sound can be heard</crowd-toggle-button><br>",
    "<crowd-toggle-button name=\"speech\">Somebody speaks</crowd-toggle-button>"
  ]
};

class CrowdToggleButton extends BoxControl {
  static definition = definition;
  static role = "switch";
  static markup = `<span class="row"><span class="box" aria-hidden="true"></span><slot></slot></span><span class="fault" role="alert"></span>`;
  static styles = `
    :host { display: inline-block; margin-block: 0.25rem; outline-offset: 3px; cursor: pointer; }
    :host([aria-disabled="true"]) { cursor: not-allowed; }
    :host(:focus-visible) { outline: 2px solid var(--crowd-accent); border-radius: 0.75rem; }
    .row { display: inline-flex; min-height: 1.75rem; align-items: center; gap: 0.6rem; }
    .box { position: relative; width: 2.75rem; height: 1.5rem; flex: none;
      border: 2px solid var(--crowd-line-strong); border-radius: 0.75rem; background: var(--crowd-sunk); }
    .box::after { position: absolute; top: 0.15rem; left: 0.15rem; width: 0.95rem; height: 0.95rem;
      border-radius: 50%; background: var(--crowd-line-strong); content: ""; transition: translate 120ms ease-out; }
    .on .box { border-color: var(--crowd-accent); background: var(--crowd-accent); }
    .on .box::after { background: var(--crowd-accent-ink); translate: 1.25rem 0; }
    .off-duty { color: var(--crowd-soft); opacity: 0.75; }
    :host(:is([invalid], [aria-invalid="true"])) .box { border-color: var(--crowd-bad); }
    .fault { display: block; }
    @media (prefers-reduced-motion: reduce) { .box::after { transition: none; } }
    @media (forced-colors: active) { .box::after { background: CanvasText; } }`;

  update() {
    super.update();
    // Its name is its content; without one, its label's or its own.
    if (!this.textContent.trim() && !this.hasAttribute("aria-label") && !this.hasAttribute("aria-labelledby"))
      this.setAttribute("aria-label", this.spokenName || "Switch");
  }

  fault() {
    if (!this.hasAttribute("required") || this.checked) return "";
    return "This has to be on.";
  }
}

noteControl(CrowdToggleButton);
define(CrowdToggleButton);
