/**
 * <shortcut-help> makes every visible element with aria-keyshortcuts="x" answer to that key: fields are
 * focused, everything else is clicked. `?` lists them, each by its data-shortcut, label or text.
 * Single keys can be switched off (WCAG 2.1.4). A worker's choice is sent to `save-url` and comes back as
 * `data-off`; without those it stays in this browser.
 */
const OFF = "kempelen.shortcuts.off";
const FIELDS = "input:not([type=checkbox], [type=radio], [type=submit]), textarea, select";

class ShortcutHelp extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.toggle = this.querySelector("input[name=on]");
    this.saveUrl = this.getAttribute("save-url");
    this.toggle.checked = this.saveUrl ? !("off" in this.dataset) : localStorage.getItem(OFF) === null;
    this.toggle.addEventListener("change", () => this.remember());
    this.press = (event) => this.onKey(event);
    this.click = (event) => event.target.closest("[data-opens-shortcuts]") && this.open();
    document.addEventListener("keydown", this.press);
    document.addEventListener("click", this.click);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.press);
    document.removeEventListener("click", this.click);
  }

  /** Whether keys do anything now. */
  get isOn() {
    return this.toggle.checked;
  }

  remember() {
    if (this.saveUrl) this.save();
    else if (this.toggle.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  }

  save() {
    const headers = { "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content };
    const body = new URLSearchParams({ on: this.toggle.checked ? "1" : "0" });
    fetch(this.saveUrl, { method: "POST", headers, body, keepalive: true }).catch(() => undefined); // holds here anyway
  }

  onKey(event) {
    const typing = event.target.isContentEditable || event.target.closest?.(`${FIELDS}, dialog[open]`);
    if (typing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.isOn) return;
    if (event.key === "?") this.open();
    else if (!this.use(event.key)) return;
    event.preventDefault();
  }

  use(key) {
    const target = this.targets().find((element) => element.getAttribute("aria-keyshortcuts") === key);
    if (!target) return false;
    if (target.matches(FIELDS)) target.focus();
    else target.click();
    return true;
  }

  targets() {
    const all = [...document.querySelectorAll("[aria-keyshortcuts]")];
    return all.filter((element) => !element.disabled && element.checkVisibility() && !element.closest("[inert]"));
  }

  open() {
    const list = this.querySelector(".shortcuts");
    list.replaceChildren(...this.targets().flatMap((element) => this.line(element)));
    list.append(...this.entry("?", "Show these shortcuts"));
    this.dialog.showModal();
  }

  line(element) {
    const name = element.dataset.shortcut || element.getAttribute("aria-label") || element.textContent;
    return this.entry(element.getAttribute("aria-keyshortcuts"), name.trim().replace(/\s+/g, " "));
  }

  entry(key, text) {
    const row = this.querySelector("template").content.cloneNode(true);
    row.querySelector("kbd").textContent = key;
    row.querySelector("dd").textContent = text;
    return [...row.children];
  }
}
customElements.define("shortcut-help", ShortcutHelp);
