/* <crowd-semantic-segmentation name="…" header="…" labels="['Cat', 'Dog']" src="…">…</crowd-semantic-segmentation> */
import { noteControl } from "../parts/control.js";
import { maskMarkup, maskStyles } from "../parts/drawing/mask-look.js";
import { MaskTool } from "../parts/drawing/mask-tool.js";
import { define } from "../parts/element.js";

export const definition = {
  "element": "crowd-semantic-segmentation",
  "summary": "Paints what each part of a picture shows: one colour for each label. A picture without paint is a valid answer.",
  "attributes": {
    "name": { "type": "text", "required": true, "about": "Under which name the answer is sent." },
    "header": { "type": "text", "about": "What is asked." },
    "labels": { "type": "list", "required": true, "about": "The labels: a list of texts. Keys 1 to 9 and 0 choose the first ten." },
    "src": { "type": "text", "required": true, "about": "The address of the picture." },
    "initial-value": { "type": "list", "about": "{labelMappings, src}: a mask to begin with, a PNG at an address that other sites may fetch, and its labels' colours." },
    "disabled": { "type": "boolean", "about": "Shows what is painted; it cannot be changed." }
  },
  "slots": {
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when something was painted or taken away" },
  "answer": "labeledImage.pngImageData, a PNG of the picture's size as base64, white where nothing is; labelMappings, the colour of each label; the size; with initial-value also initialValueModified",
  "sample": {
    "annotatedResult": {
      "inputImageProperties": { "height": 533, "width": 800 },
      "labelMappings": { "Cat": { "color": "#0072b2" }, "Dog": { "color": "#e69f00" } },
      "labeledImage": { "pngImageData": "iVBORw0KGgoAAAANSUhEUg…" }
    }
  },
  "keys": { "1 to 9, 0": "choose a label", "Ctrl+Z, Ctrl+Shift+Z": "undo and redo", "+, -, F": "zoom in, zoom out, show the whole picture" },
  "demo": [
    "<crowd-semantic-segmentation name=\"annotatedResult\" src=\"pictures/street.svg\" header=\"Paint what is road and what is sky\"",
    "    labels=\"['Road', 'Sky']\">",
    "  <short-instructions header=\"In short\">What is half hidden counts too.</short-instructions>",
    "  <full-instructions header=\"Instructions\"><p>Keep close to the edges of what you see.</p></full-instructions>",
    "</crowd-semantic-segmentation>"
  ]
};

class CrowdSemanticSegmentation extends MaskTool {
  static definition = definition;
  static markup = maskMarkup();
  static styles = maskStyles;
  static nouns = "painted labels";
  static how = "Choose a label, then paint. Keys: B brush, E eraser, P polygon, G fill, [ and ] size.";

  update(name) {
    super.update(name);
    const missing = this.known.filter((label) => !this.numberOf(label)); // a script has set others
    this.addThings(missing.map((label) => ({ label })));
    if (missing.length) this.refresh();
  }

  numberOf(label) {
    for (const [number, thing] of this.things) if (thing.label === label) return number;
    return 0;
  }

  colourOf(label) {
    return this.things.get(this.numberOf(label))?.colour ?? super.colourOf(label);
  }

  current() {
    return this.numberOf(this.label);
  }

  // ---- The answer --------------------------------------------------------------------------------------------

  mapping() {
    const there = [...this.things].filter(([number, { label }]) => this.known.includes(label) || this.mask?.counts[number]);
    return { labelMappings: Object.fromEntries(there.map(([, { label, colour }]) => [label, { color: colour }])) };
  }

  /** Labels of an answer are there whether the task knows them or not; those of an initial value are the task's. */
  thingsIn(contents, isInitial) {
    const mappings = Object.entries(contents?.labelMappings ?? {});
    const colours = new Map(mappings.map(([label, one]) => [label, one?.color]));
    const labels = isInitial ? this.known : [...new Set([...this.known, ...colours.keys()])];
    return labels.map((label) => ({ label, colour: colours.get(label) ?? this.given[this.known.indexOf(label)] ?? "" }));
  }

  coloursIn(contents) {
    return Object.values(contents?.labelMappings ?? {}).map((one) => one?.color);
  }

  /** What flattened fields have of other labels than the task's cannot be asked for. */
  contentsFrom(taken) {
    const colours = this.known.map((label) => [label, taken("labelMappings", label, "color")]).filter(([, color]) => color);
    const flat = Object.fromEntries(colours.map(([label, color]) => [label, { color }]));
    return {
      labelMappings: taken("labelMappings") ?? flat,
      labeledImage: { pngImageData: taken("labeledImage", "pngImageData") },
    };
  }

  // ---- What is painted -----------------------------------------------------------------------------------------

  items() {
    const painted = [...this.things].filter(([number]) => this.mask?.counts[number]);
    return painted.map(([id, { label, colour }]) => ({ id, label, colour, text: `${label}, ${this.shareOf(id)}` }));
  }

  select(number) {
    this.chooseLabel(this.things.get(number).label);
  }

  labelChosen(label) {
    if (this.brushes.kind === "eraser") this.brushes.choose("brush");
    this.say(`Label: ${label}`);
  }

  discard(number) {
    if (number === undefined || this.isDisabled) return super.discard(number);
    this.remember(this.eraseThing(number));
    this.changed(`Erased: everything of ${this.nameOf(number)}.`);
    return true;
  }
}

noteControl(CrowdSemanticSegmentation);
define(CrowdSemanticSegmentation);
