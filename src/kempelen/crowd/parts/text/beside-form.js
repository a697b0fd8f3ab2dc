/*
 * Elements of the second generation may stand beside their crowd-form, which is empty and hidden, and name it by
 * `crowd-form-element-id`; what they ask may stand in an attribute, `instructions`.
 */
import { whenParsed } from "../element.js";

/** Have the control collected by the form that it names, unless it stands in one. */
export function joinForm(control) {
  whenParsed(async () => {
    const id = control.getAttribute("crowd-form-element-id");
    const form = id && !control.closest("crowd-form") && document.getElementById(id);
    if (form?.localName !== "crowd-form") return;
    await customElements.whenDefined("crowd-form");
    await form.isReady;
    if (control.isConnected) form.adopt(control);
  });
}

/** Show the instructions of the attribute, as they are written, line by line. */
export function showInstructions(control) {
  const place = control.part$(".told");
  const lines = (control.getAttribute("instructions") ?? "").split("\n").map((line) => line.trim());
  place.textContent = lines.join("\n").trim();
  place.hidden = !place.textContent;
}

export const TOLD = `<p class="told" hidden></p>`;
export const TOLD_STYLES = `.told { margin: 0 0 1rem; color: var(--crowd-soft); white-space: pre-line; }`;
