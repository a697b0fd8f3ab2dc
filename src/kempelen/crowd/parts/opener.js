/* What crowd-modal and crowd-instructions share: a link or a button that opens a dialog. */
import { CrowdElement } from "./element.js";

export const dialogMarkup = (body) => `
  <button class="button opener" type="button"></button>
  <dialog class="awsui-modal-dialog" aria-labelledby="title">
    <div class="dialog-head"><h2 class="dialog-title" id="title"></h2>
      <button class="button icon closes" type="button" aria-label="Close">
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18"></path></svg></button></div>
    <div class="dialog-body">${body}</div>
  </dialog>`;

export class Opener extends CrowdElement {
  static title = "";
  static linkText = "Open";

  constructor() {
    super();
    this.dialog = this.part$("dialog");
    this.part$(".opener").addEventListener("click", () => this.open());
    this.part$(".closes").addEventListener("click", () => this.close());
    // A press beside the dialog closes it.
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.close());
    this.dialog.addEventListener("close", () => this.closed());
  }

  update() {
    const text = this.getAttribute("link-text") || this.constructor.linkText;
    this.part$(".opener").textContent = text;
    this.part$(".opener").classList.toggle("link", this.getAttribute("link-type") !== "button");
    this.part$(".dialog-title").textContent = this.constructor.title || text;
    if (this.hasAttribute("opened") !== this.dialog.open) (this.hasAttribute("opened") ? this.open() : this.close());
  }

  get opened() {
    return this.dialog.open;
  }

  set opened(isOpen) {
    if (isOpen) this.open();
    else this.close();
  }

  open() {
    if (this.dialog.open || !this.isConnected) return;
    this.dialog.showModal();
    this.setAttribute("opened", "");
    this.dispatchEvent(new Event("open"));
  }

  close() {
    if (this.dialog.open) this.dialog.close();
  }

  closed() {
    this.removeAttribute("opened");
    this.dispatchEvent(new Event("close"));
  }
}
