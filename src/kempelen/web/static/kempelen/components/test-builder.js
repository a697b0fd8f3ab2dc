/**
 * <test-builder> makes the builder of a test (requester/builder) pleasant; without it, its buttons send the
 * form. A choice of a kind (data-changes) takes effect at once; Enter in a choice adds the next one
 * (data-adds names the button); Alt with an arrow key moves the question or text that one is in. Fields that
 * htmx brings are as ready as those of the page.
 */
const MOVES = { ArrowUp: "up", ArrowDown: "down" };

class TestBuilder extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", (event) => this.onKey(event));
    // Before htmx hears of it: the button that is pressed here sends the choice.
    this.addEventListener("input", (event) => this.onChoice(event), { capture: true });
    this.addEventListener("htmx:afterSettle", () => this.settle());
    this.settle();
  }

  settle() {
    this.setAttribute("ready", "");
    this.querySelector("#test-builder [autofocus]")?.focus();
    for (const done of this.querySelectorAll("#test-builder [autofocus]")) done.removeAttribute("autofocus");
  }

  onChoice(event) {
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
