/* <crowd-polyline name="…" header="…" labels="['Cat', 'Dog']" src="…">…</crowd-polyline> */
import { noteControl } from "../parts/control.js";
import { POLYLINE } from "../parts/drawing/kinds.js";
import { ShapeTool } from "../parts/drawing/shape-tool.js";
import { toolMarkup, toolStyles } from "../parts/drawing/tool-look.js";
import { END, TAGS } from "../parts/drawing/toolbar.js";
import { define } from "../parts/element.js";

export const definition = {
  "element": "crowd-polyline",
  "summary": "Lines through several points of a picture, each with a label. A picture without a line is a valid answer.",
  "attributes": {
    "name": { "type": "text", "required": true, "about": "Under which name the answer is sent." },
    "header": { "type": "text", "about": "What is asked." },
    "labels": { "type": "list", "required": true, "most": 10, "about": "The labels: a list of texts. Keys 1 to 9 and 0 choose the first ten." },
    "label-colors": { "type": "list", "about": "Colours such as #ff7f0e, one for each label; else our own, told apart by all eyes." },
    "src": { "type": "text", "required": true, "about": "The address of the picture." },
    "initial-value": { "type": "list", "about": "Lines to begin with, as in the answer ({polylines: […]} or the list); one with an unknown label is not drawn." },
    "disabled": { "type": "boolean", "about": "Shows what is drawn; it cannot be changed." }
  },
  "slots": {
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when something was drawn, changed or deleted" },
  "answer": "polylines in whole pixels of the picture, and its size; with initial-value also initialValueModified",
  "sample": {
    "annotatedResult": {
      "inputImageProperties": { "height": 3456, "width": 5184 },
      "polylines": [{ "label": "Lane", "vertices": [{ "x": 570, "y": 229 }, { "x": 1340, "y": 871 }, { "x": 2018, "y": 902 }] }]
    }
  },
  "keys": { "1 to 9, 0": "choose a label", "Ctrl+Z, Ctrl+Shift+Z": "undo and redo", "+, -, F": "zoom in, zoom out, show the whole picture", "Delete": "removes what is selected", "Enter": "ends the line" },
  "demo": [
    "<crowd-polyline name=\"annotatedResult\" src=\"pictures/street.svg\" header=\"Follow the hills and the dog’s lead\"",
    "    initial-value=\"{ polylines: [{ label: 'Hills', vertices: [{ x: 230, y: 320 }, { x: 390, y: 210 }, { x: 540, y: 330 }] }] }\"",
    "    labels=\"['Hills', 'Lead']\">",
    "  <short-instructions header=\"In short\">What is half hidden counts too.</short-instructions>",
    "  <full-instructions header=\"Instructions\"><p>Keep close to the edges of what you see.</p></full-instructions>",
    "</crowd-polyline>"
  ]
};

class CrowdPolyline extends ShapeTool {
  static definition = definition;
  static kind = POLYLINE;
  static markup = toolMarkup(TAGS + END);
  static styles = toolStyles;
}

noteControl(CrowdPolyline);
define(CrowdPolyline);
