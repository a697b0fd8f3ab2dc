/**
 * <confirm-dialog><form …>…</form> <dialog>…</dialog></confirm-dialog> asks before its form is sent.
 * The dialog (ui/_confirm.html) closes with the value "yes" to go on. Without a script the form just works.
 */
class ConfirmDialog extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.ask(event), { capture: true });
  }

  ask(event) {
    const dialog = this.querySelector("dialog");
    if (event.target.closest("dialog") || this.confirmed) {
      this.confirmed = false;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const { target: form, submitter } = event;
    dialog.returnValue = "";
    dialog.addEventListener("close", () => this.answered(dialog, form, submitter), { once: true });
    dialog.showModal();
  }

  answered(dialog, form, submitter) {
    if (dialog.returnValue !== "yes") return;
    this.confirmed = true;
    form.requestSubmit(submitter);
  }
}
customElements.define("confirm-dialog", ConfirmDialog);
