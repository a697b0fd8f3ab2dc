/*
 * What crowd-checkbox, crowd-radio-button and crowd-toggle-button share: something that is on or off. The
 * element itself is the control for keyboards and screen readers; what stands in it is its label.
 */
import { isTrue } from "./answers.js";
import { CrowdControl } from "./control.js";

export class BoxControl extends CrowdControl {
  static role = "checkbox";

  constructor() {
    super();
    this.addEventListener("click", (event) => this.onClick(event));
    this.addEventListener("keydown", (event) => this.onKey(event));
    this.addEventListener("keyup", (event) => this.onKeyUp(event));
  }

  connectedCallback() {
    if (!this.hasAttribute("role")) this.setAttribute("role", this.constructor.role);
    super.connectedCallback();
  }

  get checked() {
    return this.isOn ?? this.hasAttribute("checked");
  }

  set checked(isOn) {
    this.isOn = Boolean(isOn);
    this.update();
  }

  get value() {
    return this.getAttribute("value") || "on";
  }

  set value(value) {
    if (value === null || value === undefined) this.removeAttribute("value");
    else this.setAttribute("value", value);
  }

  get anchor() {
    return this.part$(".box") ?? undefined;
  }

  answer() {
    return { [this.value]: this.checked };
  }

  enter(taken) {
    this.checked = isTrue(taken(this.value));
  }

  sent() {
    return this.checked ? this.value : undefined;
  }

  reset() {
    this.checked = this.hasAttribute("checked");
  }

  attributeChangedCallback(name, before, now) {
    if (name === "checked") this.isOn = now !== null;
    super.attributeChangedCallback(name, before, now);
  }

  update() {
    const isDisabled = this.isDisabled;
    this.setAttribute("aria-checked", this.checked);
    this.setAttribute("aria-disabled", isDisabled);
    if (this.hasAttribute("required")) this.setAttribute("aria-required", "true");
    else this.removeAttribute("aria-required");
    this.setAttribute("tabindex", this.tabStop(isDisabled));
    this.toggleState("on", this.checked);
    this.toggleState("off-duty", isDisabled);
    this.validate();
  }

  tabStop(isDisabled) {
    return isDisabled ? -1 : 0;
  }

  toggleState(name, isSet) {
    this.part$(".row").classList.toggle(name, isSet);
  }

  fault() {
    if (!this.hasAttribute("required") || this.checked) return "";
    return this.getAttribute("error-message") || "This has to be ticked.";
  }

  faultShown(sentence) {
    super.faultShown(sentence);
    if (sentence) this.setAttribute("aria-invalid", "true");
    else this.removeAttribute("aria-invalid");
  }

  /** A link in the label is a link; whatever else is pressed ticks. */
  onClick(event) {
    const isOwn = event.composedPath().some((node) => node !== this && node.matches?.("a[href], button, input, select, textarea"));
    if (event.defaultPrevented || isOwn || this.isDisabled) return;
    this.press();
  }

  press() {
    this.choose(!this.checked);
  }

  choose(isOn) {
    if (this.checked === isOn) return;
    this.checked = isOn;
    this.announce("input", "change");
  }

  onKey(event) {
    if (event.target !== this || event.key !== " ") return;
    event.preventDefault(); // else the page scrolls
  }

  onKeyUp(event) {
    if (event.target === this && event.key === " ") this.click();
  }
}
