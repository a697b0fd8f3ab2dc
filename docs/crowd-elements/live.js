/* Shows the answer that a page's element would send, as one plays with it, in either of the two formats. */
(() => {
  "use strict";

  const MOST = 1200; // characters of one field: a mask has many thousands
  const place = document.querySelector("#answer");
  const demo = document.querySelector("[data-demo]");

  /** The crowd-form around the element, or the one that it brings. */
  const formOf = () => document.querySelector("crowd-form") ?? demo.shadowRoot?.querySelector("crowd-form");

  const inShort = (text) => (text.length > MOST ? `${text.slice(0, MOST)}… (${text.length - MOST} more characters)` : text);

  function show() {
    const form = formOf();
    if (!place || !form?.answerFields) return;
    const isFlat = document.querySelector("[name=format]:checked").value === "flat";
    if (isFlat) form.setAttribute("answer-format", "flatten-objects");
    else form.removeAttribute("answer-format");
    const fields = form.answerFields();
    const text = fields.map(([name, value]) => `${name} = ${inShort(value)}`).join("\n") || "(nothing)";
    if (place.textContent !== text) place.textContent = text;
  }

  /** After all handlers have had their say, and once in a frame. */
  let isComing = false;
  function showSoon() {
    if (isComing) return;
    isComing = true;
    requestAnimationFrame(() => setTimeout(() => ((isComing = false), show())));
  }

  document.addEventListener("all-crowd-elements-ready", () => {
    // Alone in its form an element takes the whole page; here it is one part of it.
    for (const one of document.querySelectorAll("[data-whole-page]")) one.removeAttribute("data-whole-page");
    document.documentElement.dataset.ready = "yes";
    show();
  });
  for (const kind of ["input", "change", "click", "keyup", "pointerup"]) document.addEventListener(kind, showSoon, true);
})();
