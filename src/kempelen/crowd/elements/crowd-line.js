/* <crowd-line name="…" header="…" labels="['Cat', 'Dog']" src="…">…</crowd-line> */
import { noteControl } from "../parts/control.js";
import { LINE } from "../parts/drawing/kinds.js";
import { ShapeTool } from "../parts/drawing/shape-tool.js";
import { toolMarkup, toolStyles } from "../parts/drawing/tool-look.js";
import { TAGS } from "../parts/drawing/toolbar.js";
import { define } from "../parts/element.js";

export const definition = {
  "element": "crowd-line",
  "summary": "Straight lines in a picture, each with a label. A picture without a line is a valid answer.",
  "attributes": {
    "name": { "type": "text", "required": true, "about": "Under which name the answer is sent." },
    "header": { "type": "text", "about": "What is asked." },
    "labels": { "type": "list", "required": true, "most": 10, "about": "The labels: a list of texts. Keys 1 to 9 and 0 choose the first ten." },
    "label-colors": { "type": "list", "about": "Colours such as #ff7f0e, one for each label; else our own, told apart by all eyes." },
    "src": { "type": "text", "required": true, "about": "The address of the picture." },
    "initial-value": { "type": "list", "about": "Lines to begin with, as in the answer ({lines: […]} or the list); one with an unknown label is not drawn." },
    "disabled": { "type": "boolean", "about": "Shows what is drawn; it cannot be changed." }
  },
  "slots": {
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when something was drawn, changed or deleted" },
  "answer": "lines, each with the two vertices, in whole pixels of the picture, and its size; with initial-value also initialValueModified",
  "sample": {
    "annotatedResult": {
      "inputImageProperties": { "height": 3456, "width": 5184 },
      "lines": [{ "label": "Edge", "vertices": [{ "x": 27, "y": 154 }, { "x": 2331, "y": 3023 }] }]
    }
  },
  "keys": { "1 to 9, 0": "choose a label", "Ctrl+Z, Ctrl+Shift+Z": "undo and redo", "+, -, F": "zoom in, zoom out, show the whole picture", "Delete": "removes what is selected" },
  "demo": [
    "<crowd-line name=\"annotatedResult\" src=\"pictures/street.svg\" header=\"Draw a line along each edge of the roof\"",
    "    initial-value=\"{ lines: [{ label: 'Roof', vertices: [{ x: 20, y: 180 }, { x: 125, y: 96 }] }] }\"",
    "    labels=\"['Roof', 'Pavement']\">",
    "  <short-instructions header=\"In short\">What is half hidden counts too.</short-instructions>",
    "  <full-instructions header=\"Instructions\"><p>Keep close to the edges of what you see.</p></full-instructions>",
    "</crowd-line>"
  ]
};

class CrowdLine extends ShapeTool {
  static definition = definition;
  static kind = LINE;
  static markup = toolMarkup(TAGS);
  static styles = toolStyles;
}

noteControl(CrowdLine);
define(CrowdLine);
