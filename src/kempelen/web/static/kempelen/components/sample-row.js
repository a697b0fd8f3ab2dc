/**
 * <sample-row checks="#checks" stepper="#stepper"> turns the JSON of a sample row into one field for each
 * variable that the checks list (data-variable); the stepper's buttons go through the rows that its own
 * script element holds. A variable that has no value yet gets its name and the row's number, so that the
 * template does not look unfilled. What is typed goes back into the JSON, which is what is sent; without a
 * script people edit that. A file of rows can be chosen: the server reads it (data-url) and keeps nothing.
 */
import { csrfToken } from "../post-json.js";

class SampleRow extends HTMLElement {
  connectedCallback() {
    this.json = this.querySelector("textarea[name=values]");
    this.fields = this.querySelector("[data-fields]");
    this.rows = JSON.parse(this.querySelector("script[type='application/json']").textContent);
    this.at = 0;
    this.querySelector("[data-plain]").hidden = true;
    this.fields.addEventListener("input", () => this.write());
    this.stepper = document.querySelector(this.getAttribute("stepper"));
    this.stepper.hidden = this.rows.length < 2;
    const choice = this.querySelector("[data-from-file]");
    choice.hidden = false;
    choice.addEventListener("change", (event) => this.open(event.target));
    for (const button of this.stepper.querySelectorAll("[data-step]")) {
      button.addEventListener("click", () => this.step(Number(button.dataset.step)));
    }
    this.checked = () => this.show();
    document.addEventListener("htmx:afterSwap", this.checked);
    this.tell();
    this.show();
  }

  disconnectedCallback() {
    document.removeEventListener("htmx:afterSwap", this.checked);
  }

  get values() {
    try {
      return JSON.parse(this.json.value) ?? {};
    } catch {
      return {};
    }
  }

  /** Have a field for each variable, in their order; those that are there already stay as they are. */
  show() {
    const links = document.querySelectorAll(`${this.getAttribute("checks")} [data-variable]`);
    const names = [...links].map((link) => link.dataset.variable);
    if (names.join("\n") === this.names?.join("\n")) return;
    this.names = names;
    const had = this.values;
    const values = this.seeded(had);
    this.fields.replaceChildren(...names.map((name, index) => this.field(name, index, values[name])));
    if (names.some((name) => !(name in had))) this.set(values);
  }

  field(name, index, value) {
    const part = this.querySelector("template").content.cloneNode(true);
    const [label, input] = [part.querySelector("label"), part.querySelector("textarea")];
    label.textContent = name;
    label.htmlFor = input.id = `sample-${index}`;
    input.dataset.name = name;
    input.value = value;
    return part;
  }

  seeded(values) {
    const seeds = this.names.map((name) => [name, `${name} ${this.at + 1}`]);
    return { ...Object.fromEntries(seeds), ...values };
  }

  write() {
    const values = { ...this.values };
    for (const input of this.fields.querySelectorAll("textarea")) values[input.dataset.name] = input.value;
    this.set(values);
  }

  step(by) {
    this.at = (this.at + by + this.rows.length) % this.rows.length;
    const row = this.seeded(this.rows[this.at]);
    for (const input of this.fields.querySelectorAll("textarea")) input.value = row[input.dataset.name];
    this.tell();
    this.set(row);
  }

  /** Go through the rows of a file of one's own from now on. */
  async open(input) {
    const fields = new FormData();
    fields.append("file", input.files[0]);
    input.value = "";
    const headers = { "X-CSRFToken": csrfToken(), Accept: "application/json" };
    const answer = await fetch(input.dataset.url, { method: "POST", body: fields, headers }).catch(() => null);
    const found = await answer?.json().catch(() => null);
    if (!answer?.ok || !found?.rows.length) {
      const text = found?.message ?? "The file could not be read. Has it rows below its header?";
      document.dispatchEvent(new CustomEvent("toast", { detail: { text, level: "error" } }));
      return;
    }
    this.rows = found.rows;
    this.at = 0;
    this.stepper.hidden = this.rows.length < 2;
    this.querySelector("[data-source]").textContent = `From ${found.source}, which is not kept.`;
    this.step(0);
  }

  set(values) {
    this.json.value = JSON.stringify(values, null, 2);
    this.json.dispatchEvent(new Event("input", { bubbles: true }));
  }

  tell() {
    this.stepper.querySelector("[data-position]").textContent = `Row ${this.at + 1} of ${this.rows.length}`;
  }
}
customElements.define("sample-row", SampleRow);
