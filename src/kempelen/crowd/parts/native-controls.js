/*
 * HTML's own controls in a crowd-form. Boxes change their shape: {value: ticked or not}; everything else is
 * text, of a list with several choices their list, of a file its name.
 */
import { isTrue, listIn } from "./answers.js";

export const NATIVE = "input, select, textarea";
const UNSENT = ["submit", "button", "reset", "image"];
const BOXES = ["radio", "checkbox"];
const setter = (prototype, name) => Object.getOwnPropertyDescriptor(prototype, name).set;
const setValue = new Map([
  ["INPUT", setter(HTMLInputElement.prototype, "value")], // frameworks put their own before it
  ["TEXTAREA", setter(HTMLTextAreaElement.prototype, "value")],
  ["SELECT", setter(HTMLSelectElement.prototype, "value")],
]);

export const isBox = (control) => BOXES.includes(control.type);
export const isSent = (control) => !UNSENT.includes(control.type) && !control.matches(":disabled");

/** What a native control has to say. */
export function answerOf(control) {
  if (isBox(control)) return { [control.value]: control.checked };
  if (control.type === "select-multiple") return [...control.selectedOptions].map((option) => option.value);
  if (control.type === "file") return [...control.files].map((file) => file.name).join("|");
  return control.value;
}

function announce(control) {
  for (const kind of ["input", "change"]) control.dispatchEvent(new Event(kind, { bubbles: true }));
}

/** Enter again what was there; `taken` gives it by path. */
export function enter(control, taken) {
  if (isBox(control)) {
    const isTicked = isTrue(taken(control.value));
    // A click, for pages that listen to nothing else; nobody takes back a radio button's choice.
    if (control.checked !== isTicked && (isTicked || control.type === "checkbox")) control.click();
  } else if (control.type === "select-multiple") {
    const chosen = listIn(taken());
    for (const option of control.options) option.selected = chosen.includes(option.value);
    announce(control);
  } else if (control.type !== "file") {
    const value = String(taken() ?? "");
    const isMissing = control.tagName === "SELECT" && ![...control.options].some((option) => option.value === value);
    if (isMissing || control.value === value) return;
    setValue.get(control.tagName).call(control, value);
    announce(control);
  }
}
