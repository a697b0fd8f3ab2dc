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
  "sample": { "sentiment": { "label": "Positive" } }
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
