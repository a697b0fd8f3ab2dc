/* <crowd-badge label="3" for="inbox"></crowd-badge>: a small mark at the corner of something. */
import { CrowdElement, define, whenParsed } from "../parts/element.js";
import { iconOf } from "../parts/icons.js";

export const definition = {
  "element": "crowd-badge",
  "summary": "A small mark at the upper right corner of another element.",
  "attributes": {
    "for": { "type": "text", "about": "The id of the element; without it, what the badge stands in." },
    "label": { "type": "text", "about": "Up to three characters." },
    "icon": { "type": "text", "about": "The name of an icon or the address of a picture; shown in place of the label." }
  },
  "slots": { "": "shown below: of a tag written `<crowd-badge />` browsers take what follows for its content" },
  "events": {},
  "answer": "none",
  "demo": [
    "<crowd-card id=\"inbox\" heading=\"Letters\">Three are new.</crowd-card>",
    "<crowd-badge for=\"inbox\" label=\"3\"></crowd-badge>"
  ]
};

class CrowdBadge extends CrowdElement {
  static definition = definition;
  static markup = `<span class="badge"></span><slot></slot>`;
  static styles = `
    .badge { position: absolute; z-index: 1; display: inline-flex; min-width: 1.375rem; height: 1.375rem; align-items: center; justify-content: center;
      padding-inline: 0.3rem; border-radius: 0.75rem; background: var(--crowd-accent); color: var(--crowd-accent-ink);
      font-size: 0.75rem; font-weight: 700; line-height: 1; pointer-events: none; translate: -50% -50%; }
    svg, .picture { width: 0.9rem; height: 0.9rem; }`;

  connectedCallback() {
    super.connectedCallback();
    this.watch = new ResizeObserver(() => this.place());
    whenParsed(() => this.attachTo());
  }

  disconnectedCallback() {
    this.watch.disconnect();
  }

  get target() {
    const id = this.getAttribute("for");
    return id ? this.getRootNode().getElementById?.(id) : this.parentElement;
  }

  attachTo() {
    this.watch.disconnect();
    if (!this.isConnected) return;
    if (this.target) this.watch.observe(this.target);
    this.watch.observe(document.documentElement);
    this.place();
  }

  update(name) {
    const label = this.getAttribute("label") ?? "";
    const icon = iconOf(this.getAttribute("icon"));
    this.part$(".badge").replaceChildren(icon ?? label.slice(0, 3));
    this.part$(".badge").hidden = !icon && !label;
    if (name === "for") this.attachTo();
  }

  /** Put it where the target's corner is, measured from where it is itself. */
  place() {
    const badge = this.part$(".badge");
    const { target } = this;
    if (!target) return;
    [badge.style.left, badge.style.top] = ["0", "0"];
    const corner = target.getBoundingClientRect();
    const origin = badge.getBoundingClientRect();
    const edge = document.documentElement.clientWidth - origin.width / 2; // else the page would be wider by it
    badge.style.left = `${Math.min(corner.right, edge) - (origin.left + origin.width / 2)}px`;
    badge.style.top = `${corner.top - (origin.top + origin.height / 2)}px`;
  }
}

define(CrowdBadge);
