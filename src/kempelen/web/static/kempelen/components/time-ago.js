/**
 * <time-ago now="…"><time datetime="…" title="…">5 minutes ago</time></time-ago> keeps the words current and
 * puts the reader's own time into the title. `now` is the server's clock when it wrote the page.
 */
import { domainClock } from "../domain-clock.js";

const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60]];
const DATED_AFTER = 30 * 86400;
const lang = document.documentElement.lang;
const words = new Intl.RelativeTimeFormat(lang, { numeric: "always" });
const exact = new Intl.DateTimeFormat(document.documentElement.dataset.formats || lang, { dateStyle: "medium", timeStyle: "short" });

class TimeAgo extends HTMLElement {
  connectedCallback() {
    this.time = this.querySelector("time");
    if (!this.time) return;
    this.moment = new Date(this.time.dateTime);
    this.now = domainClock(this.getAttribute("now"));
    this.time.title = `${exact.format(this.moment)} (${this.time.title})`;
    this.timer = setInterval(() => this.show(), 20_000);
    this.show();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  show() {
    const seconds = (this.moment - this.now()) / 1000;
    const distance = Math.abs(seconds);
    if (distance > DATED_AFTER) return;
    const [unit, size] = UNITS.find(([, s]) => distance >= s) ?? UNITS.at(-1);
    const count = Math.max(1, Math.round(distance / size)) * Math.sign(seconds);
    this.time.textContent = distance < 45 ? "just now" : words.format(count, unit);
  }
}
customElements.define("time-ago", TimeAgo);
