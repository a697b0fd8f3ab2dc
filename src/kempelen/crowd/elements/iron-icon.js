/* <iron-icon icon="search"></iron-icon>: an icon by its name. */
import { CrowdElement, define } from "../parts/element.js";
import { iconOf } from "../parts/icons.js";

export const definition = {
  "element": "iron-icon",
  "summary": "A small drawing by its name, such as search, close or info.",
  "attributes": {
    "icon": { "type": "text", "about": "The name, with or without a set's name before it, or the address of a picture." },
    "src": { "type": "text", "about": "The address of a picture." }
  },
  "slots": {},
  "events": {},
  "answer": "none",
  "demo": [
    "<iron-icon icon=\"search\"></iron-icon>",
    "<iron-icon icon=\"favorite\"></iron-icon>",
    "<iron-icon icon=\"icons:home\"></iron-icon>",
    "<iron-icon icon=\"warning\"></iron-icon>"
  ]
};

class IronIcon extends CrowdElement {
  static definition = definition;
  static markup = "";
  static styles = `:host { display: inline-flex; width: 1.5rem; height: 1.5rem; align-items: center; justify-content: center; vertical-align: middle; }
    svg, .picture { width: 100%; height: 100%; }`;

  update() {
    const icon = iconOf(this.getAttribute("src") || this.getAttribute("icon"));
    this.root.replaceChildren(...[icon].filter(Boolean));
  }
}

define(IronIcon);
