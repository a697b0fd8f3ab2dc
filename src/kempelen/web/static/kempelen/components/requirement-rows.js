/**
 * <requirement-rows most="10"> around rows of fields (each a fieldset in [data-rows]): a button adds a row
 * made of the <template>, each row's own button removes it. Empty rows, which people without a script fill
 * in, go; a row's number stands where the template has a 0.
 */
class RequirementRows extends HTMLElement {
  connectedCallback() {
    this.rows = this.querySelector("[data-rows]");
    this.add = this.querySelector("[data-add]");
    this.made = this.rows.children.length;
    this.querySelector("[data-plain]").hidden = true;
    for (const row of [...this.rows.children]) {
      if (this.isEmpty(row)) row.remove();
      else this.prepare(row);
    }
    this.add.addEventListener("click", () => this.append());
    this.rows.addEventListener("click", (event) => this.onClick(event));
    this.count();
  }

  isEmpty(row) {
    return !row.querySelector("select").value;
  }

  prepare(row) {
    row.querySelector("[data-remove]").hidden = false;
  }

  append() {
    const number = ++this.made;
    const row = this.querySelector("template").content.firstElementChild.cloneNode(true);
    for (const part of row.querySelectorAll("[id], [for], [aria-label]")) {
      for (const name of ["id", "for"]) {
        const value = part.getAttribute(name);
        if (value) part.setAttribute(name, value.replace("-0-", `-${number}-`));
      }
    }
    row.querySelector("legend").textContent = `Requirement ${number}`;
    row.querySelector("[data-remove]").setAttribute("aria-label", `Remove requirement ${number}`);
    this.prepare(row);
    this.rows.append(row);
    this.count();
    row.querySelector("select").focus();
  }

  onClick(event) {
    const button = event.target.closest("[data-remove]");
    if (!button) return;
    button.closest("fieldset").remove();
    this.count();
    this.add.focus();
    this.dispatchEvent(new Event("input", { bubbles: true }));
  }

  count() {
    this.add.hidden = this.rows.children.length >= Number(this.getAttribute("most"));
  }
}
customElements.define("requirement-rows", RequirementRows);
