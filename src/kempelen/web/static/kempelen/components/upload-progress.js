/**
 * <upload-progress><form …>…</form> <div data-sending hidden><span></span><progress></progress></div>
 * </upload-progress> sends its form with a bar that shows how far the file is, then that it is checked.
 * Where the answer is another page, it goes there; where the form comes back with problems, it shows them
 * in place. Without a script the form is sent as ever.
 */
class UploadProgress extends HTMLElement {
  connectedCallback() {
    this.sending = this.querySelector("[data-sending]");
    this.addEventListener("submit", (event) => this.send(event));
  }

  send(event) {
    event.preventDefault();
    const form = event.target;
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (step) => this.show("Sending the file", step));
    request.upload.addEventListener("load", () => this.show("Checking the file"));
    request.addEventListener("load", () => this.arrived(request));
    request.addEventListener("error", () => this.fail("The server cannot be reached. Try again."));
    request.open("POST", form.action);
    request.send(new FormData(form));
    for (const button of form.querySelectorAll("button")) button.disabled = true;
    this.show("Sending the file");
  }

  show(text, { loaded, total } = {}) {
    const bar = this.sending.querySelector("progress");
    this.sending.hidden = false;
    this.sending.querySelector("span").textContent = `${text}…`;
    if (total) bar.value = loaded / total;
    else bar.removeAttribute("value");
  }

  arrived(request) {
    if (request.status < 300 && request.responseURL !== location.href) {
      location.assign(request.responseURL);
    } else if (request.status < 300 || request.status === 422) {
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
      document.querySelector("[role=alert], [aria-invalid=true]")?.scrollIntoView({ block: "center" });
    } else if (request.status === 413) {
      this.fail("The file is larger than this server takes.");
    } else {
      this.fail("The server could not take the file. Reload the page and try again.");
    }
  }

  fail(text) {
    this.sending.hidden = true;
    for (const button of this.querySelectorAll("button")) button.disabled = false;
    document.dispatchEvent(new CustomEvent("toast", { detail: { text, level: "error" } }));
  }
}
customElements.define("upload-progress", UploadProgress);
