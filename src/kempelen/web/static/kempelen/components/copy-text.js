/**
 * <copy-text><code>…</code> <button type="button" hidden>Copy</button></copy-text> copies what its first
 * child shows (or holds, if that is an input). The button appears where the browser can do it.
 */
class CopyText extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    if (!button || !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", () => this.copy(button));
  }

  async copy(button) {
    const source = this.firstElementChild;
    await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
    const before = button.textContent;
    button.textContent = "Copied";
    setTimeout(() => {
      button.textContent = before;
    }, 1500);
  }
}
customElements.define("copy-text", CopyText);
