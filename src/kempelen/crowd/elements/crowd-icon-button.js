/* <crowd-icon-button icon="search"></crowd-icon-button> */
import { define } from "../parts/element.js";
import { IconButton } from "../parts/icon-button.js";

export const definition = {
  "element": "crowd-icon-button",
  "summary": "A button with an icon.",
  "attributes": {
    "icon": { "type": "text", "about": "The name of an icon or the address of a picture." },
    "disabled": { "type": "boolean", "about": "Cannot be pressed." }
  },
  "slots": {},
  "events": { "click": "when it is pressed" },
  "answer": "none",
  "demo": [
    "<crowd-icon-button icon=\"search\" aria-label=\"Search\"></crowd-icon-button>",
    "<crowd-icon-button icon=\"favorite\" aria-label=\"Keep\"></crowd-icon-button>",
    "<crowd-icon-button icon=\"delete\" aria-label=\"Delete\" disabled></crowd-icon-button>"
  ]
};

class CrowdIconButton extends IconButton {
  static definition = definition;
  static styles = `
    :host { display: inline-block; vertical-align: middle; }
    :host([disabled]) { pointer-events: none; }
    .picture { width: 1.5em; height: 1.5em; }`;
}

define(CrowdIconButton);
