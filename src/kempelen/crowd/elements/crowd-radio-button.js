/* <crowd-radio-button name="…" value="…">Label</crowd-radio-button>, one of a crowd-radio-group. */
import { BoxControl } from "../parts/box-control.js";
import { noteControl } from "../parts/control.js";
import { define } from "../parts/element.js";

export const definition = {
  "element": "crowd-radio-button",
  "summary": "One of several choices in a crowd-radio-group; what stands in it is its label.",
  "attributes": {
    "name": { "type": "text", "about": "Under which name the answer is sent: each button of a group needs its own." },
    "value": { "type": "text", "default": "on", "about": "The key in the answer." },
    "checked": { "type": "boolean", "about": "Chosen at the start." },
    "disabled": { "type": "boolean", "about": "Can be read, not changed, and is not sent." }
  },
  "slots": { "": "the label" },
  "events": { "input": "when it is chosen", "change": "the same" },
  "answer": "an object: value to true or false",
  "sample": { "btn1": { "yes": true }, "btn2": { "no": false } },
  "keys": { "Arrows": "choose the next one or the one before", "Space": "chooses it" },
  "demo": [
    "<crowd-radio-group>",
    "  <crowd-radio-button name=\"yes\">Yes</crowd-radio-button>",
    "  <crowd-radio-button name=\"no\">No</crowd-radio-button>",
    "  <crowd-radio-button name=\"unsure\" disabled>Cannot be told yet</crowd-radio-button>",
    "</crowd-radio-group>"
  ]
};

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

class CrowdRadioButton extends BoxControl {
  static definition = definition;
  static role = "radio";
  static markup = `<span class="row"><span class="box" aria-hidden="true"></span><span class="text"><slot></slot></span></span>`;
  static styles = `
    :host { display: inline-block; margin-block: 0.15rem; margin-inline-end: 1rem; outline-offset: 3px; cursor: pointer; }
    :host([aria-disabled="true"]) { cursor: not-allowed; }
    :host(:focus-visible) { outline: 2px solid var(--crowd-accent); border-radius: 0.25rem; }
    .row { display: inline-flex; min-height: 1.75rem; align-items: flex-start; gap: 0.6rem; padding-block: 0.1rem; }
    .box { width: 1.25rem; height: 1.25rem; flex: none; margin-top: 0.15rem;
      border: 2px solid var(--crowd-line-strong); border-radius: 50%; background: var(--crowd-raised); }
    .on .box { border: 0.4rem solid var(--crowd-accent); }
    .off-duty { color: var(--crowd-soft); }
    .off-duty .box { border-color: var(--crowd-line-strong); background: var(--crowd-sunk); }`;

  get group() {
    return this.closest("crowd-radio-group");
  }

  set checked(isOn) {
    if (isOn) this.others().forEach((other) => other.checked && (other.checked = false));
    super.checked = isOn;
    this.group?.refresh?.();
  }

  get checked() {
    return super.checked;
  }

  others() {
    return this.group ? [...this.group.querySelectorAll("crowd-radio-button")].filter((other) => other !== this) : [];
  }

  /** A choice can be taken back by another only; outside of a group these are boxes to be ticked. */
  press() {
    this.choose(this.group ? true : !this.checked);
  }

  /** For scripts that read it; as an attribute it would mean nothing on a radio button. */
  get ariaSelected() {
    return String(this.checked);
  }

  /** A group is one stop of the Tab key: the chosen button, or else the first. */
  tabStop(isDisabled) {
    const { group } = this;
    if (isDisabled) return -1;
    return !group?.tabStop || group.tabStop() === this ? 0 : -1;
  }

  onKey(event) {
    super.onKey(event);
    const step = STEPS[event.key];
    if (!step || event.target !== this || !this.group || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const open = [...this.group.querySelectorAll("crowd-radio-button")].filter((button) => !button.isDisabled);
    const next = open[(open.indexOf(this) + step + open.length) % open.length];
    next.focus();
    next.choose(true);
  }
}

noteControl(CrowdRadioButton);
define(CrowdRadioButton);
