/* <crowd-fab icon="add" title="Add"></crowd-fab>: a round button that floats above the page's ground. */
import { define } from "../parts/element.js";
import { IconButton } from "../parts/icon-button.js";

export const definition = {
  "element": "crowd-fab",
  "summary": "A round, raised button.",
  "attributes": {
    "icon": { "type": "text", "about": "The name of an icon or the address of a picture." },
    "label": { "type": "text", "about": "One character, where there is no icon." },
    "title": { "type": "text", "about": "What it is called; shown when it is pointed at." },
    "disabled": { "type": "boolean", "about": "Cannot be pressed." }
  },
  "slots": { "": "shown beside: of a tag written `<crowd-fab />` browsers take what follows for its content" },
  "events": { "click": "when it is pressed" },
  "answer": "none",
  "demo": [
    "<crowd-fab icon=\"add\" title=\"Add a row\"></crowd-fab>",
    "<crowd-fab label=\"?\" title=\"Help\"></crowd-fab>",
    "<crowd-fab icon=\"delete\" title=\"Nothing to delete\" disabled></crowd-fab>"
  ]
};

class CrowdFab extends IconButton {
  static definition = definition;
  static styles = `
    :host { display: inline-block; vertical-align: middle; }
    :host([disabled]) { pointer-events: none; }
    .button.icon { width: 3.5rem; height: 3.5rem; border-color: var(--crowd-accent); background: var(--crowd-accent);
      box-shadow: var(--crowd-shadow); color: var(--crowd-accent-ink); font-size: 1.25rem; }
    .button.icon:hover { background: var(--crowd-accent-hover); color: var(--crowd-accent-ink); }
    .button.icon:disabled { border-color: var(--crowd-line); background: var(--crowd-sunk); color: var(--crowd-soft); }
    .picture { width: 1.5em; height: 1.5em; }`;
}

define(CrowdFab);
