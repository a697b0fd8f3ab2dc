/**
 * <task-frame submit-url="…" assignment="…"><iframe sandbox="…">…</iframe> <div role="status">…</div>
 *   <script type="application/json">{"at": "…", "fields": […]}</script></task-frame>
 *
 * Owns the frame that a task runs in and sends what the task hands over (content/runtime.js). The task
 * is not ours: its messages are hints, and what is true the server says. An answer is kept in this browser
 * until the server has it, also if the page is closed meanwhile; sending again is safe, since the server
 * stores an answer once. Without `submit-url` the frame is a preview, which says `preview-text` where
 * something would be sent. The JSON is what to enter in the task again, unless a <work-draft> knows better.
 * What is no HIT has other words as its time ends: `thing`, `timeup-text`, and `timeup-next` to go on to.
 *
 * Fires `taskstate` {state}, shown by worker/_work_state.html, and `taskfields` {fields} as they change.
 */
import { forget, keep, kept } from "../kept-here.js";
import { turnTo } from "../next-task.js";
import { jsonOf, postJSON } from "../post-json.js";
import { Pulse } from "../pulse.js";

const WAITS = [1, 2, 4, 8, 15, 30];
const PAUSE_AFTER_ANSWER = 1000;
const MOST_A_SECOND = 100;
const BETWEEN_PAGES = 100;
const FOCUS_AGAIN = [100, 300, 1000];
const WARNING_SHOWN_FOR = 20_000;

const WORDS = {
  sending: "Sending…",
  files: "Uploading your files; your answer follows.",
  sent: "Sent.",
  preview: "You must accept the HIT before you can submit the results.",
  late: "The time for this HIT was over.",
  refused: "The server did not take the answer.",
  large: "The answer is larger than the server takes at once.",
  unknown: "The server does not know you any more. Log in again in another tab, then try again here.",
  timeup: "Time is up. You can still send, but it counts only while nobody else has taken the place.",
};
const WAITING = "Not sent yet: the server cannot be reached. Your answer is kept here";
const WAITING_IN_PAGE = `${WAITING} while this page is open, so do not close it.`;
const WAITING_IN_BROWSER = `${WAITING}, and sent as soon as it can be.`;
const MEANINGS = { 403: "unknown", 404: "unknown", 413: "large" };
const CLOSABLE = ["preview", "late", "refused", "large", "unknown", "timeup", "near", "file"];
const PASSED_ON = ["key", "choices", "files", "unfit"];
const UNSETTLED = ["open", "near", "timeup", "file"];

class TaskFrame extends HTMLElement {
  connectedCallback() {
    this.frame = this.querySelector("iframe");
    if (this.frame.height) this.frame.style.minHeight = `${this.frame.height}px`;
    this.panel = this.querySelector(".task-state");
    this.assignment = this.getAttribute("assignment");
    this.state = "open";
    this.listening = new AbortController();
    const { signal } = this.listening;
    window.addEventListener("message", (event) => this.hear(event), { signal });
    window.addEventListener("online", () => this.tryNow(), { signal });
    window.addEventListener("beforeunload", (event) => this.leave(event), { signal });
    document.addEventListener("timeup", () => this.warnOfEnd(), { signal });
    document.addEventListener("filesent", () => this.fields && this.noteFields(this.fields), { signal });
    document.addEventListener("timenear", ({ detail }) => this.warnEarly(detail.seconds), { signal });
    this.frame.addEventListener("load", () => this.insistOnFocus(), { signal });
    document.addEventListener("close", () => this.giveFocusBack(), { signal, capture: true });
    this.panel.addEventListener("click", (event) => this.press(event), { signal });
    this.pulse = new Pulse(() => this.tell({ kempelen: "pulse" }));
    this.giveFocus(); // it may have loaded before this script
    this.tell({ kempelen: "listening" });
    this.restore();
    this.sendWhatWasKept();
  }

  /** What sends the files of a task that is worked on. */
  get uploads() {
    return document.querySelector("work-files:defined");
  }

  disconnectedCallback() {
    this.listening.abort();
    this.pulse.stop();
    clearTimeout(this.timer);
    clearTimeout(this.later);
  }

  leave(event) {
    this.takeChanged();
    if (this.isUnsent()) event.preventDefault();
    else if (this.pulse.isStill) this.frame.remove();
  }

  /** Whether nobody is at our own controls, of a page where one works; those of a closed dialog are none. */
  isFree() {
    const at = document.activeElement;
    const isNobody = [document.body, this.frame].includes(at) || !at.checkVisibility();
    return this.hasAttribute("submit-url") && isNobody;
  }

  /** Keys go to the task from the start, unless somebody is at our own controls already; in a preview to those. */
  giveFocus() {
    if (!this.isFree()) return;
    // Not the frame's element: focusing that takes the field from whoever types in the task already.
    this.frame.contentWindow?.focus(); // none any more where the page is being left
  }

  /** A frame has a process of its own, and what it is given while that begins can be lost on the way. */
  insistOnFocus() {
    this.giveFocus();
    for (const wait of FOCUS_AGAIN) {
      setTimeout(() => document.activeElement === this.frame || this.giveFocus(), wait);
    }
  }

  /** A dialog that a key opened in the task leaves the focus nowhere. */
  giveFocusBack() {
    if (!this.isFree()) return;
    this.giveFocus();
    this.tell({ kempelen: "focus" });
  }

  /** A message of the task's; others cannot speak for it, however they got hold of this window. */
  hear(event) {
    if (event.source !== this.frame.contentWindow || this.isFlood()) return;
    const { data } = event; // unpacked only now
    const kind = data?.kempelen;
    if (kind === "pulse") this.pulse.beat();
    if (kind === "ready" && this.isNewPage()) this.restore();
    if (kind === "draft") this.noteFields(data.fields);
    if (PASSED_ON.includes(kind)) this.passOn(kind, data);
    if (!["submit", "submitted", "preview"].includes(kind)) return;
    this.tell({ kempelen: "heard" });
    if (!this.hasAttribute("submit-url")) this.show("preview", { message: this.getAttribute("preview-text") });
    // "submitted" is MTurk's own way: null asks how the assignment stands.
    else this.sendWhole(kind === "submit" && Array.isArray(data.fields) ? data.fields : null);
  }

  /** Whether the task says more than it can mean: messages that are not unpacked cost little. */
  isFlood() {
    const second = Math.floor(performance.now() / 1000);
    if (second !== this.second) [this.second, this.heard] = [second, 0];
    this.heard += 1;
    return this.heard > MOST_A_SECOND;
  }

  tell(message) {
    this.frame.contentWindow?.postMessage(message, "*");
  }

  passOn(kind, detail) {
    this.dispatchEvent(new CustomEvent(`task${kind}`, { detail, bubbles: true }));
  }

  noteFields(fields) {
    this.fields = fields;
    this.passOn("fields", { fields: this.stored(fields) });
  }

  /** Let the task enter what was there: before it was reloaded, before the page was, or on another device. */
  restore() {
    this.fields ??= kept("answer", this.assignment)?.fields ?? this.draftFields();
    if (this.fields) this.tell({ kempelen: "restore", fields: this.stored(this.fields) });
  }

  /** A page is ready once; it may load another, but not in floods. */
  isNewPage() {
    const isNew = performance.now() - (this.readyAt ?? -Infinity) > BETWEEN_PAGES;
    if (isNew) this.readyAt = performance.now();
    return isNew;
  }

  draftFields() {
    const data = this.querySelector(":scope > script[type='application/json']");
    const draft = data && JSON.parse(data.textContent);
    const keeper = document.querySelector("work-draft, test-draft");
    return keeper?.newest ? keeper.newest(draft) : draft?.fields;
  }

  isUnsent() {
    return this.state === "sending" || this.state === "waiting";
  }

  /** The fields with files as they are stored; those that are still on their way are left out. */
  stored(fields) {
    return this.uploads ? this.uploads.stored(fields) : fields;
  }

  /** An answer waits for its files; of several that wait, the last is sent. */
  async sendWhole(fields) {
    this.wanted = fields;
    if (fields && this.uploads?.areMissing(fields)) {
      if (!this.isUnsent()) this.show("files");
      const whole = await this.uploads.whole(fields);
      if (this.wanted !== fields) return;
      if (whole) this.send(whole);
      else this.tell({ kempelen: "refused" }); // what is wrong with its files is shown
    } else this.send(fields && this.stored(fields));
    this.wanted = undefined;
  }

  /** Not more often than once a second, however often the task says so: the last counts. */
  send(fields) {
    if (this.state === "waiting") this.changed = fields ?? this.changed;
    if (this.isUnsent() || this.state === "sent") return;
    const pause = PAUSE_AFTER_ANSWER - (performance.now() - (this.answeredAt ?? -Infinity));
    clearTimeout(this.later);
    if (pause > 0) {
      this.later = setTimeout(() => this.send(fields), pause);
      return;
    }
    this.hold(fields);
    this.post(fields);
  }

  hold(fields) {
    this.isQuestion = fields === null;
    this.isKept = !this.isQuestion && Boolean(this.assignment) && keep("answer", this.assignment, fields);
    this.body = JSON.stringify({ fields });
  }

  /** Who changes an answer while it waits, and sends again, means the last. */
  takeChanged() {
    if (this.changed) this.hold(this.changed);
    this.changed = undefined;
  }

  /** An answer that this browser could not send before its page was closed. */
  sendWhatWasKept() {
    const answer = this.hasAttribute("submit-url") && kept("answer", this.assignment);
    if (!answer) return;
    [this.isQuestion, this.isKept] = [false, true];
    this.post(answer.fields);
  }

  post(fields) {
    this.body = JSON.stringify({ fields });
    this.tries = 0;
    this.tryOnce();
  }

  tryNow() {
    if (this.body && !["sending", "sent"].includes(this.state)) this.tryOnce();
  }

  async tryOnce() {
    clearTimeout(this.timer);
    this.takeChanged();
    this.show("sending");
    try {
      const response = await postJSON(this.getAttribute("submit-url"), this.body);
      this.settle({ status: MEANINGS[response.status] ?? "refused", ...(await jsonOf(response)) });
    } catch {
      this.wait();
    }
  }

  settle({ status, message, next, faults }) {
    this.answeredAt = performance.now();
    if (status !== "unknown") forget("answer", this.assignment);
    if (status === "submitted") {
      this.show("sent");
      this.goOn(next);
    } else if (status === "open" && this.isQuestion) {
      this.forget("open");
    } else {
      this.tell({ kempelen: "refused", faults });
      this.show(status in WORDS ? status : "refused", { message, next });
    }
  }

  async goOn(next) {
    // All of the site may stand under a path of its host.
    const [prefix] = location.pathname.split("/work/");
    const isWork = next.startsWith(`${prefix}/work/`);
    const isThere = isWork && (await turnTo(next).catch(() => false));
    if (!isThere) location.replace(next);
  }

  wait() {
    let seconds = WAITS[Math.min(this.tries, WAITS.length - 1)];
    this.tries += 1;
    this.show("waiting", { message: this.isKept ? WAITING_IN_BROWSER : WAITING_IN_PAGE });
    const tick = () => {
      this.panel.querySelector(".task-state-next").textContent = seconds > 0 ? `Next try in ${seconds} s.` : "";
      if (seconds <= 0) return this.tryOnce();
      seconds -= 1;
      this.timer = setTimeout(tick, 1000);
      return undefined;
    };
    tick();
  }

  /** Say that the time runs out, unless there is more important news. */
  warn(state, message, next) {
    if (this.hasAttribute("submit-url") && UNSETTLED.includes(this.state)) this.show(state, { message, next });
  }

  warnOfEnd() {
    this.warn("timeup", this.getAttribute("timeup-text"), this.getAttribute("timeup-next"));
  }

  warnEarly(seconds) {
    const minutes = Math.round(seconds / 60);
    const thing = this.getAttribute("thing") ?? "HIT";
    this.warn("near", `${minutes} minute${minutes === 1 ? "" : "s"} left for this ${thing}.`);
    setTimeout(() => this.state === "near" && this.show("open"), WARNING_SHOWN_FOR);
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
    this.panel.querySelector(".task-state-next").textContent = "";
    part("again").hidden = !["waiting", "refused", "large", "unknown"].includes(state) || !this.body;
    part("next").hidden = !next;
    if (next) part("next").href = next;
    part("close").hidden = !CLOSABLE.includes(state);
    this.dispatchEvent(new CustomEvent("taskstate", { detail: { state }, bubbles: true }));
  }

  press(event) {
    const action = event.target.closest("[data-action]")?.dataset.action;
    if (action === "again") this.tryNow();
    if (action === "close") this.forget("open");
  }
}
customElements.define("task-frame", TaskFrame);
