/* A question with its answer, its tags, and what in the text it refers to, as a group of fields. */
import { colourOf, contrasting } from "../drawing/palette.js";

export const PAIR_STYLES = `
  .pair { min-width: 0; margin: 0 0 1rem; padding: 0.75rem; border: 1px solid var(--crowd-line-strong);
    border-inline-start: 6px solid var(--of-pair); border-radius: var(--crowd-radius); background: var(--crowd-raised); }
  .pair.active { box-shadow: 0 0 0 2px var(--crowd-accent); }
  .pair legend { padding: 0; }
  .pair .number { display: inline-grid; min-width: 1.6rem; height: 1.6rem; place-items: center; border-radius: 0.3rem;
    background: var(--of-pair); color: var(--on-pair); font-weight: 700; }
  .pair .entry { display: block; margin-top: 0.5rem; }
  .pair textarea { min-height: 2.5rem; line-height: 1.5; resize: vertical; field-sizing: content; }
  .pair .words { color: var(--crowd-soft); font-size: 0.8125rem; font-weight: 400; }
  .tags { display: flex; flex-wrap: wrap; gap: 0.35rem; margin-top: 0.5rem; }
  .tags:empty { display: none; }
  .tag { min-height: 2rem; padding: 0.1rem 0.7rem; border: 1px solid var(--crowd-line-strong); border-radius: 1rem;
    background: var(--crowd-raised); color: var(--crowd-ink); font: inherit; cursor: pointer; }
  .tag[aria-pressed="true"] { border-color: var(--crowd-accent); background: var(--crowd-accent); color: var(--crowd-accent-ink); }
  .tag:disabled { cursor: not-allowed; }
  .pair .row { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem; margin-top: 0.5rem; }
  .pair .row .button { min-height: 2.25rem; padding: 0.2rem 0.7rem; font-weight: 400; }
  .pair .row .field { width: auto; min-width: 6rem; min-height: 2.25rem; flex: 1; }
  .references { margin: 0; color: var(--crowd-soft); }
  @media (pointer: coarse) { .tag, .pair .row .button, .pair .row .field { min-height: 2.75rem; } }`;

export const wordsIn = (text) => text.trim().split(/\s+/).filter(Boolean).length;

const made = (tag, properties = {}) => Object.assign(document.createElement(tag), properties);

export class QuestionPair {
  /** `owner`: tags, allowsOwnTags, limitsOf(kind), edited(), activate(pair), refer(pair), removePair(pair). */
  constructor(owner, id, { question = "", answer = "", tags = [] } = {}) {
    Object.assign(this, { owner, id, tags: new Set(tags) });
    this.group = made("fieldset", { className: "pair" });
    this.number = made("span", { className: "number" });
    const legend = made("legend");
    legend.append(this.number);
    [this.question, this.answer] = [["Question", question], ["Answer", answer]].map(([name, text]) => this.entry(name, text));
    this.tagPlace = made("div", { className: "tags" });
    this.tagPlace.setAttribute("role", "group");
    this.tagPlace.setAttribute("aria-label", "Tags");
    this.tagPlace.addEventListener("click", ({ target }) => target.localName === "button" && this.toggle(target.value));
    this.group.append(legend, this.question.whole, this.answer.whole, this.tagPlace, this.ownTag(), this.foot());
    this.group.addEventListener("focusin", () => owner.activate(this));
  }

  entry(name, text) {
    const [whole, label, title, field, words] = [made("div", { className: "entry" }), made("label"), made("span", { className: "label", textContent: name }),
      made("textarea", { className: "field", rows: 2, value: text }), made("span", { className: "words", id: `words-${name}-${this.id}` })];
    field.setAttribute("aria-describedby", words.id);
    field.addEventListener("input", () => this.owner.edited());
    label.append(title, field);
    whole.append(label, words);
    return { whole, field, words };
  }

  ownTag() {
    const [row, field, button] = [made("div", { className: "row own-tag" }), made("input", { className: "field", placeholder: "A tag of your own" }),
      made("button", { type: "button", className: "button", textContent: "Add tag" })];
    field.setAttribute("aria-label", "A tag of your own");
    const add = () => {
      const tag = field.value.trim();
      field.value = "";
      if (tag && !this.tags.has(tag)) this.toggle(tag);
    };
    button.addEventListener("click", add);
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      add();
    });
    row.append(field, button);
    return row;
  }

  foot() {
    const [row, refers, removes] = [made("div", { className: "row" }), made("button", { type: "button", className: "button refers", textContent: "Refer to the selected text" }),
      made("button", { type: "button", className: "button removes-pair", textContent: "Remove" })];
    this.references = made("p", { className: "references" });
    refers.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    refers.addEventListener("click", () => this.owner.refer(this));
    removes.addEventListener("click", () => this.owner.removePair(this));
    row.append(refers, removes);
    const whole = made("div");
    whole.append(this.references, row);
    [this.refers, this.removes] = [refers, removes];
    return whole;
  }

  toggle(tag) {
    if (this.tags.has(tag)) this.tags.delete(tag);
    else this.tags.add(tag);
    this.owner.edited();
  }

  show({ index, isActive, isDisabled, references, canRefer }) {
    const { group, owner } = this;
    group.classList.toggle("active", isActive);
    group.style.setProperty("--of-pair", colourOf(index));
    group.style.setProperty("--on-pair", contrasting(colourOf(index)));
    this.number.textContent = index + 1;
    group.setAttribute("aria-label", `Question ${index + 1}`);
    for (const [entry, kind] of [[this.question, "question"], [this.answer, "answer"]]) {
      entry.field.readOnly = isDisabled;
      entry.words.textContent = `${wordsIn(entry.field.value)} ${owner.limitsOf(kind).told}`;
    }
    this.showTags(isDisabled);
    group.querySelector(".own-tag").hidden = isDisabled || !owner.allowsOwnTags;
    this.references.textContent = references.length ? `Refers to ${references.map((text) => `“${text}”`).join(", ")}.` : "Refers to the whole text.";
    [this.refers.disabled, this.refers.hidden, this.removes.hidden] = [!canRefer, isDisabled, isDisabled];
  }

  showTags(isDisabled) {
    const tags = [...new Set([...this.owner.tags, ...this.tags])];
    const key = JSON.stringify([tags, isDisabled]);
    if (this.shown !== key) {
      this.shown = key;
      this.tagPlace.replaceChildren(...tags.map((tag) => made("button", { type: "button", className: "tag", value: tag, textContent: tag, disabled: isDisabled })));
    }
    for (const button of this.tagPlace.children) button.setAttribute("aria-pressed", this.tags.has(button.value));
  }
}
