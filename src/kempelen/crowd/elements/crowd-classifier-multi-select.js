/* <crowd-classifier-multi-select name="…" header="…" categories="['A', 'B']">…</crowd-classifier-multi-select> */
import { Classifier, classifierMarkup, classifierStyles } from "../parts/classifier.js";
import { noteControl } from "../parts/control.js";
import { define } from "../parts/element.js";

export const definition = {
  "element": "crowd-classifier-multi-select",
  "summary": "All categories that apply to whatever stands in it.",
  "attributes": {
    "name": { "type": "text", "required": true, "about": "Under which name the answer is sent." },
    "header": { "type": "text", "required": true, "about": "What is asked." },
    "categories": { "type": "list", "required": true, "about": "The choices: a list of texts." },
    "exclusion-category": { "type": "list", "about": "A choice that leaves out all others: { text: 'None of these' }." },
    "disabled": { "type": "boolean", "about": "Shows what is chosen; it cannot be changed." }
  },
  "slots": {
    "classification-target": "what is to be classified",
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when something else is chosen" },
  "answer": "the chosen ones as a list, in the order of the categories: {\"labels\": […]}",
  "sample": { "attributes": { "labels": ["Cat", "Dog"] } },
  "keys": { "1 to 9, 0": "one of the first ten choices, from anywhere on the page" },
  "demo": [
    "<crowd-classifier-multi-select name=\"topics\" header=\"What is the letter about?\"",
    "    categories=\"['Weather', 'Money', 'Health', 'Travel']\" exclusion-category=\"{ text: 'None of these' }\">",
    "  <classification-target>The rain kept us at the inn, which cost more than the whole journey.</classification-target>",
    "  <short-instructions header=\"In short\">Choose what fits best.</short-instructions>",
    "  <full-instructions header=\"Instructions\"><p>Look at all of it before you choose.</p></full-instructions>",
    "</crowd-classifier-multi-select>"
  ]
};

class CrowdClassifierMultiSelect extends Classifier {
  static definition = definition;
  static markup = classifierMarkup();
  static styles = classifierStyles;
  static hasMany = true;

  get value() {
    return this.answer();
  }
}

noteControl(CrowdClassifierMultiSelect);
define(CrowdClassifierMultiSelect);
