/* <crowd-alert type="error" dismissible>What is wrong.</crowd-alert> */
import { CrowdElement, define } from "../parts/element.js";
import { iconOf } from "../parts/icons.js";

export const definition = {
  "element": "crowd-alert",
  "summary": "A message in a box.",
  "attributes": {
    "type": { "type": "text", "values": ["info", "success", "warning", "error"], "default": "info", "about": "info, success, warning or error." },
    "dismissible": { "type": "boolean", "about": "Can be closed." }
  },
  "slots": { "": "the message" },
  "events": { "dismiss": "when it has been closed" },
  "answer": "none",
  "demo": [
    "<crowd-alert type=\"info\" dismissible>The next ten pictures are of one street.</crowd-alert>",
    "<crowd-alert type=\"success\">Saved.</crowd-alert>",
    "<crowd-alert type=\"warning\">The picture is dark.</crowd-alert>",
    "<crowd-alert type=\"error\" dismissible>Say which side of the street it is on.</crowd-alert>"
  ]
};

const ICONS = { info: "info", success: "check-circle", warning: "warning", error: "error" };

class CrowdAlert extends CrowdElement {
  static definition = definition;
  static markup = `<div class="box"><span class="icon"></span><div class="text"><slot></slot></div>
    <button class="button icon" type="button" aria-label="Close"></button></div>`;
  static styles = `
    :host { display: block; margin-block: 0.5rem; }
    .box { display: flex; align-items: flex-start; gap: 0.75rem; padding: 0.7rem 0.9rem; border: 1px solid var(--tone);
      border-radius: var(--crowd-radius); background: var(--wash); color: var(--crowd-ink); }
    .box { --tone: var(--crowd-accent); --wash: var(--crowd-accent-wash); }
    .success { --tone: var(--crowd-good); --wash: var(--crowd-good-wash); }
    .warning { --tone: var(--crowd-warn); --wash: var(--crowd-warn-wash); }
    .error { --tone: var(--crowd-bad); --wash: var(--crowd-bad-wash); }
    span.icon { display: inline-flex; padding-top: 0.1rem; color: var(--tone); }
    .text { min-width: 0; flex: 1; overflow-wrap: anywhere; }
    .button.icon { min-width: 2rem; min-height: 2rem; margin: -0.2rem -0.3rem -0.2rem 0; padding: 0; color: inherit; }`;

  constructor() {
    super();
    this.button = this.part$("button");
    this.button.append(iconOf("close"));
    this.button.addEventListener("click", () => this.dismiss());
  }

  update() {
    const type = this.getAttribute("type");
    const known = Object.hasOwn(ICONS, type) ? type : "info";
    this.part$(".box").className = `box ${known}`;
    this.part$(".icon").replaceChildren(iconOf(ICONS[known]));
    this.button.hidden = !this.hasAttribute("dismissible");
    // Errors are read out at once, other messages when there is a pause.
    if (!this.hasAttribute("role")) this.setAttribute("role", known === "error" ? "alert" : "status");
  }

  dismiss() {
    this.hidden = true;
    this.announce("dismiss");
  }
}

define(CrowdAlert);
