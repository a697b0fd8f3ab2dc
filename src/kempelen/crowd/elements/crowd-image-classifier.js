/* <crowd-image-classifier name="…" header="…" categories="['A', 'B']" src="…">…</crowd-image-classifier> */
import { noteControl } from "../parts/control.js";
import { define } from "../parts/element.js";
import { ImageClassifier, imageClassifierMarkup, imageClassifierStyles } from "../parts/image-classifier.js";

export const definition = {
  "element": "crowd-image-classifier",
  "summary": "One of several categories for a picture.",
  "attributes": {
    "name": { "type": "text", "required": true, "about": "Under which name the answer is sent." },
    "header": { "type": "text", "required": true, "about": "What is asked." },
    "categories": { "type": "list", "required": true, "most": 10, "about": "The choices: a list of texts." },
    "src": { "type": "text", "required": true, "about": "The address of the picture." },
    "overlay": { "type": "object", "about": "What earlier work has drawn, shown over the picture: an object with boundingBox, semanticSegmentation or instanceSegmentation." },
    "disabled": { "type": "boolean", "about": "Shows what is chosen; it cannot be changed." }
  },
  "slots": {
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header",
    "worker-comment": "adds a field for a comment; its attributes: header, link-text, placeholder"
  },
  "events": { "change": "when something else is chosen" },
  "answer": "{\"label\": …}; with workerComment if there is one",
  "sample": { "category": { "label": "Cat", "workerComment": "Blurry." } },
  "keys": { "1 to 9, 0": "one of the first ten choices, from anywhere on the page", "o": "shows or hides what was drawn" },
  "demo": [
    "<crowd-image-classifier name=\"quality\" src=\"pictures/street.svg\" header=\"Are the boxes where they should be?\"",
    "    categories=\"['Yes', 'Nearly', 'No']\"",
    "    overlay=\"{ boundingBox: { labels: ['Car', 'Person'], value: [",
    "      { label: 'Car', left: 86, top: 398, width: 276, height: 124 },",
    "      { label: 'Person', left: 520, top: 300, width: 60, height: 190 } ] } }\">",
    "  <worker-comment header=\"What is wrong?\" link-text=\"Say what is wrong\"></worker-comment>",
    "  <short-instructions header=\"In short\">Choose what fits best.</short-instructions>",
    "  <full-instructions header=\"Instructions\"><p>Look at all of it before you choose.</p></full-instructions>",
    "</crowd-image-classifier>"
  ]
};

class CrowdImageClassifier extends ImageClassifier {
  static definition = definition;
  static markup = imageClassifierMarkup;
  static styles = imageClassifierStyles;

  get value() {
    return this.answer();
  }
}

noteControl(CrowdImageClassifier);
define(CrowdImageClassifier);
