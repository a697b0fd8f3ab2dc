/*
 * Controls that have an answer. They belong to the form around them as native ones do: they are validated
 * with it, reset with it, labelled by <label> and disabled by <fieldset disabled>.
 *
 * A class says what is sent (`answer()`: undefined leaves the name out), takes it back (`enter(taken)`, with
 * a function that gives the part of an answer at a path), and finds what is wrong (`fault()`: a sentence, or
 * nothing). `sent()` is what a plain <form> without crowd-form would send. Who has an answer without a name of
 * the template's says under which with `static usualName`.
 */
import { CrowdElement } from "./element.js";

const classes = new Set();

/** A selector for all controls of ours. */
export const controlsSelector = () => [...classes].join();

export const noteControl = (Class) => classes.add(Class.definition.element);

export class CrowdControl extends CrowdElement {
  static formAssociated = true;

  constructor() {
    super();
    this.internals = this.attachInternals();
    this.addEventListener("invalid", (event) => this.showInvalid(event));
  }

  get form() {
    return this.internals.form;
  }

  get labels() {
    return this.internals.labels;
  }

  get validity() {
    return this.internals.validity;
  }

  get willValidate() {
    return this.internals.willValidate;
  }

  get validationMessage() {
    return this.internals.validationMessage;
  }

  checkValidity() {
    return this.internals.checkValidity();
  }

  reportValidity() {
    return this.internals.reportValidity();
  }

  setCustomValidity(message) {
    this.customFault = String(message);
    this.validate();
  }

  /** Under which name it is collected. */
  get answerName() {
    return this.getAttribute("name") || this.constructor.usualName || "";
  }

  /** Same shape as in the answer; some hosts of such pages read it. */
  get _submittableValue() {
    return this.answer();
  }

  get isDisabled() {
    return this.hasAttribute("disabled") || Boolean(this.isFormDisabled);
  }

  formDisabledCallback(isDisabled) {
    this.isFormDisabled = isDisabled;
    this.update();
  }

  formResetCallback() {
    this.reset();
    this.faultShown(""); // a fresh form has no complaints
  }

  /** What to focus, and where the browser points, when something is wrong. */
  get anchor() {
    return undefined;
  }

  fault() {
    return "";
  }

  /** Say to the form around what is sent and what is wrong; for each change. */
  validate() {
    const fault = this.isDisabled ? "" : this.customFault || this.fault();
    this.tellForm();
    this.internals.setValidity(fault ? { customError: true } : {}, fault || undefined, fault ? this.anchor : undefined);
    if (!fault) this.faultShown("");
    return fault;
  }

  /** Say what a form without crowd-form sends. */
  tellForm() {
    this.internals.setFormValue(this.isDisabled ? null : (this.sent() ?? null));
  }

  showInvalid(event) {
    event.preventDefault(); // our own sentence, and no bubble of the browser's over it
    this.faultShown(this.validationMessage);
  }

  /** Show a sentence about what is wrong, or take it away. */
  faultShown(sentence) {
    const place = this.part$(".fault");
    if (place && place.textContent !== sentence) place.textContent = sentence;
  }

  /** What to call a control that shows no label of its own. */
  get spokenName() {
    const labels = [...this.labels].map((label) => label.textContent.trim()).filter(Boolean);
    return this.getAttribute("aria-label") || labels.join(" ") || this.getAttribute("name") || "";
  }
}
