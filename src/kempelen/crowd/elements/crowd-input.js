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
    "type": { "type": "text", "default": "text", "about": "A type of HTML's input, such as number, date or email; of a file only the name is sent." },
    "value": { "type": "text", "about": "What is in the field at the start; sent if nobody changes it." },
    "placeholder": { "type": "text", "about": "What an empty field shows." },
    "required": { "type": "boolean", "about": "Nothing can be submitted while the field is empty." },
    "min-length": { "type": "number", "about": "How many characters there have to be, if there are any." },
    "max-length": { "type": "number", "about": "More characters cannot be typed or pasted." },
    "allowed-pattern": { "type": "text", "about": "A regular expression; with auto-validate other characters vanish as they are typed." },
    "auto-validate": { "type": "boolean", "about": "What is wrong is said when the field is left." },
    "error-message": { "type": "text", "about": "What is said then." },
    "auto-focus": { "type": "boolean", "about": "The field has the focus when the page opens." },
    "disabled": { "type": "boolean", "about": "Can be read, not changed, and is not sent." }
  },
  "slots": {},
  "events": { "input": "as it is typed", "change": "when it is done" },
  "answer": "the text; left out when empty",
  "sample": { "magicWord": "please" }
};

const TYPES = ["text", "email", "number", "date", "datetime-local", "month", "week", "time", "url", "tel", "search",
  "password", "color", "range", "file"];

class CrowdInput extends TextControl {
  static definition = definition;
  static markup = `<label><span class="label"></span><input class="field"></label><p class="fault" role="alert"></p>`;
  static styles = `:host { display: block; margin-block: 0.5rem 1rem; }`;

  update() {
    const type = (this.getAttribute("type") ?? "").toLowerCase();
    const wanted = TYPES.includes(type) ? type : "text";
    if (this.field.type !== wanted) this.field.type = wanted;
    for (const name of ["min", "max", "step", "pattern", "accept", "autocomplete", "inputmode"]) this.pass(name);
    super.update();
  }

  get value() {
    return this.field.type === "file" ? (this.field.files[0]?.name ?? "") : this.field.value;
  }

  /** Browsers let nobody put a file into a field. */
  set value(value) {
    if (this.field.type === "file") value = "";
    if (String(value ?? "") === "" || this.field.type !== "number" || !Number.isNaN(Number(value)))
      this.field.value = value ?? "";
    this.changed();
  }
}

noteControl(CrowdInput);
define(CrowdInput);
