/**
 * <toast-list> says what has just happened. Messages that the server rendered inside it, and those of a
 * `toast` event ({text, level}) on the document (also from a response's HX-Trigger header).
 * Good news goes by itself; errors and warnings wait to be closed.
 */
const SHOWN_FOR = 7000;
const STAYS = ["error", "warning"];

class ToastList extends HTMLElement {
  connectedCallback() {
    this.hear = (event) => this.add(event.detail);
    document.addEventListener("toast", this.hear);
    for (const rendered of this.querySelectorAll(":scope > .toast")) {
      const level = rendered.className.match(/toast-(\w+)/)?.[1];
      rendered.remove();
      this.add({ text: rendered.textContent.trim(), level });
    }
  }

  disconnectedCallback() {
    document.removeEventListener("toast", this.hear);
  }

  add({ text, level = "info" }) {
    const toast = this.querySelector("template").content.firstElementChild.cloneNode(true);
    toast.classList.add(`toast-${level}`);
    toast.setAttribute("role", level === "error" ? "alert" : "status");
    toast.querySelector(".toast-close").addEventListener("click", () => toast.remove());
    this.append(toast);
    toast.querySelector(".toast-text").textContent = text;
    if (!STAYS.includes(level)) this.leaveLater(toast);
  }

  /** Whoever still reads it (pointer over it, or focus inside) keeps it. */
  leaveLater(toast) {
    setTimeout(() => {
      if (toast.matches(":hover, :focus-within")) this.leaveLater(toast);
      else toast.remove();
    }, SHOWN_FOR);
  }
}
customElements.define("toast-list", ToastList);
