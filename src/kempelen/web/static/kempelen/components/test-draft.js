/**
 * <test-draft test="…" hidden>Kept here</test-draft> keeps in this browser what a worker enters in a test, so
 * that a reload loses nothing, and is seen once something is; a test is over too soon for the server to keep
 * it. <task-frame> asks `newest` what to restore.
 */
import { forget, keep, kept } from "../kept-here.js";

const KEEP_AFTER_MS = 200;

class TestDraft extends HTMLElement {
  connectedCallback() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    document.addEventListener("taskfields", ({ detail }) => this.take(detail.fields), { signal });
    document.addEventListener("taskstate", ({ detail }) => detail.state === "sent" && this.done(), { signal });
    window.addEventListener("pagehide", () => this.keepNow(), { signal });
  }

  disconnectedCallback() {
    this.keepNow();
    this.listening.abort();
  }

  newest() {
    return kept("test", this.getAttribute("test"))?.fields;
  }

  /** Fields may come in floods: the last of a moment is kept. */
  take(fields) {
    this.fields = fields;
    this.timer ??= setTimeout(() => this.keepNow(), KEEP_AFTER_MS);
  }

  keepNow() {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (Array.isArray(this.fields) && !this.isOver)
      this.hidden = !keep("test", this.getAttribute("test"), this.fields);
  }

  done() {
    this.isOver = true;
    forget("test", this.getAttribute("test"));
  }
}
customElements.define("test-draft", TestDraft);
