/*
 * The list of what is drawn, beside the picture: select, and delete. Rows are [{id, label, colour, mark, text}];
 * `acts`: {select(id), remove(id)}. Tab goes to one row, arrows to the others, Delete deletes.
 */
import { iconOf } from "../icons.js";
import { swatchOf } from "./label-list.js";

export const ITEMS = `<section class="items" aria-labelledby="items-title">
    <h2 class="items-title" id="items-title"></h2><p class="no-items"></p>
    <div class="rows-place"><ol class="rows"></ol></div></section>`;

export const ITEMS_STYLES = `
  .items { display: flex; min-height: 0; flex: 1; flex-direction: column; }
  .items-title { margin: 0 0 0.4rem; font-size: 1rem; font-variant-numeric: tabular-nums; }
  .no-items { margin: 0; color: var(--crowd-soft); }
  .rows-place { position: relative; min-height: 9rem; flex: 1; }
  .rows { position: absolute; inset: 0; margin: 0; padding: 0; overflow: auto; list-style: none; scrollbar-width: thin; }
  .row { display: flex; align-items: center; border-radius: var(--crowd-radius); content-visibility: auto; contain-intrinsic-height: auto 2.25rem; }
  .row:hover { background: var(--crowd-sunk); }
  .row[data-chosen] { background: var(--crowd-accent-wash); box-shadow: inset 0 0 0 1px var(--crowd-accent); }
  .row-name { display: flex; min-width: 0; min-height: 2.25rem; flex: 1; align-items: center; gap: 0.5rem; padding: 0.2rem 0.5rem;
    border: 0; border-radius: inherit; background: none; color: inherit; font: inherit; text-align: start; cursor: pointer; }
  .row-name:focus-visible, .row .removes:focus-visible { outline-offset: -2px; }
  .row-name .text { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .row .removes { min-width: 2.25rem; min-height: 2.25rem; color: var(--crowd-soft); }
  @media (pointer: coarse) { .row-name, .row .removes { min-height: 2.75rem; min-width: 2.75rem; } }`;

export class ItemList {
  constructor(place, acts) {
    [this.place, this.acts, this.rows] = [place, acts, new Map()];
    this.list = place.querySelector(".rows");
    this.list.addEventListener("click", (event) => this.onClick(event));
    this.list.addEventListener("keydown", (event) => this.onKey(event));
  }

  /** Show these rows; rows that stay keep their elements, so that focus and place stay too. */
  show(items, chosen, { title, empty, isDisabled }) {
    this.place.querySelector(".items-title").textContent = items.length ? `${title} (${items.length})` : title;
    const none = this.place.querySelector(".no-items");
    [none.hidden, none.textContent] = [items.length > 0, empty];
    const had = this.focused();
    const rows = new Map(items.map((item) => [item.id, this.rows.get(item.id) ?? this.row(item.id)]));
    for (const [id, row] of this.rows) if (!rows.has(id)) row.remove();
    this.rows = rows;
    items.forEach((item, at) => this.fill(rows.get(item.id), item, at, isDisabled));
    this.choose(chosen);
    if (had !== null && !this.focused()) (this.name(items[Math.min(had, items.length - 1)]?.id) ?? this.fallback)?.focus();
  }

  /** Mark the row that is selected, and let Tab go there. */
  choose(chosen) {
    const reached = this.rows.has(chosen) ? chosen : this.rows.keys().next().value;
    for (const [id, row] of this.rows) {
      row.toggleAttribute("data-chosen", id === chosen);
      const [name, removes] = row.children;
      name.setAttribute("aria-pressed", String(id === chosen));
      name.tabIndex = id === reached ? 0 : -1;
      removes.tabIndex = id === chosen ? 0 : -1;
    }
    if (chosen !== null && this.rows.has(chosen)) this.scrollTo(this.rows.get(chosen));
  }

  scrollTo(row) {
    const { list } = this;
    const [top, bottom] = [row.offsetTop, row.offsetTop + row.offsetHeight];
    if (top < list.scrollTop) list.scrollTop = top;
    else if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight;
  }

  row(id) {
    const [row, name, removes, text] = ["li", "button", "button", "span"].map((tag) => document.createElement(tag));
    [row.className, name.className, removes.className, text.className] = ["row", "row-name", "button icon removes", "text"];
    [name.type, removes.type] = ["button", "button"];
    row.dataset.id = id;
    text.dir = "auto"; // what does not fit is left out at its end
    name.append("", text);
    removes.append(iconOf("close"));
    row.append(name, removes);
    return row;
  }

  fill(row, { label, colour, mark, text }, at, isDisabled) {
    if (this.list.children[at] !== row) this.list.insertBefore(row, this.list.children[at] ?? null);
    const key = JSON.stringify([at, label, colour, mark, text, isDisabled]);
    if (row.shown === key) return;
    row.shown = key;
    const [name, removes] = row.children;
    name.firstChild.replaceWith(swatchOf(colour, mark));
    name.lastChild.textContent = `${at + 1}. ${text}`;
    removes.setAttribute("aria-label", `Delete ${at + 1}. ${text}`);
    removes.title = "Delete";
    removes.hidden = isDisabled;
  }

  name(id) {
    return this.rows.get(id)?.firstChild;
  }

  /** Which row has the focus, by its place; null if none has. */
  focused() {
    const row = this.list.getRootNode().activeElement?.closest?.(".row");
    return row && this.list.contains(row) ? [...this.rows.values()].indexOf(row) : null;
  }

  onClick(event) {
    const row = event.target.closest(".row");
    if (!row) return;
    const id = Number(row.dataset.id);
    if (event.target.closest(".removes")) this.acts.remove(id);
    else this.acts.select(id);
  }

  onKey(event) {
    const at = this.focused();
    const key = event.crowdKey ?? event.key;
    const step = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: this.rows.size - 1 }[key];
    if (at === null || step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const next = [...this.rows.keys()][Math.max(0, Math.min(this.rows.size - 1, step))];
    this.acts.select(next);
    this.name(next)?.focus();
  }
}
