/* <crowd-radio-group><crowd-radio-button …>…</crowd-radio-group>: one of the buttons in it at a time. */
import { CrowdElement, define, whenParsed } from "../parts/element.js";

export const definition = {
  "element": "crowd-radio-group",
  "summary": "Of the radio buttons in it, however deep, one can be chosen.",
  "attributes": {},
  "slots": { "": "crowd-radio-buttons, and whatever stands between them" },
  "events": { "change": "of its buttons" },
  "answer": "none; each button has its own",
  "keys": { "Tab": "stops once at the group", "Arrows": "choose the next one or the one before" },
  "demo": [
    "<crowd-radio-group>",
    "  <p>Which of the two is older?</p>",
    "  <crowd-radio-button name=\"older\" value=\"left\">The left one</crowd-radio-button>",
    "  <crowd-radio-button name=\"older\" value=\"right\">The right one</crowd-radio-button>",
    "</crowd-radio-group>"
  ]
};

class CrowdRadioGroup extends CrowdElement {
  static definition = definition;
  static styles = `:host { display: block; margin-block: 0.25rem 0.75rem; }`;

  connectedCallback() {
    super.connectedCallback();
    if (!this.hasAttribute("role")) this.setAttribute("role", "radiogroup");
    whenParsed(() => this.refresh());
    this.watch ??= new MutationObserver(() => this.refresh());
    this.watch.observe(this, { childList: true, subtree: true });
  }

  disconnectedCallback() {
    this.watch.disconnect();
  }

  get buttons() {
    return [...this.querySelectorAll("crowd-radio-button")];
  }

  /** The button that the Tab key stops at. */
  tabStop() {
    const open = this.buttons.filter((button) => !button.isDisabled);
    return open.find((button) => button.checked) ?? open[0];
  }

  refresh() {
    const stop = this.tabStop();
    for (const button of this.buttons) button.setAttribute("tabindex", button === stop ? 0 : -1);
  }
}

define(CrowdRadioGroup);
