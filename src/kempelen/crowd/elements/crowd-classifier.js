/* <crowd-classifier name="…" header="…" categories="['A', 'B']">…</crowd-classifier> */
import { Classifier, classifierMarkup, classifierStyles } from "../parts/classifier.js";
import { noteControl } from "../parts/control.js";
import { define } from "../parts/element.js";

export const definition = {
  "element": "crowd-classifier",
  "summary": "One of several categories for whatever stands in it.",
  "attributes": {
    "name": { "type": "text", "required": true, "about": "Under which name the answer is sent." },
    "header": { "type": "text", "required": true, "about": "What is asked." },
    "categories": { "type": "list", "required": true, "about": "The choices: a list of texts." },
    "disabled": { "type": "boolean", "about": "Shows what is chosen; it cannot be changed." }
  },
  "slots": {
    "classification-target": "what is to be classified",
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when something else is chosen" },
  "answer": "{\"label\": …}",
  "sample": { "sentiment": { "label": "Positive" } },
  "keys": { "1 to 9, 0": "one of the first ten choices, from anywhere on the page" },
  "demo": [
    "<crowd-classifier name=\"sentiment\" header=\"What does the writer feel?\"",
    "    categories=\"['Pleased', 'Displeased', 'Neither', 'Don't know']\">",
    "  <classification-target>Boils two cups in three minutes, and sings while it does.</classification-target>",
    "  <short-instructions header=\"In short\">Choose what fits best.</short-instructions>",
    "  <full-instructions header=\"Instructions\"><p>Look at all of it before you choose.</p></full-instructions>",
    "</crowd-classifier>"
  ]
};

class CrowdClassifier extends Classifier {
  static definition = definition;
  static markup = classifierMarkup();
  static styles = classifierStyles;

  /** The chosen category itself, which pages read when it changes. */
  get value() {
    return this.labels[0];
  }

  set value(category) {
    this.chosen = new Set(category ? [category] : []);
    this.update();
  }
}

noteControl(CrowdClassifier);
define(CrowdClassifier);
