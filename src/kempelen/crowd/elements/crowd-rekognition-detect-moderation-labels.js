/* <crowd-rekognition-detect-moderation-labels header="…" categories="[{name: '…', parentName: '…'}]" src="…">…</…> */
import { listIn } from "../parts/answers.js";
import { noteControl } from "../parts/control.js";
import { define } from "../parts/element.js";
import { ImageClassifier, imageClassifierMarkup, imageClassifierStyles } from "../parts/image-classifier.js";
import { NotAList, parseLoosely } from "../parts/loose-lists.js";

export const definition = {
  "element": "crowd-rekognition-detect-moderation-labels",
  "summary": "All categories that apply to a picture which a program has looked at before (Augmented AI). Its own samples say “If no categories apply, choose None” and name no such category: so there is one, called None, unless `exclusion-category` calls it otherwise.",
  "attributes": {
    "name": { "type": "text", "default": "AWS/Rekognition/DetectModerationLabels/Image/V3", "about": "Under which name the answer is sent." },
    "header": { "type": "text", "about": "What is asked." },
    "categories": { "type": "list", "required": true, "about": "The choices: texts, or objects with `name`, which come back whole." },
    "exclusion-category": { "type": "list", "about": "What the choice is called that leaves out all others: { text: 'None of these' }." },
    "src": { "type": "text", "required": true, "about": "The address of the picture." },
    "disabled": { "type": "boolean", "about": "Shows what is chosen; it cannot be changed." }
  },
  "slots": {
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when something else is chosen" },
  "answer": "{\"ModerationLabels\": […]}: the chosen texts or objects, in the order of the categories; none of them if the choice that leaves out all others is chosen",
  "sample": { "AWS/Rekognition/DetectModerationLabels/Image/V3": { "ModerationLabels": [{ "name": "Gore", "parentName": "Violence" }] } },
  "keys": { "1 to 9, 0": "one of the first ten choices, from anywhere on the page" },
  "demo": [
    "<crowd-rekognition-detect-moderation-labels header=\"What is in the picture?\"",
    "    categories=\"[{name: 'Smoking', parentName: 'Tobacco'}, {name: 'Drinking', parentName: 'Alcohol'}]\"",
    "    src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='320' height='200'%3E%3Crect width='320' height='200' fill='%238ab'/%3E%3C/svg%3E\">",
    "  <short-instructions header=\"In short\">Choose all that apply.</short-instructions>",
    "</crowd-rekognition-detect-moderation-labels>"
  ]
};

class CrowdRekognitionDetectModerationLabels extends ImageClassifier {
  static definition = definition;
  static markup = imageClassifierMarkup;
  static styles = imageClassifierStyles;
  static hasMany = true;
  static usualName = "AWS/Rekognition/DetectModerationLabels/Image/V3";

  /** What the attribute holds: texts and objects. */
  get items() {
    try {
      const text = this.getAttribute("categories");
      return text?.trim() ? [parseLoosely(text)].flat().filter((item) => nameOf(item)) : [];
    } catch (error) {
      if (error instanceof NotAList) return [];
      throw error;
    }
  }

  get categories() {
    return [...new Set(this.items.map(nameOf))];
  }

  set categories(categories) {
    super.categories = categories;
  }

  get exclusion() {
    return super.exclusion || (this.items.length ? "None" : "");
  }

  get value() {
    return this.answer();
  }

  answer() {
    const chosen = new Set(this.labels);
    const { exclusion } = this;
    return { ModerationLabels: this.items.filter((item) => chosen.has(nameOf(item)) && nameOf(item) !== exclusion) };
  }

  enter(taken) {
    const kept = taken("ModerationLabels");
    const names = listIn(kept).map(nameOf);
    this.chosen = new Set(names.length || kept === undefined ? names : [this.exclusion]);
    this.update();
  }
}

const nameOf = (item) => String((item && typeof item === "object" ? item.name : item) ?? "");

noteControl(CrowdRekognitionDetectModerationLabels);
define(CrowdRekognitionDetectModerationLabels);
