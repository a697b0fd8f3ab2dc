/**
 * <bulk-choice>…<form id="bulk">…<span class="bulk-count" role="status"></span></bulk-choice>
 *
 * Counts the boxes that are ticked in the table (`form="bulk"`), opens what can be done with them, and lets
 * the box named `chosen-all` tick all of the page. What a choice needs is required before the form is sent,
 * since the page that comes back has no ticks. Without this script the boxes work as they are.
 */
const BOXES = 'input[type=checkbox][name=chosen][form="bulk"]';
const ALL = "input[type=checkbox][data-ticks-all]";

class BulkChoice extends HTMLElement {
  connectedCallback() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    document.addEventListener("change", (event) => this.changed(event.target), { signal });
    document.addEventListener("htmx:afterSettle", () => this.update(), { signal });
    this.update();
  }

  disconnectedCallback() {
    this.listening.abort();
  }

  changed(target) {
    if (target.matches(ALL)) for (const box of document.querySelectorAll(BOXES)) box.checked = target.checked;
    if (target.matches(`${ALL}, ${BOXES}`)) this.count();
    if (target.matches("select[name=kind]")) this.require();
  }

  update() {
    this.count();
    this.require();
  }

  require() {
    const { kind, reason, amount } = this.querySelector("form").elements;
    reason.required = kind.value !== "approve";
    amount.required = kind.value === "bonus";
  }

  count() {
    const boxes = [...document.querySelectorAll(BOXES)];
    const ticked = boxes.filter((box) => box.checked).length;
    for (const all of document.querySelectorAll(ALL)) {
      all.checked = ticked > 0 && ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    }
    if (ticked) this.querySelector("details").open = true;
    const words = ticked ? `${ticked} answer${ticked === 1 ? " has" : "s have"} a tick.` : this.first;
    const line = this.querySelector(".bulk-count");
    this.first ??= line.textContent;
    line.textContent = words ?? this.first;
  }
}
customElements.define("bulk-choice", BulkChoice);
