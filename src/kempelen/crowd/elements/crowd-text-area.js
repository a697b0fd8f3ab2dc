/* <crowd-text-area name="…" rows="3"></crowd-text-area>: text of several lines; grows with it. */
import { noteControl } from "../parts/control.js";
import { define } from "../parts/element.js";
import { TextControl } from "../parts/text-control.js";

export const definition = {
  "element": "crowd-text-area",
  "summary": "Text of several lines.",
  "attributes": {
    "name": { "type": "text", "about": "Under which name the answer is sent." },
    "label": { "type": "text", "about": "What stands above the field." },
    "value": { "type": "text", "about": "What is in the field at the start; sent if nobody changes it." },
    "placeholder": { "type": "text", "about": "What an empty field shows." },
    "rows": { "type": "number", "default": "2", "about": "How many lines the field has at least." },
    "max-rows": { "type": "number", "about": "From how many lines on it is scrolled instead of growing." },
    "required": { "type": "boolean", "about": "Nothing can be submitted while the field is empty." },
    "max-length": { "type": "number", "about": "More characters cannot be typed or pasted." },
    "char-counter": { "type": "boolean", "about": "Shows how many characters there are." },
    "allowed-pattern": { "type": "text", "about": "A regular expression; with auto-validate other characters vanish as they are typed." },
    "auto-validate": { "type": "boolean", "about": "What is wrong is said when the field is left." },
    "error-message": { "type": "text", "about": "What is said then." },
    "auto-focus": { "type": "boolean", "about": "The field has the focus when the page opens." },
    "disabled": { "type": "boolean", "about": "Can be read, not changed, and is not sent." }
  },
  "slots": {},
  "events": { "input": "as it is typed", "change": "when it is done" },
  "answer": "the text, lines ended by \\n; left out when empty",
  "sample": { "essay": "The first line.\nThe second." },
  "demo": [
    "<crowd-text-area name=\"essay\" label=\"What happens here?\" rows=\"3\" max-rows=\"8\" max-length=\"300\"",
    "    char-counter required></crowd-text-area>"
  ]
};

class CrowdTextArea extends TextControl {
  static definition = definition;
  static markup = `<label><span class="label"></span><textarea class="field"></textarea></label>
    <p class="count" hidden></p><p class="fault" role="alert"></p>`;
  static styles = `
    :host { display: block; margin-block: 0.5rem 1rem; }
    textarea { display: block; line-height: 1.5; resize: vertical; }
    .count { margin: 0.25rem 0 0; color: var(--crowd-soft); font-size: 0.875em; font-variant-numeric: tabular-nums; text-align: end; }`;

  update() {
    super.update();
    if (!this.field.hasAttribute("rows")) this.field.rows = 2;
    this.part$(".count").hidden = !this.hasAttribute("char-counter");
  }

  changed() {
    super.changed();
    const most = this.getAttribute("max-length");
    this.part$(".count").textContent = most ? `${this.value.length} / ${most}` : `${this.value.length}`;
    this.grow();
  }

  /** As high as its text, up to max-rows. */
  grow() {
    const { field } = this;
    if (!this.isConnected || !field.clientHeight) return;
    field.style.height = "auto";
    const frame = field.offsetHeight - field.clientHeight;
    const style = getComputedStyle(field);
    const padding = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
    const rows = Number(this.getAttribute("max-rows")) || Infinity;
    const most = rows * parseFloat(style.lineHeight) + padding;
    if (field.scrollHeight > field.clientHeight || most < field.scrollHeight)
      field.style.height = `${Math.min(field.scrollHeight, most) + frame}px`;
  }
}

noteControl(CrowdTextArea);
define(CrowdTextArea);
