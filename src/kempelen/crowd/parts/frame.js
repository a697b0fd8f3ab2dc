/*
 * The full-screen frame: a bar with the instructions and what is asked, the short instructions at the side,
 * the thing itself in the middle, choices beside it, and below what is wrong and the button that submits.
 * crowd-form and all full-screen elements have it in their shadow. Settings (settings.js) are behind the gear.
 *
 * Class names that begin with "awsui-", .headerContainer, .annotation-area and .category-picker-wrapper are
 * those that templates reach for.
 */
import { SETTINGS_FORM, SETTINGS_STYLES, Settings } from "./settings.js";

const GEAR = "M12 15.2a3.2 3.2 0 100-6.4 3.2 3.2 0 000 6.4zM19 12l2-1.6-2-3.4-2.4.9a7 7 0 00-1.7-1L14.5 4.4h-4l-.4 2.5a7 7 0 00-1.7 1" +
  "L6 7 4 10.4 6 12l-2 1.6L6 17l2.4-.9a7 7 0 001.7 1l.4 2.5h4l.4-2.5a7 7 0 001.7-1L19 17l2-3.4z";
const CROSS = "M6 6l12 12M18 6L6 18";
const icon = (path) => `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"></path></svg>`;

const dialog = (name, title, body, its = "") => `
  <dialog class="${name} ${its}" aria-labelledby="${name}-title">
    <div class="dialog-head"><h2 class="dialog-title" id="${name}-title">${title}</h2>
      <button class="button icon closes" type="button" aria-label="Close">${icon(CROSS)}</button></div>
    <div class="dialog-body">${body}</div>
  </dialog>`;

export const frameMarkup = (middle, choices) => `
  <div class="frame">
    <div class="headerContainer">
      <button class="button opens-full" type="button" hidden>Instructions</button>
      <button class="button opens-keys" type="button" hidden>Shortcuts</button>
      <h1 class="asked" hidden></h1>
      <button class="button icon opens-settings" type="button" aria-label="Settings" title="Settings">${icon(GEAR)}</button>
    </div>
    <div class="columns">
      <aside class="awsui-app-layout__navigation" aria-label="Instructions" hidden>
        <h2 class="short-title" hidden></h2>
        <div class="short"><slot name="short-instructions"></slot></div>
        <button class="button link opens-full" type="button" hidden>View full instructions</button>
      </aside>
      <div class="annotation-area">
        <div class="target">${middle}</div>
        ${choices ? `<div class="category-picker-wrapper">${choices}</div>` : ""}
      </div>
    </div>
    <div class="foot">
      <p class="fault" role="alert"></p>
      <span class="submit-place" hidden><slot name="crowd-submit"></slot></span>
    </div>
  </div>
  ${dialog("full", "Instructions", `<slot name="full-instructions"></slot>`, "awsui-modal-dialog")}
  ${dialog("keys", "Shortcuts", `<dl class="key-list"></dl>`)}
  ${dialog("settings", "Settings", SETTINGS_FORM)}`;

export const frameStyles = `
  .frame { display: flex; flex-direction: column; border: 1px solid var(--crowd-line); border-radius: 0.75rem;
    background: var(--crowd-paper); color: var(--crowd-ink); overflow: clip; }
  :host([data-whole-page]) .frame { min-height: calc(100vh - 2rem); }
  .headerContainer { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem;
    padding: 0.5rem 0.75rem; border-bottom: 1px solid var(--crowd-line); }
  .headerContainer .button { padding-block: 0.2rem; font-weight: 400; }
  @media (pointer: fine) { .headerContainer .button { min-height: 2.25rem; } }
  .headerContainer .opens-settings { margin-inline-start: auto; padding: 0.2rem; color: var(--crowd-soft); }
  .asked { flex: 1 1 12rem; margin: 0; font-size: 1.125em; line-height: 1.35; text-wrap: pretty; }
  .columns { display: flex; flex: 1; }
  .awsui-app-layout__navigation { width: min(17rem, 30%); flex: none; padding: 1rem;
    border-inline-end: 1px solid var(--crowd-line); background: var(--crowd-sunk); overflow-wrap: anywhere; }
  .awsui-app-layout__navigation .link { padding-inline: 0; }
  .short-title { margin: 0 0 0.5rem; font-size: 1em; }
  .annotation-area { display: flex; min-width: 0; flex: 1; gap: 1.25rem; padding: 1.25rem; }
  .target { min-width: 0; flex: 1; }
  .category-picker-wrapper { width: 17rem; flex: none; }
  .foot { position: sticky; z-index: 1; bottom: 0; display: flex; min-height: 3.5rem; align-items: center;
    justify-content: flex-end; gap: 1rem; padding: 0.5rem 0.75rem;
    border-top: 1px solid var(--crowd-line); background: var(--crowd-paper); }
  .foot:not(:has(.submit-place:not([hidden]))):has(.fault:empty) { display: none; }
  .foot .fault { margin: 0; }
  .key-list { display: grid; grid-template-columns: max-content 1fr; gap: 0.5rem 1rem; margin: 0; }
  .key-list dd { margin: 0; }
  ${SETTINGS_STYLES}
  kbd { padding: 0.1rem 0.4rem; border: 1px solid var(--crowd-line-strong); border-radius: 0.25rem;
    background: var(--crowd-raised); font: 0.875em ui-monospace, Menlo, Consolas, monospace; }
  @media (max-width: 48rem) {
    :host([data-whole-page]) .frame { min-height: 0; }
    .columns, .annotation-area { flex-direction: column; }
    .annotation-area { padding: 0.75rem; }
    .awsui-app-layout__navigation { width: auto; border-inline-end: 0; border-bottom: 1px solid var(--crowd-line); }
    .short { max-height: 30vh; overflow: auto; }
    .category-picker-wrapper { width: auto; }
  }`;

const REGIONS = ["short-instructions", "full-instructions", "classification-target", "worker-comment"];

/** Runs the frame in an element's shadow: which regions it has, its dialogs and its keys. */
export class Frame {
  constructor(host) {
    this.host = host;
    this.root = host.root;
    const on = (selector, act) => this.root.querySelectorAll(selector).forEach((one) => one.addEventListener("click", act));
    on(".opens-full", () => this.open(".full"));
    on(".opens-keys", () => this.open(".keys"));
    on(".opens-settings", () => this.open(".settings"));
    on(".closes", (event) => event.currentTarget.closest("dialog").close());
    this.watch = new MutationObserver(() => this.arrange());
    const parts = this.root.querySelectorAll(".frame, dialog");
    this.settings = new Settings(this.root.querySelector(".settings-form"), parts);
  }

  connect() {
    this.arrange();
    this.settings.connect();
    this.watch.observe(this.host, { childList: true });
  }

  disconnect() {
    this.watch.disconnect();
    this.settings.disconnect();
  }

  open(selector) {
    this.root.querySelector(selector).showModal();
  }

  get isDialogOpen() {
    return this.root.querySelector("dialog[open]") !== null;
  }

  region(name) {
    return [...this.host.children].find((child) => child.localName === name);
  }

  /** Put the regions where they belong, and show what there is. */
  arrange() {
    for (const child of this.host.children)
      if (REGIONS.includes(child.localName) && child.slot !== child.localName) child.slot = child.localName;
    const short = this.region("short-instructions");
    const full = this.region("full-instructions");
    this.show(".awsui-app-layout__navigation", short);
    this.root.querySelectorAll(".opens-full").forEach((button) => (button.hidden = !full));
    const title = short?.getAttribute("header") ?? "";
    this.say(".short-title", title);
    this.root.querySelector("#full-title").textContent = full?.getAttribute("header") || "Instructions";
    this.onArranged?.();
  }

  show(selector, isShown) {
    this.root.querySelector(selector).hidden = !isShown;
  }

  say(selector, text) {
    this.root.querySelector(selector).textContent = text;
    this.show(selector, text);
  }

  /** Show the list of keys: [[what is pressed, what it does], …]. */
  listKeys(keys) {
    this.show(".opens-keys", keys.length);
    this.root.querySelector(".key-list").replaceChildren(
      ...keys.flatMap(([key, meaning]) => {
        const [term, pressed, what] = ["dt", "kbd", "dd"].map((tag) => document.createElement(tag));
        [pressed.textContent, what.textContent] = [key, meaning];
        term.append(pressed);
        return [term, what];
      }),
    );
  }

  /** Give the place for the submit button, or take it away. */
  showSubmit(isShown) {
    this.show(".submit-place", isShown);
  }
}
