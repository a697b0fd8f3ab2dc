/**
 * <time-left now="…" until="2030-01-01T00:00Z">5 min</time-left> counts down; fires `timeup` once, and
 * before it `timenear` {seconds} as 5 minutes and 1 minute are left.
 * `now` is the server's clock when it wrote the page. The last two minutes show as data-near, the end as
 * data-up.
 */
import { domainClock } from "../domain-clock.js";

const NEAR = 120;
const WARNINGS = [300, 60];

class TimeLeft extends HTMLElement {
  connectedCallback() {
    this.now = domainClock(this.getAttribute("now"));
    this.timer = setInterval(() => this.show(), 1000);
    this.show();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  show() {
    const until = new Date(this.getAttribute("until"));
    const seconds = Math.max(0, Math.round((until - this.now()) / 1000));
    this.textContent = this.words(seconds);
    this.toggleAttribute("data-near", seconds > 0 && seconds <= NEAR);
    this.toggleAttribute("data-up", seconds === 0);
    this.warn(seconds);
    if (seconds > 0) return;
    clearInterval(this.timer);
    this.dispatchEvent(new CustomEvent("timeup", { bubbles: true }));
  }

  /** Time that was short from the start needs no warning; a sleeping page gives the last it slept through. */
  warn(seconds) {
    const passed = WARNINGS.filter((limit) => this.last > limit && seconds <= limit && seconds > 0);
    this.last = seconds;
    if (!passed.length) return;
    const detail = { seconds: Math.min(...passed) };
    this.dispatchEvent(new CustomEvent("timenear", { detail, bubbles: true }));
  }

  words(seconds) {
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor((seconds % 3600) / 60);
    if (hours >= 48) return `${Math.floor(hours / 24)} days`;
    if (hours >= 1) return `${hours} h ${String(minutes).padStart(2, "0")} min`;
    return `${minutes}:${String(seconds % 60).padStart(2, "0")}`;
  }
}
customElements.define("time-left", TimeLeft);
