/* The markup and styles of tools that paint. */
import { SIZES } from "./mask-brushes.js";
import { toolMarkup, toolStyles } from "./tool-look.js";
import { toolButton } from "./toolbar.js";

const range = (name, what, most, keys, sign) => `<label class="range" title="${what}${keys}"><span class="unseen">${what}</span><span aria-hidden="true">${sign}</span>
  <input type="range" min="0" max="${most}" data-range="${name}"><output aria-hidden="true"></output></label>`;

export const maskMarkup = (extra = "") =>
  toolMarkup(
    `${toolButton("brush", "Brush", { icon: "brush", key: "B", isToggle: true })}
    ${toolButton("eraser", "Eraser", { icon: "eraser", key: "E", isToggle: true })}
    ${toolButton("polygon", "Polygon: click its corners, Enter fills it", { icon: "polygon", key: "P", isToggle: true })}
    ${toolButton("area", "Fill an area", { icon: "format-color-fill", key: "G", isToggle: true })}
    ${toolButton("finish", "Fill the polygon", { icon: "check", key: "Enter" })}</span><span class="tools">
    ${range("size", "Size of the brush", SIZES.length - 1, ", [ and ]", "●")}</span><span class="tools">
    ${range("opacity", "Opacity of the mask", 100, "", "◐")}
    ${toolButton("hide", "Hide the mask", { icon: "visibility", key: "V", isToggle: true })}
    ${toolButton("names", "Show the labels", { icon: "label", key: "L", isToggle: true })}
    ${toolButton("careful", "Keep what is painted: paint only where nothing is", { icon: "lock", key: "K", isToggle: true })}
    ${extra}`,
  ).replace('<p class="how"', '<p class="mask-note" role="alert" hidden><span></span> <button class="button" type="button">Try again</button></p><p class="how"');

export const maskStyles = `${toolStyles}
  .range { display: inline-flex; align-items: center; gap: 0.35rem; padding-inline: 0.25rem; color: var(--crowd-soft); font-size: 0.875rem; }
  .range input { width: 5.5rem; min-height: 2.25rem; margin: 0; accent-color: var(--crowd-accent); }
  .range output { min-width: 2.6rem; font-variant-numeric: tabular-nums; }
  .range:has(:focus-visible) { outline: 2px solid var(--crowd-accent); border-radius: var(--crowd-radius); }
  .range input:focus-visible { outline: none; }
  .stage[data-tool] { cursor: none; }
  .stage[data-tool="polygon"], .stage[data-tool="area"] { cursor: crosshair; }
  .mask-note { margin: 0; padding: 0.5rem 0.75rem; border: 1px solid var(--crowd-warn); border-radius: var(--crowd-radius); background: var(--crowd-warn-wash); }
  .mask-note .button { min-height: 2rem; padding-block: 0.1rem; }
  @media (max-width: 30rem) { .range input { width: 4rem; } .range output { display: none; } }`;
