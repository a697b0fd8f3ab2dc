/**
 * <unsent-hint work-url="/work/ID/" hidden>… <ul><template><li><a></a></li></template></ul></unsent-hint> on the
 * worker's lists: names each answer that this browser keeps and could not send yet, with a link to the page
 * that sends it. That is left to the page, since who sends an answer may be given the next HIT.
 */
import { assignmentsWith, forget } from "../kept-here.js";

const MOST = 10;
const SITE = / · [^·]*$/; // at the end of our pages' titles

class UnsentHint extends HTMLElement {
  connectedCallback() {
    this.line = this.querySelector("template").content.firstElementChild;
    this.listening = new AbortController();
    const { signal } = this.listening;
    // Another tab may send it meanwhile.
    window.addEventListener("storage", () => this.look(), { signal });
    window.addEventListener("online", () => this.look(), { signal });
    this.look();
  }

  disconnectedCallback() {
    this.listening.abort();
  }

  async look() {
    const unsent = assignmentsWith("answer").slice(0, MOST);
    const found = await Promise.all(unsent.map((assignment) => this.lineOf(assignment)));
    const lines = found.filter(Boolean);
    this.querySelector("ul").replaceChildren(...lines);
    this.hidden = !lines.length;
  }

  /** The line that leads to the assignment; null if it is another worker's, or if nothing can come of it. */
  async lineOf(assignment) {
    const url = this.getAttribute("work-url").replace("ID", encodeURIComponent(assignment));
    try {
      const response = await fetch(url);
      if (!response.ok || response.redirected) return null;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (page.querySelector("task-frame, unsent-answer[may-count]")) return this.leadTo(url, page.title);
      forget("answer", assignment); // it is there already, or was returned
      return null;
    } catch {
      return this.leadTo(url, "");
    }
  }

  leadTo(url, title) {
    const line = this.line.cloneNode(true);
    const link = line.querySelector("a");
    link.href = url;
    if (title) link.textContent = title.replace(SITE, "");
    return line;
  }
}
customElements.define("unsent-hint", UnsentHint);
