/* What crowd-input and crowd-text-area share: a native field, its label, what it takes and what is wrong. */
import { CrowdControl } from "./control.js";

export class TextControl extends CrowdControl {
  static takesFocus = true;

  constructor() {
    super();
    this.field = this.part$(".field");
    this.field.addEventListener("input", (event) => this.onInput(event));
    this.field.addEventListener("change", () => this.announce("change"));
    this.field.addEventListener("compositionend", () => this.onInput({ isComposing: false }));
    this.field.addEventListener("blur", () => this.hasAttribute("auto-validate") && this.checkValidity());
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.hasAttribute("auto-focus")) this.focus({ preventScroll: true });
  }

  get anchor() {
    return this.field;
  }

  get value() {
    return this.field.value;
  }

  set value(value) {
    this.field.value = value ?? "";
    this.changed();
  }

  answer() {
    return this.value === "" ? undefined : this.value;
  }

  sent() {
    return this.value;
  }

  enter(taken) {
    this.value = taken() ?? "";
  }

  reset() {
    this.value = this.getAttribute("value");
  }

  attributeChangedCallback(name, before, now) {
    if (name === "value" && before !== now) this.value = now;
    super.attributeChangedCallback(name, before, now);
  }

  update() {
    const { field } = this;
    const label = this.getAttribute("label");
    this.part$(".label").textContent = label ?? "";
    this.part$(".label").hidden = !label;
    for (const [name, native] of [["placeholder"], ["max-length", "maxlength"], ["rows"]]) this.pass(name, native);
    field.disabled = this.isDisabled;
    field.setAttribute("aria-required", this.hasAttribute("required"));
    if (label) field.removeAttribute("aria-label");
    else field.setAttribute("aria-label", this.spokenName || this.getAttribute("placeholder") || "Text");
    this.changed();
  }

  pass(name, native = name) {
    const value = this.getAttribute(name);
    if (value === null || value === "") this.field.removeAttribute(native);
    else this.field.setAttribute(native, value);
  }

  onInput(event) {
    if (!event.isComposing) this.dropForbidden();
    this.changed();
  }

  /** With auto-validate, signs that allowed-pattern does not allow vanish as they are typed. */
  dropForbidden() {
    const allowed = this.hasAttribute("auto-validate") && patternOf(this.getAttribute("allowed-pattern"));
    if (!allowed) return;
    const { value, selectionStart } = this.field;
    const kept = [...value].filter((sign) => allowed.test(sign)).join("");
    if (kept === value) return;
    const before = [...value.slice(0, selectionStart ?? value.length)].filter((sign) => allowed.test(sign)).join("");
    this.field.value = kept;
    if (selectionStart !== null) this.field.setSelectionRange(before.length, before.length);
  }

  changed() {
    this.validate();
  }

  fault() {
    const { validity, validationMessage, value } = this.field;
    const least = Number(this.getAttribute("min-length")) || 0;
    const said = this.getAttribute("error-message");
    if (this.hasAttribute("required") && value === "") return said || "Fill this in.";
    if (value && value.length < least) return said || `Write at least ${least} characters; there are ${value.length}.`;
    return validity.valid ? "" : said || validationMessage;
  }

  faultShown(sentence) {
    super.faultShown(sentence);
    this.field.setAttribute("aria-invalid", Boolean(sentence));
  }
}

function patternOf(text) {
  try {
    return text ? new RegExp(text, "u") : null;
  } catch {
    return null; // a pattern that is none allows all
  }
}
