/**
 * <draft-preview watch="#id_html, #id_values"> keeps its iframe showing what the watched fields hold: it
 * presses its own button (data-draft), which sends their form into the frame, whenever they change.
 * A new frame loads behind the old one, so that nothing flickers and the Back button is left alone.
 */
const PAUSE_MS = 400;
let frames = 0;

class DraftPreview extends HTMLElement {
  connectedCallback() {
    this.frame = this.querySelector("iframe");
    this.button = this.querySelector("button[data-draft]");
    this.button.hidden = true;
    this.changed = (event) => this.onChange(event);
    document.addEventListener("input", this.changed);
    document.addEventListener("htmx:afterSwap", this.changed);
    this.chooseWidth(this.querySelector("[data-widths]"));
    this.refresh();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    document.removeEventListener("input", this.changed);
    document.removeEventListener("htmx:afterSwap", this.changed);
  }

  onChange(event) {
    const watched = this.getAttribute("watch");
    const isSwapped = event.type === "htmx:afterSwap" && event.target.querySelector?.(watched);
    if (isSwapped) this.refresh();
    if (event.type !== "input" || !event.target.matches(watched)) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), PAUSE_MS);
  }

  refresh() {
    this.waiting?.remove();
    const next = this.frame.cloneNode();
    next.name = `draft-${++frames}`;
    next.classList.add("is-loading");
    this.waiting = next;
    this.frame.after(next);
    this.button.formTarget = next.name;
    this.button.form.requestSubmit(this.button);
    next.addEventListener("load", () => this.swap(next));
  }

  swap(next) {
    if (next !== this.waiting) return;
    this.frame.remove();
    next.classList.remove("is-loading");
    this.frame = next;
    this.waiting = undefined;
  }

  chooseWidth(choices) {
    if (!choices) return;
    choices.hidden = false;
    choices.addEventListener("change", (event) => {
      this.toggleAttribute("phone", event.target.value === "phone");
    });
  }
}
customElements.define("draft-preview", DraftPreview);
