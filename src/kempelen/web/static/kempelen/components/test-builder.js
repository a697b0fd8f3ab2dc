/**
 * <test-builder> makes the builder of a test (requester/builder) pleasant; without it, its buttons send the
 * form. A choice of a kind (data-changes) takes effect at once; Enter in a choice adds the next one
 * (data-adds names the button); Alt with an arrow key moves the question or text that one is in. Fields that
 * htmx brings are as ready as those of the page, and what it brings never writes over what was typed while
 * it was under way: the next request says that, and how the two fit.
 */
const MOVES = { ArrowUp: "up", ArrowDown: "down" };

class TestBuilder extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", (event) => this.onKey(event));
    // Before htmx hears of it: the button that is pressed here sends the choice.
    this.addEventListener("input", (event) => this.onChoice(event), { capture: true });
    this.typed = { fields: 0, xml: 0 };
    this.before = new WeakMap();
    this.addEventListener("htmx:beforeRequest", ({ detail }) => this.before.set(detail.xhr, { ...this.typed }));
    this.addEventListener("htmx:beforeSwap", ({ detail }) => this.guard(detail));
    this.addEventListener("htmx:afterSettle", () => this.settle());
    this.settle();
  }

  settle() {
    this.setAttribute("ready", "");
    this.querySelector("#test-builder [autofocus]")?.focus();
    for (const done of this.querySelectorAll("#test-builder [autofocus]")) done.removeAttribute("autofocus");
  }

  guard(detail) {
    const before = this.before.get(detail.xhr);
    if (!before) return;
    const writesFields = detail.target.id === "test-builder";
    const writesXml = !writesFields || detail.requestConfig.elt.matches("button");
    const isLate =
      (writesFields && before.fields !== this.typed.fields) || (writesXml && before.xml !== this.typed.xml);
    if (isLate) detail.shouldSwap = false;
  }

  onChoice(event) {
    this.typed[event.target.closest("#test-written") ? "xml" : "fields"] += 1;
    const select = event.target.closest("[data-changes]");
    if (!select) return;
    event.stopPropagation();
    this.querySelector("#b-look-again").click();
  }

  onKey(event) {
    const { key, target } = event;
    if (key === "Enter" && target.matches("input:not([type=checkbox], [type=radio])")) {
      event.preventDefault();
      if (target.dataset.adds) this.querySelector(`#${target.dataset.adds}`)?.click();
    }
    const part = event.altKey && key in MOVES && target.closest("[data-part]");
    if (!part) return;
    event.preventDefault();
    this.querySelector(`#b-${part.id}-${MOVES[key]}`)?.click();
  }
}
customElements.define("test-builder", TestBuilder);
