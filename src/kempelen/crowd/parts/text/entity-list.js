/* What is marked, as a list that can be opened: each entry leads to its place in the text. It is made when it is seen. */
export const ENTITY_LIST = `<details class="entity-list"><summary></summary><ol></ol></details>`;

export const ENTITY_LIST_STYLES = `
  .entity-list summary { padding-block: 0.35rem; cursor: pointer; font-weight: 600; font-variant-numeric: tabular-nums; }
  .entity-list ol { max-height: 40vh; margin: 0; padding: 0; overflow: auto; list-style: none; scrollbar-width: thin; }
  .entity-list li { content-visibility: auto; contain-intrinsic-height: auto 2.25rem; }
  .entity-list button { display: flex; width: 100%; min-height: 2.25rem; align-items: baseline; gap: 0.5rem; padding: 0.3rem 0.5rem;
    border: 0; border-radius: var(--crowd-radius); background: none; color: inherit; font: inherit; text-align: start; cursor: pointer; }
  .entity-list button:hover { background: var(--crowd-sunk); }
  .entity-list button:focus-visible { outline-offset: -2px; }
  .entity-list [aria-current="true"] { background: var(--crowd-accent-wash); }
  .entity-list .sign { flex: none; padding: 0 0.35em; border-radius: 0.3em; font-size: 0.75em; font-weight: 600; }
  .entity-list .what { min-width: 0; overflow-wrap: anywhere; }
  @media (pointer: coarse) { .entity-list button { min-height: 2.75rem; } }`;

export class EntityList {
  /** `owner`: lookOf(span), nameOf(span), textOf(span), goTo(span). */
  constructor(place, owner) {
    [this.place, this.owner, this.spans, this.rows] = [place, owner, [], new Map()];
    this.list = place.querySelector("ol");
    place.addEventListener("toggle", () => this.fill());
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("button");
      const span = this.spans.find(({ id }) => row && id === Number(row.value));
      if (span) owner.goTo(span);
    });
  }

  show(spans, chosen) {
    const isOther = this.spans !== spans;
    [this.spans, this.chosen] = [spans, chosen];
    if (isOther || !this.place.querySelector("summary").textContent)
      this.place.querySelector("summary").textContent = `Entities (${spans.length})`;
    this.place.hidden = !spans.length;
    if (this.place.open) this.fill();
  }

  fill() {
    if (!this.place.open) return;
    if (this.filled !== this.spans) {
      this.filled = this.spans;
      const rows = new Map(this.spans.map((span) => [span.id, this.rows.get(span.id) ?? this.row(span)]));
      this.rows = rows;
      const focused = this.list.getRootNode().activeElement;
      this.list.replaceChildren(...rows.values());
      if (focused && this.list.contains(focused)) focused.focus();
    }
    for (const [id, row] of this.rows) {
      const isChosen = id === this.chosen?.id;
      if ((row.firstChild.getAttribute("aria-current") === "true") !== isChosen) row.firstChild.setAttribute("aria-current", isChosen);
    }
  }

  row(span) {
    const [row, button, sign, what] = ["li", "button", "span", "span"].map((tag) => document.createElement(tag));
    const { tag, colour, ink } = this.owner.lookOf(span);
    [button.type, button.value, sign.className, what.className] = ["button", span.id, "sign", "what"];
    [sign.textContent, sign.style.background, sign.style.color] = [tag, colour, ink];
    sign.setAttribute("aria-hidden", "true");
    what.textContent = this.owner.textOf(span);
    button.setAttribute("aria-label", `${this.owner.nameOf(span)}: ${what.textContent}`);
    button.append(sign, what);
    row.append(button);
    return row;
  }
}
