/*
 * The bar above the picture. Buttons name what they do by data-act and their icon by data-icon;
 * `acts`: {name: function}. Buttons that can do nothing just now keep the focus (aria-disabled).
 */
import { iconOf } from "../icons.js";

/** Markup of a button; what it is called, the key that does the same, and a constant text to show, if any. */
export const toolButton = (act, name, { icon = "", key = "", text = "", isToggle = false } = {}) =>
  `<button class="tool" type="button" data-act="${act}" data-icon="${icon}" title="${name}${key && ` (${key})`}"
    ${text ? "" : `aria-label="${name}"`} ${isToggle ? 'aria-pressed="false"' : ""}>${text}</button>`;

export const toolbar = (extra) => `<div class="toolbar" role="group" aria-label="Drawing">
    <span class="tools">${toolButton("undo", "Undo", { icon: "undo", key: "Ctrl+Z" })}
      ${toolButton("redo", "Redo", { icon: "redo", key: "Ctrl+Shift+Z" })}
      ${toolButton("remove", "Delete what is selected", { icon: "delete", key: "Delete" })}</span>
    ${extra ? `<span class="tools">${extra}</span>` : ""}
    <span class="tools view">${toolButton("hand", "Move the picture", { icon: "pan-tool", key: "H, or hold Space", isToggle: true })}
      ${toolButton("zoomOut", "Zoom out", { icon: "zoom-out", key: "-" })}
      <output class="zoom" aria-label="Zoom"></output>
      ${toolButton("zoomIn", "Zoom in", { icon: "zoom-in", key: "+" })}
      ${toolButton("fit", "Show the whole picture", { icon: "fullscreen", key: "F" })}</span>
  </div>`;

export const TOOLBAR_STYLES = `
  .toolbar { display: flex; flex-wrap: wrap; align-items: center; gap: 0.35rem 0.75rem; }
  .tools { display: inline-flex; align-items: center; gap: 0.15rem; }
  .tools.view { margin-inline-start: auto; }
  .tool { display: inline-flex; min-width: 2.25rem; min-height: 2.25rem; align-items: center; justify-content: center; gap: 0.35rem;
    padding: 0.2rem 0.4rem; border: 1px solid transparent; border-radius: var(--crowd-radius); background: none; color: var(--crowd-ink);
    font: inherit; cursor: pointer; }
  .tool:hover { background: var(--crowd-sunk); border-color: var(--crowd-line-strong); }
  .tool[aria-pressed="true"] { border-color: var(--crowd-accent); background: var(--crowd-accent-wash); color: var(--crowd-accent); }
  .tool[aria-disabled="true"] { border-color: transparent; background: none; color: var(--crowd-soft); opacity: 0.45; cursor: not-allowed; }
  .zoom { min-width: 3.4rem; text-align: center; color: var(--crowd-soft); font-size: 0.875rem; font-variant-numeric: tabular-nums; }
  @media (pointer: coarse) { .tool { min-width: 2.75rem; min-height: 2.75rem; } }
  @media (max-width: 30rem) { .toolbar { gap: 0.25rem; } .zoom { display: none; } .tools { gap: 0; } }`;

/** Hides the labels on the picture. */
export const TAGS = toolButton("tags", "Hide the labels on the picture", { icon: "label", key: "L", isToggle: true });

/** Ends what is being drawn point by point; by touch there is no other way but the last point. */
export const END = toolButton("finish", "End the shape", { icon: "check", key: "Enter", text: "End" });

export class Toolbar {
  constructor(place, acts) {
    this.place = place;
    for (const button of place.querySelectorAll("[data-icon]")) {
      const icon = iconOf(button.dataset.icon);
      if (icon) button.prepend(icon);
    }
    place.addEventListener("click", (event) => {
      const button = event.target.closest("[data-act]");
      if (button && button.getAttribute("aria-disabled") !== "true") acts[button.dataset.act]?.();
    });
  }

  button(act) {
    return this.place.querySelector(`[data-act="${act}"]`);
  }

  enable(act, isEnabled) {
    const button = this.button(act);
    if (isEnabled) button?.removeAttribute("aria-disabled");
    else button?.setAttribute("aria-disabled", "true");
  }

  press(act, isPressed) {
    this.button(act)?.setAttribute("aria-pressed", String(isPressed));
  }

  zoom(scale) {
    const text = `${scale < 0.1 ? (scale * 100).toFixed(1) : Math.round(scale * 100)} %`;
    const output = this.place.querySelector(".zoom");
    if (output.textContent !== text) output.textContent = text;
  }
}
