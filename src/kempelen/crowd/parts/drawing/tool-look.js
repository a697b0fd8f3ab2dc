/* The markup and the styles of a drawing tool within the frame; `extra` is markup of more buttons (toolButton). */
import { frameMarkup, frameStyles } from "../frame.js";
import { ITEMS, ITEMS_STYLES } from "./item-list.js";
import { LABELS, LABELS_STYLES } from "./label-list.js";
import { STAGE, STAGE_STYLES } from "./stage.js";
import { toolbar, TOOLBAR_STYLES } from "./toolbar.js";

const BY_KEYS = "Keys: arrows move a cursor over the picture, Enter sets a point there, Page Down selects what is drawn. " +
  "The button Shortcuts lists all keys.";

export const toolMarkup = (extra = "") =>
  frameMarkup(`${toolbar(extra)}${STAGE}<p class="how" id="how"></p>
    <p class="unseen" id="by-keys">${BY_KEYS}</p><p class="unseen says" role="status"></p>`, LABELS + ITEMS);

export const toolStyles = `
  :host { display: block; margin-block: 0.5rem; }
  ${frameStyles} ${TOOLBAR_STYLES} ${STAGE_STYLES} ${LABELS_STYLES} ${ITEMS_STYLES}
  .annotation-area { gap: 1rem; padding: 0.75rem; }
  .target { display: flex; flex-direction: column; gap: 0.5rem; }
  :host(:not([data-whole-page])) .stage { min-height: clamp(18rem, 60vh, 40rem); }
  .how { margin: 0; color: var(--crowd-soft); font-size: 0.875rem; }
  .how:empty { display: none; }
  /* As high as the picture: many labels are scrolled. */
  .category-picker-wrapper { display: flex; width: 15.5rem; flex-direction: column; gap: 1rem; margin: -3px; padding: 3px;
    contain: size; overflow-y: auto; scrollbar-width: thin; }
  @media (max-width: 48rem) {
    .target { flex: none; }
    .stage { min-height: 12rem; max-height: 65vh; flex: none; aspect-ratio: var(--shape, 4 / 3); }
    .category-picker-wrapper { display: contents; contain: none; }
    .labels { order: -1; }
    .labels .choices { display: flex; margin-inline: -0.75rem; padding: 2px 0.75rem; gap: 0.4rem; overflow-x: auto; scrollbar-width: none; }
    .labels .choice { flex: none; }
    .rows-place { min-height: 0; }
    .rows { position: static; max-height: 40vh; }
  }`;
