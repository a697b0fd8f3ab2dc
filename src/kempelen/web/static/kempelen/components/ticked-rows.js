/**
 * <ticked-rows><form>…</form></ticked-rows> counts the ticked boxes of its table in [data-ticked].
 * Without a script they can be ticked too; only the number is missing.
 */
class TickedRows extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", () => this.show());
    this.show();
  }

  show() {
    const count = this.querySelectorAll("tbody input[type=checkbox]:checked").length;
    const place = this.querySelector("[data-ticked]");
    if (place) place.textContent = ` (${count})`;
  }
}
customElements.define("ticked-rows", TickedRows);
