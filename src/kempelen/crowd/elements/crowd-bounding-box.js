/* <crowd-bounding-box name="…" header="…" labels="['Cat', 'Dog']" src="…">…</crowd-bounding-box> */
import { noteControl } from "../parts/control.js";
import { BOX } from "../parts/drawing/kinds.js";
import { ShapeTool } from "../parts/drawing/shape-tool.js";
import { toolMarkup, toolStyles } from "../parts/drawing/tool-look.js";
import { TAGS } from "../parts/drawing/toolbar.js";
import { define } from "../parts/element.js";

export const definition = {
  "element": "crowd-bounding-box",
  "summary": "Boxes around things in a picture, each with a label. A picture without a box is a valid answer.",
  "attributes": {
    "name": { "type": "text", "required": true, "about": "Under which name the answer is sent." },
    "header": { "type": "text", "about": "What is asked." },
    "labels": { "type": "list", "required": true, "most": 10, "about": "The labels: a list of texts. Keys 1 to 9 and 0 choose the first ten." },
    "src": { "type": "text", "required": true, "about": "The address of the picture." },
    "initial-value": { "type": "list", "about": "Boxes to begin with, as in the answer; one with an unknown label is not drawn." },
    "disabled": { "type": "boolean", "about": "Shows what is drawn; it cannot be changed." }
  },
  "slots": {
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when something was drawn, changed or deleted" },
  "answer": "boundingBoxes in whole pixels of the picture, and its size; with initial-value also initialValueModified",
  "sample": {
    "annotatedResult": {
      "boundingBoxes": [{ "height": 3300, "label": "Dog", "left": 536, "top": 154, "width": 4361 }],
      "inputImageProperties": { "height": 3456, "width": 5184 }
    }
  },
  "keys": { "1 to 9, 0": "choose a label", "Ctrl+Z, Ctrl+Shift+Z": "undo and redo", "+, -, F": "zoom in, zoom out, show the whole picture", "Delete": "removes what is selected" },
  "demo": [
    "<crowd-bounding-box name=\"annotatedResult\" src=\"pictures/street.svg\" header=\"Draw a box around each car, person and dog\"",
    "    initial-value=\"[{ label: 'Car', left: 92, top: 400, width: 264, height: 124 }]\"",
    "    labels=\"['Car', 'Person', 'Dog']\">",
    "  <short-instructions header=\"In short\">What is half hidden counts too.</short-instructions>",
    "  <full-instructions header=\"Instructions\"><p>Keep close to the edges of what you see.</p></full-instructions>",
    "</crowd-bounding-box>"
  ]
};

class CrowdBoundingBox extends ShapeTool {
  static definition = definition;
  static kind = BOX;
  static markup = toolMarkup(TAGS);
  static styles = toolStyles;
}

noteControl(CrowdBoundingBox);
define(CrowdBoundingBox);
