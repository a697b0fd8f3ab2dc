/**
 * <tell-requester><a href="…">…</a> <dialog>… <div class="tell-form"></div></dialog></tell-requester> opens
 * the form behind the link in a dialog, so that the task beside it stays as it is. Without a script the
 * link leads to the form's own page. Whatever has data-action="close" in it closes the dialog.
 */
class TellRequester extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.place = this.querySelector(".tell-form");
    this.link = this.querySelector("a");
    this.link.addEventListener("click", (event) => this.open(event));
    this.dialog.addEventListener("click", (event) => this.press(event));
  }

  open(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !window.htmx) return;
    event.preventDefault();
    this.dialog.showModal();
    window.htmx
      .ajax("GET", this.link.href, { source: this.link, target: this.place, swap: "innerHTML" })
      .then(() => this.place.querySelector("textarea")?.focus());
  }

  press(event) {
    if (!event.target.closest("[data-action=close]")) return;
    event.preventDefault();
    this.dialog.close();
  }
}
customElements.define("tell-requester", TellRequester);
