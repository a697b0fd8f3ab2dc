/* <crowd-tabs><crowd-tab header="One">…</crowd-tab> …</crowd-tabs> */
import { CrowdElement, define, whenParsed } from "../parts/element.js";
import { TAB_STYLES, TabRow } from "../parts/tabs.js";

export const definition = {
  "element": "crowd-tabs",
  "summary": "Shows one of the tabs in it at a time; what stands in the others counts all the same.",
  "attributes": {},
  "slots": { "": "crowd-tab" },
  "events": { "change": "when another tab is opened by the worker" },
  "answer": "none",
  "keys": { "Arrows": "the next tab and the one before", "Home, End": "the first and the last" },
  "demo": [
    "<crowd-tabs>",
    "  <crowd-tab header=\"First\"><crowd-input name=\"first\" label=\"What is first?\"></crowd-input></crowd-tab>",
    "  <crowd-tab header=\"Second\"><crowd-input name=\"second\" label=\"What comes then?\"></crowd-input></crowd-tab>",
    "</crowd-tabs>"
  ]
};

class CrowdTabs extends CrowdElement {
  static definition = definition;
  static markup = `<div role="tablist"></div><div class="panels"><slot></slot></div>`;
  static styles = `:host { display: block; margin-block: 0.5rem; } ${TAB_STYLES} .panels { padding-block: 0.75rem; }`;

  constructor() {
    super();
    this.row = new TabRow(this.part$("[role=tablist]"), () => this.showChosen());
    this.part$("slot").addEventListener("slotchange", () => this.refresh());
    // Something wrong in a tab that is not open would not be seen.
    this.addEventListener("invalid", (event) => this.openFor(event.target), true);
  }

  connectedCallback() {
    super.connectedCallback();
    whenParsed(() => this.refresh());
  }

  get tabs() {
    return [...this.children].filter((child) => child.localName === "crowd-tab");
  }

  refresh() {
    const names = this.tabs.map((tab, i) => tab.getAttribute("header") || `${i + 1}`);
    this.row.show(names);
    this.showChosen();
  }

  showChosen() {
    this.tabs.forEach((tab, i) => (tab.hidden = i !== this.row.chosen));
  }

  openFor(element) {
    const index = this.tabs.findIndex((tab) => tab.contains(element));
    const isOtherShown = this.tabs[this.row.chosen]?.querySelector(":invalid");
    if (index >= 0 && index !== this.row.chosen && !isOtherShown) this.row.choose(index);
  }
}

define(CrowdTabs);
