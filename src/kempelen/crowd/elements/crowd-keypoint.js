/* <crowd-keypoint name="…" header="…" labels="['Cat', 'Dog']" src="…">…</crowd-keypoint> */
import { noteControl } from "../parts/control.js";
import { KEYPOINT } from "../parts/drawing/kinds.js";
import { ShapeTool } from "../parts/drawing/shape-tool.js";
import { toolMarkup, toolStyles } from "../parts/drawing/tool-look.js";
import { TAGS } from "../parts/drawing/toolbar.js";
import { define } from "../parts/element.js";

export const definition = {
  "element": "crowd-keypoint",
  "summary": "Points in a picture, each with a label. A picture without a point is a valid answer.",
  "attributes": {
    "name": { "type": "text", "required": true, "about": "Under which name the answer is sent." },
    "header": { "type": "text", "about": "What is asked." },
    "labels": { "type": "list", "required": true, "most": 10, "about": "The labels: a list of texts. Keys 1 to 9 and 0 choose the first ten." },
    "src": { "type": "text", "required": true, "about": "The address of the picture." },
    "initial-value": { "type": "list", "about": "Points to begin with, as in the answer; one with an unknown label is not drawn." },
    "disabled": { "type": "boolean", "about": "Shows what is drawn; it cannot be changed." }
  },
  "slots": {
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when something was drawn, changed or deleted" },
  "answer": "keypoints in whole pixels of the picture, and its size; with initial-value also initialValueModified",
  "sample": {
    "annotatedResult": {
      "inputImageProperties": { "height": 3456, "width": 5184 },
      "keypoints": [{ "label": "nose", "x": 2408, "y": 1297 }]
    }
  },
  "keys": { "1 to 9, 0": "choose a label", "Ctrl+Z, Ctrl+Shift+Z": "undo and redo", "+, -, F": "zoom in, zoom out, show the whole picture", "Delete": "removes what is selected" },
  "demo": [
    "<crowd-keypoint name=\"annotatedResult\" src=\"pictures/street.svg\" header=\"Put a point on each wheel and each head\"",
    "    initial-value=\"[{ label: 'Wheel', x: 156, y: 496 }]\"",
    "    labels=\"['Wheel', 'Head']\">",
    "  <short-instructions header=\"In short\">What is half hidden counts too.</short-instructions>",
    "  <full-instructions header=\"Instructions\"><p>Keep close to the edges of what you see.</p></full-instructions>",
    "</crowd-keypoint>"
  ]
};

class CrowdKeypoint extends ShapeTool {
  static definition = definition;
  static kind = KEYPOINT;
  static markup = toolMarkup(TAGS);
  static styles = toolStyles;
}

noteControl(CrowdKeypoint);
define(CrowdKeypoint);
