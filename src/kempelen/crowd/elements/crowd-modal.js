/* <crowd-modal link-text="More">…</crowd-modal>: a dialog, and the link that opens it. */
import { define } from "../parts/element.js";
import { dialogMarkup, Opener } from "../parts/opener.js";

export const definition = {
  "element": "crowd-modal",
  "summary": "A dialog, and the link or button that opens it.",
  "attributes": {
    "link-text": { "type": "text", "default": "Click to open modal", "about": "What the link says." },
    "link-type": { "type": "text", "values": ["link", "button"], "default": "link", "about": "link or button." },
    "opened": { "type": "boolean", "about": "Open; methods open() and close() do the same." }
  },
  "slots": { "": "anything" },
  "events": { "open": "when it has been opened", "close": "when it has been closed" },
  "answer": "none",
  "keys": { "Esc": "closes it" },
  "demo": [
    "<crowd-modal link-text=\"Why we ask\" link-type=\"button\">",
    "  <p>The answers help people who cannot see the pictures.</p>",
    "</crowd-modal>"
  ]
};

class CrowdModal extends Opener {
  static definition = definition;
  static linkText = "Click to open modal";
  static markup = dialogMarkup("<slot></slot>");
  static styles = `:host { display: inline-block; vertical-align: middle; }`;
}

define(CrowdModal);
