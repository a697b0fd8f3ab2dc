/* <crowd-input name="…" label="…"></crowd-input>: a line of text, or whatever HTML's input types ask for. */
import { noteControl } from "../parts/control.js";
import { define } from "../parts/element.js";
import { TextControl } from "../parts/text-control.js";

export const definition = {
  "element": "crowd-input",
  "summary": "A line of text, a number, a date, …",
  "attributes": {
    "name": { "type": "text", "about": "Under which name the answer is sent." },
    "label": { "type": "text", "about": "What stands above the field." },
    "type": { "type": "text", "default": "text", "values": ["text", "email", "number", "date", "datetime-local", "month", "week", "time", "url", "tel", "search", "password", "color", "range", "file"],
      "about": "A type of HTML's input, such as number, date, email or file." },
    "value": { "type": "text", "about": "What is in the field at the start; sent if nobody changes it." },
    "placeholder": { "type": "text", "about": "What an empty field shows." },
    "required": { "type": "boolean", "about": "Nothing can be submitted while the field is empty." },
    "min-length": { "type": "number", "about": "How many characters there have to be, if there are any." },
    "max-length": { "type": "number", "about": "More characters cannot be typed or pasted." },
    "allowed-pattern": { "type": "text", "about": "A regular expression; with auto-validate other characters vanish as they are typed." },
    "auto-validate": { "type": "boolean", "about": "What is wrong is said when the field is left." },
    "error-message": { "type": "text", "about": "What is said then." },
    "min": { "type": "text", "about": "The least number or date." },
    "max": { "type": "text", "about": "The greatest number or the last date." },
    "step": { "type": "text", "about": "What lies between two numbers." },
    "pattern": { "type": "text", "about": "A regular expression that the whole text has to match." },
    "accept": { "type": "text", "about": "Which files are taken: kinds or endings, as in HTML." },
    "multiple": { "type": "boolean", "about": "Takes several files." },
    "autocomplete": { "type": "text", "about": "What the browser may fill in, as in HTML." },
    "inputmode": { "type": "text", "about": "Which keyboard a phone shows, as in HTML." },
    "auto-focus": { "type": "boolean", "about": "The field has the focus when the page opens." },
    "disabled": { "type": "boolean", "about": "Can be read, not changed, and is not sent." }
  },
  "slots": {},
  "events": { "input": "as it is typed", "change": "when it is done" },
  "answer": "the text; left out when empty; of files the names, and the files go beside it (flattened, only the files)",
  "sample": { "magicWord": "please" },
  "demo": [
    "<crowd-input name=\"website\" label=\"The address of the page\" type=\"url\" placeholder=\"https://\" required></crowd-input>",
    "<crowd-input name=\"count\" label=\"How many?\" type=\"number\" min=\"0\" max=\"20\" value=\"3\"></crowd-input>",
    "<crowd-input name=\"code\" label=\"Three digits\" allowed-pattern=\"[0-9]\" auto-validate",
    "    max-length=\"3\" min-length=\"3\" error-message=\"Three digits, please.\"></crowd-input>",
    "<crowd-input name=\"photo\" label=\"A photo\" type=\"file\" accept=\"image/*\"></crowd-input>"
  ]
};

const TYPES = definition.attributes.type.values;

class CrowdInput extends TextControl {
  static definition = definition;
  static markup = `<label><span class="label"></span><input class="field"></label><p class="fault" role="alert"></p>`;
  static styles = `:host { display: block; margin-block: 0.5rem 1rem; }`;

  update() {
    const type = (this.getAttribute("type") ?? "").toLowerCase();
    const wanted = TYPES.includes(type) ? type : "text";
    if (this.field.type !== wanted) this.field.type = wanted;
    for (const name of ["min", "max", "step", "pattern", "accept", "autocomplete", "inputmode"]) this.pass(name);
    this.field.multiple = this.hasAttribute("multiple");
    super.update();
  }

  /** As the field has it: "text" for what is no type. */
  get type() {
    return this.field.type;
  }

  set type(type) {
    this.setAttribute("type", type);
  }

  get isOfFiles() {
    return this.field.type === "file";
  }

  /** What is chosen, where files are asked for; a list made elsewhere may be put in, as into HTML's own. */
  get files() {
    return this.field.files;
  }

  set files(list) {
    this.field.files = list;
    this.changed();
  }

  get value() {
    return this.isOfFiles ? [...this.files].map((file) => file.name).join("|") : this.field.value;
  }

  /** Browsers let nobody name a file into a field; nothing takes it out. */
  set value(value) {
    if (this.isOfFiles) value = "";
    if (String(value ?? "") === "" || this.field.type !== "number" || !Number.isNaN(Number(value)))
      this.field.value = value ?? "";
    this.changed();
  }

  /** To a plain form files go as they are. */
  sent() {
    const name = this.getAttribute("name");
    if (!this.isOfFiles || !name) return super.sent();
    const data = new FormData();
    for (const file of this.files) data.append(name, file);
    return data;
  }

  /** Of a file an answer has the name; the page around puts files back, if it keeps them. */
  enter(taken) {
    if (!this.isOfFiles) super.enter(taken);
  }
}

noteControl(CrowdInput);
define(CrowdInput);
