/**
 * <review-desk><div class="desk-bar">…</div><div class="desk-place"><article class="desk-answer" data-url>…
 *
 * Turns from answer to answer without loading the page anew: the next one is fetched and laid out, its task
 * loaded, while this one is looked at. Links with `data-turns` and forms with `data-decides` work without
 * this script too. Keys are those of <shortcut-help>; pressed in the task, only harmless ones do something
 * here, since a task may lie about keys: of the others the button is focused.
 */
import { csrfToken, jsonOf, renewToken } from "../post-json.js";

const PATIENCE_MS = 30_000;
// What was fetched ahead so long ago is asked for again once it is looked at: others review too.
const STALE_MS = 3000;
const FROM_TASK = ["n", "p", "?"];
const FIXED = ["sandbox", "allow"];

const frameOf = (answer) => answer.querySelector("task-frame > iframe");
const say = (text, level) => document.dispatchEvent(new CustomEvent("toast", { detail: { text, level } }));

/** A page's policy, whose frames it shows and what they may use, is fixed as it loads. */
function hasSamePolicy(one, other) {
  const [ours, theirs] = [frameOf(one), frameOf(other)];
  if (!ours || !theirs || FIXED.some((name) => ours.getAttribute(name) !== theirs.getAttribute(name))) return false;
  const originOf = (frame) => new URL(frame.getAttribute("src"), location.href).origin;
  return originOf(ours) === originOf(theirs);
}

class ReviewDesk extends HTMLElement {
  connectedCallback() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.addEventListener("click", (event) => this.follow(event), { signal });
    this.addEventListener("submit", (event) => this.send(event), { signal });
    this.addEventListener("keydown", (event) => this.leave(event), { signal });
    this.addEventListener("taskkey", (event) => this.fromTask(event.detail), { signal });
    window.addEventListener("popstate", () => this.turnTo(location.href, { isBack: true }), { signal });
    for (const button of this.querySelectorAll("[data-opens-shortcuts]")) button.hidden = false;
    this.prepare();
  }

  disconnectedCallback() {
    this.listening.abort();
  }

  get answer() {
    return this.querySelector(".desk-answer:not([inert])");
  }

  follow(event) {
    const summary = event.target.closest("details.desk-form > summary");
    if (summary) return this.open(event, summary);
    const link = event.target.closest("a[data-turns]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    return this.turnTo(link.href);
  }

  async fetchPart(url, part) {
    const headers = { "HX-Request": "true", "HX-Target": part };
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok || response.redirected) return null;
    const template = document.createElement("template");
    template.innerHTML = await response.text();
    return template.content.firstElementChild;
  }

  /** Lay out the next answer, unseen. */
  async prepare() {
    const url = this.answer?.querySelector("a[rel=next]")?.href;
    for (const old of this.querySelectorAll(".desk-answer[inert]")) old.remove();
    this.ahead = undefined;
    if (!url) return;
    const ahead = { url, at: performance.now() };
    this.ahead = ahead;
    const answer = await this.fetchPart(url, "desk").catch(() => null);
    if (this.ahead !== ahead || !answer || !hasSamePolicy(this.answer, answer)) return;
    answer.inert = true;
    this.querySelector(".desk-place").append(answer);
    ahead.answer = answer;
  }

  async turnTo(url, { isBack = false } = {}) {
    const isAhead = this.ahead?.answer && this.ahead.url === url;
    const next = isAhead ? this.ahead.answer : await this.fetchPart(url, "desk").catch(() => null);
    if (!next || !hasSamePolicy(this.answer, next)) return location.assign(url);
    const isStale = isAhead && performance.now() - this.ahead.at > STALE_MS;
    this.ahead = undefined;
    this.answer.remove();
    if (!next.isConnected) this.querySelector(".desk-place").append(next);
    next.inert = false;
    if (!isBack) history.pushState(null, "", url);
    document.title = document.title.replace(/^[^·]*/, `${next.dataset.title} `);
    window.scrollTo(0, 0);
    next.querySelector(".desk-title").focus({ preventScroll: true });
    this.prepare();
    return isStale ? this.renew() : undefined;
  }

  /** Show what others have decided meanwhile. */
  async renew() {
    const { answer } = this;
    const aside = await this.fetchPart(answer.dataset.url, "aside").catch(() => null);
    const old = answer.querySelector(".desk-aside");
    if (!aside || answer !== this.answer || aside.dataset.status === old.dataset.status) return;
    if (old.contains(document.activeElement)) answer.querySelector(".desk-title").focus();
    old.replaceWith(aside);
  }

  async send(event) {
    const { target: form } = event;
    if (!form.dataset.decides || event.defaultPrevented) return;
    event.preventDefault();
    if (this.isSending) return;
    this.isSending = true;
    this.setAttribute("aria-busy", "true");
    try {
      await this.decide(form);
    } catch {
      say("The server did not answer. Try again in a moment: nothing is decided or paid twice.", "error");
    } finally {
      this.isSending = false;
      this.removeAttribute("aria-busy");
    }
  }

  async post(form) {
    return fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
      body: new URLSearchParams(new FormData(form)),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  }

  async decide(form) {
    let response = await this.post(form);
    if (response.status === 403 && (await renewToken())) response = await this.post(form);
    const said = await jsonOf(response);
    if (!response.ok || !said.next) {
      say(said.message ?? "The server did not take this. Reload the page and try again.", "error");
      return response.status === 409 ? this.renew() : undefined;
    }
    this.querySelector(".desk-bar").innerHTML = said.bar;
    window.htmx?.process(this.querySelector(".desk-bar"));
    const url = new URL(said.next, location.href).href;
    if (new URL(url).pathname.endsWith("/review/")) return location.assign(url);
    return url === location.href ? this.showAnew() : this.turnTo(url);
  }

  /** The same answer, as it is now. */
  async showAnew() {
    await this.renew();
    const { answer } = this;
    const aside = await this.fetchPart(answer.dataset.url, "aside").catch(() => null);
    if (aside && answer === this.answer) answer.querySelector(".desk-aside").replaceWith(aside);
    answer.querySelector(".desk-title").focus();
  }

  /** What opens is filled in: at once, or the first letter of a reason would be taken for a key. */
  open(event, summary) {
    event.preventDefault();
    const form = summary.parentElement;
    form.open = !form.open;
    if (form.open) form.querySelector("input:not([type=hidden])").focus();
  }

  leave(event) {
    const open = event.key === "Escape" && event.target.closest("details.desk-form[open]");
    if (!open || event.defaultPrevented) return;
    open.open = false;
    open.querySelector("summary").focus();
  }

  fromTask({ key }) {
    const help = document.querySelector("shortcut-help");
    const isHere = document.activeElement === frameOf(this.answer) && document.hasFocus();
    if (!help?.isOn || !isHere || typeof key !== "string" || document.querySelector("dialog[open]")) return;
    if (FROM_TASK.includes(key)) document.dispatchEvent(new KeyboardEvent("keydown", { key }));
    else this.querySelector(`[aria-keyshortcuts="${CSS.escape(key)}"]`)?.focus();
  }
}
customElements.define("review-desk", ReviewDesk);
