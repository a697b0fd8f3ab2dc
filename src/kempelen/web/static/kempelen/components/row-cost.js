/**
 * <row-cost reward="#id_reward" places="#id_max_assignments"> keeps the amounts in its [data-rows] parts
 * (what so many rows cost) in step with the two fields.
 */
class RowCost extends HTMLElement {
  connectedCallback() {
    this.reward = document.querySelector(this.getAttribute("reward"));
    this.places = document.querySelector(this.getAttribute("places"));
    for (const field of [this.reward, this.places]) field.addEventListener("input", () => this.show());
    this.show();
  }

  show() {
    // Whole cents: dollars in floating point would not add up.
    const cents = Math.round(Number(this.reward.value.replace(/^\s*\$/, "")) * 100) * Number(this.places.value);
    if (!Number.isSafeInteger(cents) || cents < 0) return;
    for (const part of this.querySelectorAll("[data-rows]")) {
      const amount = (cents * Number(part.dataset.rows)) / 100;
      part.textContent = `$${amount.toLocaleString(undefined, { minimumFractionDigits: 2 })}`;
    }
  }
}
customElements.define("row-cost", RowCost);
