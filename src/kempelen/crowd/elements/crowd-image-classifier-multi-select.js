/* <crowd-image-classifier-multi-select name="…" header="…" categories="['A', 'B']" src="…">…</crowd-image-classifier-multi-select> */
import { noteControl } from "../parts/control.js";
import { define } from "../parts/element.js";
import { ImageClassifier, imageClassifierMarkup, imageClassifierStyles } from "../parts/image-classifier.js";

export const definition = {
  "element": "crowd-image-classifier-multi-select",
  "summary": "All categories that apply to a picture.",
  "attributes": {
    "name": { "type": "text", "required": true, "about": "Under which name the answer is sent." },
    "header": { "type": "text", "required": true, "about": "What is asked." },
    "categories": { "type": "list", "required": true, "about": "The choices: a list of texts." },
    "exclusion-category": { "type": "list", "about": "A choice that leaves out all others: { text: 'None of these' }." },
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
  "answer": "the chosen ones as a list, in the order of the categories: {\"labels\": […]}; with workerComment if there is one",
  "sample": { "attributes": { "labels": ["Cat", "Dog"] } },
  "keys": { "1 to 9, 0": "one of the first ten choices, from anywhere on the page", "o": "shows or hides what was drawn" },
  "demo": [
    "<crowd-image-classifier-multi-select name=\"seen\" src=\"pictures/street.svg\" header=\"What is in the picture?\"",
    "    categories=\"['Car', 'Person', 'Dog', 'Bicycle']\" exclusion-category=\"{ text: 'Nothing of these' }\">",
    "  <short-instructions header=\"In short\">Choose what fits best.</short-instructions>",
    "  <full-instructions header=\"Instructions\"><p>Look at all of it before you choose.</p></full-instructions>",
    "</crowd-image-classifier-multi-select>"
  ]
};

class CrowdImageClassifierMultiSelect extends ImageClassifier {
  static definition = definition;
  static markup = imageClassifierMarkup;
  static styles = imageClassifierStyles;
  static hasMany = true;

  get value() {
    return this.answer();
  }
}

noteControl(CrowdImageClassifierMultiSelect);
define(CrowdImageClassifierMultiSelect);
