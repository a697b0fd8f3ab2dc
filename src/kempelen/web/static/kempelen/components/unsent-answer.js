/**
 * <unsent-answer assignment="…" submit-url="…" may-count> on the page of an assignment that is over: an
 * answer that this browser could not send in time is sent now, and the element says what became of it.
 * Without `may-count` nothing can come of it, and what was kept here goes.
 */
import { forget, kept } from "../kept-here.js";
import { jsonOf, postJSON } from "../post-json.js";

const AGAIN_MS = 5000;

class UnsentAnswer extends HTMLElement {
  connectedCallback() {
    const assignment = this.getAttribute("assignment");
    const answer = kept("answer", assignment);
    if (!this.hasAttribute("may-count")) {
      for (const kind of ["draft", "answer"]) forget(kind, assignment);
    } else if (answer) this.send(assignment, JSON.stringify({ fields: answer.fields }));
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async send(assignment, body) {
    this.say("An answer of yours had not reached the server yet. Sending it now…");
    try {
      const response = await postJSON(this.getAttribute("submit-url"), body);
      const { status, message } = await jsonOf(response);
      if (response.status !== 403) forget("answer", assignment);
      if (status === "submitted") location.reload();
      else this.say(message || "The server did not take the answer that was kept here.");
    } catch {
      this.say("Your answer is kept here, but the server cannot be reached. It is sent as soon as it can be.");
      this.timer = setTimeout(() => this.send(assignment, body), AGAIN_MS);
    }
  }

  say(text) {
    this.hidden = false;
    if (this.textContent !== text) this.textContent = text;
  }
}
customElements.define("unsent-answer", UnsentAnswer);
