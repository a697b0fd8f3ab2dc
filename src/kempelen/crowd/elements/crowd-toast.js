/* <crowd-toast duration="3000" opened>Saved.</crowd-toast>: says what has just happened, and goes. */
import { CrowdElement, define } from "../parts/element.js";

export const definition = {
  "element": "crowd-toast",
  "summary": "A message that goes by itself; one at a time.",
  "attributes": {
    "duration": { "type": "number", "default": "3000", "about": "For how many milliseconds it is shown; 0 until it is closed." },
    "text": { "type": "text", "about": "The message." },
    "opened": { "type": "boolean", "about": "Shown." }
  },
  "slots": { "": "the message, or more of it" },
  "events": {},
  "answer": "none",
  "demo": [
    "<crowd-button id=\"save\">Save</crowd-button>",
    "<crowd-toast id=\"saved\" duration=\"4000\" text=\"Saved.\"></crowd-toast>",
    "<script>",
    "  save.addEventListener(\"click\", () => (saved.opened = true));",
    "<\/script>"
  ]
};

let shown = null;

class CrowdToast extends CrowdElement {
  static definition = definition;
  static markup = `<div role="status"><div class="toast" hidden><span class="text"></span> <slot></slot></div></div>`;
  static styles = `
    :host { position: fixed; z-index: 1000; bottom: 1rem; left: 1rem; max-width: min(36rem, calc(100vw - 2rem)); }
    .toast { padding: 0.8rem 1.2rem; border-radius: var(--crowd-radius);
      background: light-dark(#27251f, #ece7dd); box-shadow: var(--crowd-shadow); color: light-dark(#fffdf9, #1b1a18); overflow-wrap: anywhere; }`;

  update(name) {
    this.part$(".text").textContent = this.getAttribute("text") ?? "";
    if (name === undefined || name === "opened") this.turn();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    if (shown === this) shown = null;
  }

  turn() {
    const isOpen = this.hasAttribute("opened");
    clearTimeout(this.timer);
    this.part$(".toast").hidden = !isOpen;
    if (!isOpen) {
      if (shown === this) shown = null;
      return;
    }
    if (shown !== this) shown?.hide();
    shown = this;
    this.leaveLater();
  }

  /** Whoever still reads it (pointer over it, or focus inside) keeps it. */
  leaveLater() {
    const given = this.getAttribute("duration");
    const milliseconds = given === null || given === "" ? 3000 : Number(given);
    if (!(milliseconds > 0 && milliseconds < 2 ** 31)) return;
    const leave = () => (this.matches(":hover, :focus-within") ? this.leaveLater() : this.hide());
    this.timer = setTimeout(leave, milliseconds);
  }

  show() {
    this.setAttribute("opened", "");
  }

  open() {
    this.show();
  }

  hide() {
    this.removeAttribute("opened");
  }

  close() {
    this.hide();
  }
}

define(CrowdToast);
