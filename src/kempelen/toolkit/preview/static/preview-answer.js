/**
 * <preview-answer> shows what an answer would be (`show`): as columns of a results file, as JSON, as MTurk's XML;
 * or why it would not be taken. Nothing that it shows is HTML of anybody's.
 */
const VIEWS = [
  ["columns", "Columns"],
  ["json", "JSON"],
  ["xml", "XML"],
];

const made = (tag, text = "", className = "") => Object.assign(document.createElement(tag), { textContent: text, className });

class PreviewAnswer extends HTMLElement {
  connectedCallback() {
    this.none = this.querySelector("[data-part=none]");
    this.some = this.querySelector("[data-part=some]");
    this.view = "columns";
    this.addEventListener("change", ({ target }) => this.turnTo(target.value));
  }

  clear() {
    this.none.hidden = false;
    this.some.hidden = true;
    this.some.replaceChildren();
  }

  show(answer) {
    this.none.hidden = true;
    this.some.hidden = false;
    this.some.replaceChildren(...(answer.refused ? this.refusal(answer) : this.parts(answer)));
    if (!answer.refused) this.turnTo(this.view);
  }

  refusal({ refused }) {
    const notice = made("div", "", "notice notice-bad");
    notice.append(made("p", `It would not be taken. ${refused}`, "lines"));
    return [notice];
  }

  parts(answer) {
    const csv = Object.entries(answer.columns);
    const table = this.table("columns", csv, "No field was sent.");
    const words = answer.words.length ? [this.table("words", answer.words)] : [];
    return [
      ...words,
      this.choice(),
      table,
      this.text("json", JSON.stringify(answer.answers, null, 2)),
      this.text("xml", answer.xml.replaceAll("><", ">\n<")),
    ];
  }

  table(view, rows) {
    const list = made("dl", "", "cells");
    list.dataset.view = view;
    for (const [name, value] of rows) {
      const row = document.createElement("div");
      row.append(made("dt", name), made("dd", value, value ? "" : "is-empty"));
      list.append(row);
    }
    return list;
  }

  text(view, text) {
    const box = made("pre", text, "code-box");
    box.dataset.view = view;
    box.tabIndex = 0; // long ones scroll
    box.setAttribute("aria-label", view.toUpperCase());
    box.setAttribute("role", "region");
    return box;
  }

  choice() {
    const group = made("fieldset", "", "segments");
    group.append(made("legend", "Shown as", "visually-hidden"));
    for (const [value, title] of VIEWS) {
      const radio = Object.assign(document.createElement("input"), { type: "radio", name: "view", value });
      radio.checked = value === this.view;
      const label = document.createElement("label");
      label.append(radio, ` ${title}`);
      group.append(label);
    }
    return group;
  }

  turnTo(view) {
    this.view = view;
    for (const part of this.some.querySelectorAll("[data-view]"))
      part.hidden = part.dataset.view !== view && part.dataset.view !== "words";
  }
}
customElements.define("preview-answer", PreviewAnswer);
