/**
 * <log-in-link at-once> around the form of a log-in link: presses its button, for whom nobody is logged in
 * here yet.  What opens links without running scripts (scanners of mail, pictures) uses none up.
 */
class LogInLink extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    if (!this.hasAttribute("at-once") || document.prerendering) return;
    // Coming back to this page by the Back button must not send again what has been used up.
    const [visit] = performance.getEntriesByType("navigation");
    if (visit?.type !== "back_forward") button.click();
  }
}

customElements.define("log-in-link", LogInLink);
