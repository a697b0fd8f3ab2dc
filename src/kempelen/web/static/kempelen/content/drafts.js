/*
 * Drafts: tells the page around what has been entered, and enters it again when the task is reopened.
 * Second part of the runtime (runtime.js), whose messages it extends:
 *   to the page around:  draft {fields: [[name, value], …]} (when they have changed)
 *   from it:             restore {fields}
 *
 * A draft is what a form would send, so that a box whose name is not in it was not ticked.  Fields that
 * the page's scripts make later get what was kept for them as they appear; until then it stays in the
 * draft.  Where pages look at their fields by events, `input` and `change` tell them.
 */
(() => {
  "use strict";

  const { config, tell, hear, isAnswer, crowdForms, quietly, valueOfFile, enterFiles } = kempelen;
  const CONTROLS = "input, select, textarea, crowd-input[type=file i]";
  const UNKEPT = ["submit", "image", "button", "reset", "password"];
  const RESERVED = ["assignmentId", "hitId", "workerId", "turkSubmitTo"];
  const BOXES = ["checkbox", "radio"];
  const SHORTEST_PAUSE_MS = 150;
  const LOOK_AGAIN_MS = 2000;

  let touched = false;
  let isSetUp = false; // loaded, and the draft entered
  let isRestoring = false;
  let last = [];
  let timer;
  let pause = SHORTEST_PAUSE_MS;
  let draft; // the fields to restore
  let queues; // of these, the values that no control has got yet, by name
  const done = new WeakSet();
  const edited = new WeakSet();

  function* controls() {
    const answers = new Map([[null, true]]);
    for (const control of document.querySelectorAll(CONTROLS)) {
      const { form, name } = control;
      if (!name || UNKEPT.includes(control.type) || RESERVED.includes(name)) continue;
      // Which knows its fields' answers, but for files.
      if (control.type !== "file" && control.closest("crowd-form")?.enterAgain) continue;
      if (!answers.has(form)) answers.set(form, isAnswer(form, null));
      if (answers.get(form)) yield control;
    }
  }

  // ---- What has been entered ------------------------------------------------------------------------

  const isBox = (control) => BOXES.includes(control.type);
  const valuesOf = (control) => {
    if (control.type === "file") return [...control.files].map((file) => valueOfFile(file, control.name));
    if (control.tagName === "SELECT") return [...control.selectedOptions].map((option) => option.value);
    return isBox(control) && !control.checked ? [] : [control.value];
  };

  function fieldsNow() {
    const fields = crowdForms().flatMap((form) => form.answerFields());
    for (const control of controls()) for (const value of valuesOf(control)) fields.push([control.name, value]);
    for (const [name, values] of queues ?? []) for (const value of values) fields.push([name, value]);
    return fields;
  }

  const isSame = (one, other) =>
    one.length === other.length && one.every(([name, value], i) => name === other[i][0] && value === other[i][1]);

  /** Tell what has changed; how long it took to find out says how often that can be done. */
  function look() {
    timer = undefined;
    const begun = performance.now();
    const fields = fieldsNow();
    pause = Math.max(SHORTEST_PAUSE_MS, 10 * (performance.now() - begun));
    if (isSame(fields, last)) return;
    last = fields;
    tell({ kempelen: "draft", fields });
  }

  const lookSoon = () => touched && (timer ??= setTimeout(look, pause));

  /** What is there before the worker's first move is no draft. */
  function touch() {
    touched = true;
    last = fieldsNow();
    // Some pages write their fields without an event.
    setInterval(() => document.hidden || lookSoon(), LOOK_AGAIN_MS);
  }

  /** Events that scripts make count once the page is set up: dictation and the like enter text so. */
  function onChange(event) {
    if (isRestoring || !(event.isTrusted || isSetUp)) return;
    if (!touched) {
      touch();
      last = []; // the change is made already
    }
    edited.add(event.target);
    lookSoon();
  }

  function watch() {
    const on = (kind, act) => window.addEventListener(kind, act, true);
    for (const kind of ["pointerdown", "keydown"]) on(kind, (event) => touched || !event.isTrusted || touch());
    for (const kind of ["input", "change"]) on(kind, onChange);
    for (const kind of ["click", "keyup", "pointerup", "drop"]) on(kind, lookSoon);
  }

  // ---- Entering it again ----------------------------------------------------------------------------

  const setter = (prototype, name) => Object.getOwnPropertyDescriptor(prototype, name).set;
  const setValue = {
    INPUT: setter(HTMLInputElement.prototype, "value"), // frameworks put their own before it
    TEXTAREA: setter(HTMLTextAreaElement.prototype, "value"),
    SELECT: setter(HTMLSelectElement.prototype, "value"),
  };
  const setChecked = setter(HTMLInputElement.prototype, "checked");

  function queued(fields) {
    const byName = new Map();
    for (const [name, value] of fields) byName.set(name, [...(byName.get(name) ?? []), value]);
    return byName;
  }

  function take(queue, value) {
    const at = queue.indexOf(value);
    if (at >= 0) queue.splice(at, 1);
    return at >= 0;
  }

  function announce(control) {
    for (const kind of ["input", "change"]) control.dispatchEvent(new Event(kind, { bubbles: true }));
  }

  /** A click, for pages that listen to nothing else; the box is set in any case. */
  function tick(box, isChosen) {
    if (box.checked !== isChosen) box.click();
    if (box.checked !== isChosen) setChecked.call(box, isChosen);
  }

  function write(control, value) {
    setValue[control.tagName].call(control, value);
    announce(control);
  }

  function enter(control, stored) {
    enterFiles(control, stored);
    announce(control);
  }

  function choose(control, chosen) {
    [...control.options].forEach((option, i) => (option.selected = chosen[i]));
    announce(control);
  }

  /**
   * Take the control's part of the queue; gives what is to be done, or null if it is as it was. Where it
   * is not known whether a box was there at all, it stays as the page made it.
   */
  function part(control, queue, isKnown) {
    if (control.type === "select-multiple") {
      const options = [...control.options];
      const chosen = options.map((option) => take(queue, option.value));
      const isAsWas = !isKnown || options.every((option, i) => option.selected === chosen[i]);
      return isAsWas ? null : () => choose(control, chosen);
    }
    if (isBox(control)) {
      const isChosen = take(queue, control.value);
      // Nobody can take back the choice of a radio button but by another.
      const isWanted = isChosen || (isKnown && control.type === "checkbox");
      return isWanted && control.checked !== isChosen ? () => tick(control, isChosen) : null;
    }
    if (control.type === "file") {
      const stored = queue.filter((value) => value.file).slice(0, control.multiple ? undefined : 1);
      if (!stored.length || control.files.length) return null;
      queue.splice(0, queue.length, ...queue.filter((value) => !stored.includes(value)));
      return () => enter(control, stored);
    }
    const [value] = queue;
    const isMissing = control.tagName === "SELECT" && ![...control.options].some((option) => option.value === value);
    if (typeof value !== "string" || isMissing) return null;
    queue.shift();
    return control.value === value ? null : () => write(control, value);
  }

  /** Give all controls that have not got it yet what the draft has for them, from the top of the page. */
  function restore() {
    if (!draft) return;
    const isFresh = !touched || !queues;
    if (isFresh) queues = queued(draft);
    const acts = [];
    for (const control of controls()) {
      if (!isFresh && done.has(control)) continue;
      const queue = queues.get(control.name) ?? [];
      const act = part(control, queue, isFresh || queue.length > 0);
      if (act && !done.has(control) && !edited.has(control)) acts.push(act);
      if (control.tagName !== "SELECT" || !queue.length) done.add(control); // else its options may still come
    }
    for (const [name, values] of queues) if (!values.length) queues.delete(name);
    isRestoring = true;
    quietly(() => {
      for (const act of acts) act();
      if (isFresh) for (const form of crowdForms()) form.enterAgain(draft.filter(([, value]) => !value.file));
    });
    if (crowdForms().length) queues.clear(); // they keep what they have no control for
    isRestoring = false;
    if (config.mode === "review") lock();
  }

  /** What has been sent is there to be looked at. */
  function lock() {
    for (const form of crowdForms()) form.lock();
    for (const control of document.querySelectorAll(CONTROLS))
      if (!["button", "reset"].includes(control.type)) control.disabled = true;
  }

  /** Pages set their fields up as they load: what they overwrote by then is entered once more. */
  function restoreOnceMore() {
    if (draft && !touched) for (const control of controls()) done.delete(control);
    restore();
    isSetUp = true;
  }

  const isField = (node) => node.matches?.(`${CONTROLS}, option`) || node.querySelector?.(`${CONTROLS}, option`);
  const seesNew = (records) => records.some((record) => [...record.addedNodes].some(isField));

  hear("restore", ({ fields }) => {
    if (draft || !Array.isArray(fields)) return;
    draft = fields;
    if (document.readyState !== "loading") restore();
    if (document.readyState === "complete") restoreOnceMore();
    const isOver = () => touched && !queues?.size;
    new MutationObserver((records) => isOver() || (seesNew(records) && restore())).observe(document, {
      childList: true,
      subtree: true,
    });
  });

  if (config.mode === "work") watch();
  // After the page's own handlers of the same events.
  document.addEventListener("DOMContentLoaded", () => setTimeout(restore));
  window.addEventListener("load", () => setTimeout(restoreOnceMore));
  window.addEventListener("crowd-form-ready", restore);
})();
