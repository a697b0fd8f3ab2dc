/**
 * <draft-preview watch="#id_html, #id_values"> keeps its iframe showing what the watched fields hold: it
 * presses its own button (data-draft), which sends their form into the frame, whenever they change.
 * A new frame loads behind the old one, so that nothing flickers and the Back button is left alone. A
 * template whose scripts never end is taken away, and its part [data-stopped] says so.
 */
import { Pulse } from "../pulse.js";

const PAUSE_MS = 400;
const MOST_MISSED = 3;
const MOST_MISSED_WHILE_LOADING = 6;
let frames = 0;

class DraftPreview extends HTMLElement {
  connectedCallback() {
    this.frame = this.querySelector("iframe");
    this.button = this.querySelector("button[data-draft]");
    this.button.hidden = true;
    this.changed = (event) => this.onChange(event);
    document.addEventListener("input", this.changed);
    document.addEventListener("htmx:afterSwap", this.changed);
    this.stopped = this.querySelector("[data-stopped]");
    this.stopped.querySelector("button").addEventListener("click", () => this.refresh());
    this.heard = (event) => this.hear(event);
    window.addEventListener("message", this.heard);
    this.pulse = new Pulse(() => this.ask());
    this.chooseWidth(this.querySelector("[data-widths]"));
    this.refresh();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.pulse.stop();
    window.removeEventListener("message", this.heard);
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
    clearTimeout(this.timer);
    const isStuck = this.pulse.isStill && (this.hasBegun || this.waiting);
    // The browser gives a new frame the process of one that never ends, until that is gone.  One that has
    // not answered yet may be such a one, and then its successor is tried once more.
    this.mayTryAgain = isStuck || Boolean(this.waiting) || this.pulse.isAsked;
    if (isStuck) this.loadAfresh();
    else this.load();
  }

  /** Take every frame away, so that its process ends, and load a new one. */
  loadAfresh() {
    this.stop();
    this.timer = setTimeout(() => this.load(), PAUSE_MS);
    this.stopped.hidden = true;
  }

  load() {
    this.stopped.hidden = true;
    this.waiting?.remove();
    this.hasBegun = false;
    this.pulse.beat();
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

  get newest() {
    return this.waiting ?? this.frame;
  }

  hear({ source, data }) {
    if (source !== this.newest.contentWindow || !["ready", "pulse"].includes(data?.kempelen)) return;
    this.hasBegun = true;
    this.pulse.beat();
  }

  /** A page that has loaded without an answer is one of ours, which have none. */
  ask() {
    const most = this.hasBegun ? MOST_MISSED : this.waiting ? MOST_MISSED_WHILE_LOADING : Infinity;
    if (this.pulse.missed > most) this.giveUp();
    else this.newest.contentWindow?.postMessage({ kempelen: "pulse" }, "*");
  }

  giveUp() {
    const isFirst = this.mayTryAgain && !this.hasBegun;
    this.mayTryAgain = false;
    if (isFirst) this.loadAfresh();
    else this.stop();
  }

  stop() {
    const empty = this.frame.cloneNode();
    this.waiting?.remove();
    this.waiting = undefined;
    this.frame.replaceWith(empty);
    this.frame = empty;
    this.hasBegun = false;
    this.pulse.beat();
    this.stopped.hidden = false;
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
