/**
 * <file-drop> around a file field (ui/_drop.html): shows what was chosen, and lights up under a dragged
 * file. The input covers the field, so dropping works without a script too.
 */
const UNITS = ["bytes", "KB", "MB", "GB"];

class FileDrop extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.input.addEventListener("change", () => this.show());
    this.addEventListener("dragenter", () => this.setAttribute("data-over", ""));
    for (const end of ["dragleave", "drop"]) {
      this.addEventListener(end, () => this.removeAttribute("data-over"));
    }
    this.show();
  }

  show() {
    const [file] = this.input.files;
    if (!file) return;
    const name = document.createElement("strong");
    name.textContent = file.name;
    this.querySelector("output").replaceChildren(name, ` (${this.size(file.size)})`);
  }

  size(bytes) {
    const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
    return `${(bytes / 1000 ** step).toFixed(step ? 1 : 0)} ${UNITS[step]}`;
  }
}
customElements.define("file-drop", FileDrop);
