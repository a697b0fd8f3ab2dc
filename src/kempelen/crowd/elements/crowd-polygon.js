/* <crowd-polygon name="…" header="…" labels="['Cat', 'Dog']" src="…">…</crowd-polygon> */
import { noteControl } from "../parts/control.js";
import { POLYGON } from "../parts/drawing/kinds.js";
import { ShapeTool } from "../parts/drawing/shape-tool.js";
import { toolMarkup, toolStyles } from "../parts/drawing/tool-look.js";
import { END, TAGS } from "../parts/drawing/toolbar.js";
import { define } from "../parts/element.js";

export const definition = {
  "element": "crowd-polygon",
  "summary": "Outlines of things in a picture, each with a label. A picture without one is a valid answer.",
  "attributes": {
    "name": { "type": "text", "required": true, "about": "Under which name the answer is sent." },
    "header": { "type": "text", "about": "What is asked." },
    "labels": { "type": "list", "required": true, "most": 10, "about": "The labels: a list of texts. Keys 1 to 9 and 0 choose the first ten." },
    "src": { "type": "text", "required": true, "about": "The address of the picture." },
    "initial-value": { "type": "list", "about": "Polygons to begin with, as in the answer; one with an unknown label is not drawn." },
    "disabled": { "type": "boolean", "about": "Shows what is drawn; it cannot be changed." }
  },
  "slots": {
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when something was drawn, changed or deleted" },
  "answer": "polygons in whole pixels of the picture, and its size; with initial-value also initialValueModified",
  "sample": {
    "annotatedResult": {
      "inputImageProperties": { "height": 3456, "width": 5184 },
      "polygons": [{ "label": "Cat", "vertices": [{ "x": 570, "y": 239 }, { "x": 603, "y": 513 }, { "x": 823, "y": 645 }] }]
    }
  },
  "keys": { "1 to 9, 0": "choose a label", "Ctrl+Z, Ctrl+Shift+Z": "undo and redo", "+, -, F": "zoom in, zoom out, show the whole picture", "Delete": "removes what is selected", "Enter": "closes the outline" },
  "demo": [
    "<crowd-polygon name=\"annotatedResult\" src=\"pictures/street.svg\" header=\"Outline the houses and the trees\"",
    "    initial-value=\"[{ label: 'House', vertices: [{ x: 30, y: 440 }, { x: 30, y: 180 }, { x: 125, y: 96 }, { x: 220, y: 180 }, { x: 220, y: 440 }] }]\"",
    "    labels=\"['House', 'Tree']\">",
    "  <short-instructions header=\"In short\">What is half hidden counts too.</short-instructions>",
    "  <full-instructions header=\"Instructions\"><p>Keep close to the edges of what you see.</p></full-instructions>",
    "</crowd-polygon>"
  ]
};

class CrowdPolygon extends ShapeTool {
  static definition = definition;
  static kind = POLYGON;
  static markup = toolMarkup(TAGS + END);
  static styles = toolStyles;
}

noteControl(CrowdPolygon);
define(CrowdPolygon);
