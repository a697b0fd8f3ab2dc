/**
 * <template-editor checks="#checks"> around a template's textarea: line numbers that mark what the checks
 * found, links with data-line that jump to their line, the language that they offer, files opened into the
 * editor, Ctrl+S, and a word before unsaved changes are left. Without a script textarea and file field work.
 */
class TemplateEditor extends HTMLElement {
  connectedCallback() {
    this.source = this.querySelector("textarea");
    this.gutter = this.querySelector(".gutter");
    this.gutter.hidden = false;
    this.source.addEventListener("input", () => this.number());
    this.source.addEventListener("scroll", () => this.follow());
    this.querySelector("input[type=file]").addEventListener("change", (event) => this.open(event.target));
    this.jump = (event) => this.onClick(event);
    this.checked = () => this.number();
    document.addEventListener("click", this.jump);
    document.addEventListener("htmx:afterSwap", this.checked);
    this.guard();
    this.number();
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.jump);
    document.removeEventListener("htmx:afterSwap", this.checked);
    window.removeEventListener("beforeunload", this.leaving);
  }

  /** Show the numbers of all lines, marked where the checks found something. */
  number() {
    const levels = new Map();
    for (const link of document.querySelectorAll(`${this.getAttribute("checks")} [data-level]`)) {
      if (levels.get(link.dataset.line) !== "error") levels.set(link.dataset.line, link.dataset.level);
    }
    const count = this.source.value.split("\n").length;
    const key = `${count} ${[...levels].join()}`;
    if (key === this.shown) return;
    this.shown = key;
    const parts = [];
    for (let line = 1; line <= count; line++) {
      const level = levels.get(String(line));
      const part = level ? document.createElement("mark") : "";
      if (level) Object.assign(part, { className: `mark-${level}`, textContent: line });
      parts.push(part || String(line), "\n");
    }
    this.gutter.replaceChildren(...parts);
    this.follow();
  }

  follow() {
    this.gutter.scrollTop = this.source.scrollTop;
  }

  onClick(event) {
    const offer = event.target.closest("button[data-language]");
    if (offer) this.choose(offer.dataset.language);
    const link = event.target.closest("[data-line]");
    if (!link) return;
    event.preventDefault();
    const lines = this.source.value.split("\n");
    const index = Math.min(Number(link.dataset.line), lines.length) - 1;
    const start = lines.slice(0, index).reduce((sum, line) => sum + line.length + 1, 0);
    this.source.focus();
    this.source.setSelectionRange(start, start + lines[index].length);
    const height = parseFloat(getComputedStyle(this.source).lineHeight);
    this.source.scrollTop = Math.max(0, index * height - this.source.clientHeight / 3);
    this.source.scrollIntoView({ block: "nearest" });
  }

  /** Take the template for one in this language, as the checks offer. */
  choose(language) {
    const choice = this.querySelector("select[name=language]");
    choice.value = language;
    for (const type of ["input", "change"]) choice.dispatchEvent(new Event(type, { bubbles: true }));
    choice.focus();
  }

  async open(input) {
    const [file] = input.files;
    if (!file) return;
    try {
      this.source.value = this.decode(await file.arrayBuffer());
    } catch {
      this.say(`${file.name} is not UTF-8. Save it as UTF-8 and open it again.`);
      return;
    } finally {
      // What is in the editor is sent; the file would win over later changes.
      input.value = "";
    }
    this.source.dispatchEvent(new Event("input", { bubbles: true }));
    this.source.focus();
    this.source.setSelectionRange(0, 0);
    this.source.scrollTop = 0;
  }

  decode(buffer) {
    const [first, second] = new Uint8Array(buffer);
    const encoding = { "255 254": "utf-16le", "254 255": "utf-16be" }[`${first} ${second}`] ?? "utf-8";
    return new TextDecoder(encoding, { fatal: true }).decode(buffer).replace(/\r\n?/g, "\n");
  }

  say(text) {
    document.dispatchEvent(new CustomEvent("toast", { detail: { text, level: "error" } }));
  }

  guard() {
    const form = this.closest("form");
    this.leaving = (event) => this.isChanged && event.preventDefault();
    form.addEventListener("input", (event) => {
      const { name, dataset } = event.target;
      this.isChanged ||= name !== "values" && name !== "preview_width" && !("notSaved" in dataset);
    });
    form.addEventListener("submit", (event) => {
      if (!event.submitter?.formTarget) this.isChanged = false;
    });
    form.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      form.requestSubmit();
    });
    window.addEventListener("beforeunload", this.leaving);
  }
}
customElements.define("template-editor", TemplateEditor);
