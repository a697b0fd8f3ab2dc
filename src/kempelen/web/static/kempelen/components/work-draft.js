/**
 * <work-draft url="…" assignment="…" now="…" role="status"> keeps what a worker enters while they work: at
 * once in this browser, every few seconds on the server, and says which. What the server has need not stay
 * here. `now` is the server's clock when it wrote the page, so that copies of several devices compare.
 *
 * The task's fields come as `taskfields` events from <task-frame>, which asks `newest` what to restore.
 * They are hints of a page that is not ours and may come in floods: each is dealt with later, the last only.
 */
import { forget, keep, kept } from "../kept-here.js";
import { jsonOf, postJSON } from "../post-json.js";

const HERE_AFTER_MS = 200;
const FIRST_MS = 1000;
const EVERY_MS = 3000;
const RESTS = 4; // times as long as the last took
const LONGEST_WAIT_MS = 60_000;
// What a request that outlives its page may carry; browsers allow 64 KiB.
const MOST_AFTER_LEAVING = 60_000;
const ENDS_WORK = "form[data-ends-work]";

const WORDS = {
  kept: ["Kept", "What you enter is kept on the server, for you to go on with on any device."],
  here: ["Offline, kept here", "The server cannot be reached. What you enter is kept in this browser until it can."],
  unknown: ["Kept here only", "The server does not know you any more. Log in again in another tab."],
  older: ["Newer elsewhere", "Another device or tab has kept something newer. Reload this page to see it."],
  over: ["No longer kept", "This HIT is no longer in your hands."],
  large: ["Too large to keep", "This is too much to be kept while you work. Send it in time, and do not close the page."],
  nowhere: ["Not kept", "Neither the server nor this browser can keep what you enter. Do not close the page."],
};

const isValue = (value) => typeof value === "string" || typeof value?.file === "string";
const isField = (pair) => Array.isArray(pair) && pair.length === 2 && typeof pair[0] === "string" && isValue(pair[1]);

class WorkDraft extends HTMLElement {
  connectedCallback() {
    this.assignment = this.getAttribute("assignment");
    this.ahead = new Date(this.getAttribute("now")) - Date.now();
    this.failures = 0;
    this.listening = new AbortController();
    const { signal } = this.listening;
    document.addEventListener("taskfields", ({ detail }) => this.take(detail.fields), { signal });
    document.addEventListener("taskstate", ({ detail }) => this.follow(detail.state), { signal });
    document.addEventListener("visibilitychange", () => document.hidden && this.hurry(), { signal });
    document.addEventListener("submit", (event) => this.watch(event), { signal });
    window.addEventListener("online", () => this.hurry(), { signal });
    window.addEventListener("pagehide", () => this.leave(), { signal });
  }

  disconnectedCallback() {
    this.leave();
    this.stop();
    this.listening.abort();
  }

  /** The fields to go on with: this browser's, if they are newer than the server's draft ({at, fields}). */
  newest(draft) {
    const here = kept("draft", this.assignment);
    this.last = draft ? Date.parse(draft.at) : 0;
    if (here && here.at > this.last) {
      this.unsent = here;
      this.sendIn(0);
      return here.fields;
    }
    forget("draft", this.assignment);
    if (draft) this.show("kept");
    return draft?.fields;
  }

  take(fields) {
    if (this.isOver) return;
    // Later than the last that the server confirmed, however wrong this machine's clock is.
    const at = Math.max(Date.now() + this.ahead, (this.last ?? 0) + 1);
    this.unsent = { at, fields };
    this.here ??= setTimeout(() => this.keepHere(), HERE_AFTER_MS);
    if (!this.timer && !this.isSending) this.sendIn(FIRST_MS);
  }

  /** Keep the last fields in this browser; false if they are no fields, or it has no room. */
  keepHere() {
    clearTimeout(this.here);
    this.here = undefined;
    if (!this.unsent) return false;
    const { fields, at } = this.unsent;
    if (!Array.isArray(fields) || !fields.every(isField)) this.unsent = undefined;
    else this.isHere = keep("draft", this.assignment, fields, at);
    return Boolean(this.unsent && this.isHere);
  }

  sendIn(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), milliseconds);
  }

  hurry() {
    if (this.unsent && !this.isSending && !this.isPaused) this.sendIn(0);
  }

  async send() {
    this.timer = undefined;
    this.keepHere();
    const sent = this.unsent;
    if (!sent || this.isPaused || this.isSending) return;
    this.isSending = true;
    const begun = performance.now();
    let isSettled = false;
    try {
      const response = await this.post(sent);
      isSettled = this.settle(sent, response.status, await jsonOf(response));
    } catch {
      this.show(this.isHere ? "here" : "nowhere");
    }
    this.took = performance.now() - begun;
    this.failures = isSettled ? 0 : this.failures + 1;
    this.isSending = false;
    const rest = EVERY_MS + RESTS * this.took; // what is long on its way leaves the line to others as well
    if (this.unsent && this.isConnected) this.sendIn(Math.min(rest * 2 ** this.failures, LONGEST_WAIT_MS));
  }

  post({ fields, at }, options) {
    const age = Math.max(0, (Date.now() + this.ahead - at) / 1000);
    return postJSON(`${this.getAttribute("url")}?age=${age}`, JSON.stringify({ fields }), options);
  }

  /** Show what the server made of it; false if it has to be asked again, since they may have logged in. */
  settle(sent, httpStatus, { status, at, message }) {
    const isLast = this.unsent === sent;
    if (status === "kept") {
      this.last = Date.parse(at);
      if (isLast) this.done();
      this.show("kept");
    } else if (status === "older") {
      if (isLast) this.done();
      this.show("older");
    } else if (status === "over") {
      this.stop();
      this.show("over");
    } else if (httpStatus === 403 || httpStatus === 404) {
      this.show(this.isHere ? "unknown" : "nowhere");
      return false;
    } else {
      if (isLast) this.unsent = undefined; // as it is, it will never do
      this.show("large", this.isHere ? "Too large for the server; kept in this browser." : message);
    }
    return true;
  }

  /** The server has it all: nothing need stay here. */
  done() {
    this.unsent = undefined;
    clearTimeout(this.here);
    this.here = undefined;
    forget("draft", this.assignment);
  }

  /** While the answer itself is on its way nothing is kept; when it has arrived nothing is left. */
  follow(state) {
    this.isPaused = state === "sending" || state === "waiting";
    if (state === "sent") {
      this.done();
      this.stop();
    }
    if (!this.isPaused && this.unsent && !this.timer) this.sendIn(EVERY_MS);
  }

  watch(event) {
    this.isEnding = event.target.matches(ENDS_WORK) && !event.defaultPrevented && navigator.onLine;
  }

  /** The page goes: a last request outlives it, or the copy here waits for the next time. */
  leave() {
    if (this.isOver) return;
    if (this.isEnding) this.done();
    if (!this.keepHere() && !this.unsent) return;
    if (this.isPaused || JSON.stringify(this.unsent.fields).length > MOST_AFTER_LEAVING) return;
    this.post(this.unsent, { keepalive: true }).catch(() => undefined);
  }

  stop() {
    this.isOver = true;
    this.unsent = undefined;
    clearTimeout(this.timer);
    clearTimeout(this.here);
  }

  show(state, title) {
    const [text, explained] = WORDS[state];
    this.title = title || explained;
    if (this.dataset.state === state) return; // it is a live region: say it once
    this.dataset.state = state;
    this.textContent = text;
    this.hidden = false;
  }
}
customElements.define("work-draft", WorkDraft);
