/* <crowd-tab header="One">…</crowd-tab>, one of a crowd-tabs. */
import { CrowdElement, define } from "../parts/element.js";

export const definition = {
  "element": "crowd-tab",
  "summary": "One of the tabs in a crowd-tabs.",
  "attributes": { "header": { "type": "text", "about": "What the tab is called." } },
  "slots": { "": "anything" },
  "events": {},
  "answer": "none",
  "demo": [
    "<crowd-tabs>",
    "  <crowd-tab header=\"Before\"><p>The street as it was.</p></crowd-tab>",
    "  <crowd-tab header=\"After\"><p>The street as it is.</p></crowd-tab>",
    "</crowd-tabs>"
  ]
};

class CrowdTab extends CrowdElement {
  static definition = definition;
  static styles = `:host { display: block; }`;

  update() {
    this.setAttribute("role", "tabpanel");
    const header = this.getAttribute("header");
    if (header && this.getAttribute("aria-label") !== header) this.setAttribute("aria-label", header);
    this.parentElement?.refresh?.();
  }
}

define(CrowdTab);
