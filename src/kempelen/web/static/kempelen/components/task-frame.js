/**
 * <task-frame submit-url="…"><iframe sandbox="…">…</iframe> <div class="task-state">…</div></task-frame>
 *
 * Owns the frame that a task runs in and sends what the task hands over (content/runtime.js). The task
 * is not ours: its messages are hints, and what is true the server says. An answer is kept here until
 * the server has it; sending again is safe, since the server stores an answer once. Without `submit-url`
 * the frame is a preview. Fires `taskstate` with {state}; shows it by worker/_work_state.html.
 */
const PATIENCE = 30_000;
const WAITS = [1, 2, 4, 8, 15, 30];
const PAUSE_AFTER_REFUSAL = 1000;

const WORDS = {
  sending: "Sending…",
  sent: "Sent.",
  preview: "You must accept the HIT before you can submit the results.",
  late: "The time for this HIT was over.",
  refused: "The server did not take the answer.",
  unknown: "The server does not know you any more. Log in again in another tab, then try again here.",
  timeup: "Time is up. You can still send, but it counts only while nobody else has taken the place.",
};
const waitingWords = (seconds) =>
  `Not sent yet: the server cannot be reached. Your answer is kept here; next try in ${seconds} s.`;

class TaskFrame extends HTMLElement {
  connectedCallback() {
    this.frame = this.querySelector("iframe");
    this.panel = this.querySelector(".task-state");
    this.state = "open";
    this.listening = new AbortController();
    const { signal } = this.listening;
    window.addEventListener("message", (event) => this.hear(event), { signal });
    window.addEventListener("online", () => this.tryNow(), { signal });
    window.addEventListener("beforeunload", (event) => this.isUnsent() && event.preventDefault(), { signal });
    document.addEventListener("timeup", () => this.state === "open" && this.show("timeup"), { signal });
    this.frame.addEventListener("load", () => this.giveFocus(), { signal });
    this.panel.addEventListener("click", (event) => this.press(event), { signal });
    this.giveFocus(); // it may have loaded before this script
  }

  disconnectedCallback() {
    this.listening.abort();
    clearTimeout(this.timer);
  }

  /** Keys go to the task from the start, unless somebody is at our own controls already; in a preview to those. */
  giveFocus() {
    if (!this.hasAttribute("submit-url")) return;
    if (![document.body, this.frame].includes(document.activeElement)) return;
    this.frame.focus({ preventScroll: true });
    this.frame.contentWindow.focus(); // the frame may have become another document meanwhile
  }

  /** A message of the task's; others cannot speak for it, however they got hold of this window. */
  hear({ source, data }) {
    if (source !== this.frame.contentWindow) return;
    const kind = data?.kempelen;
    if (!["submit", "submitted", "preview"].includes(kind)) return;
    this.tell("heard");
    if (!this.hasAttribute("submit-url")) this.show("preview");
    // "submitted" is MTurk's own way: null asks how the assignment stands.
    else this.send(kind === "submit" && Array.isArray(data.fields) ? data.fields : null);
  }

  tell(kind) {
    this.frame.contentWindow?.postMessage({ kempelen: kind }, "*");
  }

  isUnsent() {
    return this.state === "sending" || this.state === "waiting";
  }

  send(fields) {
    const isPausing = performance.now() - (this.refusedAt ?? -Infinity) < PAUSE_AFTER_REFUSAL;
    if (this.isUnsent() || this.state === "sent" || isPausing) return;
    this.body = JSON.stringify({ fields });
    this.isQuestion = fields === null;
    this.tries = 0;
    this.post();
  }

  tryNow() {
    if (this.body && !["sending", "sent"].includes(this.state)) this.post();
  }

  async post() {
    clearTimeout(this.timer);
    this.show("sending");
    try {
      this.settle(await this.request());
    } catch {
      this.wait();
    }
  }

  /** The server's answer; throws where asking again may help. */
  async request() {
    let response = await this.fetch();
    if (response.status === 403 && (await this.renewToken())) response = await this.fetch();
    if (response.status >= 500 || response.status === 429) throw new Error(`${response.status}`);
    if (response.status === 403 || response.status === 404) return { status: "unknown" };
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    return { status: "refused", ...(isJson ? await response.json() : {}) };
  }

  fetch() {
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token };
    const signal = AbortSignal.timeout(PATIENCE);
    return fetch(this.getAttribute("submit-url"), { method: "POST", headers, body: this.body, signal });
  }

  get token() {
    return document.querySelector('meta[name="csrf-token"]').content;
  }

  /** Who logged in meanwhile in another tab has a new token: take it from this page as it is now. */
  async renewToken() {
    const page = await fetch(location.href, { signal: AbortSignal.timeout(PATIENCE) });
    const parsed = new DOMParser().parseFromString(await page.text(), "text/html");
    const fresh = parsed.querySelector('meta[name="csrf-token"]')?.content;
    if (!page.ok || page.redirected || !fresh) return false;
    document.querySelector('meta[name="csrf-token"]').content = fresh;
    return true;
  }

  settle({ status, message, next }) {
    if (status === "submitted") {
      this.show("sent");
      location.replace(next);
    } else if (status === "open" && this.isQuestion) {
      this.forget("open");
    } else {
      this.refusedAt = performance.now();
      this.tell("refused");
      this.show(status in WORDS ? status : "refused", { message, next });
    }
  }

  wait() {
    let seconds = WAITS[Math.min(this.tries, WAITS.length - 1)];
    this.tries += 1;
    const tick = () => {
      if (seconds <= 0) return this.post();
      this.show("waiting", { message: waitingWords(seconds) });
      seconds -= 1;
      this.timer = setTimeout(tick, 1000);
      return undefined;
    };
    tick();
  }

  forget(state) {
    this.body = undefined;
    this.show(state);
  }

  show(state, { message, next } = {}) {
    this.state = state;
    const part = (name) => this.panel.querySelector(`[data-action=${name}]`);
    this.panel.dataset.state = state;
    this.panel.hidden = state === "open";
    this.panel.querySelector(".task-state-text").textContent = message || WORDS[state] || "";
    part("again").hidden = !["waiting", "refused", "unknown"].includes(state) || !this.body;
    part("next").hidden = !next;
    if (next) part("next").href = next;
    part("close").hidden = this.isUnsent() || state === "sent";
    this.dispatchEvent(new CustomEvent("taskstate", { detail: { state }, bubbles: true }));
  }

  press(event) {
    const action = event.target.closest("[data-action]")?.dataset.action;
    if (action === "again") this.tryNow();
    if (action === "close") this.forget("open");
  }
}
customElements.define("task-frame", TaskFrame);
