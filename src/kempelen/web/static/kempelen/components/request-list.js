/**
 * <request-list> holds cards [data-request], one of them the current one: only its controls answer to their
 * keys (data-key, see <shortcut-help>). [data-step] goes on to the next card or back, [data-tick-all] ticks
 * all cards or none, and [data-ticked] says how many are ticked.
 */
class RequestList extends HTMLElement {
  connectedCallback() {
    this.cards = [...this.querySelectorAll("[data-request]")];
    this.ticks = [...this.querySelectorAll("[data-request] input[type=checkbox]")];
    this.said = this.querySelector("[data-ticked]");
    this.nothing = this.said?.textContent;
    this.addEventListener("focusin", (event) => this.enter(event.target.closest("[data-request]")));
    this.addEventListener("click", (event) => this.press(event.target.closest("[data-step], [data-tick-all]")));
    this.addEventListener("change", () => this.say());
    for (const hidden of this.querySelectorAll("[data-steps], [data-tick-all]")) hidden.hidden = false;
    this.enter(this.cards[0]);
    this.say();
  }

  press(button) {
    if (!button) return;
    if (button.dataset.step) this.go(this.cards.indexOf(this.current) + Number(button.dataset.step));
    else this.tickAll();
  }

  go(index) {
    const card = this.cards[Math.min(Math.max(index, 0), this.cards.length - 1)];
    card.focus();
    card.scrollIntoView({ block: "nearest" });
  }

  enter(card) {
    if (!card || card === this.current) return;
    this.current?.classList.remove("is-current");
    for (const one of this.current?.querySelectorAll("[data-key]") ?? []) one.removeAttribute("aria-keyshortcuts");
    for (const one of card.querySelectorAll("[data-key]")) one.setAttribute("aria-keyshortcuts", one.dataset.key);
    card.classList.add("is-current");
    this.current = card;
  }

  tickAll() {
    const isOn = this.ticks.some((tick) => !tick.checked);
    for (const tick of this.ticks) tick.checked = isOn;
    this.say();
  }

  say() {
    const count = this.ticks.filter((tick) => tick.checked).length;
    if (this.said) this.said.textContent = count ? `${count} ticked` : this.nothing;
  }
}
customElements.define("request-list", RequestList);
