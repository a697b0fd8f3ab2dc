/* A row of tabs for a shadow root: the names, which one is open, and the keys to go from one to the next. */
export const TAB_STYLES = `
  [role="tablist"] { display: flex; gap: 0.25rem; overflow-x: auto; border-bottom: 1px solid var(--crowd-line-strong); }
  [role="tab"] { min-height: var(--crowd-control); flex: none; padding: 0.4rem 1rem; border: 0;
    border-bottom: 3px solid transparent; background: none; color: var(--crowd-soft); font: inherit; font-weight: 600;
    cursor: pointer; }
  [role="tab"]:hover { color: var(--crowd-ink); background: var(--crowd-accent-wash); }
  [role="tab"]:focus-visible { outline-offset: -2px; }
  [role="tab"][aria-selected="true"] { border-bottom-color: var(--crowd-accent); color: var(--crowd-accent); }`;

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

export class TabRow {
  constructor(list, onChosen) {
    this.list = list;
    this.onChosen = onChosen;
    this.names = [];
    list.addEventListener("click", ({ target }) => target.role === "tab" && this.choose(this.buttons.indexOf(target)));
    list.addEventListener("keydown", (event) => this.onKey(event));
  }

  get buttons() {
    return [...this.list.children];
  }

  /** Show these names; the same one stays open. */
  show(names) {
    if (names.join("\n") === this.names.join("\n")) return;
    this.names = names;
    this.list.replaceChildren(
      ...names.map((name) => {
        const button = document.createElement("button");
        [button.type, button.role, button.textContent] = ["button", "tab", name];
        return button;
      }),
    );
    this.choose(Math.min(this.chosen ?? 0, names.length - 1));
  }

  choose(index) {
    this.chosen = Math.max(index, 0);
    this.buttons.forEach((button, i) => {
      button.setAttribute("aria-selected", i === this.chosen);
      button.tabIndex = i === this.chosen ? 0 : -1;
    });
    this.onChosen(this.chosen);
  }

  onKey(event) {
    const { length } = this.names;
    const step = event.key in STEPS ? (this.chosen + STEPS[event.key] + length) % length : undefined;
    const next = { Home: 0, End: length - 1 }[event.key] ?? step;
    if (next === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.choose(next);
    this.buttons[next].focus();
  }
}
