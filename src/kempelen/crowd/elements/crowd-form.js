/*
 * <crowd-form>…</crowd-form> collects what is in it and submits it: one field `taskAnswers`, or, with
 * answer-format="flatten-objects", one for each leaf.
 *
 * A real <form> is put into it and everything that was in it into that, so that HTML's own validation,
 * buttons and Enter work. Its `submit` is stopped and told anew: handlers on the form, on crowd-form and
 * above it may prevent it. What is sent is put into a helper form in the shadow root.
 *
 * The page around (Kempelen's runtime) uses `hold(why)`, `lock()`, `answerFields()`, `enterAgain(fields)`,
 * and hears of a form that is ready by the event `crowd-form-ready`. Elements that bring a crowd-form of their
 * own, or stand beside theirs, have themselves collected with `adopt(control)`.
 */
import { add, Entered, fieldsOf, jsonOf } from "../parts/answers.js";
import { controlsSelector } from "../parts/control.js";
import { CrowdElement, define, whenParsed } from "../parts/element.js";
import { Frame, frameMarkup, frameStyles } from "../parts/frame.js";
import { answerOf, enter, isBox, isSent, NATIVE } from "../parts/native-controls.js";
import { waitFor } from "../parts/readiness.js";

export const definition = {
  "element": "crowd-form",
  "summary": "Collects the answers of everything in it and submits them.",
  "attributes": {
    "answer-format": { "type": "text", "values": ["flatten-objects"], "about": "flatten-objects sends a field for each leaf; else there is one, taskAnswers." }
  },
  "slots": {
    "": "anything; a submit button is added if there is none",
    "short-instructions": "shown at the side",
    "full-instructions": "shown in a dialog"
  },
  "events": { "submit": "before anything is sent; may be prevented" },
  "answer": "a field taskAnswers: a JSON list with one object; keys sorted, nothing that is empty",
  "sample": { "taskAnswers": "[{\"magicWord\":\"please\"}]" },
  "keys": { "Enter": "in a field submits" },
  "demo": [
    "<crowd-form>",
    "  <crowd-input name=\"magicWord\" label=\"The magic word\" required></crowd-input>",
    "  <label>A field of HTML's own <input name=\"native\"></label>",
    "</crowd-form>"
  ]
};

const MUST_ACCEPT = "You must ACCEPT the HIT before you can submit the results.";
const SENT = Symbol("sent by a handler of submit");
const FLAT = "flatten-objects";
const PREVIEW = "ASSIGNMENT_ID_NOT_AVAILABLE";
const SUBMITS = "input[type=submit], input[type=image], button:not([type=button], [type=reset]), crowd-button[form-action=submit]";
// Fields may be called "children" or "submit" and hide the form's own properties: ask the prototypes.
const childrenOf = (form) => Object.getOwnPropertyDescriptor(Element.prototype, "children").get.call(form);
const nodesOf = (form) => Object.getOwnPropertyDescriptor(Node.prototype, "childNodes").get.call(form);
const tell = (form, event) => EventTarget.prototype.dispatchEvent.call(form, event);
const goesElsewhere = (form) => form.getAttribute("action") || form.getAttribute("method") === "dialog";
const nameOf = (control) => control.answerName ?? control.getAttribute("name");
const UNSEEN = ["SCRIPT", "STYLE", "LINK", "META", "TEMPLATE", "TITLE", "BASE"];

class CrowdForm extends CrowdElement {
  static definition = definition;
  static markup = `
    <div id="errors-box" role="alert"></div><div id="answers-box" role="status" hidden></div><form id="helper" hidden></form>
    <div id="crowd-form-content"><div class="plain"><slot></slot></div></div>
    <template class="framed">${frameMarkup("<slot></slot>", "")}</template>`;
  static styles = `
    :host { display: block; color: var(--crowd-ink); }
    ${frameStyles}
    #errors-box:not(:empty), #answers-box { margin-block: 0.5rem; padding: 0.75rem 1rem;
      border: 1px solid var(--crowd-bad); border-radius: var(--crowd-radius); background: var(--crowd-bad-wash); color: var(--crowd-ink); }
    #answers-box { border-color: var(--crowd-line-strong); background: var(--crowd-sunk); overflow-wrap: anywhere;
      white-space: pre-wrap; font-family: ui-monospace, Menlo, Consolas, monospace; }`;

  constructor() {
    super();
    this._submitHelperForm = this.part$("#helper");
    this.edited = new WeakSet();
    this.adopted = [];
    this.isReady = new Promise((resolve) => (this.tellReady = resolve));
    this.onFormSubmit = this.onFormSubmit.bind(this);
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.form) return;
    waitFor(this.isReady);
    whenParsed(() => this.isConnected && !this.form && this.setUp());
  }

  disconnectedCallback() {
    this.tellReady(); // nobody waits for what is gone
  }

  // ---- Setting up ---------------------------------------------------------------------------------

  setUp() {
    const outer = this.getRootNode().host?.closest("crowd-form");
    if (outer) return this.standFor(outer);
    const { searchParams } = new URL(location.href);
    this.assignmentId = searchParams.get("assignmentId");
    const submitTo = searchParams.get("turkSubmitTo");
    this.address = submitTo ? `${submitTo.replace(/\/+$/, "")}/mturk/externalSubmit` : "";
    this.form = this.makeForm();
    this.addEventListener("submit", this.onFormSubmit, true);
    this.watchEdits();
    this.placeSubmit();
    if (this.assignmentId === PREVIEW) this.hold(MUST_ACCEPT);
    if (this.whyHeld) this.hold(this.whyHeld);
    if (this.entered) this.startEntering();
    this.tellReady();
    this.dispatchEvent(new CustomEvent("crowd-form-ready", { bubbles: true, composed: true }));
    return undefined;
  }

  /** In an element that brings a form of its own, and stands in a form all the same: that one does everything. */
  async standFor(outer) {
    await outer.isReady;
    this.form = outer.form;
    this.tellReady();
  }

  /** Collect a control that is not among the form's own markup, and give it the submit button. */
  adopt(control) {
    if (this.adopted.includes(control)) return;
    this.adopted.push(control);
    this.watchEdits(control);
    this.submitButton?.remove();
    this.submitButton = this.submitButtonFor(control);
    control.append(this.submitButton);
    control.toggleAttribute("data-whole-page", true);
    control.frame.showSubmit(true);
    if (this.whyHeld) this.hold(this.whyHeld);
    if (this.entered) this.enterNow(true);
  }

  submitButtonFor(widget) {
    const button = document.createElement("crowd-button");
    for (const [name, value] of [["form-action", "submit"], ["variant", "primary"], ["data-testid", "crowd-submit"]])
      button.setAttribute(name, value);
    button.textContent = "Submit";
    button.crowdForm = this;
    if (widget) button.slot = "crowd-submit";
    return button;
  }

  makeForm() {
    const form = document.createElement("form");
    form.method = this.address ? "post" : "";
    form.setAttribute("action", this.address);
    form.noValidate = true; // submit() validates, and says what is wrong
    const regions = [...this.children].filter((child) => /^(short|full)-instructions$/.test(child.localName));
    const others = [...this.childNodes].filter((node) => !regions.includes(node));
    form.append(...others);
    this.append(form);
    if (regions.length) this.frameIt();
    return form;
  }

  /** With instructions of its own it has the whole frame itself. */
  frameIt() {
    const framed = this.part$(".framed").content.cloneNode(true);
    this.part$(".plain").replaceWith(framed);
    this.toggleAttribute("data-whole-page", true);
    this.frame = new Frame(this);
    this.frame.connect();
  }

  /** Who has no way to submit gets a button: in the frame, at the foot of the only element, or at the end. */
  placeSubmit() {
    if (this.querySelector(SUBMITS)) return;
    const only = this.onlyWidget();
    const widget = this.frame ? this : only;
    this.submitButton = this.submitButtonFor(widget);
    if (!widget) {
      Element.prototype.append.call(this.form, this.submitButton);
      return;
    }
    widget.append(this.submitButton);
    if (only) widget.toggleAttribute("data-whole-page", true);
    widget.frame.showSubmit(true);
  }

  onlyWidget() {
    const seen = [...childrenOf(this.form)].filter(
      (child) => !UNSEEN.includes(child.tagName) && !child.hidden && child.type !== "hidden",
    );
    const isOnly = seen.length === 1 && seen[0].constructor.isFullScreen;
    const texts = [...nodesOf(this.form)].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    return isOnly && !texts && !this.frame ? seen[0] : null;
  }

  // ---- Submitting -----------------------------------------------------------------------------------

  /** The form's own submit, by a button, Enter or a script: stopped, since it would send the wrong thing. */
  onFormSubmit(event) {
    const { form, told } = this;
    if (event === told || (event.target !== form && goesElsewhere(event.target))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.submit(event.submitter);
  }

  /** Validate, let handlers of `submit` have their say, and send. */
  submit(submitter = null) {
    if (!this.form) return this.isReady.then(() => this.submit(submitter));
    if (this.told) return this.sendOnce(); // by a handler of submit, which has had its say
    if (this.whyHeld) return this.say(this.whyHeld);
    if (!this.isValid()) return undefined;
    this.say("");
    const event = new SubmitEvent("submit", { bubbles: true, cancelable: true, composed: true, submitter });
    this.told = event;
    const isAllowed = tell(this.form, event);
    const isSentBefore = this.told !== event;
    this.told = undefined;
    if (isAllowed && !isSentBefore) this.send();
    return undefined;
  }

  /** Whether everything is as it should be; else what is not is shown, and has the focus. */
  isValid() {
    const [first] = this.everyControl().filter((control) => control.willValidate && !control.checkValidity());
    if (!first) return true;
    if (first instanceof CrowdElement) {
      first.focus();
      first.scrollIntoView({ block: "nearest" });
    } else first.reportValidity();
    return false;
  }

  sendOnce() {
    if (this.told !== SENT) this.send();
    this.told = SENT;
  }

  send() {
    const fields = this.answerFields();
    if (!this.address) return this.show(fields);
    const helper = this._submitHelperForm;
    if (!(helper instanceof HTMLFormElement)) return helper.submit(); // a host has put its own in its place
    helper.setAttribute("method", "post");
    helper.setAttribute("action", this.address);
    Element.prototype.replaceChildren.call(helper);
    for (const [name, value] of [["assignmentId", this.assignmentId ?? ""], ...fields]) {
      const field = document.createElement("input");
      [field.type, field.name, field.value] = ["hidden", name, value];
      Element.prototype.append.call(helper, field);
    }
    return HTMLFormElement.prototype.submit.call(helper);
  }

  /** Opened as a file, or shown somewhere that takes no answers. */
  show(fields) {
    const box = this.part$("#answers-box");
    box.hidden = false;
    box.textContent = ["Nothing was sent: this page was opened without a place to send answers to. It would be", "",
      ...fields.map(([name, value]) => `${name} = ${value}`)].join("\n");
    box.scrollIntoView?.({ block: "nearest" });
  }

  say(sentence) {
    this.part$("#errors-box").textContent = sentence;
  }

  /** Keep everything from being sent, and say why on the buttons that would. */
  hold(why) {
    this.whyHeld = why;
    const placed = this.submitButton?.isConnected ? [this.submitButton] : [];
    const buttons = [...new Set([...this.querySelectorAll(SUBMITS), ...placed])];
    for (const button of buttons) {
      button.disabled = true;
      button.title = why;
      if (buttons.length > 1) continue;
      if (button.tagName === "INPUT") button.value = why;
      else button.textContent = why;
    }
  }

  /** What has been sent is there to be looked at. */
  lock() {
    this.isLocked = true;
    for (const control of this.controls()) control.disabled = true;
  }

  // ---- What is in it ----------------------------------------------------------------------------------

  /** The named controls in the page's own markup, however deep, in its order. */
  controls() {
    return this.everyControl().filter(nameOf);
  }

  everyControl() {
    return [...new Set([...this.adopted, ...this.querySelectorAll(`${NATIVE}, ${controlsSelector()}`)])];
  }

  answer() {
    const answer = new Map();
    const isFlat = this.getAttribute("answer-format") === FLAT;
    for (const control of this.controls()) {
      const isOurs = control instanceof CrowdElement;
      if (isOurs ? control.isDisabled : !isSent(control)) continue;
      if (control.type === "file" && isFlat) continue; // its name would be its file's
      add(answer, nameOf(control), isOurs ? control.answer() : answerOf(control));
    }
    // What a draft has for controls that are not there yet stays in it.
    for (const [name, value] of this.entered?.left() ?? []) if (!answer.has(name)) answer.set(name, value);
    return answer;
  }

  answerFields() {
    return fieldsOf(this.answer(), this.getAttribute("answer-format"));
  }

  /** As the original's: hosts of such pages read what would be sent. */
  _serializeForm() {
    return Object.fromEntries(this.answerFields());
  }

  // ---- Entering it again ------------------------------------------------------------------------------

  watchEdits(place = this) {
    // Our elements tell of a worker's edits by events of their own making; before the page is there these may be anybody's.
    const isWorkers = (event) => event.isTrusted || document.readyState === "complete";
    const isAnswer = ({ target }, [inner] = []) => target === inner || !inner?.closest?.("[data-no-answer]");
    const note = (event) => {
      if (!this.isEntering && isWorkers(event) && isAnswer(event, event.composedPath())) this.edited.add(event.target);
    };
    for (const kind of ["input", "change"]) place.addEventListener(kind, note, true);
  }

  /** Enter what was kept or sent: now, and in controls that scripts make later. */
  enterAgain(fields) {
    this.entered = new Entered(fields);
    if (this.form) this.startEntering(); // else when it is set up
  }

  startEntering() {
    this.done = new WeakSet();
    this.enterNow(true);
    this.watch ??= new MutationObserver(() => this.enterNow(false));
    this.watch.observe(this, { childList: true, subtree: true });
  }

  enterNow(isFirst) {
    this.isEntering = true;
    for (const control of this.controls()) {
      if (this.done.has(control) || this.edited.has(control)) continue;
      this.done.add(control);
      this.enterInto(control, nameOf(control), isFirst);
    }
    this.isEntering = false;
    if (this.isLocked) this.lock();
  }

  enterInto(control, name, isFirst) {
    const { entered } = this;
    const isOurs = control instanceof CrowdElement;
    if (!entered.has(name)) {
      // Nothing is sent of what is empty; boxes, hidden fields and what comes later stay as the page made them.
      const isText = isOurs ? control.localName.match(/^crowd-(input|text-area)$/) : !isBox(control) && control.type !== "hidden";
      if (!isFirst || !isText || control.tagName === "SELECT") return;
    }
    const taken = (...path) => entered.take(name, ...path);
    if (!isOurs) enter(control, taken);
    else {
      const before = jsonOf(control.answer() ?? null);
      control.enter(taken);
      if (jsonOf(control.answer() ?? null) !== before) control.announce("input", "change");
    }
  }
}

define(CrowdForm);
