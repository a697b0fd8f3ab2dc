/* <crowd-card heading="…" image="…">…</crowd-card> */
import { CrowdElement, define } from "../parts/element.js";

export const definition = {
  "element": "crowd-card",
  "summary": "A box with a heading and a picture.",
  "attributes": {
    "heading": { "type": "text", "about": "What stands above." },
    "image": { "type": "text", "about": "The address of a picture." }
  },
  "slots": { "": "anything" },
  "events": {},
  "answer": "none",
  "demo": [
    "<crowd-card heading=\"A street\" image=\"pictures/street.svg\">Seen in the morning.</crowd-card>"
  ]
};

class CrowdCard extends CrowdElement {
  static definition = definition;
  static markup = `<div class="card"><img alt="" hidden><h3 class="heading" hidden></h3><div class="body"><slot></slot></div></div>`;
  static styles = `
    :host { display: inline-block; max-width: 100%; vertical-align: top; }
    .card { overflow: hidden; border: 1px solid var(--crowd-line); border-radius: 0.75rem; background: var(--crowd-raised);
      box-shadow: var(--crowd-shadow); color: var(--crowd-ink); }
    img { display: block; max-width: 100%; margin-inline: auto; }
    .heading { margin: 0; padding: 0.9rem 1rem 0; font-size: 1.125rem; line-height: 1.3; }
    .body { padding: 0.75rem 1rem 1rem; }`;

  update() {
    const [heading, image] = [this.part$(".heading"), this.part$("img")];
    heading.textContent = this.getAttribute("heading") ?? "";
    heading.hidden = !heading.textContent;
    const address = this.getAttribute("image");
    image.hidden = !address;
    if (address && image.getAttribute("src") !== address) image.src = address;
  }
}

define(CrowdCard);
