/*
 * Keys: what a worker presses in the task, and the task has no use for, is told to the page around, which
 * knows what it is good for.  Third part of the runtime (runtime.js), whose messages it extends:
 *   to the page around:  key {key: one sign, or "Control+Enter"; isAsked: by a script of the page} ·
 *                        choices {count} (that digits can choose)
 *   from it:             listening (so tell again) · choose {number} (which radio button) · send (press submit)
 *
 * A task uses a key if it is pressed where one types, if the page stops the event or prevents its default,
 * or if a script of the page asks which key it was.
 */
(() => {
  "use strict";

  const { config, tell, hear, answerForms, isAnswer, submitsOf } = kempelen;
  const TYPING = [
    "input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset], [type=image], [type=file])",
    "textarea, select, audio, video, [contenteditable]:not([contenteditable=false])",
    "[role=textbox], [role=searchbox], [role=combobox], [role=listbox], [role=spinbutton], [role=application]",
  ].join();

  // Ours, whose choices and labels are radio buttons.
  const CLASSIFIERS =
    "crowd-classifier, crowd-image-classifier, crowd-bounding-box, crowd-keypoint, crowd-polygon, crowd-polyline, " +
    "crowd-line, crowd-semantic-segmentation, crowd-instance-segmentation";
  // Shows the list of shortcuts, for which one need not be sure.
  const HARMLESS = ["?"];

  // ---- Whether the page asks ------------------------------------------------------------------------

  let isAsked = false;

  /** Note when a script reads this property of a key's event; gives a way to read it without a note. */
  function noted(prototype, name) {
    const property = Object.getOwnPropertyDescriptor(prototype, name);
    Object.defineProperty(prototype, name, {
      ...property,
      get() {
        isAsked = true;
        return property.get.call(this);
      },
    });
    return (event) => property.get.call(event);
  }

  for (const name of ["code", "keyCode", "charCode"]) noted(KeyboardEvent.prototype, name);
  noted(UIEvent.prototype, "which");
  const keyOf = noted(KeyboardEvent.prototype, "key");

  // ---- From the key going down to the key coming up -------------------------------------------------

  let candidate = null; // the key that goes down
  let pressed = null; // the same, when the page has let it pass
  let before = [];

  const isTyping = (event) => {
    const [target] = event.composedPath();
    return document.designMode === "on" || Boolean(target instanceof Element && target.closest(TYPING));
  };

  /** What the page around may want to know of this press; null of most. */
  function nameOf(event) {
    const key = keyOf(event);
    if (event.isComposing || event.altKey) return null;
    if (event.ctrlKey || event.metaKey) return key === "Enter" && !event.shiftKey ? "Control+Enter" : null;
    return [...key].length === 1 && key !== " " && !isTyping(event) ? key : null;
  }

  const marks = () => [document.activeElement, ...radios().map((radio) => radio.checked)];
  const hasChanged = () => marks().some((mark, i) => mark !== before[i]);

  /** Listen after all of the page's own listeners on the window; in vain if the event is stopped before. */
  function atLast(kind, end) {
    window.removeEventListener(kind, end);
    window.addEventListener(kind, end);
  }

  function down(event) {
    if (!event.isTrusted || event.repeat) return;
    isAsked = false;
    event.crowdKey = keyOf(event); // for our own elements, whose asking says nothing about the page
    before = marks();
    [candidate, pressed] = [nameOf(event), null];
    if (candidate) atLast("keydown", downAtLast);
  }

  function downAtLast(event) {
    if (event.isTrusted && !event.defaultPrevented) pressed = candidate;
  }

  function up(event) {
    const isIt = pressed && (pressed === "Control+Enter" || keyOf(event) === pressed);
    if (event.isTrusted && isIt) atLast("keyup", upAtLast);
  }

  function upAtLast(event) {
    const key = pressed;
    pressed = null;
    if (key === null || event.defaultPrevented) return;
    if (key !== "Control+Enter" && (hasChanged() || (isAsked && !HARMLESS.includes(key)))) return;
    tell({ kempelen: "key", key, isAsked });
  }

  window.addEventListener("keydown", down, true);
  window.addEventListener("keyup", up, true);

  // ---- What keys do here ----------------------------------------------------------------------------

  /** The radio buttons that digits can choose from: those of the only group, or none. */
  function radios() {
    const ours = [...document.querySelectorAll(CLASSIFIERS)].map((one) => one.shadowRoot);
    const found = ours.map((root) => root?.querySelectorAll(".choices input[type=radio]") ?? []);
    const all = [document.querySelectorAll("input[type=radio]"), ...found].flatMap((some) => [...some]).filter(
      (radio) => radio.name && !radio.disabled && (!radio.form || isAnswer(radio.form, null)),
    );
    return new Set(all.map((radio) => radio.name)).size === 1 ? all.slice(0, 9) : [];
  }

  let count = 0;

  function tellChoices() {
    const now = radios().length;
    if (now === count) return;
    count = now;
    tell({ kempelen: "choices", count });
  }

  hear("choose", ({ number }) => {
    const radio = config.mode === "work" && radios()[number - 1];
    radio?.click?.();
    radio?.focus?.();
  });

  /** Press the only submit button; of several the worker has to choose one. */
  hear("send", () => {
    const forms = answerForms();
    const form = forms.find((one) => one.contains(document.activeElement)) ?? forms.at(-1);
    if (!form || config.mode !== "work") return;
    const buttons = submitsOf(form).filter((button) => !button.disabled);
    if (buttons.length === 1) buttons[0].click();
    else if (buttons.length) buttons[0].focus();
    else HTMLFormElement.prototype.requestSubmit.call(form);
  });

  if (config.mode !== "work") return;
  hear("listening", () => {
    count = -1;
    tellChoices();
  });
  let soon;
  const later = () => (soon ??= setTimeout(() => ((soon = undefined), tellChoices()), 300));
  document.addEventListener("DOMContentLoaded", () => {
    tellChoices();
    new MutationObserver(later).observe(document.documentElement, { childList: true, subtree: true });
  });
})();
