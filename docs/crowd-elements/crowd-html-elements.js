/*
 * Crowd HTML Elements, an independent implementation by the Kempelen project, under the Apache License 2.0.
 * One classic script; load it with <script src="crowd-html-elements.js"></script>. It needs nothing else.
 */
(() => {
"use strict";
if (window.customElements.get("crowd-form")) return;

// parts/look.js
const $parts_look = (() => {
const TOKENS = `
  :host {
    --crowd-paper: light-dark(#fffdf9, #24221f);
    --crowd-sunk: light-dark(#efe9de, #151412);
    --crowd-raised: light-dark(#ffffff, #2d2b27);
    --crowd-line: light-dark(#e0d8ca, #3a3732);
    --crowd-line-strong: light-dark(#857b6c, #847d73);
    --crowd-ink: light-dark(#27251f, #ece7dd);
    --crowd-soft: light-dark(#5c564b, #b5aea1);
    --crowd-accent: light-dark(#14665a, #74cbb9);
    --crowd-accent-hover: light-dark(#0e5148, #93dccd);
    --crowd-accent-ink: light-dark(#ffffff, #0c2a25);
    --crowd-accent-wash: light-dark(#e0efeb, #203b36);
    --crowd-good: light-dark(#38661c, #a6cf85);
    --crowd-good-wash: light-dark(#e7f0dc, #28361e);
    --crowd-warn: light-dark(#7d5200, #e8bd68);
    --crowd-warn-wash: light-dark(#fbeecb, #3d3117);
    --crowd-bad: light-dark(#a2341f, #f19a86);
    --crowd-bad-wash: light-dark(#fae5df, #45231b);
    --crowd-shadow: 0 2px 6px light-dark(rgb(60 48 24 / 12%), rgb(0 0 0 / 45%));
    --crowd-radius: 0.5rem;
    --crowd-control: 2.5rem;
  }
  @media (pointer: coarse) {
    :host { --crowd-control: 2.75rem; }
  }
  :host([hidden]) { display: none !important; }
  *, *::before, *::after { box-sizing: border-box; }
  [hidden] { display: none !important; }
  :focus-visible { outline: 2px solid var(--crowd-accent); outline-offset: 2px; }
  ::placeholder { color: var(--crowd-soft); opacity: 1; }
  svg { width: 1.25em; height: 1.25em; flex: none; fill: none; stroke: currentColor; stroke-width: 2;
    stroke-linecap: round; stroke-linejoin: round; }
  .button {
    display: inline-flex; min-height: var(--crowd-control); align-items: center; justify-content: center;
    gap: 0.5rem; padding: 0.4rem 1.1rem; border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius); background: var(--crowd-raised); color: var(--crowd-ink);
    font: inherit; font-weight: 600; line-height: 1.3; text-decoration: none; cursor: pointer;
  }
  .button:hover { border-color: var(--crowd-ink); background: var(--crowd-sunk); }
  .button.primary { border-color: var(--crowd-accent); background: var(--crowd-accent); color: var(--crowd-accent-ink); }
  .button.primary:hover { border-color: var(--crowd-accent-hover); background: var(--crowd-accent-hover); }
  .button.link, .button.icon { border-color: transparent; background: none; color: var(--crowd-accent); }
  .button.link { padding-inline: 0.25rem; font-weight: 400; text-decoration: underline; text-underline-offset: 0.2em; }
  .button.icon { min-width: var(--crowd-control); padding: 0.4rem; border-radius: 50%; }
  .button:is(.link, .icon):hover { color: var(--crowd-accent-hover); background: var(--crowd-accent-wash); }
  .button:is(:disabled, [aria-disabled="true"]) {
    border-color: var(--crowd-line); background: var(--crowd-sunk); color: var(--crowd-soft); cursor: not-allowed;
  }
  .label { display: block; margin-bottom: 0.25rem; color: var(--crowd-ink); font-weight: 600; }
  .field {
    width: 100%; min-height: var(--crowd-control); padding: 0.45rem 0.7rem; border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius); background: var(--crowd-raised); color: var(--crowd-ink); font: inherit;
  }
  @media (pointer: coarse) { .field { font-size: max(1rem, 16px); } }
  .field:hover { border-color: var(--crowd-soft); }
  .field:focus-visible { border-color: var(--crowd-accent); outline-offset: -1px; }
  .field:disabled { background: var(--crowd-sunk); color: var(--crowd-soft); }
  .field[aria-invalid="true"] { border-color: var(--crowd-bad); background: var(--crowd-bad-wash); }
  .fault { margin: 0.25rem 0 0; color: var(--crowd-bad); font-size: 0.875em; font-weight: 600; }
  .fault:empty { display: none; }
  .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  dialog {
    width: min(44rem, calc(100vw - 2rem)); max-height: calc(100vh - 2rem); padding: 0; overflow: auto;
    border: 1px solid var(--crowd-line); border-radius: 0.75rem; background: var(--crowd-paper);
    box-shadow: var(--crowd-shadow); color: var(--crowd-ink);
  }
  dialog::backdrop { background: rgb(20 18 14 / 45%); }
  .dialog-head { position: sticky; z-index: 1; top: 0; display: flex; align-items: center; justify-content: space-between; gap: 1rem;
    padding: 0.75rem 0.75rem 0.75rem 1.25rem; border-bottom: 1px solid var(--crowd-line); background: inherit; }
  .dialog-title { margin: 0; font-size: 1.125rem; line-height: 1.3; }
  .dialog-body { padding: 1rem 1.25rem 1.5rem; }
  .dialog-body ::slotted(img) { max-width: 100%; }
`;

// Weighs nothing: any rule of a template wins.
const PAGE = `
  :where(html) { font-family: system-ui, sans-serif; line-height: 1.5; }
  :where(short-instructions, full-instructions, classification-target, short-summary, detailed-instructions,
    positive-example, negative-example) { display: block; }
  :where(crowd-form:not(:defined)) { visibility: hidden; }
`;

const sheets = new Map();

/** The style sheet of this text, one for all elements that use it. */
function sheetOf(text) {
  if (!sheets.has(text)) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    sheets.set(text, sheet);
  }
  return sheets.get(text);
}

const look = () => sheetOf(TOKENS);

document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheetOf(PAGE)];
return { sheetOf, look };
})();

// parts/element.js
const $parts_element = (() => {
const { look, sheetOf } = $parts_look;

const fragments = new Map();

function fragmentOf(markup) {
  if (!fragments.has(markup)) {
    const template = document.createElement("template");
    template.innerHTML = markup;
    fragments.set(markup, template.content);
  }
  return document.importNode(fragments.get(markup), true);
}

const camelCase = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

class CrowdElement extends HTMLElement {
  static markup = "<slot></slot>";
  static styles = "";
  static takesFocus = false; // whether focusing it focuses what is in its shadow

  static get observedAttributes() {
    return [...Object.keys(this.definition.attributes), "aria-label"];
  }

  constructor() {
    super();
    const { markup, styles, takesFocus } = this.constructor;
    this.root = this.attachShadow({ mode: "open", delegatesFocus: takesFocus });
    this.root.adoptedStyleSheets = [look(), sheetOf(styles)];
    this.root.append(fragmentOf(markup));
  }

  connectedCallback() {
    this.update();
  }

  attributeChangedCallback(name, before, now) {
    if (before !== now && this.isConnected) this.update(name);
  }

  update() {}

  /** The first element in the shadow that matches. */
  part$(selector) {
    return this.root.querySelector(selector);
  }

  /** Tell whoever listens, as native controls do. */
  announce(...kinds) {
    for (const kind of kinds) this.dispatchEvent(new Event(kind, { bubbles: true, composed: true }));
  }
}

/** Let each attribute be read and set as a property, unless the class has one of that name. */
function addProperties(Class) {
  for (const [name, { type }] of Object.entries(Class.definition.attributes)) {
    const property = camelCase(name);
    if (property in Class.prototype) continue;
    Object.defineProperty(Class.prototype, property, {
      configurable: true,
      enumerable: true,
      get() {
        return type === "boolean" ? this.hasAttribute(name) : (this.getAttribute(name) ?? "");
      },
      set(value) {
        if (type === "boolean") this.toggleAttribute(name, Boolean(value));
        else if (value === null || value === undefined) this.removeAttribute(name);
        else this.setAttribute(name, typeof value === "object" ? JSON.stringify(value) : value);
      },
    });
  }
}

/** Make the element known to the page. Properties that were set before are set once more. */
function define(Class) {
  addProperties(Class);
  const name = Class.definition.element;
  if (!customElements.get(name)) customElements.define(name, Class);
}

/** Call `act` when the page's markup is there, so that an element has its children. */
function whenParsed(act) {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", act, { once: true });
  else act();
}
return { camelCase, CrowdElement, define, whenParsed };
})();

// parts/icons.js
const $parts_icons = (() => {
const DRAWN = {
  "add": "M12 5v14M5 12h14",
  "alarm": "M12 8v5l3 2M12 21a8 8 0 100-16 8 8 0 000 16M4 6l3-3M20 6l-3-3",
  "arrow-back": "M20 12H5M11 6l-6 6 6 6",
  "arrow-downward": "M12 4v15M6 13l6 6 6-6",
  "arrow-forward": "M4 12h15M13 6l6 6-6 6",
  "arrow-upward": "M12 20V5M6 11l6-6 6 6",
  "brush": "M20 4q-8 4-10.5 9M9.5 13a3.5 3.5 0 00-3 3.5Q6.5 19 4 20q6.5 1.5 8.5-2.5a3.5 3.5 0 00-3-4.5z",
  "build": "M14.5 6.5a4 4 0 015-3l-3 3 1 2 2 1 3-3a4 4 0 01-5.5 5L8 20a2 2 0 01-3-3z",
  "cancel": "M12 21a9 9 0 100-18 9 9 0 000 18M9 9l6 6M15 9l-6 6",
  "chat": "M4 5h16v11H9l-5 4z",
  "check": "M5 12.5l4.5 4.5L19 7.5",
  "check-circle": "M12 21a9 9 0 100-18 9 9 0 000 18M8 12.5l3 3 5-6",
  "clear": "M6 6l12 12M18 6L6 18",
  "close": "M6 6l12 12M18 6L6 18",
  "create": "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4",
  "delete": "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13M10 11v6M14 11v6",
  "done": "M5 12.5l4.5 4.5L19 7.5",
  "eraser": "M8.5 19.5l-5-5 10-10 6 6-9 9zM9 9l6 6M8 20h12",
  "error": "M12 21a9 9 0 100-18 9 9 0 000 18M12 7v6M12 16.5v.01",
  "expand-less": "M6 15l6-6 6 6",
  "expand-more": "M6 9l6 6 6-6",
  "face": "M12 21a9 9 0 100-18 9 9 0 000 18M9 10v.01M15 10v.01M8 14.5q4 4 8 0",
  "favorite": "M12 20S4 15 4 9.5A4.2 4.2 0 0112 8a4.2 4.2 0 018 1.5C20 15 12 20 12 20z",
  "flag": "M6 21V4h12l-3 4 3 4H6",
  "format-color-fill": "M10 4l8.5 8.5-7 7L4 12l7-7M4.5 12h13M20.5 15.5q-2 3 0 4t0-4z",
  "fullscreen": "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  "help": "M12 21a9 9 0 100-18 9 9 0 000 18M9.5 9.5a2.5 2.5 0 113.5 2.3c-.7.3-1 .8-1 1.7M12 16.5v.01",
  "home": "M4 11l8-7 8 7M6 10v10h12V10",
  "image": "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4",
  "info": "M12 21a9 9 0 100-18 9 9 0 000 18M12 11v6M12 7.5v.01",
  "label": "M4 6h11l5 6-5 6H4z",
  "link": "M10 14a4 4 0 006 0l3-3a4 4 0 00-6-6l-1 1M14 10a4 4 0 00-6 0l-3 3a4 4 0 006 6l1-1",
  "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3",
  "mail": "M4 6h16v12H4zM4 7l8 6 8-6",
  "menu": "M4 7h16M4 12h16M4 17h16",
  "more-vert": "M12 6v.01M12 12v.01M12 18v.01",
  "open-in-new": "M13 4h7v7M20 4l-9 9M17 14v6H4V7h6",
  "pan-tool": "M8 13V6a1.5 1.5 0 013 0v5V4.5a1.5 1.5 0 013 0V11V6a1.5 1.5 0 013 0v8.5A6 6 0 0111 21q-3 0-4.5-2.5L4 13.5a1.5 1.5 0 012.6-1.5L8 14",
  "people": "M9 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7M3 20a6 6 0 0112 0M16 11a3 3 0 10-1-6M17 14a5 5 0 014 6",
  "person": "M12 11a4 4 0 100-8 4 4 0 000 8M5 21a7 7 0 0114 0",
  "play-arrow": "M8 5l11 7-11 7z",
  "polygon": "M12 4l8 6-3 10H7L4 10zM12 4v.01M20 10v.01M17 20v.01M7 20v.01M4 10v.01",
  "redo": "M20 9H9a5 5 0 000 10h4M16 5l4 4-4 4",
  "refresh": "M19 12a7 7 0 11-2-5M19 3v5h-5",
  "remove": "M5 12h14",
  "save": "M5 4h11l3 3v13H5zM8 4v5h7V4M8 20v-6h8v6",
  "search": "M10.5 17a6.5 6.5 0 100-13 6.5 6.5 0 000 13M15.5 15.5L20 20",
  "send": "M4 20l17-8L4 4l2 8zM6 12h15",
  "settings": "M12 15a3 3 0 100-6 3 3 0 000 6M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M18.4 5.6l-2.2 2.2M7.8 16.2l-2.2 2.2",
  "star": "M12 4l2.5 5.2 5.5.8-4 4 1 5.7-5-2.8-5 2.8 1-5.7-4-4 5.5-.8z",
  "thumb-down": "M17 14V4h3v10zM17 14l-4 7c-1.5 0-2-1-2-2v-4H6a2 2 0 01-2-2.4L5.5 6A2 2 0 017.5 4H17",
  "thumb-up": "M7 10v10H4V10zM7 10l4-7c1.5 0 2 1 2 2v4h5a2 2 0 012 2.4L18.5 18a2 2 0 01-2 2H7",
  "undo": "M4 9h11a5 5 0 010 10h-4M8 5L4 9l4 4",
  "visibility": "M2 12s4-6.5 10-6.5S22 12 22 12s-4 6.5-10 6.5S2 12 2 12zM12 14.5a2.5 2.5 0 100-5 2.5 2.5 0 000 5",
  "warning": "M12 4l9 16H3zM12 10v5M12 17.5v.01",
  "zoom-in": "M10.5 17a6.5 6.5 0 100-13 6.5 6.5 0 000 13M15.5 15.5L20 20M10.5 8v5M8 10.5h5",
  "zoom-out": "M10.5 17a6.5 6.5 0 100-13 6.5 6.5 0 000 13M15.5 15.5L20 20M8 10.5h5"
};
const SVG = "http://www.w3.org/2000/svg";

function drawing(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.append(Object.assign(document.createElementNS(SVG, "path")));
  svg.firstChild.setAttribute("d", path);
  return svg;
}

/** What shows an icon: a drawing, a picture or a letter; nothing without a name. */
function iconOf(name) {
  if (!name) return null;
  if (/[/.]|^data:/.test(name)) {
    const picture = document.createElement("img");
    [picture.src, picture.alt, picture.className] = [name, "", "picture"];
    return picture;
  }
  const plain = name.split(":").at(-1);
  if (Object.hasOwn(DRAWN, plain)) return drawing(DRAWN[plain]);
  const letter = document.createElement("span");
  letter.textContent = plain.slice(0, 1).toUpperCase();
  letter.setAttribute("aria-hidden", "true");
  return letter;
}
return { iconOf };
})();

// elements/crowd-alert.js
const $elements_crowd_alert = (() => {
const { CrowdElement, define } = $parts_element;
const { iconOf } = $parts_icons;

const definition = {
  "element": "crowd-alert",
  "summary": "A message in a box.",
  "attributes": {
    "type": { "type": "text", "values": ["info", "success", "warning", "error"], "default": "info", "about": "info, success, warning or error." },
    "dismissible": { "type": "boolean", "about": "Can be closed." }
  },
  "slots": { "": "the message" },
  "events": { "dismiss": "when it has been closed" },
  "answer": "none",
  "demo": [
    "<crowd-alert type=\"info\" dismissible>The next ten pictures are of one street.</crowd-alert>",
    "<crowd-alert type=\"success\">Saved.</crowd-alert>",
    "<crowd-alert type=\"warning\">The picture is dark.</crowd-alert>",
    "<crowd-alert type=\"error\" dismissible>Say which side of the street it is on.</crowd-alert>"
  ]
};

const ICONS = { info: "info", success: "check-circle", warning: "warning", error: "error" };

class CrowdAlert extends CrowdElement {
  static definition = definition;
  static markup = `<div class="box"><span class="icon"></span><div class="text"><slot></slot></div>
    <button class="button icon" type="button" aria-label="Close"></button></div>`;
  static styles = `
    :host { display: block; margin-block: 0.5rem; }
    .box { display: flex; align-items: flex-start; gap: 0.75rem; padding: 0.7rem 0.9rem; border: 1px solid var(--tone);
      border-radius: var(--crowd-radius); background: var(--wash); color: var(--crowd-ink); }
    .box { --tone: var(--crowd-accent); --wash: var(--crowd-accent-wash); }
    .success { --tone: var(--crowd-good); --wash: var(--crowd-good-wash); }
    .warning { --tone: var(--crowd-warn); --wash: var(--crowd-warn-wash); }
    .error { --tone: var(--crowd-bad); --wash: var(--crowd-bad-wash); }
    span.icon { display: inline-flex; padding-top: 0.1rem; color: var(--tone); }
    .text { min-width: 0; flex: 1; overflow-wrap: anywhere; }
    .button.icon { min-width: 2rem; min-height: 2rem; margin: -0.2rem -0.3rem -0.2rem 0; padding: 0; color: inherit; }`;

  constructor() {
    super();
    this.button = this.part$("button");
    this.button.append(iconOf("close"));
    this.button.addEventListener("click", () => this.dismiss());
  }

  update() {
    const type = this.getAttribute("type");
    const known = Object.hasOwn(ICONS, type) ? type : "info";
    this.part$(".box").className = `box ${known}`;
    this.part$(".icon").replaceChildren(iconOf(ICONS[known]));
    this.button.hidden = !this.hasAttribute("dismissible");
    // Errors are read out at once, other messages when there is a pause.
    if (!this.hasAttribute("role")) this.setAttribute("role", known === "error" ? "alert" : "status");
  }

  dismiss() {
    this.hidden = true;
    this.announce("dismiss");
  }
}

define(CrowdAlert);
return { definition };
})();

// elements/crowd-badge.js
const $elements_crowd_badge = (() => {
const { CrowdElement, define, whenParsed } = $parts_element;
const { iconOf } = $parts_icons;

const definition = {
  "element": "crowd-badge",
  "summary": "A small mark at the upper right corner of another element.",
  "attributes": {
    "for": { "type": "text", "about": "The id of the element; without it, what the badge stands in." },
    "label": { "type": "text", "about": "Up to three characters." },
    "icon": { "type": "text", "about": "The name of an icon or the address of a picture; shown in place of the label." }
  },
  "slots": { "": "shown below: of a tag written `<crowd-badge />` browsers take what follows for its content" },
  "events": {},
  "answer": "none",
  "demo": [
    "<crowd-card id=\"inbox\" heading=\"Letters\">Three are new.</crowd-card>",
    "<crowd-badge for=\"inbox\" label=\"3\"></crowd-badge>"
  ]
};

class CrowdBadge extends CrowdElement {
  static definition = definition;
  static markup = `<span class="badge"></span><slot></slot>`;
  static styles = `
    .badge { position: absolute; z-index: 1; display: inline-flex; min-width: 1.375rem; height: 1.375rem; align-items: center; justify-content: center;
      padding-inline: 0.3rem; border-radius: 0.75rem; background: var(--crowd-accent); color: var(--crowd-accent-ink);
      font-size: 0.75rem; font-weight: 700; line-height: 1; pointer-events: none; translate: -50% -50%; }
    svg, .picture { width: 0.9rem; height: 0.9rem; }`;

  connectedCallback() {
    super.connectedCallback();
    this.watch = new ResizeObserver(() => this.place());
    whenParsed(() => this.attachTo());
  }

  disconnectedCallback() {
    this.watch.disconnect();
  }

  get target() {
    const id = this.getAttribute("for");
    return id ? this.getRootNode().getElementById?.(id) : this.parentElement;
  }

  attachTo() {
    this.watch.disconnect();
    if (!this.isConnected) return;
    if (this.target) this.watch.observe(this.target);
    this.watch.observe(document.documentElement);
    this.place();
  }

  update(name) {
    const label = this.getAttribute("label") ?? "";
    const icon = iconOf(this.getAttribute("icon"));
    this.part$(".badge").replaceChildren(icon ?? label.slice(0, 3));
    this.part$(".badge").hidden = !icon && !label;
    if (name === "for") this.attachTo();
  }

  /** Put it where the target's corner is, measured from where it is itself. */
  place() {
    const badge = this.part$(".badge");
    const { target } = this;
    if (!target) return;
    [badge.style.left, badge.style.top] = ["0", "0"];
    const corner = target.getBoundingClientRect();
    const origin = badge.getBoundingClientRect();
    const edge = document.documentElement.clientWidth - origin.width / 2; // else the page would be wider by it
    badge.style.left = `${Math.min(corner.right, edge) - (origin.left + origin.width / 2)}px`;
    badge.style.top = `${corner.top - (origin.top + origin.height / 2)}px`;
  }
}

define(CrowdBadge);
return { definition };
})();

// parts/control.js
const $parts_control = (() => {
const { CrowdElement } = $parts_element;

const classes = new Set();

/** A selector for all controls of ours. */
const controlsSelector = () => [...classes].join();

const noteControl = (Class) => classes.add(Class.definition.element);

class CrowdControl extends CrowdElement {
  static formAssociated = true;

  constructor() {
    super();
    this.internals = this.attachInternals();
    this.addEventListener("invalid", (event) => this.showInvalid(event));
  }

  get form() {
    return this.internals.form;
  }

  get labels() {
    return this.internals.labels;
  }

  get validity() {
    return this.internals.validity;
  }

  get willValidate() {
    return this.internals.willValidate;
  }

  get validationMessage() {
    return this.internals.validationMessage;
  }

  checkValidity() {
    return this.internals.checkValidity();
  }

  reportValidity() {
    return this.internals.reportValidity();
  }

  setCustomValidity(message) {
    this.customFault = String(message);
    this.validate();
  }

  /** Under which name it is collected. */
  get answerName() {
    return this.getAttribute("name") || this.constructor.usualName || "";
  }

  /** Same shape as in the answer; some hosts of such pages read it. */
  get _submittableValue() {
    return this.answer();
  }

  get isDisabled() {
    return this.hasAttribute("disabled") || Boolean(this.isFormDisabled);
  }

  formDisabledCallback(isDisabled) {
    this.isFormDisabled = isDisabled;
    this.update();
  }

  formResetCallback() {
    this.reset();
    this.faultShown(""); // a fresh form has no complaints
  }

  /** What to focus, and where the browser points, when something is wrong. */
  get anchor() {
    return undefined;
  }

  fault() {
    return "";
  }

  /** Say to the form around what is sent and what is wrong; for each change. */
  validate() {
    const fault = this.isDisabled ? "" : this.customFault || this.fault();
    this.tellForm();
    this.internals.setValidity(fault ? { customError: true } : {}, fault || undefined, fault ? this.anchor : undefined);
    if (!fault) this.faultShown("");
    return fault;
  }

  /** Say what a form without crowd-form sends. */
  tellForm() {
    this.internals.setFormValue(this.isDisabled ? null : (this.sent() ?? null));
  }

  showInvalid(event) {
    event.preventDefault(); // our own sentence, and no bubble of the browser's over it
    this.faultShown(this.validationMessage);
  }

  /** Show a sentence about what is wrong, or take it away. */
  faultShown(sentence) {
    const place = this.part$(".fault");
    if (place && place.textContent !== sentence) place.textContent = sentence;
  }

  /** What to call a control that shows no label of its own. */
  get spokenName() {
    const labels = [...this.labels].map((label) => label.textContent.trim()).filter(Boolean);
    return this.getAttribute("aria-label") || labels.join(" ") || this.getAttribute("name") || "";
  }
}
return { controlsSelector, noteControl, CrowdControl };
})();

// parts/drawing/geometry.js
const $parts_drawing_geometry = (() => {
const apart = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);

const middle = (one, other) => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 });

/** How far a point is from the nearest place of a line between two others. */
function fromLine(point, start, end) {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const length = dx * dx + dy * dy;
  const along = length ? ((point.x - start.x) * dx + (point.y - start.y) * dy) / length : 0;
  const held = Math.max(0, Math.min(1, along));
  return Math.hypot(point.x - start.x - held * dx, point.y - start.y - held * dy);
}

/** How far a point is from a path, and after which of its points. */
function fromPath(point, points, isClosed) {
  let nearest = { distance: Infinity, after: -1 };
  const last = isClosed ? points.length : points.length - 1;
  for (let at = 0; at < last; at += 1) {
    const distance = fromLine(point, points[at], points[(at + 1) % points.length]);
    if (distance < nearest.distance) nearest = { distance, after: at };
  }
  return nearest;
}

/** Whether a point is within a closed path (even and odd). */
function isWithin(point, points) {
  let isIn = false;
  points.forEach((one, at) => {
    const other = points[(at || points.length) - 1];
    if (one.y > point.y === other.y > point.y) return;
    if (point.x < ((other.x - one.x) * (point.y - one.y)) / (other.y - one.y) + one.x) isIn = !isIn;
  });
  return isIn;
}

/** The edges of what holds all points. */
function edgesOf(points) {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

/** Whole pixels within the picture. */
function snapped({ x, y }, { width, height }) {
  const whole = (number, most) => Math.max(0, Math.min(most, Math.round(number))) || 0; // no -0
  return { x: whole(x, width), y: whole(y, height) };
}

/** All points moved alike, as far as the picture goes. */
function shifted(points, dx, dy, { width, height }) {
  const { left, top, right, bottom } = edgesOf(points);
  const held = (by, low, high, most) => Math.round(Math.max(Math.min(0, -low), Math.min(Math.max(0, most - high), by)));
  const [across, down] = [held(dx, left, right, width), held(dy, top, bottom, height)];
  return points.map(({ x, y }) => ({ x: x + across, y: y + down }));
}

/** The corners of a box, from the upper left clockwise. */
function cornersOf(points) {
  const { left, top, right, bottom } = edgesOf(points);
  return [{ x: left, y: top }, { x: right, y: top }, { x: right, y: bottom }, { x: left, y: bottom }];
}
return { apart, middle, fromLine, fromPath, isWithin, edgesOf, snapped, shifted, cornersOf };
})();

// parts/drawing/kinds.js
const $parts_drawing_kinds = (() => {
const { cornersOf, edgesOf, middle } = $parts_drawing_geometry;

const BOX_CURSORS = ["nwse-resize", "ns-resize", "nesw-resize", "ew-resize"];
const BOX_NAMES = ["Upper left corner", "Upper edge", "Upper right corner", "Right edge", "Lower right corner",
  "Lower edge", "Lower left corner", "Left edge"];
const isPoint = (point) => Number.isFinite(point?.x) && Number.isFinite(point?.y);
const whole = (number) => Math.round(Number(number)) || 0;
const pointOf = (item) => ({ x: whole(item.x), y: whole(item.y) });
const read = (item) => (item && typeof item === "object" ? { x: Number(item.x), y: Number(item.y) } : null);

const path = {
  isClosed: false,
  isBox: false,
  handles: (points) => points.map((point, at) => ({ point, cursor: "move", name: `Point ${at + 1} of ${points.length}` })),
  moved: (points, handle, to) => points.map((point, at) => (at === handle ? to : point)),
  toAnswer: ({ label, points }) => ({ label, vertices: points.map(pointOf) }),
  fromAnswer(item) {
    const points = (Array.isArray(item?.vertices) ? item.vertices : []).map(read);
    const isWhole = points.length >= this.fewest && points.length <= this.most && points.every(isPoint);
    return isWhole ? { label: String(item.label), points: points.map(pointOf) } : null;
  },
};

const BOX = {
  ...path,
  list: "boundingBoxes",
  noun: "box",
  nouns: "boxes",
  how: "Drag from one corner to the opposite one, or click both.",
  fewest: 2,
  most: 2,
  isClosed: true,
  isBox: true,
  /** Eight, from the upper left clockwise. */
  handles(points) {
    const corners = cornersOf(points);
    return corners
      .flatMap((corner, at) => [corner, middle(corner, corners[(at + 1) % 4])])
      .map((point, at) => ({ point, cursor: BOX_CURSORS[at % 4], name: BOX_NAMES[at] }));
  },
  moved(points, handle, to) {
    const { left, top, right, bottom } = edgesOf(points);
    const isLeft = [0, 6, 7].includes(handle);
    const isRight = [2, 3, 4].includes(handle);
    const [x, y] = [isLeft ? to.x : left, handle <= 2 ? to.y : top];
    return [{ x, y }, { x: isRight ? to.x : right, y: handle >= 4 && handle <= 6 ? to.y : bottom }];
  },
  toAnswer({ label, points }) {
    const { left, top, right, bottom } = edgesOf(points.map(pointOf));
    return { height: bottom - top, label, left, top, width: right - left };
  },
  fromAnswer(item) {
    const [left, top, width, height] = ["left", "top", "width", "height"].map((name) => Number(item?.[name] ?? NaN));
    if (![left, top, width, height].every(Number.isFinite)) return null;
    const points = [{ x: left, y: top }, { x: left + width, y: top + height }].map(pointOf);
    return { label: String(item.label), points };
  },
};

const KEYPOINT = {
  ...path,
  list: "keypoints",
  noun: "point",
  nouns: "points",
  how: "Click where the point is.",
  fewest: 1,
  most: 1,
  toAnswer: ({ label, points: [point] }) => ({ label, ...pointOf(point) }),
  fromAnswer(item) {
    const point = read(item);
    return isPoint(point) ? { label: String(item.label), points: [pointOf(point)] } : null;
  },
};

const LINE = {
  ...path,
  list: "lines",
  noun: "line",
  nouns: "lines",
  how: "Drag from one end to the other, or click both.",
  fewest: 2,
  most: 2,
};

const POLYLINE = {
  ...path,
  list: "polylines",
  noun: "polyline",
  nouns: "polylines",
  how: "Click each point; Enter, or a click on the last point again, ends it.",
  fewest: 2,
  most: Infinity,
};

const POLYGON = {
  ...path,
  list: "polygons",
  noun: "polygon",
  nouns: "polygons",
  how: "Click each corner; a click on the first one again, or Enter, closes it. Click a border to select.",
  fewest: 3,
  most: Infinity,
  isClosed: true,
};
return { BOX, KEYPOINT, LINE, POLYLINE, POLYGON };
})();

// parts/answers.js
const $parts_answers = (() => {
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const isEmpty = (value) => value === undefined || value === null || value === "";

/** Put a control's value to those before: objects of one name become one, else the later counts. */
function add(answer, name, value) {
  if (isEmpty(value)) return;
  const before = answer.get(name);
  answer.set(name, isObject(before) && isObject(value) ? merged(before, value) : value);
}

/** A box is ticked if one of that name and value is. */
function merged(before, now) {
  const both = { ...before, ...now };
  for (const key of Object.keys(before)) if (before[key] === true && now[key] === false) both[key] = true;
  return both;
}

/** Compact JSON, keys sorted by their code units: also those that look like numbers. */
function jsonOf(value) {
  if (value instanceof Map) return objectOf([...value]);
  if (Array.isArray(value)) return `[${value.map((item) => jsonOf(item ?? null)).join()}]`;
  return isObject(value) ? objectOf(Object.entries(value)) : JSON.stringify(value);
}

function objectOf(entries) {
  const kept = entries.filter(([, value]) => value !== undefined);
  kept.sort(([one], [other]) => (one < other ? -1 : Number(one > other)));
  return `{${kept.map(([key, value]) => `${JSON.stringify(key)}:${jsonOf(value)}`).join()}}`;
}

function* leavesOf(path, value) {
  if (isEmpty(value)) return;
  if (isObject(value)) for (const [key, part] of Object.entries(value)) yield* leavesOf(`${path}.${key}`, part);
  else yield [path, Array.isArray(value) ? jsonOf(value) : String(value)];
}

/** The fields that send an answer: [[name, text], …]. */
function fieldsOf(answer, format) {
  if (format !== "flatten-objects") return [["taskAnswers", `[${jsonOf(answer)}]`]];
  return [...answer].flatMap(([name, value]) => [...leavesOf(name, value)]);
}

/**
 * An answer that was sent or kept, in whichever format, to be entered again. Controls take from it by name
 * and path, and get text, a number, a boolean or a list; what no control has taken can be asked for.
 */
class Entered {
  constructor(fields) {
    const packed = fields.find(([name]) => name === "taskAnswers");
    this.isFlat = !packed;
    this.taken = new Set();
    this.parts = new Map(this.isFlat ? fields : entriesOf(packed[1]));
  }

  has(name) {
    return this.parts.has(name) || (this.isFlat && this.namesUnder(name).length > 0);
  }

  namesUnder(name) {
    return [...this.parts.keys()].filter((key) => key.startsWith(`${name}.`));
  }

  take(name, ...path) {
    this.taken.add(name);
    if (!this.isFlat) return path.reduce((value, key) => value?.[key], this.parts.get(name));
    return this.parts.get([name, ...path].join("."));
  }

  /** What no control has been there for, as an answer. */
  *left() {
    for (const [name, value] of this.parts) {
      const isTaken = this.taken.has(name) || [...this.taken].some((one) => name.startsWith(`${one}.`));
      if (!isTaken) yield [name, value];
    }
  }
}

function entriesOf(text) {
  try {
    const [answer] = JSON.parse(text);
    return Object.entries(answer ?? {});
  } catch {
    return [];
  }
}

/** The list that a flattened or a whole answer holds. */
function listIn(value) {
  if (typeof value !== "string") return Array.isArray(value) ? value : [];
  try {
    return listIn(JSON.parse(value));
  } catch {
    return [];
  }
}

const isTrue = (value) => value === true || value === "true";
return { add, jsonOf, fieldsOf, Entered, listIn, isTrue };
})();

// parts/drawing/hits.js
const $parts_drawing_hits = (() => {
const { apart, cornersOf, edgesOf, fromPath, isWithin, middle } = $parts_drawing_geometry;

const EDGE_HANDLES = [1, 3, 5, 7];

/** Corners and ends of shapes with few points can be taken at once; of others when they are selected. */
const isDirect = (kind) => Number.isFinite(kind.most);

function hitAt(point, { shapes, selected, kind, tolerance }) {
  const chosen = shapes.find(({ id }) => id === selected);
  const above = shapes.toReversed();
  return (
    (chosen && (atHandle(point, chosen, kind, tolerance) ?? between(point, chosen, kind, tolerance))) ??
    (isDirect(kind) ? first(above, (shape) => atHandle(point, shape, kind, tolerance)) : null) ??
    (chosen && atBorder(point, chosen, kind, tolerance)) ??
    first(above, (shape) => atBorder(point, shape, kind, tolerance)) ??
    (chosen && kind.isClosed && isWithin(point, outline(chosen, kind))
      ? { id: chosen.id, part: "inside", handle: null, cursor: "move" }
      : null)
  );
}

/** The smallest closed shape that a point is in. */
function around(point, shapes, kind) {
  const areas = shapes.filter((shape) => isWithin(point, outline(shape, kind))).map((shape) => [area(shape), shape]);
  return areas.sort(([one], [other]) => one - other)[0]?.[1] ?? null;
}

/** The places between two points each, where one can be put in. */
function betweens(points, kind) {
  if (isDirect(kind)) return [];
  const pairs = kind.isClosed ? points.length : points.length - 1;
  return Array.from({ length: pairs }, (_, at) => middle(points[at], points[(at + 1) % points.length]));
}

const outline = ({ points }, kind) => (kind.isBox ? cornersOf(points) : points);

function first(shapes, find) {
  for (const shape of shapes) {
    const found = find(shape);
    if (found) return found;
  }
  return null;
}

function area({ points }) {
  const { left, top, right, bottom } = edgesOf(points);
  return (right - left) * (bottom - top);
}

function nearest(point, places, tolerance) {
  const far = places.map((place) => apart(point, place));
  const at = far.indexOf(Math.min(...far));
  return at >= 0 && far[at] <= tolerance ? at : -1;
}

/** Of small boxes only the corners, so that there is room to take the rest. */
function atHandle(point, shape, kind, tolerance) {
  const handles = kind.handles(shape.points);
  const { left, top, right, bottom } = edgesOf(shape.points);
  const isSmall = kind.isBox && Math.min(right - left, bottom - top) < 4 * tolerance;
  const places = handles.map(({ point: place }, at) => (isSmall && at % 2 ? { x: Infinity, y: Infinity } : place));
  const handle = nearest(point, places, tolerance);
  return handle < 0 ? null : { id: shape.id, part: "handle", handle, cursor: handles[handle].cursor };
}

function between(point, shape, kind, tolerance) {
  const handle = nearest(point, betweens(shape.points, kind), tolerance);
  return handle < 0 ? null : { id: shape.id, part: "between", handle, cursor: "copy" };
}

function atBorder(point, shape, kind, tolerance) {
  const { distance, after } = fromPath(point, outline(shape, kind), kind.isClosed);
  if (distance > tolerance) return null;
  if (!kind.isBox) return { id: shape.id, part: "border", handle: null, cursor: "move" };
  const handle = EDGE_HANDLES[after];
  return { id: shape.id, part: "handle", handle, cursor: kind.handles(shape.points)[handle].cursor };
}
return { hitAt, around, betweens, outline };
})();

// parts/drawing/shape-keys.js
const $parts_drawing_shape_keys = (() => {
const { apart, shifted } = $parts_drawing_geometry;
const { betweens } = $parts_drawing_hits;

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const NEAR = 4; // CSS pixels that an arrow moves the cursor
const FAR = 40;
const SAME = 2; // CSS pixels within which the cursor is at a point

class ShapeKeys {
  constructor(tool) {
    this.tool = tool;
  }

  /** Whether the key was for something. */
  press(key, event) {
    const { tool } = this;
    const arrow = ARROWS[key];
    if (tool.isDisabled || !tool.stage.isOpen) return this.pressToLook(key);
    if (arrow) return this.go(arrow, event.shiftKey);
    if (key === "Enter" && tool.draft && tool.kind.most === Infinity) return this.end();
    if (key === "Enter" && tool.selected !== null) return this.enterShape();
    if (key === "Enter" || key === " ") return this.setPoint();
    if (key === "Insert" && tool.handle !== null) return this.insert();
    return this.pressToLook(key);
  }

  pressToLook(key) {
    if (key === "PageDown") return this.next(1);
    if (key === "PageUp") return this.next(-1);
    return false;
  }

  go([across, down], isFar) {
    const { tool } = this;
    const by = isFar ? 10 : 1;
    if (tool.handle !== null) this.moveHandle(across * by, down * by);
    else if (tool.selected !== null && !tool.draft) this.moveShape(across * by, down * by);
    else this.moveCursor(across, down, isFar);
    return true;
  }

  moveCursor(across, down, isFar) {
    const { tool } = this;
    if (!tool.stage.isOpen) return;
    const from = this.cursorOrStart();
    const far = Math.max(1, Math.round((isFar ? FAR : NEAR) / tool.stage.view.scale));
    this.placeCursor({ x: from.x + across * far, y: from.y + down * far });
  }

  /** Where the cursor is; if it was not shown, the middle of what is seen of the picture. */
  cursorOrStart() {
    const { tool } = this;
    const { view, room } = tool.stage;
    const middle = { x: (room.width / 2 - view.x) / view.scale, y: (room.height / 2 - view.y) / view.scale };
    return tool.cursor ?? tool.held(middle);
  }

  placeCursor(point) {
    const { tool } = this;
    tool.cursor = tool.held(point);
    [tool.pointer, tool.hovered] = [tool.cursor, null];
    const { draft } = tool;
    const isAt = (end) => end && apart(end, tool.cursor) * tool.stage.view.scale <= SAME;
    tool.isClosing = Boolean(draft && tool.kind.isClosed && draft.points.length >= tool.kind.fewest && isAt(draft.points[0]));
    tool.stage.reveal(tool.cursor);
    tool.stage.redraw();
    tool.say(tool.sayPlace(tool.cursor));
  }

  /** The first press only shows the cursor. */
  setPoint() {
    const { tool } = this;
    if (!tool.canDraw) return false;
    if (!tool.cursor) this.placeCursor(this.cursorOrStart());
    else if (tool.isClosing) tool.finish();
    else tool.addPoint(tool.cursor);
    return true;
  }

  end() {
    const { tool } = this;
    if (tool.draft.points.length < tool.kind.fewest) tool.say(`A ${tool.kind.noun} has at least ${tool.kind.fewest} points.`);
    else tool.finish();
    return true;
  }

  next(step) {
    const { tool } = this;
    if (tool.handle !== null) return this.nextHandle(step);
    const { shapes, selected } = tool;
    if (!shapes.length || tool.draft) return false;
    const at = shapes.findIndex(({ id }) => id === selected);
    const from = at < 0 && step < 0 ? shapes.length : at;
    const shape = shapes[(from + step + shapes.length) % shapes.length];
    tool.select(shape.id);
    this.revealPoint(shape.points[0]);
    return true;
  }

  nextHandle(step) {
    const { tool } = this;
    const handles = tool.kind.handles(tool.shape(tool.selected).points);
    tool.handle = (tool.handle + step + handles.length) % handles.length;
    this.sayHandle(handles);
    return true;
  }

  enterShape() {
    const { tool } = this;
    const handles = tool.kind.handles(tool.shape(tool.selected).points);
    if (tool.kind.most === 1) return false;
    tool.handle ??= 0;
    this.sayHandle(handles);
    return true;
  }

  sayHandle(handles) {
    const { tool } = this;
    const { point, name } = handles[tool.handle];
    this.revealPoint(point);
    tool.stage.redraw();
    tool.say(`${name}: ${tool.sayPlace({ x: Math.round(point.x), y: Math.round(point.y) })}`);
  }

  revealPoint(point) {
    this.tool.stage.reveal(point);
  }

  moveHandle(dx, dy) {
    const { tool } = this;
    const { points } = tool.shape(tool.selected);
    const { point } = tool.kind.handles(points)[tool.handle];
    const to = tool.held({ x: point.x + dx, y: point.y + dy });
    tool.nudge(tool.kind.moved(points, tool.handle, to));
    this.revealPoint(to);
  }

  moveShape(dx, dy) {
    const { tool } = this;
    const moved = shifted(tool.shape(tool.selected).points, dx, dy, tool.stage.size);
    tool.nudge(moved);
    this.revealPoint(moved[0]);
  }

  insert() {
    const { tool } = this;
    const { points } = tool.shape(tool.selected);
    const place = betweens(points, tool.kind)[tool.handle];
    if (!place) return false;
    tool.replace(tool.selected, points.toSpliced(tool.handle + 1, 0, tool.held(place)));
    tool.handle += 1;
    return true;
  }
}
return { ShapeKeys };
})();

// parts/drawing/labels-shown.js
const $parts_drawing_labels_shown = (() => {
const MOST_SIGNS = 24;

/** A label that does not cover what it is about; the lists beside the picture have it whole. */
function shortened(text) {
  const signs = [...text];
  return signs.length > MOST_SIGNS ? `${signs.slice(0, MOST_SIGNS - 1).join("")}…` : text;
}
return { shortened };
})();

// parts/drawing/palette.js
const $parts_drawing_palette = (() => {
const COLOURS = [
  "#0072b2", "#e69f00", "#33ccb3", "#e6334d", "#9999ff",
  "#e6ff00", "#660066", "#99ffff", "#990000", "#0000cc",
];
const UNKNOWN = "#808080";

const colourOf = (index) => (index < 0 ? UNKNOWN : COLOURS[index % COLOURS.length]);

/** The red, green and blue (0 to 255) of #rgb or #rrggbb; null of anything else. */
function partsOf(colour) {
  const [, digits] = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(String(colour).trim()) ?? [];
  if (!digits) return null;
  const all = digits.length === 3 ? [...digits].map((digit) => digit + digit) : digits.match(/../g);
  return all.map((pair) => parseInt(pair, 16));
}

const linear = (part) => (part <= 10.3 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4);

function contrasting(colour) {
  const [red, green, blue] = (partsOf(colour) ?? [128, 128, 128]).map(linear);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000000" : "#ffffff";
}
return { colourOf, partsOf, contrasting };
})();

// parts/drawing/view.js
const $parts_drawing_view = (() => {
const MARGIN = 8;
const LARGEST = 40; // CSS pixels for one of the picture's
const LARGEST_FIT = 4; // small pictures are not blown up further by themselves

/** The whole picture in the middle. */
function fitted(size, room) {
  const across = (room.width - 2 * MARGIN) / size.width;
  const down = (room.height - 2 * MARGIN) / size.height;
  const scale = Math.max(0.001, Math.min(across, down, LARGEST_FIT));
  return { scale, x: (room.width - size.width * scale) / 2, y: (room.height - size.height * scale) / 2 };
}

/** As near as it gets to a view in which some of the picture is to be seen. */
function kept(view, size, room) {
  const fit = fitted(size, room).scale;
  const scale = Math.min(LARGEST, Math.max(Math.min(fit, 1) / 2, view.scale));
  const within = (at, length, space) => {
    const rest = Math.min(space / 2, (length * scale) / 2);
    return Math.min(space - rest, Math.max(rest - length * scale, at));
  };
  return { scale, x: within(view.x, size.width, room.width), y: within(view.y, size.height, room.height) };
}

/** Larger or smaller by a factor, while what is at a place of the screen stays there. */
function zoomed(view, factor, at, size, room) {
  const { scale } = kept({ ...view, scale: view.scale * factor }, size, room);
  const by = scale / view.scale;
  return kept({ scale, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by }, size, room);
}

const toPicture = (view, at) => ({ x: (at.x - view.x) / view.scale, y: (at.y - view.y) / view.scale });

const toScreen = (view, point) => ({ x: point.x * view.scale + view.x, y: point.y * view.scale + view.y });
return { fitted, kept, zoomed, toPicture, toScreen };
})();

// parts/drawing/shape-painter.js
const $parts_drawing_shape_painter = (() => {
const { edgesOf } = $parts_drawing_geometry;
const { betweens, outline } = $parts_drawing_hits;
const { shortened } = $parts_drawing_labels_shown;
const { contrasting } = $parts_drawing_palette;
const { toScreen } = $parts_drawing_view;

const FONT = "600 12px system-ui, sans-serif";
const TAG = 17; // its height
const ROOM_FOR_TEXT = 26; // a shape that is smaller has only its label's key
const TURN = 2 * Math.PI;

class ShapePainter {
  constructor() {
    this.widths = new Map();
  }

  /** Paint what is at rest: the shapes of a scene, {shapes, kind, selected, handle, hovered, colourOf, markOf}. */
  paintBase(context, view, room, scene) {
    this.begin(context, view, room, scene);
    const seen = scene.shapes.map((shape) => this.onScreen(shape)).filter(Boolean);
    for (const one of seen) this.shape(one, false);
    if (!scene.isBare) for (const one of seen) this.tag(one);
  }

  /** Paint what is in use: its shapes, and {draft, pointer, cursor, guides} above them. */
  paint(context, view, room, scene) {
    this.begin(context, view, room, scene);
    for (const one of scene.shapes.map((shape) => this.onScreen(shape)).filter(Boolean)) {
      this.shape(one, true);
      if (one.shape.id === scene.selected) this.handles(one);
      this.tag(one);
    }
    if (scene.draft) this.draft(scene.draft);
    if (scene.guides) this.guides(toScreen(view, scene.guides));
    if (scene.cursor) this.cursor(toScreen(view, scene.cursor));
  }

  begin(context, view, room, scene) {
    [this.context, this.view, this.room, this.scene] = [context, view, room, scene];
    context.lineJoin = "round";
    context.font = FONT;
    context.textBaseline = "middle";
  }

  onScreen(shape) {
    const { kind } = this.scene;
    const points = outline(shape, kind).map((point) => toScreen(this.view, point));
    const edges = edgesOf(points);
    const isOut = edges.right < -9 || edges.bottom < -9 || edges.left > this.room.width + 9 || edges.top > this.room.height + 29;
    return isOut ? null : { shape, points, edges, colour: this.scene.colourOf(shape.label) };
  }

  trace(points, isClosed) {
    const { context } = this;
    context.beginPath();
    points.forEach(({ x, y }, at) => (at ? context.lineTo(x, y) : context.moveTo(x, y)));
    if (isClosed) context.closePath();
  }

  /** A line with an edge: of the two, one is seen on any picture. */
  stroke(colour, width) {
    const { context } = this;
    for (const [style, wide] of [[contrasting(colour), width + 2], [colour, width]]) {
      context.strokeStyle = style;
      context.lineWidth = wide;
      context.stroke();
    }
  }

  shape({ points, colour }, isNear) {
    const { context } = this;
    const { kind } = this.scene;
    if (points.length === 1) return this.dot(points[0], colour, isNear ? 7 : 5);
    this.trace(points, kind.isClosed);
    if (isNear && kind.isClosed) {
      context.globalAlpha = 0.14;
      context.fillStyle = colour;
      context.fill();
      context.globalAlpha = 1;
    }
    this.stroke(colour, isNear ? 3 : 2);
    if (!kind.isClosed) for (const end of [points[0], points.at(-1)]) this.dot(end, colour, 3.5);
    return undefined;
  }

  dot({ x, y }, colour, radius) {
    const { context } = this;
    for (const [style, more] of [[contrasting(colour), 1.5], [colour, 0]]) {
      context.beginPath();
      context.arc(x, y, radius + more, 0, TURN);
      context.fillStyle = style;
      context.fill();
    }
  }

  handles({ shape }) {
    const { scene } = this;
    if (scene.kind.most === 1) this.ring(toScreen(this.view, shape.points[0]));
    if (scene.isLocked || scene.kind.most === 1) return;
    for (const place of betweens(shape.points, scene.kind)) this.knob(toScreen(this.view, place), 3, "#ffffff", "#000000");
    scene.kind.handles(shape.points).forEach(({ point }, at) => {
      const isActive = scene.handle === at;
      this.knob(toScreen(this.view, point), isActive ? 7 : 5, isActive ? "#000000" : "#ffffff", isActive ? "#ffffff" : "#000000");
    });
  }

  /** Around a point that is selected. */
  ring({ x, y }) {
    this.context.beginPath();
    this.context.arc(x, y, 11, 0, TURN);
    this.stroke("#ffffff", 2);
  }

  knob({ x, y }, half, inside, edge) {
    const { context } = this;
    context.fillStyle = inside;
    context.strokeStyle = edge;
    context.lineWidth = 1.5;
    context.beginPath();
    if (this.scene.kind.isBox) context.rect(x - half, y - half, 2 * half, 2 * half);
    else context.arc(x, y, half, 0, TURN);
    context.fill();
    context.stroke();
  }

  /** The label at the upper left corner of the shape, or within the picture's part that is shown. */
  tag({ shape, edges, colour, points }) {
    const { context, scene, room } = this;
    const isPoint = points.length === 1;
    const isSmall = !isPoint && Math.max(edges.right - edges.left, edges.bottom - edges.top) < ROOM_FOR_TEXT;
    const isWhole = !isSmall || shape.id === scene.selected || shape.id === scene.hovered;
    const text = isWhole ? shortened(shape.label) : scene.markOf(shape.label);
    const width = this.widthOf(text) + 10;
    const top = scene.kind.isBox ? edges.left : points.find(({ y: down }) => down === edges.top).x;
    const at = isPoint ? { x: edges.left + (shape.id === scene.selected ? 15 : 10), y: edges.top - TAG / 2 } : { x: top - 1, y: edges.top - TAG - 4 };
    const x = Math.max(2, Math.min(room.width - width - 2, at.x));
    const y = at.y < 2 ? Math.min(Math.max(2, edges.top + 3), room.height - TAG - 2) : Math.min(at.y, room.height - TAG - 2);
    context.beginPath();
    context.roundRect(x, y, width, TAG, 4);
    context.fillStyle = colour;
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = contrasting(colour);
    context.stroke();
    context.fillStyle = contrasting(colour);
    context.fillText(text, x + 5, y + TAG / 2 + 0.5);
  }

  widthOf(text) {
    if (!this.widths.has(text)) this.widths.set(text, this.context.measureText(text).width);
    return this.widths.get(text);
  }

  /** What is being drawn, up to where the pointer is. */
  draft({ label, points, isClosing }) {
    const { kind, colourOf, pointer } = this.scene;
    const colour = colourOf(label);
    const all = pointer && !isClosing ? [...points, pointer] : points;
    const shown = outline({ points: all }, all.length > 1 ? kind : { isBox: false }).map((point) => toScreen(this.view, point));
    if (!shown.length) return;
    if (shown.length > 1) {
      this.trace(shown, (kind.isBox && all.length > 1) || isClosing);
      this.stroke(colour, 2);
    }
    if (kind.isBox && shown.length > 1) return;
    points.forEach((point, at) => {
      const isEnd = at === 0 && kind.isClosed && points.length >= kind.fewest;
      this.knob(toScreen(this.view, point), isEnd ? 7 : 4, isEnd ? colour : "#ffffff", isEnd ? contrasting(colour) : "#000000");
    });
  }

  /** Lines over the whole picture, to aim with. */
  guides({ x, y }) {
    const { context, room } = this;
    const [across, down] = [Math.round(x) + 0.5, Math.round(y) + 0.5];
    context.setLineDash([5, 5]);
    for (const [style, offset] of [["rgb(0 0 0 / 75%)", 0], ["rgb(255 255 255 / 90%)", 5]]) {
      context.lineDashOffset = offset;
      context.strokeStyle = style;
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(across, 0);
      context.lineTo(across, room.height);
      context.moveTo(0, down);
      context.lineTo(room.width, down);
      context.stroke();
    }
    context.setLineDash([]);
  }

  /** The cursor of the keyboard. */
  cursor({ x, y }) {
    const { context } = this;
    context.beginPath();
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      context.moveTo(x + 4 * dx, y + 4 * dy);
      context.lineTo(x + 16 * dx, y + 16 * dy);
    }
    context.moveTo(x + 9, y);
    context.arc(x, y, 9, 0, TURN);
    this.stroke("#000000", 2);
  }
}

return { ShapePainter };
})();

// parts/drawing/shape-pointer.js
const $parts_drawing_shape_pointer = (() => {
const { apart, shifted, snapped } = $parts_drawing_geometry;
const { around, betweens, hitAt } = $parts_drawing_hits;

const TOLERANCES = { touch: 18, pen: 10 }; // CSS pixels
const TOLERANCE = 6;
const DRAG = { touch: 9, pen: 6 };
const SHORTEST_DRAG = 4;

class ShapePointer {
  constructor(tool) {
    this.tool = tool;
    this.press = null;
  }

  hit(point, event) {
    const { shapes, selected } = this.tool;
    const tolerance = this.reach(event);
    if (event.shiftKey) return null;
    return hitAt(point, { shapes, selected, kind: this.tool.kind, tolerance });
  }

  /** How far from a thing one may aim, in the picture's pixels. */
  reach(event) {
    return (TOLERANCES[event.pointerType] ?? TOLERANCE) / this.tool.stage.view.scale;
  }

  began(point, event) {
    const { tool } = this;
    tool.cursor = null;
    const hit = tool.draft ? null : this.hit(point, event);
    this.press = { start: point, hit, isDragged: false, before: hit && tool.shape(hit.id).points };
    this.aim(point, event);
    tool.stage.redraw();
  }

  moved(point, event) {
    const { press, tool } = this;
    if (!press) return;
    const far = apart(point, press.start) * tool.stage.view.scale;
    if (!press.isDragged && far < (DRAG[event.pointerType] ?? SHORTEST_DRAG)) return;
    const isNew = !press.isDragged;
    press.isDragged = true;
    if (press.hit) this.drag(point);
    else {
      if (isNew) this.startDrawing();
      this.aim(point, event);
    }
    tool.stage.redraw();
  }

  /** With two points to draw, dragging sets the first where it began. */
  startDrawing() {
    const { tool, press } = this;
    if (tool.draft || tool.kind.most !== 2 || !tool.canDraw) return;
    tool.deselect();
    tool.addPoint(press.start);
  }

  drag(point) {
    const { tool, press } = this;
    if (tool.isDisabled) return;
    const { start, hit, before } = press;
    if (!tool.live) tool.stage.redrawBase(); // without it
    const [dx, dy] = [point.x - start.x, point.y - start.y];
    tool.live = { id: hit.id, points: this.dragged(hit, before, dx, dy) };
  }

  dragged({ part, handle }, before, dx, dy) {
    const { kind, stage } = this.tool;
    if (part === "border" || part === "inside") return shifted(before, dx, dy, stage.size);
    const places = part === "between" ? betweens(before, kind) : kind.handles(before).map((one) => one.point);
    const to = this.tool.held({ x: places[handle].x + dx, y: places[handle].y + dy });
    if (part === "between") return before.toSpliced(handle + 1, 0, to);
    return kind.moved(before, handle, to);
  }

  ended(point, event) {
    const { press, tool } = this;
    this.press = null;
    if (!press) return;
    if (press.hit) this.endOn(press);
    else this.endOnPicture(point, event, press);
    if (event.pointerType === "touch") tool.pointer = tool.draft ? tool.pointer : null;
    tool.stage.redraw();
  }

  endOn({ hit, isDragged, before }) {
    const { tool } = this;
    const { live } = tool;
    tool.live = null;
    if (!tool.shape(hit.id)) return; // deleted meanwhile
    if (live) tool.stage.redrawBase();
    if (isDragged && live) tool.replace(hit.id, live.points);
    else if (hit.part === "between" && !tool.isDisabled) tool.replace(hit.id, this.dragged(hit, before, 0, 0));
    const isPoint = !tool.kind.isBox && tool.kind.most !== 1;
    const handle = { handle: hit.handle, between: hit.handle + 1 }[hit.part] ?? null;
    if (!isDragged || tool.selected === hit.id || !Number.isFinite(tool.kind.most)) tool.select(hit.id, isPoint ? handle : null);
  }

  endOnPicture(point, event, { isDragged }) {
    const { tool } = this;
    const isClick = !isDragged;
    if (!tool.draft && tool.selected !== null && isClick) tool.deselect();
    else if (isClick && !tool.draft && !event.shiftKey && this.selectAround(point)) return;
    else if (tool.canDraw) this.setPoint(point, event);
  }

  setPoint(point, event) {
    const { tool } = this;
    if (tool.isClosing) tool.finish();
    else tool.addPoint(point);
    this.aim(point, event);
  }

  selectAround(point) {
    const { tool } = this;
    const found = tool.kind.isBox || tool.isDisabled ? around(point, tool.shapes, tool.kind) : null;
    if (found) tool.select(found.id);
    return Boolean(found);
  }

  cancelled() {
    const { press, tool } = this;
    this.press = null;
    tool.live = null;
    tool.stage.redrawBase();
    if (press && !press.hit && press.isDragged && tool.kind.most === 2) tool.cancelDraft();
    tool.stage.redraw();
  }

  hovered(point, event) {
    const { tool } = this;
    const hit = tool.draft ? null : this.hit(point, event);
    const hovered = hit?.id ?? null;
    this.aim(point, event);
    tool.cursorShape(tool.isDisabled ? (hit && "pointer") : hit?.cursor);
    const isGuided = tool.kind.isBox || tool.draft;
    if (hovered === tool.hovered && !isGuided) return;
    tool.hovered = hovered;
    tool.stage.redraw();
  }

  /** Note where the pointer is, and whether a click there ends what is being drawn. */
  aim(point, event) {
    const { tool } = this;
    const { draft, kind } = tool;
    tool.pointer = tool.stage.size && snapped(point, tool.stage.size);
    tool.isClosing = false;
    if (!draft || kind.most !== Infinity || draft.points.length < kind.fewest) return;
    const reach = this.reach(event);
    const isAtFirst = kind.isClosed && apart(draft.points[0], point) <= reach;
    tool.isClosing = isAtFirst || apart(draft.points.at(-1), point) <= reach / 2; // points may lie close to each other
  }

  left() {
    const { tool } = this;
    [tool.hovered, tool.pointer] = [null, null];
    tool.stage.redraw();
  }
}
return { ShapePointer };
})();

// parts/settings.js
const $parts_settings = (() => {
const KEPT_AS = "crowd-html-elements-settings";
const SIZES = [["normal", "Normal"], ["large", "Large"], ["larger", "Larger"]];
const SWITCHES = [["contrast", "More contrast"], ["keys", "Show keys beside the choices"]];
const INITIAL = { text: "normal", contrast: false, keys: true };

const choice = ([value, label]) => `<label><input type="radio" name="text" value="${value}">${label}</label>`;
const toggle = ([name, label]) => `<label><input type="checkbox" name="${name}">${label}</label>`;

const SETTINGS_FORM = `<div class="settings-form" data-no-answer>
  <fieldset class="sizes"><legend>Size of the text</legend>${SIZES.map(choice).join("")}</fieldset>
  ${SWITCHES.map(toggle).join("")}</div>`;

const SETTINGS_STYLES = `
  .settings-form { display: grid; gap: 0.75rem; }
  .settings-form fieldset { display: flex; min-width: 0; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0; padding: 0; border: 0; }
  .settings-form legend { margin-bottom: 0.25rem; padding: 0; font-weight: 600; }
  .settings-form label { display: flex; min-height: 2rem; align-items: center; gap: 0.6rem; cursor: pointer; }
  .settings-form input { width: 1.15rem; height: 1.15rem; flex: none; margin: 0; accent-color: var(--crowd-accent); cursor: inherit; }
  .text-large { font-size: 1.25em; }
  .text-larger { font-size: 1.5em; }
  .without-keys .columns :is(sup, kbd) { display: none; }
  .contrast {
    --crowd-paper: light-dark(#fff, #000); --crowd-sunk: light-dark(#fff, #000); --crowd-raised: light-dark(#fff, #000);
    --crowd-line: light-dark(#000, #fff); --crowd-line-strong: light-dark(#000, #fff);
    --crowd-ink: light-dark(#000, #fff); --crowd-soft: light-dark(#000, #fff);
    --crowd-accent: light-dark(#00443a, #9cf3e0); --crowd-accent-hover: light-dark(#000, #fff);
    --crowd-accent-ink: light-dark(#fff, #000); --crowd-accent-wash: light-dark(#d5f1ea, #0d3a32);
    --crowd-bad: light-dark(#7d0d00, #ffb9aa); --crowd-bad-wash: light-dark(#fff, #000); }`;

function kept() {
  try {
    const { text, contrast, keys } = JSON.parse(localStorage.getItem(KEPT_AS)) ?? {};
    const isSize = SIZES.some(([size]) => size === text);
    return { text: isSize ? text : INITIAL.text, contrast: contrast === true, keys: keys !== false };
  } catch {
    return INITIAL;
  }
}

function keep() {
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify(current));
  } catch {
    // for this page only, then
  }
}

let current = kept();
const shown = new Set();

/** The settings of one frame, which shows them on all that is its own: `parts` of a shadow root. */
class Settings {
  constructor(form, parts) {
    [this.form, this.parts] = [form, parts];
    // The page's controls are others: what is set here is no answer.
    for (const kind of ["input", "change"]) form.addEventListener(kind, (event) => event.stopPropagation());
    form.addEventListener("change", ({ target }) => this.set(target));
  }

  connect() {
    shown.add(this);
    this.show();
  }

  disconnect() {
    shown.delete(this);
  }

  set({ name, type, value, checked }) {
    current = { ...current, [name]: type === "radio" ? value : checked };
    keep();
    for (const one of shown) one.show();
  }

  show() {
    for (const part of this.parts) {
      for (const [size] of SIZES) part.classList.toggle(`text-${size}`, size === current.text);
      part.classList.toggle("contrast", current.contrast);
      part.classList.toggle("without-keys", !current.keys);
    }
    for (const input of this.form.querySelectorAll("input"))
      input.checked = input.type === "radio" ? input.value === current.text : current[input.name];
  }
}
return { SETTINGS_FORM, SETTINGS_STYLES, Settings };
})();

// parts/frame.js
const $parts_frame = (() => {
const { SETTINGS_FORM, SETTINGS_STYLES, Settings } = $parts_settings;

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

const frameMarkup = (middle, choices) => `
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

const frameStyles = `
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
class Frame {
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
return { frameMarkup, frameStyles, Frame };
})();

// parts/full-screen.js
const $parts_full_screen = (() => {
const { CrowdControl } = $parts_control;
const { Frame } = $parts_frame;

const TYPING =
  "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, " +
  "[contenteditable]:not([contenteditable=false])";

const there = new Set();

class FullScreenControl extends CrowdControl {
  static isFullScreen = true;

  constructor() {
    super();
    this.frame = new Frame(this);
    this.onPageKey = this.onPageKey.bind(this);
  }

  connectedCallback() {
    super.connectedCallback();
    this.frame.connect();
    document.addEventListener("keydown", this.onPageKey);
    there.add(this);
  }

  disconnectedCallback() {
    this.frame.disconnect();
    document.removeEventListener("keydown", this.onPageKey);
    there.delete(this);
  }

  update() {
    const header = this.getAttribute("header") ?? "";
    this.frame.say(".asked", header);
    this.part$(".asked").title = header; // as the original has it
    this.validate();
  }

  /** A key pressed anywhere on the page. */
  onPageKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || this.isDisabled || !this.takesKey(event)) return;
    // A host that watches which keys its pages ask for says it without that (Kempelen's content/keys.js).
    if (this.press(event.crowdKey ?? event.key, event)) event.preventDefault();
  }

  /** Not where one types; of several such elements, keys are for the one in use. */
  takesKey(event) {
    const [target] = event.composedPath();
    const isTyped = target instanceof Element && target.closest(TYPING);
    return !isTyped && !event.defaultPrevented && !event.isComposing && !this.frame.isDialogOpen && this.hasKeys();
  }

  hasKeys() {
    return there.size === 1 || this.matches(":focus-within");
  }

  /** Do what a key is for; false if it is for nothing. */
  press() {
    return false;
  }
}
return { FullScreenControl };
})();

// parts/loose-lists.js
const $parts_loose_lists = (() => {
const ESCAPES = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v", 0: "\0" };
const WORDS = new Map([["true", true], ["false", false], ["null", null], ["undefined", undefined]]);
const PLAIN = /(?:true|false|null|undefined|[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(?=\s*(?:[,\]};]|\/[*/]|$))/iy;
const DEEPEST = 200;

class NotAList extends Error {}

class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
    this.depth = 0;
  }

  fail(what) {
    throw new NotAList(`${what} at character ${this.at + 1}`);
  }

  skipSpace() {
    const space = /(?:[\s\uFEFF]|\/\*[^]*?\*\/|\/\/[^\n\r]*)*/y;
    space.lastIndex = this.at;
    space.test(this.text);
    this.at = space.lastIndex;
  }

  peek() {
    this.skipSpace();
    return this.text[this.at];
  }

  value() {
    const sign = this.peek();
    if (sign === "[") return this.list();
    if (sign === "{") return this.record();
    if (sign === "'" || sign === '"' || sign === "`") return this.quoted();
    return this.bare();
  }

  nested(end, act) {
    this.at += 1;
    if ((this.depth += 1) > DEEPEST) this.fail("Brackets too deep");
    for (;;) {
      const sign = this.peek();
      if (sign === undefined) this.fail(`A missing ${end}`);
      if (sign === end) break;
      if (sign === ",") this.at += 1;
      else act();
    }
    this.at += 1;
    this.depth -= 1;
  }

  list() {
    const items = [];
    this.nested("]", () => items.push(this.value()));
    return items;
  }

  record() {
    const pairs = [];
    this.nested("}", () => {
      const sign = this.peek();
      const key = sign === "'" || sign === '"' || sign === "`" ? this.quoted() : this.run(/[^\s:,{}[\]'"`]+/y);
      if (this.peek() !== ":") this.fail("A missing colon");
      this.at += 1;
      pairs.push([key, this.value()]);
    });
    return Object.fromEntries(pairs);
  }

  quoted() {
    const quote = this.text[this.at];
    let text = "";
    for (let at = this.at + 1; at < this.text.length; at += 1) {
      const sign = this.text[at];
      if (sign === "\\") [text, at] = this.escaped(text, at + 1);
      else if (sign === quote && this.endsAfter(at)) {
        this.at = at + 1;
        return text;
      } else text += sign;
    }
    return this.fail(`A missing ${quote}`);
  }

  endsAfter(at) {
    const rest = /[\s\uFEFF]*(?:[,:\]}]|\/\*|\/\/|$)/y;
    rest.lastIndex = at + 1;
    return rest.test(this.text);
  }

  /** The text with the escape that begins at a place, and the place where it ends. */
  escaped(text, at) {
    const code = /(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2}))/iy;
    code.lastIndex = at;
    const match = code.exec(this.text);
    const number = match && parseInt(match[1] ?? match[2] ?? match[3], 16);
    if (match && number <= 0x10ffff) return [text + String.fromCodePoint(number), code.lastIndex - 1];
    const sign = this.text[at] ?? "";
    if (sign === "\n") return [text, at];
    return [text + (ESCAPES[sign] ?? sign), at];
  }

  run(pattern) {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (!match) this.fail("Something unexpected");
    this.at = pattern.lastIndex;
    return match[0];
  }

  /** A number, true, false, null, or words without quotes up to the next comma or bracket. */
  bare() {
    PLAIN.lastIndex = this.at;
    const [plain] = PLAIN.exec(this.text) ?? [];
    if (plain === undefined) return this.run(/[^,[\]{}'"`]+/y).trim();
    this.at += plain.length;
    return WORDS.has(plain.toLowerCase()) ? WORDS.get(plain.toLowerCase()) : Number(plain);
  }
}

/** Read a value; throws NotAList, which says where and why. */
function parseLoosely(text) {
  const reader = new Reader(String(text));
  const value = reader.value();
  if (reader.peek() !== undefined && reader.text[reader.at] !== ";") reader.fail("Something after the end");
  return value;
}

/** Read a list of texts; what is no list is a list of one, and nothing an empty one. */
function textsIn(text) {
  if (text === null || text.trim() === "") return [];
  const value = parseLoosely(text);
  const items = Array.isArray(value) ? value : [value];
  return items.filter((item) => item !== null && item !== undefined).map(String);
}
return { NotAList, parseLoosely, textsIn };
})();

// parts/drawing/history.js
const $parts_drawing_history = (() => {
const MOST = 500;

class History {
  constructor(isChanged = () => {}, most = MOST) {
    [this.isChanged, this.most] = [isChanged, most];
    [this.past, this.future] = [[], []];
  }

  get canUndo() {
    return this.past.length > 0;
  }

  get canRedo() {
    return this.future.length > 0;
  }

  note(undo, redo) {
    this.past.push({ undo, redo });
    if (this.past.length > this.most) this.past.shift();
    this.future = [];
    this.isChanged();
  }

  /** Let the last two changes be undone and made again as one. */
  join() {
    const { redo } = this.past.pop();
    this.past.at(-1).redo = redo;
  }

  /** Take the last change back; false if there is none. */
  undo() {
    return this.step(this.past, this.future, "undo");
  }

  /** Make again what was taken back last; false if nothing was. */
  redo() {
    return this.step(this.future, this.past, "redo");
  }

  step(from, to, act) {
    const change = from.pop();
    if (!change) return false;
    to.push(change);
    change[act]();
    this.isChanged();
    return true;
  }

  clear() {
    [this.past, this.future] = [[], []];
    this.isChanged();
  }
}
return { History };
})();

// parts/drawing/label-list.js
const $parts_drawing_label_list = (() => {
const { contrasting } = $parts_drawing_palette;

const LABELS = `<fieldset class="labels"><legend>Label</legend><div class="choices"></div></fieldset>`;

const LABELS_STYLES = `
  .labels { min-width: 0; margin: 0; padding: 0; border: 0; }
  .labels legend { margin-bottom: 0.5rem; padding: 0; font-weight: 600; }
  .labels .choices { display: grid; gap: 0.35rem; }
  .choice { position: relative; display: flex; min-height: var(--crowd-control); align-items: center; gap: 0.6rem;
    padding: 0.3rem 0.7rem; border: 1px solid var(--crowd-line-strong); border-radius: var(--crowd-radius);
    background: var(--crowd-raised); cursor: pointer; overflow-wrap: anywhere; }
  .choice:hover { border-color: var(--crowd-accent); }
  .choice:has(:checked) { border-color: var(--crowd-accent); background: var(--crowd-accent-wash);
    box-shadow: inset 0 0 0 1px var(--crowd-accent); font-weight: 600; }
  .choice:has(:focus-visible) { outline: 2px solid var(--crowd-accent); outline-offset: 2px; }
  .choice:has(:disabled) { background: var(--crowd-sunk); color: var(--crowd-soft); cursor: not-allowed; }
  .choices:has(> :nth-child(6)) .choice { min-height: min(2.25rem, var(--crowd-control)); padding-block: 0.15rem; }
  @media (pointer: coarse) { .choices:has(> :nth-child(6)) .choice { min-height: var(--crowd-control); } }
  .choice input { position: absolute; inset: 0; margin: 0; opacity: 0; cursor: inherit; }
  .choice .text { min-width: 0; flex: 1; }
  .swatch { display: grid; width: 1.5rem; height: 1.5rem; flex: none; place-items: center;
    border: 1px solid rgb(0 0 0 / 45%); border-radius: 0.3rem; outline: 1px solid rgb(255 255 255 / 55%); outline-offset: -2px;
    font-size: 0.8125rem; font-weight: 700; font-variant-numeric: tabular-nums; line-height: 1; }`;

const ROOM = 16; // CSS pixels beside the chosen one in a row of labels

/** The key that chooses the label at a place, as text; "" if none does. */
const keyAt = (index) => (index < 9 ? String(index + 1) : index === 9 ? "0" : "");

/** A square of a colour with the label's key in it. */
function swatchOf(colour, text) {
  const swatch = document.createElement("span");
  swatch.className = "swatch";
  swatch.style.background = colour;
  swatch.style.color = contrasting(colour);
  swatch.textContent = text;
  swatch.setAttribute("aria-hidden", "true");
  return swatch;
}

class LabelList {
  constructor(place, chosen) {
    [this.place, this.made] = [place, ""];
    this.choices = place.querySelector(".choices");
    this.choices.addEventListener("input", (event) => event.stopPropagation());
    this.choices.addEventListener("change", (event) => {
      event.stopPropagation();
      chosen(event.target.value);
    });
  }

  get first() {
    return this.choices.querySelector(":checked") ?? this.choices.querySelector("input");
  }

  /** Show these, [{label, colour}, …], with one of them chosen; or say why there are none. */
  show(labels, chosen, { title, isDisabled, fault }) {
    this.place.querySelector("legend").textContent = title;
    const key = JSON.stringify([labels, fault]);
    if (this.made !== key) {
      this.made = key;
      this.choices.replaceChildren(...labels.map((one, at) => this.choice(one, at)));
      if (!labels.length) this.choices.textContent = fault;
    }
    for (const box of this.choices.querySelectorAll("input")) {
      const isNew = box.value === chosen && !box.checked;
      box.checked = box.value === chosen;
      box.disabled = isDisabled;
      if (isNew) this.reveal(box.parentElement);
    }
  }

  /** On a phone the labels are in a row that is wider than the screen. */
  reveal(choice) {
    const { choices } = this;
    const left = choice.offsetLeft - choices.offsetLeft - ROOM;
    const right = left + choice.offsetWidth + 2 * ROOM;
    if (left < choices.scrollLeft) choices.scrollLeft = left;
    else if (right > choices.scrollLeft + choices.clientWidth) choices.scrollLeft = right - choices.clientWidth;
  }

  choice({ label, colour }, index) {
    const [whole, box, text] = ["label", "input", "span"].map((tag) => document.createElement(tag));
    [whole.className, text.className, text.textContent] = ["choice", "text", label];
    [box.type, box.name, box.value] = ["radio", "label", label];
    if (keyAt(index)) box.setAttribute("aria-keyshortcuts", keyAt(index));
    whole.append(box, swatchOf(colour, keyAt(index) || String(index + 1)), text);
    return whole;
  }
}
return { LABELS, LABELS_STYLES, keyAt, swatchOf, LabelList };
})();

// parts/drawing/item-list.js
const $parts_drawing_item_list = (() => {
const { iconOf } = $parts_icons;
const { swatchOf } = $parts_drawing_label_list;

const ITEMS = `<section class="items" aria-labelledby="items-title">
    <h2 class="items-title" id="items-title"></h2><p class="no-items"></p>
    <div class="rows-place"><ol class="rows"></ol></div></section>`;

const ITEMS_STYLES = `
  .items { display: flex; min-height: 0; flex: 1; flex-direction: column; }
  .items-title { margin: 0 0 0.4rem; font-size: 1rem; font-variant-numeric: tabular-nums; }
  .no-items { margin: 0; color: var(--crowd-soft); }
  .rows-place { position: relative; min-height: 9rem; flex: 1; }
  .rows { position: absolute; inset: 0; margin: 0; padding: 0; overflow: auto; list-style: none; scrollbar-width: thin; }
  .row { display: flex; align-items: center; border-radius: var(--crowd-radius); content-visibility: auto; contain-intrinsic-height: auto 2.25rem; }
  .row:hover { background: var(--crowd-sunk); }
  .row[data-chosen] { background: var(--crowd-accent-wash); box-shadow: inset 0 0 0 1px var(--crowd-accent); }
  .row-name { display: flex; min-width: 0; min-height: 2.25rem; flex: 1; align-items: center; gap: 0.5rem; padding: 0.2rem 0.5rem;
    border: 0; border-radius: inherit; background: none; color: inherit; font: inherit; text-align: start; cursor: pointer; }
  .row-name:focus-visible, .row .removes:focus-visible { outline-offset: -2px; }
  .row-name .text { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .row .removes { min-width: 2.25rem; min-height: 2.25rem; color: var(--crowd-soft); }
  @media (pointer: coarse) { .row-name, .row .removes { min-height: 2.75rem; min-width: 2.75rem; } }`;

class ItemList {
  constructor(place, acts) {
    [this.place, this.acts, this.rows] = [place, acts, new Map()];
    this.list = place.querySelector(".rows");
    this.list.addEventListener("click", (event) => this.onClick(event));
    this.list.addEventListener("keydown", (event) => this.onKey(event));
  }

  /** Show these rows; rows that stay keep their elements, so that focus and place stay too. */
  show(items, chosen, { title, empty, isDisabled }) {
    this.place.querySelector(".items-title").textContent = items.length ? `${title} (${items.length})` : title;
    const none = this.place.querySelector(".no-items");
    [none.hidden, none.textContent] = [items.length > 0, empty];
    const had = this.focused();
    const rows = new Map(items.map((item) => [item.id, this.rows.get(item.id) ?? this.row(item.id)]));
    for (const [id, row] of this.rows) if (!rows.has(id)) row.remove();
    this.rows = rows;
    items.forEach((item, at) => this.fill(rows.get(item.id), item, at, isDisabled));
    this.choose(chosen);
    if (had !== null && !this.focused()) (this.name(items[Math.min(had, items.length - 1)]?.id) ?? this.fallback)?.focus();
  }

  /** Mark the row that is selected, and let Tab go there. */
  choose(chosen) {
    const reached = this.rows.has(chosen) ? chosen : this.rows.keys().next().value;
    for (const [id, row] of this.rows) {
      row.toggleAttribute("data-chosen", id === chosen);
      const [name, removes] = row.children;
      name.setAttribute("aria-pressed", String(id === chosen));
      name.tabIndex = id === reached ? 0 : -1;
      removes.tabIndex = id === chosen ? 0 : -1;
    }
    if (chosen !== null && this.rows.has(chosen)) this.scrollTo(this.rows.get(chosen));
  }

  scrollTo(row) {
    const { list } = this;
    const [top, bottom] = [row.offsetTop, row.offsetTop + row.offsetHeight];
    if (top < list.scrollTop) list.scrollTop = top;
    else if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight;
  }

  row(id) {
    const [row, name, removes, text] = ["li", "button", "button", "span"].map((tag) => document.createElement(tag));
    [row.className, name.className, removes.className, text.className] = ["row", "row-name", "button icon removes", "text"];
    [name.type, removes.type] = ["button", "button"];
    row.dataset.id = id;
    text.dir = "auto"; // what does not fit is left out at its end
    name.append("", text);
    removes.append(iconOf("close"));
    row.append(name, removes);
    return row;
  }

  fill(row, { label, colour, mark, text }, at, isDisabled) {
    if (this.list.children[at] !== row) this.list.insertBefore(row, this.list.children[at] ?? null);
    const key = JSON.stringify([at, label, colour, mark, text, isDisabled]);
    if (row.shown === key) return;
    row.shown = key;
    const [name, removes] = row.children;
    name.firstChild.replaceWith(swatchOf(colour, mark));
    name.lastChild.textContent = `${at + 1}. ${text}`;
    removes.setAttribute("aria-label", `Delete ${at + 1}. ${text}`);
    removes.title = "Delete";
    removes.hidden = isDisabled;
  }

  name(id) {
    return this.rows.get(id)?.firstChild;
  }

  /** Which row has the focus, by its place; null if none has. */
  focused() {
    const row = this.list.getRootNode().activeElement?.closest?.(".row");
    return row && this.list.contains(row) ? [...this.rows.values()].indexOf(row) : null;
  }

  onClick(event) {
    const row = event.target.closest(".row");
    if (!row) return;
    const id = Number(row.dataset.id);
    if (event.target.closest(".removes")) this.acts.remove(id);
    else this.acts.select(id);
  }

  onKey(event) {
    const at = this.focused();
    const key = event.crowdKey ?? event.key;
    const step = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: this.rows.size - 1 }[key];
    if (at === null || step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const next = [...this.rows.keys()][Math.max(0, Math.min(this.rows.size - 1, step))];
    this.acts.select(next);
    this.name(next)?.focus();
  }
}
return { ITEMS, ITEMS_STYLES, ItemList };
})();

// parts/drawing/gestures.js
const $parts_drawing_gestures = (() => {
const STEP = 1.0015; // per unit of a wheel
const LINE = 16;
const STILL = 3; // CSS pixels that a click may move

class Gestures {
  constructor(place, owner) {
    [this.place, this.owner] = [place, owner];
    this.down = new Map();
    this.mode = ""; // "", draw, pan, pinch, over (a pinch whose other finger is still down)
    this.isHand = false;
    this.isSpaceHeld = false;
    const on = (kind, act, options) => place.addEventListener(kind, act.bind(this), options);
    on("pointerdown", this.onDown);
    on("pointermove", this.onMove);
    on("pointerup", this.onUp);
    on("pointercancel", this.onCancel);
    on("pointerleave", () => this.mode || owner.left());
    on("blur", () => (this.isSpaceHeld = false)); // its coming up may be told to another window
    on("wheel", this.onWheel, { passive: false });
    on("contextmenu", (event) => this.down.size && event.preventDefault());
  }

  at(event) {
    const edge = this.place.getBoundingClientRect();
    return { x: event.clientX - edge.left - this.place.clientLeft, y: event.clientY - edge.top - this.place.clientTop };
  }

  onDown(event) {
    if (event.button > 1 || !this.owner.isOpen) return;
    const isPanning = event.button === 1 || this.isHand || this.isSpaceHeld || this.owner.isReadOnly;
    const at = this.at(event);
    this.down.set(event.pointerId, at);
    this.place.setPointerCapture(event.pointerId);
    if (event.button === 1) event.preventDefault(); // no automatic scrolling
    if (this.down.size > 1) return this.pinch(event);
    [this.hasPanned, this.start] = [false, at];
    this.mode = isPanning ? "pan" : "draw";
    this.place.toggleAttribute("data-panning", isPanning);
    return isPanning ? undefined : this.owner.began(event);
  }

  pinch(event) {
    if (this.mode === "draw") this.owner.cancelled(event);
    this.mode = this.down.size === 2 ? "pinch" : "over";
  }

  onMove(event) {
    if (!this.down.has(event.pointerId)) {
      if (!this.mode && event.pointerType !== "touch") this.owner.hovered(event);
      return;
    }
    const before = [...this.down.values()];
    const [old, now] = [this.down.get(event.pointerId), this.at(event)];
    if (this.mode === "pan" && !this.hasPanned && Math.hypot(now.x - this.start.x, now.y - this.start.y) < STILL) return;
    this.down.set(event.pointerId, now);
    if (this.mode === "draw") this.owner.moved(event);
    if (this.mode === "pan") this.pan(now.x - old.x, now.y - old.y);
    if (this.mode === "pinch") this.spread(before, [...this.down.values()]);
  }

  pan(dx, dy) {
    this.hasPanned = true;
    this.owner.panned(dx, dy);
  }

  spread([one, other], [oneNow, otherNow]) {
    const middle = (a, b) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
    const apart = (a, b) => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));
    const [from, to] = [middle(one, other), middle(oneNow, otherNow)];
    this.owner.panned(to.x - from.x, to.y - from.y);
    this.owner.zoomedAt(apart(oneNow, otherNow) / apart(one, other), to);
  }

  onUp(event) {
    if (!this.down.delete(event.pointerId)) return;
    if (this.mode === "draw") this.owner.ended(event);
    if (this.mode === "pan" && !this.hasPanned && this.owner.isReadOnly && event.button === 0) this.click(event);
    this.release();
  }

  click(event) {
    this.owner.began(event);
    this.owner.ended(event);
  }

  onCancel(event) {
    if (!this.down.delete(event.pointerId)) return;
    if (this.mode === "draw") this.owner.cancelled(event);
    this.release();
  }

  release() {
    this.mode = this.down.size ? "over" : "";
    this.place.removeAttribute("data-panning");
  }

  onWheel(event) {
    if (!this.owner.isOpen || !(event.ctrlKey || this.owner.takesWheel)) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE;
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
    if (event.shiftKey || Math.abs(dx) > Math.abs(dy)) this.owner.panned(-(dx || dy), event.shiftKey ? 0 : -dy);
    else this.owner.zoomedAt((event.ctrlKey ? STEP ** 6 : STEP) ** -Math.max(-300, Math.min(300, dy)), this.at(event));
  }
}
return { Gestures };
})();

// parts/drawing/layer.js
const $parts_drawing_layer = (() => {
const OLD_MS = 100;

class Layer {
  /** `settle` is called when it should be painted once more. */
  constructor(settle) {
    this.settle = settle;
    this.kept = document.createElement("canvas");
    this.context = this.kept.getContext("2d");
    this.isOld = true;
  }

  paint(context, view, room, ratio, draw) {
    const [width, height] = [Math.round(room.width * ratio), Math.round(room.height * ratio)];
    const isOtherSize = this.kept.width !== width || this.kept.height !== height;
    const isMoved = this.view !== view;
    clearTimeout(this.timer);
    if (this.isOld || isOtherSize || performance.now() - this.drawnAt > OLD_MS) this.draw(view, room, ratio, draw);
    else if (isMoved) this.timer = setTimeout(() => this.again(), OLD_MS);
    const by = view.scale / this.view.scale;
    const [x, y] = [view.x - this.view.x * by, view.y - this.view.y * by];
    if (width && height) context.drawImage(this.kept, x, y, room.width * by, room.height * by);
  }

  again() {
    this.isOld = true;
    this.settle();
  }

  draw(view, room, ratio, draw) {
    const { kept, context } = this;
    [kept.width, kept.height] = [Math.round(room.width * ratio), Math.round(room.height * ratio)]; // cleared by it
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw(context, view, room);
    [this.view, this.drawnAt, this.isOld] = [view, performance.now(), false];
  }
}
return { Layer };
})();

// parts/drawing/pixels.js
const $parts_drawing_pixels = (() => {
const SMALLEST = 512;

class Pixels {
  /** Load the picture at an address; rejects if there is none. */
  static async load(address) {
    const image = new Image();
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = () => reject(new Error(`No picture at ${address}`));
      image.src = address;
    });
    // Pictures without a size of their own (some SVG) are as large as browsers show them.
    const size = { width: image.naturalWidth || 300, height: image.naturalHeight || 150 };
    return new Pixels(size, await decoded(image));
  }

  constructor(size, source) {
    this.size = size;
    this.levels = [source];
  }

  /** Free what it holds. */
  close() {
    for (const level of this.levels) level.close?.();
    this.levels = [];
  }

  /** The smallest that has a pixel for each that is shown; those in between are made when first asked for. */
  level(scale) {
    const { width, height } = this.size;
    let at = 0;
    while (scale <= 0.5 ** (at + 1) && Math.max(width, height) * 0.5 ** (at + 1) >= SMALLEST) at += 1;
    while (this.levels.length <= at) this.levels.push(halved(this.levels.at(-1), width, height, this.levels.length));
    return at;
  }

  paint(context, view, room, ratio) {
    const { width, height } = this.size;
    const { scale } = view;
    const left = Math.max(0, Math.floor(-view.x / scale));
    const top = Math.max(0, Math.floor(-view.y / scale));
    const right = Math.min(width, Math.ceil((room.width - view.x) / scale));
    const bottom = Math.min(height, Math.ceil((room.height - view.y) / scale));
    if (right <= left || bottom <= top) return;
    const at = this.level(scale * ratio);
    const source = this.levels[at];
    const [across, down] = at ? [source.width / width, source.height / height] : [1, 1];
    context.imageSmoothingEnabled = scale * ratio < 3; // from near, pixels are what one aims at
    context.drawImage(source, left * across, top * down, (right - left) * across, (bottom - top) * down,
      left * scale + view.x, top * scale + view.y, (right - left) * scale, (bottom - top) * scale);
  }
}

async function decoded(image) {
  try {
    return await createImageBitmap(image);
  } catch {
    return image; // a drawing without a size of its own
  }
}

function halved(source, width, height, level) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * 0.5 ** level));
  canvas.height = Math.max(1, Math.round(height * 0.5 ** level));
  const context = canvas.getContext("2d", { alpha: true });
  context.imageSmoothingQuality = "high";
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}
return { Pixels };
})();

// parts/drawing/stage.js
const $parts_drawing_stage = (() => {
const { Gestures } = $parts_drawing_gestures;
const { Layer } = $parts_drawing_layer;
const { Pixels } = $parts_drawing_pixels;
const { fitted, kept, toPicture, toScreen, zoomed } = $parts_drawing_view;

const STAGE = `<div class="stage" tabindex="0" role="application">
    <canvas class="picture" aria-hidden="true"></canvas><canvas class="base" aria-hidden="true"></canvas>
    <canvas class="drawn" aria-hidden="true"></canvas>
    <p class="stage-note loading" hidden>Loading the picture …</p>
    <p class="stage-note lost" role="alert" hidden>The picture could not be loaded.
      <button class="button" type="button">Try again</button></p>
  </div>`;

const STAGE_STYLES = `
  .stage { position: relative; min-height: 18rem; flex: 1; overflow: hidden; background: var(--crowd-sunk);
    border: 1px solid var(--crowd-line-strong); border-radius: var(--crowd-radius); cursor: crosshair;
    touch-action: none; user-select: none; -webkit-user-select: none; -webkit-touch-callout: none; }
  .stage:focus-visible { outline-offset: 1px; }
  .stage:is([data-hand], [data-read-only]) { cursor: grab; }
  .stage[data-panning] { cursor: grabbing !important; }
  .stage canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
  .stage-note { position: absolute; inset: 0; display: flex; flex-direction: column; align-items: center; justify-content: center;
    gap: 0.75rem; margin: 0; padding: 1rem; text-align: center; color: var(--crowd-ink); cursor: default; }`;

const REVEAL_MARGIN = 24;

class Stage {
  constructor(place, callbacks) {
    [this.place, this.callbacks] = [place, callbacks];
    this.canvases = ["picture", "base", "drawn"].map((name) => place.querySelector(`canvas.${name}`));
    this.contexts = this.canvases.map((canvas) => canvas.getContext("2d"));
    this.base = new Layer(() => this.redraw());
    this.notes = { loading: place.querySelector(".loading"), lost: place.querySelector(".lost") };
    this.notes.lost.querySelector("button").addEventListener("click", () => this.start());
    [this.address, this.pixels, this.view, this.room] = ["", null, { scale: 1, x: 0, y: 0 }, { width: 0, height: 0 }];
    this.isFitted = true;
    this.gestures = new Gestures(place, this);
    new ResizeObserver(() => this.resize()).observe(place);
  }

  get size() {
    return this.pixels?.size ?? null;
  }

  get isOpen() {
    return this.pixels !== null;
  }

  /** Where the page is nothing else, and where somebody draws. */
  get takesWheel() {
    return this.callbacks.isWholePage || this.place.matches(":focus");
  }

  // ---- The picture ----------------------------------------------------------------------------------

  load(address) {
    if (address === this.address) return;
    this.address = address;
    this.start();
  }

  async start() {
    const { address } = this;
    this.pixels?.close();
    this.pixels = null;
    this.say(address ? "loading" : "");
    this.redraw(true);
    if (!address) return;
    const pixels = await Pixels.load(address).catch(() => null);
    if (address !== this.address || this.pixels) return pixels?.close(); // another was asked for meanwhile
    this.say(pixels ? "" : "lost");
    if (!pixels) return this.tell("lost");
    this.pixels = pixels;
    this.base.isOld = true;
    this.place.style.setProperty("--shape", pixels.size.width / pixels.size.height);
    this.fit();
    return this.tell("ready");
  }

  say(shown) {
    for (const [name, note] of Object.entries(this.notes)) note.hidden = name !== shown;
    this.place.setAttribute("aria-busy", String(shown === "loading"));
  }

  tell(name, ...args) {
    return this.callbacks[name]?.(...args);
  }

  // ---- The view -------------------------------------------------------------------------------------

  show(view, isFitted = false) {
    [this.view, this.isFitted] = [view, isFitted];
    this.redraw(true);
    this.tell("viewChanged", view);
  }

  fit() {
    if (this.isOpen && this.room.width) this.show(fitted(this.size, this.room), true);
  }

  zoomBy(factor, at = { x: this.room.width / 2, y: this.room.height / 2 }) {
    if (this.isOpen) this.show(zoomed(this.view, factor, at, this.size, this.room));
  }

  panBy(dx, dy) {
    const { scale, x, y } = this.view;
    if (this.isOpen) this.show(kept({ scale, x: x + dx, y: y + dy }, this.size, this.room));
  }

  /** Move the picture as little as needed for a point of it to be seen. */
  reveal(point) {
    const { x, y } = this.toScreen(point);
    const by = (at, space) => Math.max(0, REVEAL_MARGIN - at) + Math.min(0, space - REVEAL_MARGIN - at);
    const [dx, dy] = [by(x, this.room.width), by(y, this.room.height)];
    if (dx || dy) this.panBy(dx, dy);
  }

  toPicture(event) {
    return toPicture(this.view, this.gestures.at(event));
  }

  toScreen(point) {
    return toScreen(this.view, point);
  }

  // ---- Gestures -------------------------------------------------------------------------------------

  began(event) {
    this.place.focus({ preventScroll: true });
    this.tell("pointerBegan", this.toPicture(event), event);
  }

  moved(event) {
    this.tell("pointerMoved", this.toPicture(event), event);
  }

  ended(event) {
    this.tell("pointerEnded", this.toPicture(event), event);
  }

  cancelled(event) {
    this.tell("pointerCancelled", this.toPicture(event), event);
  }

  hovered(event) {
    if (this.isOpen) this.tell("pointerHovered", this.toPicture(event), event);
  }

  left() {
    this.tell("pointerLeft");
  }

  panned(dx, dy) {
    this.panBy(dx, dy);
  }

  zoomedAt(factor, at) {
    this.zoomBy(factor, at);
  }

  // ---- Drawing --------------------------------------------------------------------------------------

  resize() {
    const { clientWidth: width, clientHeight: height } = this.place;
    const { view, room } = this;
    this.room = { width, height };
    if (!this.isOpen || !width) return this.redraw(true);
    if (this.isFitted || !room.width) return this.fit();
    const [dx, dy] = [(width - room.width) / 2, (height - room.height) / 2]; // what was in the middle stays there
    return this.show(kept({ scale: view.scale, x: view.x + dx, y: view.y + dy }, this.size, this.room));
  }

  redraw(isPictureToo = false) {
    this.isPictureOld ||= isPictureToo;
    this.frame ??= requestAnimationFrame(() => this.paint());
  }

  redrawBase() {
    this.base.isOld = true;
    this.redraw();
  }

  paint() {
    this.frame = undefined;
    const ratio = window.devicePixelRatio || 1;
    this.canvases.forEach((canvas) => this.measure(canvas, ratio));
    const [below, base, above] = this.contexts;
    if (this.isPictureOld) {
      this.clear(below, ratio);
      this.pixels?.paint(below, this.view, this.room, ratio);
    }
    if (this.callbacks.drawBase && (this.isPictureOld || this.base.isOld)) {
      this.clear(base, ratio);
      if (this.isOpen) this.base.paint(base, this.view, this.room, ratio, (...args) => this.tell("drawBase", ...args));
    }
    this.isPictureOld = false;
    this.clear(above, ratio);
    if (this.isOpen) this.tell("draw", above, this.view, this.room);
  }

  /** As many pixels as the screen has for the canvas. */
  measure(canvas, ratio) {
    const [width, height] = [Math.round(this.room.width * ratio), Math.round(this.room.height * ratio)];
    if (canvas.width === width && canvas.height === height) return;
    [canvas.width, canvas.height] = [width, height];
    this.isPictureOld = true;
  }

  clear(context, ratio) {
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.room.width, this.room.height);
  }
}
return { STAGE, STAGE_STYLES, Stage };
})();

// parts/drawing/toolbar.js
const $parts_drawing_toolbar = (() => {
const { iconOf } = $parts_icons;

/** Markup of a button; what it is called, the key that does the same, and a constant text to show, if any. */
const toolButton = (act, name, { icon = "", key = "", text = "", isToggle = false } = {}) =>
  `<button class="tool" type="button" data-act="${act}" data-icon="${icon}" title="${name}${key && ` (${key})`}"
    ${text ? "" : `aria-label="${name}"`} ${isToggle ? 'aria-pressed="false"' : ""}>${text}</button>`;

const toolbar = (extra) => `<div class="toolbar" role="group" aria-label="Drawing">
    <span class="tools">${toolButton("undo", "Undo", { icon: "undo", key: "Ctrl+Z" })}
      ${toolButton("redo", "Redo", { icon: "redo", key: "Ctrl+Shift+Z" })}
      ${toolButton("remove", "Delete what is selected", { icon: "delete", key: "Delete" })}</span>
    ${extra ? `<span class="tools">${extra}</span>` : ""}
    <span class="tools view">${toolButton("hand", "Move the picture", { icon: "pan-tool", key: "H, or hold Space", isToggle: true })}
      ${toolButton("zoomOut", "Zoom out", { icon: "zoom-out", key: "-" })}
      <output class="zoom" aria-label="Zoom"></output>
      ${toolButton("zoomIn", "Zoom in", { icon: "zoom-in", key: "+" })}
      ${toolButton("fit", "Show the whole picture", { icon: "fullscreen", key: "F" })}</span>
  </div>`;

const TOOLBAR_STYLES = `
  .toolbar { display: flex; flex-wrap: wrap; align-items: center; gap: 0.35rem 0.75rem; }
  .tools { display: inline-flex; align-items: center; gap: 0.15rem; }
  .tools.view { margin-inline-start: auto; }
  .tool { display: inline-flex; min-width: 2.25rem; min-height: 2.25rem; align-items: center; justify-content: center; gap: 0.35rem;
    padding: 0.2rem 0.4rem; border: 1px solid transparent; border-radius: var(--crowd-radius); background: none; color: var(--crowd-ink);
    font: inherit; cursor: pointer; }
  .tool:hover { background: var(--crowd-sunk); border-color: var(--crowd-line-strong); }
  .tool[aria-pressed="true"] { border-color: var(--crowd-accent); background: var(--crowd-accent-wash); color: var(--crowd-accent); }
  .tool[aria-disabled="true"] { border-color: transparent; background: none; color: var(--crowd-soft); opacity: 0.45; cursor: not-allowed; }
  .zoom { min-width: 3.4rem; text-align: center; color: var(--crowd-soft); font-size: 0.875rem; font-variant-numeric: tabular-nums; }
  @media (pointer: coarse) { .tool { min-width: 2.75rem; min-height: 2.75rem; } }
  @media (max-width: 30rem) { .toolbar { gap: 0.25rem; } .zoom { display: none; } .tools { gap: 0; } }`;

/** Hides the labels on the picture. */
const TAGS = toolButton("tags", "Hide the labels on the picture", { icon: "label", key: "L", isToggle: true });

/** Ends what is being drawn point by point; by touch there is no other way but the last point. */
const END = toolButton("finish", "End the shape", { icon: "check", key: "Enter", text: "End" });

class Toolbar {
  constructor(place, acts) {
    this.place = place;
    for (const button of place.querySelectorAll("[data-icon]")) {
      const icon = iconOf(button.dataset.icon);
      if (icon) button.prepend(icon);
    }
    place.addEventListener("click", (event) => {
      const button = event.target.closest("[data-act]");
      if (button && button.getAttribute("aria-disabled") !== "true") acts[button.dataset.act]?.();
    });
  }

  button(act) {
    return this.place.querySelector(`[data-act="${act}"]`);
  }

  enable(act, isEnabled) {
    const button = this.button(act);
    if (isEnabled) button?.removeAttribute("aria-disabled");
    else button?.setAttribute("aria-disabled", "true");
  }

  press(act, isPressed) {
    this.button(act)?.setAttribute("aria-pressed", String(isPressed));
  }

  zoom(scale) {
    const text = `${scale < 0.1 ? (scale * 100).toFixed(1) : Math.round(scale * 100)} %`;
    const output = this.place.querySelector(".zoom");
    if (output.textContent !== text) output.textContent = text;
  }
}
return { toolButton, toolbar, TOOLBAR_STYLES, TAGS, END, Toolbar };
})();

// parts/drawing/tool.js
const $parts_drawing_tool = (() => {
const { jsonOf } = $parts_answers;
const { FullScreenControl } = $parts_full_screen;
const { NotAList, parseLoosely, textsIn } = $parts_loose_lists;
const { History } = $parts_drawing_history;
const { ItemList } = $parts_drawing_item_list;
const { keyAt, LabelList } = $parts_drawing_label_list;
const { colourOf, partsOf } = $parts_drawing_palette;
const { Stage } = $parts_drawing_stage;
const { Toolbar } = $parts_drawing_toolbar;

const ZOOM = 1.25;
const STRIDE = 60; // CSS pixels that an arrow moves the picture
const ARROWS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const KEYS = [
  ["Ctrl+Z, Ctrl+Shift+Z", "Undo, redo (on a Mac with ⌘)"],
  ["+, -, F", "Zoom in, zoom out, show the whole picture"],
  ["H, or hold Space", "Move the picture by dragging"],
  ["Wheel, two fingers", "Zoom where the pointer is; two fingers also move the picture"],
];

class DrawingTool extends FullScreenControl {
  constructor() {
    super();
    this.selected = null;
    this.acts = {
      undo: () => this.step("undo"), redo: () => this.step("redo"), remove: () => this.discard(),
      zoomIn: () => this.stage.zoomBy(ZOOM), zoomOut: () => this.stage.zoomBy(1 / ZOOM), fit: () => this.stage.fit(),
      hand: () => this.takeHand(!this.stage.gestures.isHand),
    };
    this.toolbar = new Toolbar(this.part$(".toolbar"), this.acts);
    this.history = new History(() => this.refreshTools());
    this.stage = new Stage(this.part$(".stage"), this);
    this.labelList = new LabelList(this.part$(".labels"), (label) => this.chooseLabel(label));
    this.itemList = new ItemList(this.part$(".items"), { select: (id) => this.select(id), remove: (id) => this.discard(id) });
    this.itemList.fallback = this.stage.place;
    this.onKeyUp = this.onKeyUp.bind(this);
    this.part$("#how").textContent = this.constructor.how;
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener("keyup", this.onKeyUp);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("keyup", this.onKeyUp);
  }

  focus(options) {
    this.stage.place.focus(options);
  }

  get anchor() {
    return this.stage.place;
  }

  // ---- Attributes -----------------------------------------------------------------------------------

  /** The labels, each once; a list may be set too. */
  get labels() {
    try {
      return [...new Set(textsIn(this.getAttribute("labels")))];
    } catch (error) {
      if (error instanceof NotAList) return [];
      throw error;
    }
  }

  set labels(labels) {
    this.setAttribute("labels", Array.isArray(labels) ? JSON.stringify(labels) : (labels ?? ""));
  }

  get spokenName() {
    return this.getAttribute("aria-label") || this.getAttribute("header") || this.getAttribute("name") || "";
  }

  get value() {
    return this.answer();
  }

  update(name) {
    this.known = this.labels;
    this.given = this.coloursGiven();
    if (!this.known.includes(this.label)) [this.label = ""] = this.known;
    this.takeInitial();
    if (name === undefined || name === "src") this.load();
    super.update();
    this.describe();
    this.refresh();
  }

  describe() {
    const lines = [...this.keysOfLabels(), ...this.keyLines(), ...KEYS];
    this.frame.listKeys(lines);
    this.stage.place.setAttribute("aria-label", [this.spokenName, "The picture"].filter(Boolean).join(": "));
    this.stage.place.setAttribute("aria-describedby", this.isDisabled ? "" : "how by-keys");
  }

  keysOfLabels() {
    return this.known.map((label, at) => [keyAt(at), label]).filter(([key]) => key);
  }

  keyLines() {
    return [];
  }

  load() {
    const address = this.getAttribute("src") ?? "";
    const isAnother = this.stage.isOpen && address !== this.stage.address;
    this.stage.load(address);
    if (isAnother) this.reset(); // what was drawn belongs to the picture before
  }

  coloursGiven() {
    try {
      return textsIn(this.getAttribute("label-colors")).map((colour) => (partsOf(colour) ? colour : ""));
    } catch {
      return [];
    }
  }

  colourOf(label) {
    const at = this.known.indexOf(label);
    return this.given[at] || colourOf(at);
  }

  /** The key of a label, its second sign where there is no room for its text. */
  markOf(label) {
    const at = this.known.indexOf(label);
    return keyAt(at) || (at < 0 ? "?" : String(at + 1));
  }

  // ---- The initial value ------------------------------------------------------------------------------

  get hasInitial() {
    return Boolean(this.getAttribute("initial-value")?.trim());
  }

  /** Take the initial value, unless it has been taken, or something was drawn or entered since. */
  takeInitial() {
    const key = JSON.stringify([this.getAttribute("initial-value"), this.known]);
    if (this.initialKey === key || this.isEntered || this.history.canUndo || this.history.canRedo) return;
    this.initialKey = key;
    this.putInitial();
  }

  putInitial() {
    let initial;
    try {
      initial = this.hasInitial ? parseLoosely(this.getAttribute("initial-value")) : undefined;
    } catch (error) {
      if (!(error instanceof NotAList)) throw error;
    }
    this.take(initial, true);
    this.initialContents = jsonOf(this.contents());
  }

  /** Whether what is drawn differs from the initial value. */
  get isModified() {
    return jsonOf(this.contents()) !== this.initialContents;
  }

  // ---- The answer -----------------------------------------------------------------------------------

  get size() {
    return this.stage.size ?? this.enteredSize;
  }

  answer() {
    if (!this.size) return undefined; // nobody knows yet how large the picture is
    const { height, width } = this.size;
    const answer = { ...this.contents(), inputImageProperties: { height, width } };
    return this.hasInitial ? { ...answer, initialValueModified: this.isModified } : answer;
  }

  sent() {
    const answer = this.answer();
    return answer && jsonOf(answer);
  }

  fault() {
    return this.size ? "" : "The picture is not there yet, so that nothing can be drawn on it. Wait for it, or try again.";
  }

  enter(taken) {
    const [height, width] = ["height", "width"].map((name) => Number(taken("inputImageProperties", name)) || 0);
    if (height && width) this.enteredSize = { height, width };
    this.isEntered = true;
    this.take(this.contentsFrom(taken), false);
    this.history.clear();
    this.selected = null;
    this.refresh();
    this.validate();
  }

  reset() {
    this.isEntered = false;
    this.enteredSize = undefined;
    this.putInitial();
    this.history.clear();
    this.selected = null;
    this.refresh();
    this.validate();
  }

  get isWholePage() {
    return this.hasAttribute("data-whole-page");
  }

  // ---- What workers do ------------------------------------------------------------------------------

  get canDraw() {
    return this.stage.isOpen && !this.isDisabled && this.known.length > 0;
  }

  chooseLabel(label) {
    this.label = label;
    this.labelChosen(label);
    this.refresh();
  }

  labelChosen() {}

  step(act) {
    if (this.isDisabled || !this.history[act]()) return;
    this.changed(act === "undo" ? "Undone." : "Redone.");
  }

  takeHand(isHand) {
    this.stage.gestures.isHand = isHand;
    this.stage.place.toggleAttribute("data-hand", isHand);
    this.toolbar.press("hand", isHand);
  }

  /** Say to all who listen that the worker has changed what is drawn. */
  changed(said = "") {
    this.refresh();
    this.validate();
    this.announce("input", "change");
    if (said) this.say(said);
  }

  say(sentence) {
    const place = this.part$(".says");
    place.textContent = place.textContent === sentence ? `${sentence}\u00a0` : sentence;
  }

  // ---- What is shown --------------------------------------------------------------------------------

  ready() {
    this.validate();
    this.faultShown("");
    this.refresh();
    this.toolbar.zoom(this.stage.view.scale);
  }

  viewChanged({ scale }) {
    this.toolbar.zoom(scale);
  }

  refresh() {
    this.stage.isReadOnly = this.isDisabled;
    this.stage.place.toggleAttribute("data-read-only", this.isDisabled);
    this.showLabels();
    const items = this.items().map((item) => ({ colour: this.colourOf(item.label), mark: this.markOf(item.label), ...item }));
    const { nouns } = this.constructor;
    const title = nouns[0].toUpperCase() + nouns.slice(1);
    this.itemList.show(items, this.selected, { title, empty: "Nothing is drawn yet.", isDisabled: this.isDisabled });
    this.refreshTools();
    this.stage.redraw();
  }

  showLabels() {
    const text = this.getAttribute("labels") ?? "";
    const fault = text ? `This task's list of labels cannot be read: ${text.slice(0, 200)}` : "This task has no labels.";
    const labels = this.known.map((label) => ({ label, colour: this.colourOf(label) }));
    this.labelList.show(labels, this.labelShown, { title: this.labelTitle, isDisabled: this.isDisabled, fault });
    this.part$("#how").hidden = this.isDisabled;
  }

  /** What the list of labels is about, and which of them is chosen there. */
  get labelTitle() {
    return "Label";
  }

  get labelShown() {
    return this.label;
  }

  refreshTools() {
    const isOpen = !this.isDisabled;
    this.toolbar.enable("undo", isOpen && this.history.canUndo);
    this.toolbar.enable("redo", isOpen && this.history.canRedo);
    this.toolbar.enable("remove", isOpen && this.selected !== null);
  }

  // ---- Keys -----------------------------------------------------------------------------------------

  onPageKey(event) {
    const key = event.crowdKey ?? event.key;
    if ((event.ctrlKey || event.metaKey) && !event.altKey) {
      const act = { z: event.shiftKey ? "redo" : "undo", y: "redo" }[key.toLowerCase()];
      if (!act || this.isDisabled || !this.takesKey(event)) return;
      event.preventDefault();
      this.acts[act]();
    } else if (this.isDisabled) {
      if (!event.altKey && this.takesKey(event) && this.pressView(key, event)) event.preventDefault();
    } else super.onPageKey(event);
  }

  isOnStage(event) {
    return event.composedPath()[0] === this.stage.place;
  }

  press(key, event) {
    const label = this.known[this.known.findIndex((_, at) => keyAt(at) === key)];
    if (label !== undefined) this.chooseLabel(label);
    else if (key === "Escape") return this.escape();
    else if (key === "Delete" || key === "Backspace") return this.discard() !== false;
    else if (key === " ") return this.holdSpace(event);
    else return (this.isOnStage(event) && this.pressTool(key, event)) || this.pressView(key, event);
    return true;
  }

  /** Held, it moves the picture; pressed and let go, it is a key like others. */
  holdSpace(event) {
    if (!this.isOnStage(event) && !this.stage.place.matches(":hover")) return false;
    if (!this.isOnStage(event) && event.composedPath()[0] !== document.body) return false;
    if (!event.repeat) Object.assign(this.stage.gestures, { isSpaceHeld: true, hasPanned: false });
    return true;
  }

  onKeyUp(event) {
    const { gestures } = this.stage;
    // Asked only then: a host watches which keys its pages ask for.
    if (!gestures.isSpaceHeld || event.key !== " ") return;
    gestures.isSpaceHeld = false;
    event.preventDefault();
    if (!gestures.hasPanned && this.isOnStage(event)) this.pressTool(" ", event);
  }

  /** Keys that only look: also where nothing may be changed. */
  pressView(key, event) {
    const act = { "+": "zoomIn", "=": "zoomIn", "-": "zoomOut", "0": "fit", f: "fit", F: "fit", h: "hand", H: "hand" }[key];
    const arrow = this.isOnStage(event) && ARROWS[key];
    if (act) this.acts[act]();
    else if (arrow) this.stage.panBy(arrow[0] * STRIDE, arrow[1] * STRIDE);
    return Boolean(act || arrow);
  }

  pressTool() {
    return false;
  }

  escape() {
    return false;
  }
}
return { DrawingTool };
})();

// parts/drawing/shape-tool.js
const $parts_drawing_shape_tool = (() => {
const { listIn } = $parts_answers;
const { apart, edgesOf, snapped } = $parts_drawing_geometry;
const { ShapeKeys } = $parts_drawing_shape_keys;
const { ShapePainter } = $parts_drawing_shape_painter;
const { ShapePointer } = $parts_drawing_shape_pointer;
const { DrawingTool } = $parts_drawing_tool;

let lastId = 0;

const KEYS = [
  ["Delete", "Delete what is selected"],
  ["Esc", "Leave off drawing; select nothing"],
  ["Shift", "Held, draws also where another shape's edge is"],
  ["Arrow keys", "On the picture: move the cursor, or what is selected; with Shift further"],
  ["Enter, Space", "On the picture: set a point at the cursor; Enter on what is selected goes to its points"],
  ["Page Down, Page Up", "On the picture: select the next, the one before"],
  ["L", "Hide the labels on the picture, show them again"],
];

class ShapeTool extends DrawingTool {
  constructor() {
    super();
    [this.shapes, this.draft, this.handle, this.live] = [[], null, null, null];
    [this.pointer, this.cursor, this.hovered, this.isClosing] = [null, null, null, false];
    this.painter = new ShapePainter();
    this.pointing = new ShapePointer(this);
    this.typing = new ShapeKeys(this);
    this.acts.finish = () => this.finish();
    this.acts.tags = () => this.hideTags(!this.isBare);
  }

  static get nouns() {
    return this.kind.nouns;
  }

  static get how() {
    return this.kind.how;
  }

  get kind() {
    return this.constructor.kind;
  }

  keyLines() {
    const ends = [["Enter", `End the ${this.kind.noun}`], ["Backspace", "Take the last point back"],
      ["Insert, Delete", `Put a point in, take one out (after Enter on a selected ${this.kind.noun})`]];
    return this.kind.most === Infinity ? [...ends, ...KEYS] : KEYS;
  }

  // ---- The answer -----------------------------------------------------------------------------------

  contents() {
    return { [this.kind.list]: this.shapes.map((shape) => this.kind.toAnswer(shape)) };
  }

  contentsFrom(taken) {
    return { [this.kind.list]: listIn(taken(this.kind.list)) };
  }

  /** Of an initial value, what has a label that the task does not know is left out. */
  take(contents, isInitial) {
    const items = Array.isArray(contents) ? contents : contents?.[this.kind.list];
    const shapes = (Array.isArray(items) ? items : []).map((item) => this.kind.fromAnswer(item)).filter(Boolean);
    const known = isInitial ? shapes.filter(({ label }) => this.known.includes(label)) : shapes;
    this.shapes = known.map((shape) => ({ ...shape, id: (lastId += 1) }));
    [this.draft, this.live, this.handle] = [null, null, null];
    this.pointing.press = null;
  }

  items() {
    return this.shapes.map(({ id, label }) => ({ id, label, text: label }));
  }

  fault() {
    const isBegun = this.draft?.points.length > 1;
    return super.fault() || (isBegun ? `The ${this.kind.noun} that you are drawing is not ended: press Enter, or Esc to leave it off.` : "");
  }

  // ---- What there is --------------------------------------------------------------------------------

  shape(id) {
    return this.shapes.find((shape) => shape.id === id);
  }

  nameOf(shape) {
    return `${this.kind.noun} ${this.shapes.indexOf(shape) + 1}, ${shape.label}`;
  }

  /** A place that can be drawn at: whole pixels, within the picture. */
  held(point) {
    const { width, height } = this.size;
    return snapped(point, this.kind.most === 1 ? { width: width - 1, height: height - 1 } : { width, height });
  }

  sayPlace({ x, y }) {
    return `${x} across, ${y} down`;
  }

  sayShape(shape) {
    const { left, top, right, bottom } = edgesOf(shape.points);
    if (this.kind.most === 1) return `${this.nameOf(shape)}: ${this.sayPlace(shape.points[0])}`;
    return `${this.nameOf(shape)}: from ${left} across, ${top} down, ${right - left} wide, ${bottom - top} high`;
  }

  // ---- Changes --------------------------------------------------------------------------------------

  /** Put these shapes in place of what there is; a change that can be undone. */
  put(shapes, said = "") {
    const before = this.shapes;
    this.nudged = null;
    this.shapes = shapes;
    this.history.note(() => this.restore(before), () => this.restore(shapes));
    this.changed(said);
  }

  restore(shapes) {
    this.shapes = shapes;
    this.nudged = null;
    if (!this.shape(this.selected)) this.selected = null;
    this.handle = null;
    this.cancelDraft();
  }

  replace(id, points, said) {
    const shape = this.shape(id);
    if (!shape) return undefined;
    const { left, top, right, bottom } = edgesOf(points);
    if (this.kind.isBox && (left === right || top === bottom)) return undefined;
    const even = this.kind.isBox ? [{ x: left, y: top }, { x: right, y: bottom }] : points;
    if (JSON.stringify(even) === JSON.stringify(shape.points)) return undefined;
    const changed = { ...shape, points: even };
    this.put(this.shapes.map((one) => (one.id === id ? changed : one)));
    return this.say(said ?? this.sayShape(changed));
  }

  /** Move what is selected by keys: steps that follow each other are undone as one. */
  nudge(points) {
    const isMore = this.nudged === this.selected && this.history.canUndo;
    const count = this.history.past.length;
    this.replace(this.selected, points);
    if (isMore && this.history.past.length > count) this.history.join();
    this.nudged = this.selected;
  }

  select(id, handle = null) {
    [this.selected, this.handle] = [id, handle];
    this.cancelDraft();
    this.refresh();
    const shape = this.shape(id);
    if (shape) this.say(`Selected: ${this.sayShape(shape)}`);
  }

  deselect() {
    if (this.selected === null) return false;
    [this.selected, this.handle] = [null, null];
    this.refresh();
    this.say("Nothing is selected.");
    return true;
  }

  /** Delete a shape; of what is selected only the point, if one is chosen. False if there is nothing. */
  discard(id) {
    if (this.isDisabled) return false;
    if (id === undefined && this.draft) return this.takeBack();
    const shape = this.shape(id ?? this.selected);
    if (!shape) return false;
    if (id === undefined && this.handle !== null && this.kind.most === Infinity) return this.removePoint(shape);
    const said = `Deleted: ${this.nameOf(shape)}.`;
    if (shape.id === this.selected) [this.selected, this.handle] = [null, null];
    this.hovered = null;
    this.put(this.shapes.filter((one) => one !== shape), said);
    return true;
  }

  removePoint(shape) {
    if (shape.points.length <= this.kind.fewest) {
      this.say(`A ${this.kind.noun} has at least ${this.kind.fewest} points.`);
      return true;
    }
    const { handle } = this;
    this.replace(shape.id, shape.points.toSpliced(handle, 1), "Point deleted.");
    this.handle = Math.max(0, handle - 1);
    return true;
  }

  /** A label chosen while a shape is selected is that shape's. */
  labelChosen(label) {
    if (this.draft) this.draft = { ...this.draft, label };
    const shape = this.shape(this.selected);
    if (!shape || this.isDisabled) return this.say(`Label: ${label}`);
    const changed = { ...shape, label };
    if (label !== shape.label) this.put(this.shapes.map((one) => (one === shape ? changed : one)));
    return this.say(this.nameOf(changed.label === shape.label ? shape : changed));
  }

  get labelTitle() {
    const shape = this.shape(this.selected);
    return shape ? `Label of ${this.kind.noun} ${this.shapes.indexOf(shape) + 1}` : "Label";
  }

  get labelShown() {
    return this.shape(this.selected)?.label ?? this.label;
  }

  // ---- Drawing --------------------------------------------------------------------------------------

  addPoint(place) {
    const point = this.held(place);
    const draft = this.draft ?? { label: this.label, points: [] };
    const [first] = draft.points;
    if (this.kind.isBox && first && (first.x === point.x || first.y === point.y)) return;
    if (first && apart(draft.points.at(-1), point) === 0) return;
    this.nudged = null;
    if (this.selected !== null) this.deselect();
    this.draft = { ...draft, points: [...draft.points, point] };
    if (this.draft.points.length === this.kind.most) this.finish();
    else this.drafted(`Point ${this.draft.points.length}: ${this.sayPlace(point)}`);
  }

  drafted(said) {
    this.isClosing = false;
    this.validate();
    this.refreshTools();
    this.stage.redraw();
    this.say(said);
  }

  /** Make a shape of what is being drawn. */
  finish() {
    const { draft, kind } = this;
    if (!draft || draft.points.length < kind.fewest) return;
    [this.draft, this.isClosing] = [null, false];
    const points = kind.isBox ? this.evenBox(draft.points) : draft.points;
    const shape = { id: (lastId += 1), label: draft.label, points };
    this.put([...this.shapes, shape]);
    this.say(`Drawn: ${this.sayShape(shape)}`);
  }

  evenBox(points) {
    const { left, top, right, bottom } = edgesOf(points);
    return [{ x: left, y: top }, { x: right, y: bottom }];
  }

  cancelDraft() {
    if (!this.draft) return false;
    [this.draft, this.isClosing] = [null, false];
    this.validate();
    this.refreshTools();
    this.stage.redraw();
    return true;
  }

  /** Take the last point of what is being drawn back. */
  takeBack() {
    const points = this.draft.points.slice(0, -1);
    this.draft = points.length ? { ...this.draft, points } : null;
    this.drafted(points.length ? `${points.length} points` : "Nothing is being drawn.");
    return true;
  }

  escape() {
    if (this.cancelDraft()) this.say("Left off.");
    else if (this.handle !== null) {
      this.handle = null;
      this.stage.redraw();
    } else if (!this.deselect() && !this.cursor) return false;
    else this.cursor = null;
    return true;
  }

  step(act) {
    if (!this.draft) super.step(act);
    else if (act === "undo") this.takeBack(); // to make something again would be the end of what is being drawn
  }

  refreshTools() {
    super.refreshTools();
    if (this.isDisabled) return this.toolbar.enable("finish", false);
    this.toolbar.enable("undo", this.history.canUndo || Boolean(this.draft));
    this.toolbar.enable("redo", this.history.canRedo && !this.draft);
    this.toolbar.enable("remove", this.selected !== null || Boolean(this.draft));
    return this.toolbar.enable("finish", this.draft?.points.length >= this.kind.fewest);
  }

  /** Labels may hide what is to be seen; those in use stay. */
  hideTags(isBare) {
    this.isBare = isBare;
    this.toolbar.press("tags", isBare);
    this.stage.redrawBase();
  }

  pressView(key, event) {
    if (key !== "l" && key !== "L") return super.pressView(key, event);
    this.acts.tags();
    return true;
  }

  // ---- The stage's callbacks ------------------------------------------------------------------------

  pressTool(key, event) {
    return this.typing.press(key, event);
  }

  pointerBegan(point, event) {
    this.pointing.began(point, event);
  }

  pointerMoved(point, event) {
    this.pointing.moved(point, event);
  }

  pointerEnded(point, event) {
    this.pointing.ended(point, event);
  }

  pointerCancelled(point, event) {
    this.pointing.cancelled(point, event);
  }

  pointerHovered(point, event) {
    this.pointing.hovered(point, event);
  }

  pointerLeft() {
    this.pointing.left();
  }

  cursorShape(given) {
    const cursor = given || "";
    if (this.stage.place.style.cursor !== cursor) this.stage.place.style.cursor = cursor;
  }

  /** What is at rest: all but what is selected or being dragged. */
  drawBase(context, view, room) {
    const shapes = this.shapes.filter(({ id }) => id !== this.selected && id !== this.live?.id);
    this.painter.paintBase(context, view, room, this.scene(shapes));
  }

  draw(context, view, room) {
    const { live, draft, isClosing, kind, pointer, cursor } = this;
    const used = this.shapes.filter(({ id }) => id === this.selected || id === this.hovered || id === live?.id);
    const shapes = used.map((one) => (one.id === live?.id ? { ...one, points: live.points } : one));
    const isAiming = kind.isBox && this.canDraw && !live && this.hovered === null;
    this.painter.paint(context, view, room, {
      ...this.scene(shapes), pointer, cursor, draft: draft && { ...draft, isClosing }, guides: isAiming ? pointer : null,
    });
  }

  scene(shapes) {
    return {
      shapes, kind: this.kind, isBare: this.isBare, selected: this.selected, handle: this.handle, hovered: this.hovered, isLocked: this.isDisabled,
      colourOf: (label) => this.colourOf(label), markOf: (label) => this.markOf(label),
    };
  }

  refresh() {
    super.refresh();
    this.stage.redrawBase();
  }
}
return { ShapeTool };
})();

// parts/drawing/tool-look.js
const $parts_drawing_tool_look = (() => {
const { frameMarkup, frameStyles } = $parts_frame;
const { ITEMS, ITEMS_STYLES } = $parts_drawing_item_list;
const { LABELS, LABELS_STYLES } = $parts_drawing_label_list;
const { STAGE, STAGE_STYLES } = $parts_drawing_stage;
const { toolbar, TOOLBAR_STYLES } = $parts_drawing_toolbar;

const BY_KEYS = "Keys: arrows move a cursor over the picture, Enter sets a point there, Page Down selects what is drawn. " +
  "The button Shortcuts lists all keys.";

const toolMarkup = (extra = "") =>
  frameMarkup(`${toolbar(extra)}${STAGE}<p class="how" id="how"></p>
    <p class="unseen" id="by-keys">${BY_KEYS}</p><p class="unseen says" role="status"></p>`, LABELS + ITEMS);

const toolStyles = `
  :host { display: block; margin-block: 0.5rem; }
  ${frameStyles} ${TOOLBAR_STYLES} ${STAGE_STYLES} ${LABELS_STYLES} ${ITEMS_STYLES}
  .annotation-area { gap: 1rem; padding: 0.75rem; }
  .target { display: flex; flex-direction: column; gap: 0.5rem; }
  :host(:not([data-whole-page])) .stage { min-height: clamp(18rem, 60vh, 40rem); }
  .how { margin: 0; color: var(--crowd-soft); font-size: 0.875rem; }
  .how:empty { display: none; }
  /* As high as the picture: many labels are scrolled. */
  .category-picker-wrapper { display: flex; width: 15.5rem; flex-direction: column; gap: 1rem; margin: -3px; padding: 3px;
    contain: size; overflow-y: auto; scrollbar-width: thin; }
  @media (max-width: 48rem) {
    .target { flex: none; }
    .stage { min-height: 12rem; max-height: 65vh; flex: none; aspect-ratio: var(--shape, 4 / 3); }
    .category-picker-wrapper { display: contents; contain: none; }
    .labels { order: -1; }
    .labels .choices { display: flex; margin-inline: -0.75rem; padding: 2px 0.75rem; gap: 0.4rem; overflow-x: auto; scrollbar-width: none; }
    .labels .choice { flex: none; }
    .rows-place { min-height: 0; }
    .rows { position: static; max-height: 40vh; }
  }`;
return { toolMarkup, toolStyles };
})();

// elements/crowd-bounding-box.js
const $elements_crowd_bounding_box = (() => {
const { noteControl } = $parts_control;
const { BOX } = $parts_drawing_kinds;
const { ShapeTool } = $parts_drawing_shape_tool;
const { toolMarkup, toolStyles } = $parts_drawing_tool_look;
const { TAGS } = $parts_drawing_toolbar;
const { define } = $parts_element;

const definition = {
  "element": "crowd-bounding-box",
  "summary": "Boxes around things in a picture, each with a label. A picture without a box is a valid answer.",
  "attributes": {
    "name": { "type": "text", "required": true, "about": "Under which name the answer is sent." },
    "header": { "type": "text", "about": "What is asked." },
    "labels": { "type": "list", "required": true, "most": 10, "about": "The labels: a list of texts. Keys 1 to 9 and 0 choose the first ten." },
    "src": { "type": "text", "required": true, "about": "The address of the picture." },
    "initial-value": { "type": "list", "about": "Boxes to begin with, as in the answer; one with an unknown label is not drawn." },
    "disabled": { "type": "boolean", "about": "Shows what is drawn; it cannot be changed." }
  },
  "slots": {
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when something was drawn, changed or deleted" },
  "answer": "boundingBoxes in whole pixels of the picture, and its size; with initial-value also initialValueModified",
  "sample": {
    "annotatedResult": {
      "boundingBoxes": [{ "height": 3300, "label": "Dog", "left": 536, "top": 154, "width": 4361 }],
      "inputImageProperties": { "height": 3456, "width": 5184 }
    }
  },
  "keys": { "1 to 9, 0": "choose a label", "Ctrl+Z, Ctrl+Shift+Z": "undo and redo", "+, -, F": "zoom in, zoom out, show the whole picture", "Delete": "removes what is selected" },
  "demo": [
    "<crowd-bounding-box name=\"annotatedResult\" src=\"pictures/street.svg\" header=\"Draw a box around each car, person and dog\"",
    "    initial-value=\"[{ label: 'Car', left: 92, top: 400, width: 264, height: 124 }]\"",
    "    labels=\"['Car', 'Person', 'Dog']\">",
    "  <short-instructions header=\"In short\">What is half hidden counts too.</short-instructions>",
    "  <full-instructions header=\"Instructions\"><p>Keep close to the edges of what you see.</p></full-instructions>",
    "</crowd-bounding-box>"
  ]
};

class CrowdBoundingBox extends ShapeTool {
  static definition = definition;
  static kind = BOX;
  static markup = toolMarkup(TAGS);
  static styles = toolStyles;
}

noteControl(CrowdBoundingBox);
define(CrowdBoundingBox);
return { definition };
})();

// elements/crowd-button.js
const $elements_crowd_button = (() => {
const { CrowdElement, define } = $parts_element;
const { iconOf } = $parts_icons;

const definition = {
  "element": "crowd-button",
  "summary": "A button that submits, resets, leads somewhere, or does what the page's scripts make of it.",
  "attributes": {
    "form-action": { "type": "text", "values": ["submit", "reset"], "about": "submit or reset; without it the button does nothing by itself." },
    "variant": { "type": "text", "values": ["primary", "normal", "link", "icon"], "default": "normal", "about": "primary, normal, link or icon." },
    "href": { "type": "text", "about": "Makes a link of it." },
    "target": { "type": "text", "about": "Where the link opens; beside the task unless it says otherwise." },
    "icon": { "type": "text", "about": "The name of an icon." },
    "icon-url": { "type": "text", "about": "The address of a picture; used if there is no icon." },
    "icon-align": { "type": "text", "values": ["left", "right"], "default": "left", "about": "left or right." },
    "loading": { "type": "boolean", "about": "Shows that something is on its way; it cannot be pressed meanwhile." },
    "disabled": { "type": "boolean", "about": "Cannot be pressed." }
  },
  "slots": { "": "the label" },
  "events": { "click": "when it is pressed" },
  "answer": "none",
  "keys": { "Enter, Space": "press it" },
  "demo": [
    "<crowd-button variant=\"primary\" icon=\"check\">Primary</crowd-button>",
    "<crowd-button>Normal</crowd-button>",
    "<crowd-button variant=\"link\" href=\"index.html\" target=\"_self\">Link</crowd-button>",
    "<crowd-button variant=\"icon\" icon=\"search\" aria-label=\"Search\"></crowd-button>",
    "<crowd-button loading>Loading</crowd-button>",
    "<crowd-button disabled>Off</crowd-button>"
  ]
};

class CrowdButton extends CrowdElement {
  static definition = definition;
  static takesFocus = true;
  static formAssociated = true;
  static markup = `<span class="place"></span>`;
  static styles = `
    :host { display: inline-block; vertical-align: middle; }
    :host(:is([disabled], [loading])) { pointer-events: none; }
    .right { flex-direction: row-reverse; }
    .picture { width: 1.25em; height: 1.25em; }
    .spinner { width: 1.1em; height: 1.1em; border: 2px solid currentColor; border-right-color: transparent;
      border-radius: 50%; animation: turn 0.9s linear infinite; }
    @keyframes turn { to { rotate: 1turn; } }
    @media (prefers-reduced-motion: reduce) { .spinner { animation-duration: 4s; } }`;

  constructor() {
    super();
    this.internals = this.attachInternals();
    this.label = document.createElement("span");
    this.label.append(document.createElement("slot"));
    // After all of the page's own handlers, which may prevent it.
    this.addEventListener("click", (event) => setTimeout(() => event.defaultPrevented || this.act()));
  }

  get isOff() {
    return this.hasAttribute("disabled") || this.hasAttribute("loading");
  }

  update() {
    const isLink = this.hasAttribute("href") && !this.isOff;
    if (this.button?.localName !== (isLink ? "a" : "button")) this.make(isLink ? "a" : "button");
    const { button } = this;
    if (isLink) {
      button.href = this.getAttribute("href");
      const isHere = this.getAttribute("href").startsWith("#");
      button.target = this.getAttribute("target") ?? (isHere ? "" : "_blank"); // another page would replace the task
      button.rel = "noopener";
    } else {
      button.type = this.getAttribute("form-action") === "submit" ? "submit" : "button";
      button.disabled = this.isOff;
      button.setAttribute("aria-busy", this.hasAttribute("loading"));
    }
    const variant = this.getAttribute("variant");
    button.className = `button ${["primary", "link", "icon"].includes(variant) ? variant : ""}`;
    button.classList.toggle("right", this.getAttribute("icon-align") === "right");
    const isBare = variant === "icon" && !this.textContent.trim();
    const label = this.getAttribute("aria-label") ?? (isBare && this.getAttribute("icon"));
    if (label) button.setAttribute("aria-label", label);
    button.replaceChildren(...[this.mark(), this.label].filter(Boolean));
  }

  make(tag) {
    this.button = document.createElement(tag);
    this.root.replaceChildren(this.button);
  }

  mark() {
    if (!this.hasAttribute("loading")) return iconOf(this.getAttribute("icon") || this.pictureAddress());
    const spinner = document.createElement("span");
    spinner.className = "spinner";
    return spinner;
  }

  pictureAddress() {
    const address = this.getAttribute("icon-url");
    return address && URL.canParse(address, document.baseURI) && new URL(address, document.baseURI).href;
  }

  /** What a press does, once the page's own handlers have run. */
  act() {
    if (this.isOff) return;
    const crowdForm = this.crowdForm ?? this.closest("crowd-form"); // beside which it may stand
    const form = this.internals.form ?? this.closest("form");
    const action = this.getAttribute("form-action");
    if (action === "submit") (crowdForm?.submit ? crowdForm.submit() : form?.requestSubmit());
    if (action === "reset" && (crowdForm?.form ?? form)) HTMLFormElement.prototype.reset.call(crowdForm?.form ?? form);
  }
}

define(CrowdButton);
return { definition };
})();

// elements/crowd-card.js
const $elements_crowd_card = (() => {
const { CrowdElement, define } = $parts_element;

const definition = {
  "element": "crowd-card",
  "summary": "A box with a heading and a picture.",
  "attributes": {
    "heading": { "type": "text", "about": "What stands above." },
    "image": { "type": "text", "about": "The address of a picture." }
  },
  "slots": { "": "anything" },
  "events": {},
  "answer": "none",
  "demo": [
    "<crowd-card heading=\"A street\" image=\"pictures/street.svg\">Seen in the morning.</crowd-card>"
  ]
};

class CrowdCard extends CrowdElement {
  static definition = definition;
  static markup = `<div class="card"><img alt="" hidden><h3 class="heading" hidden></h3><div class="body"><slot></slot></div></div>`;
  static styles = `
    :host { display: inline-block; max-width: 100%; vertical-align: top; }
    .card { overflow: hidden; border: 1px solid var(--crowd-line); border-radius: 0.75rem; background: var(--crowd-raised);
      box-shadow: var(--crowd-shadow); color: var(--crowd-ink); }
    img { display: block; max-width: 100%; margin-inline: auto; }
    .heading { margin: 0; padding: 0.9rem 1rem 0; font-size: 1.125rem; line-height: 1.3; }
    .body { padding: 0.75rem 1rem 1rem; }`;

  update() {
    const [heading, image] = [this.part$(".heading"), this.part$("img")];
    heading.textContent = this.getAttribute("heading") ?? "";
    heading.hidden = !heading.textContent;
    const address = this.getAttribute("image");
    image.hidden = !address;
    if (address && image.getAttribute("src") !== address) image.src = address;
  }
}

define(CrowdCard);
return { definition };
})();

// parts/box-control.js
const $parts_box_control = (() => {
const { isTrue } = $parts_answers;
const { CrowdControl } = $parts_control;

class BoxControl extends CrowdControl {
  static role = "checkbox";

  constructor() {
    super();
    this.addEventListener("click", (event) => this.onClick(event));
    this.addEventListener("keydown", (event) => this.onKey(event));
    this.addEventListener("keyup", (event) => this.onKeyUp(event));
  }

  connectedCallback() {
    if (!this.hasAttribute("role")) this.setAttribute("role", this.constructor.role);
    super.connectedCallback();
  }

  get checked() {
    return this.isOn ?? this.hasAttribute("checked");
  }

  set checked(isOn) {
    this.isOn = Boolean(isOn);
    this.update();
  }

  get value() {
    return this.getAttribute("value") || "on";
  }

  set value(value) {
    if (value === null || value === undefined) this.removeAttribute("value");
    else this.setAttribute("value", value);
  }

  get anchor() {
    return this.part$(".box") ?? undefined;
  }

  answer() {
    return { [this.value]: this.checked };
  }

  enter(taken) {
    this.checked = isTrue(taken(this.value));
  }

  sent() {
    return this.checked ? this.value : undefined;
  }

  reset() {
    this.checked = this.hasAttribute("checked");
  }

  attributeChangedCallback(name, before, now) {
    if (name === "checked") this.isOn = now !== null;
    super.attributeChangedCallback(name, before, now);
  }

  update() {
    const isDisabled = this.isDisabled;
    this.setAttribute("aria-checked", this.checked);
    this.setAttribute("aria-disabled", isDisabled);
    if (this.hasAttribute("required")) this.setAttribute("aria-required", "true");
    else this.removeAttribute("aria-required");
    this.setAttribute("tabindex", this.tabStop(isDisabled));
    this.toggleState("on", this.checked);
    this.toggleState("off-duty", isDisabled);
    this.validate();
  }

  tabStop(isDisabled) {
    return isDisabled ? -1 : 0;
  }

  toggleState(name, isSet) {
    this.part$(".row").classList.toggle(name, isSet);
  }

  fault() {
    if (!this.hasAttribute("required") || this.checked) return "";
    return this.getAttribute("error-message") || "This has to be ticked.";
  }

  faultShown(sentence) {
    super.faultShown(sentence);
    if (sentence) this.setAttribute("aria-invalid", "true");
    else this.removeAttribute("aria-invalid");
  }

  /** A link in the label is a link; whatever else is pressed ticks. */
  onClick(event) {
    const isOwn = event.composedPath().some((node) => node !== this && node.matches?.("a[href], button, input, select, textarea"));
    if (event.defaultPrevented || isOwn || this.isDisabled) return;
    this.press();
  }

  press() {
    this.choose(!this.checked);
  }

  choose(isOn) {
    if (this.checked === isOn) return;
    this.checked = isOn;
    this.announce("input", "change");
  }

  onKey(event) {
    if (event.target !== this || event.key !== " ") return;
    event.preventDefault(); // else the page scrolls
  }

  onKeyUp(event) {
    if (event.target === this && event.key === " ") this.click();
  }
}
return { BoxControl };
})();

// elements/crowd-checkbox.js
const $elements_crowd_checkbox = (() => {
const { BoxControl } = $parts_box_control;
const { noteControl } = $parts_control;
const { define } = $parts_element;

const definition = {
  "element": "crowd-checkbox",
  "summary": "A box to be ticked; what stands in it is its label.",
  "attributes": {
    "name": { "type": "text", "about": "Under which name the answer is sent; boxes of one name have one answer." },
    "value": { "type": "text", "default": "on", "about": "The key in the answer." },
    "checked": { "type": "boolean", "about": "Ticked at the start." },
    "required": { "type": "boolean", "about": "Nothing can be submitted until it is ticked." },
    "disabled": { "type": "boolean", "about": "Can be read, not changed, and is not sent." }
  },
  "slots": { "": "the label" },
  "events": { "input": "when it is ticked or not any more", "change": "the same" },
  "answer": "an object: value to true or false",
  "sample": { "image_attributes": { "blurry": true, "in_focus": false } },
  "keys": { "Space": "ticks it, or not any more" },
  "demo": [
    "<crowd-checkbox name=\"image_attributes\" value=\"blurry\">The picture is blurry</crowd-checkbox><br>",
    "<crowd-checkbox name=\"image_attributes\" value=\"in_focus\" checked>Something in it is sharp</crowd-checkbox><br>",
    "<crowd-checkbox name=\"agreed\" required>I have read the rules</crowd-checkbox>"
  ]
};

class CrowdCheckbox extends BoxControl {
  static definition = definition;
  static markup = `<span class="row"><span class="box" aria-hidden="true">
    <svg viewBox="0 0 24 24"><path d="M5 12.5l4.5 4.5L19 7.5"></path></svg></span><span class="text"><slot></slot></span></span>
    <span class="fault" role="alert"></span>`;
  static styles = `
    :host { display: inline-block; margin-block: 0.15rem; outline-offset: 3px; cursor: pointer; }
    :host([aria-disabled="true"]) { cursor: not-allowed; }
    :host(:focus-visible) { outline: 2px solid var(--crowd-accent); border-radius: 0.25rem; }
    .row { display: inline-flex; min-height: 1.75rem; align-items: flex-start; gap: 0.6rem; padding-block: 0.1rem; }
    .box { display: inline-flex; width: 1.25rem; height: 1.25rem; flex: none; align-items: center; justify-content: center; margin-top: 0.15rem;
      border: 2px solid var(--crowd-line-strong); border-radius: 0.25rem; background: var(--crowd-raised); color: transparent; }
    .on .box { border-color: var(--crowd-accent); background: var(--crowd-accent); color: var(--crowd-accent-ink); }
    .box svg { width: 1rem; height: 1rem; stroke-width: 3; }
    .off-duty { color: var(--crowd-soft); }
    .off-duty .box { border-color: var(--crowd-line-strong); background: var(--crowd-sunk); }
    .off-duty.on .box { color: var(--crowd-soft); }
    :host([aria-invalid]) .box { border-color: var(--crowd-bad); background: var(--crowd-bad-wash); }
    .fault { display: block; }
    @media (forced-colors: active) { .on .box { color: CanvasText; } }`;
}

noteControl(CrowdCheckbox);
define(CrowdCheckbox);
return { definition };
})();

// parts/classifier.js
const $parts_classifier = (() => {
const { listIn } = $parts_answers;
const { frameMarkup, frameStyles } = $parts_frame;
const { FullScreenControl } = $parts_full_screen;
const { NotAList, parseLoosely, textsIn } = $parts_loose_lists;

const KEYS = [..."1234567890"];
const CHOICES = `<fieldset><legend>Select an option</legend><div class="choices"></div></fieldset>`;
const TARGET = `<div class="card"><slot name="classification-target"></slot><slot></slot></div>`;

const classifierMarkup = (target = TARGET, below = "") => frameMarkup(target, CHOICES + below);

const classifierStyles = `
  :host { display: block; margin-block: 0.5rem; }
  ${frameStyles}
  fieldset { min-width: 0; margin: 0; padding: 0; border: 0; }
  legend { margin-bottom: 0.6rem; padding: 0; font-weight: 600; }
  .card { overflow: auto; padding: 1rem; border: 1px solid var(--crowd-line);
    border-radius: var(--crowd-radius); background: var(--crowd-raised); overflow-wrap: anywhere; }
  .choices { display: grid; gap: 0.5rem; }
  .choice { position: relative; display: flex; min-height: var(--crowd-control); align-items: center; gap: 0.6rem;
    padding: 0.4rem 0.8rem; border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius); background: var(--crowd-raised); cursor: pointer; overflow-wrap: anywhere; }
  .choice:hover { border-color: var(--crowd-accent); }
  .choice:has(:checked) { border-color: var(--crowd-accent); background: var(--crowd-accent-wash);
    box-shadow: inset 0 0 0 1px var(--crowd-accent); }
  .choice:has(:focus-visible) { outline: 2px solid var(--crowd-accent); outline-offset: 2px; }
  .choice:has(:disabled) { background: var(--crowd-sunk); color: var(--crowd-soft); cursor: not-allowed; }
  .choice input { width: 1.15rem; height: 1.15rem; flex: none; margin: 0;
    accent-color: var(--crowd-accent); cursor: inherit; }
  .choice .text { min-width: 0; flex: 1; }
  .choice sup { color: var(--crowd-soft); font-size: 0.75rem; font-variant-numeric: tabular-nums; }
  @media (hover: none) { .choice sup { display: none; } }
  @media (max-width: 48rem) { .choices { grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); } }`;

class Classifier extends FullScreenControl {
  static hasMany = false;
  static takesFocus = true;

  constructor() {
    super();
    this.part$(".choices").addEventListener("change", (event) => this.onChoice(event));
    this.part$("legend").textContent = this.constructor.hasMany ? "Select all that apply" : "Select an option";
    this.chosen = new Set();
  }

  get anchor() {
    return this.part$(".choices input") ?? undefined;
  }

  /** The categories, each once; a list may be set too. */
  get categories() {
    try {
      return [...new Set(textsIn(this.getAttribute("categories")))];
    } catch (error) {
      if (error instanceof NotAList) return [];
      throw error;
    }
  }

  set categories(categories) {
    this.setAttribute("categories", Array.isArray(categories) ? JSON.stringify(categories) : (categories ?? ""));
  }

  /** The text of the choice that leaves out all others; empty without one. */
  get exclusion() {
    const text = this.getAttribute("exclusion-category");
    if (!text || !this.constructor.hasMany) return "";
    try {
      const value = parseLoosely(text);
      return String(value?.text ?? (typeof value === "string" ? value : ""));
    } catch {
      return "";
    }
  }

  get options() {
    return [...this.categories, this.exclusion].filter(Boolean);
  }

  /** What is chosen, in the order of the categories. */
  get labels() {
    return this.options.filter((option) => this.chosen.has(option));
  }

  update() {
    this.makeChoices();
    super.update();
    this.frame.listKeys(this.keyLines());
    this.faultOfCategories();
  }

  /** What is listed under Shortcuts. */
  keyLines() {
    return this.options.slice(0, KEYS.length).map((option, i) => [KEYS[i], option]);
  }

  /** A list that cannot be read, said where the choices would be. */
  faultOfCategories() {
    if (this.options.length) return;
    const text = this.getAttribute("categories") ?? "";
    this.part$(".choices").textContent = text
      ? `This task's list of categories cannot be read: ${text.slice(0, 200)}`
      : "This task has no categories.";
  }

  makeChoices() {
    const { options } = this;
    const key = JSON.stringify(options);
    if (this.made !== key) {
      this.made = key;
      this.part$(".choices").replaceChildren(...options.map((option, i) => this.choice(option, i)));
    }
    const isExcluding = this.exclusion && this.chosen.has(this.exclusion);
    for (const box of this.boxes()) {
      box.checked = this.chosen.has(box.value);
      box.disabled = this.isDisabled || Boolean(isExcluding && box.value !== this.exclusion);
    }
  }

  boxes() {
    return [...this.root.querySelectorAll(".choices input")];
  }

  choice(option, index) {
    const [label, box, text, number] = ["label", "input", "span", "sup"].map((tag) => document.createElement(tag));
    [label.className, text.className] = ["choice category-button", "text"];
    [box.type, box.name, box.value] = [this.constructor.hasMany ? "checkbox" : "radio", "category", option];
    text.textContent = option;
    label.append(box, text);
    if (index < KEYS.length) {
      box.setAttribute("aria-keyshortcuts", KEYS[index]);
      number.textContent = KEYS[index];
      number.setAttribute("aria-hidden", "true");
      label.append(number);
    }
    return label;
  }

  onChoice(event) {
    event.stopPropagation();
    const { value, checked } = event.target;
    this.choose(value, checked);
  }

  /** Choose an option, or not any more; tells of it. */
  choose(option, isChosen) {
    if (!this.constructor.hasMany || option === this.exclusion) this.chosen.clear();
    if (isChosen) this.chosen.add(option);
    else this.chosen.delete(option);
    this.update();
    this.announce("input", "change");
  }

  press(key) {
    const box = this.boxes()[KEYS.indexOf(key)];
    if (!box || box.disabled) return false;
    box.focus();
    this.choose(box.value, this.constructor.hasMany ? !box.checked : true);
    return true;
  }

  fault() {
    if (this.chosen.size || !this.options.length) return "";
    return this.constructor.hasMany ? "Choose at least one option." : "Choose an option.";
  }

  answer() {
    const { labels } = this;
    if (!labels.length && !this.constructor.hasMany) return undefined;
    return this.constructor.hasMany ? { labels } : { label: labels[0] };
  }

  sent() {
    return this.labels.join("|");
  }

  enter(taken) {
    const kept = this.constructor.hasMany ? listIn(taken("labels")) : [taken("label")];
    this.chosen = new Set(kept.filter((label) => label !== undefined).map(String));
    this.update();
  }

  reset() {
    this.chosen.clear();
    this.update();
  }
}

return { classifierMarkup, classifierStyles, Classifier };
})();

// elements/crowd-classifier-multi-select.js
const $elements_crowd_classifier_multi_select = (() => {
const { Classifier, classifierMarkup, classifierStyles } = $parts_classifier;
const { noteControl } = $parts_control;
const { define } = $parts_element;

const definition = {
  "element": "crowd-classifier-multi-select",
  "summary": "All categories that apply to whatever stands in it.",
  "attributes": {
    "name": { "type": "text", "required": true, "about": "Under which name the answer is sent." },
    "header": { "type": "text", "required": true, "about": "What is asked." },
    "categories": { "type": "list", "required": true, "about": "The choices: a list of texts." },
    "exclusion-category": { "type": "list", "about": "A choice that leaves out all others: { text: 'None of these' }." },
    "disabled": { "type": "boolean", "about": "Shows what is chosen; it cannot be changed." }
  },
  "slots": {
    "classification-target": "what is to be classified",
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when something else is chosen" },
  "answer": "the chosen ones as a list, in the order of the categories: {\"labels\": […]}",
  "sample": { "attributes": { "labels": ["Cat", "Dog"] } },
  "keys": { "1 to 9, 0": "one of the first ten choices, from anywhere on the page" },
  "demo": [
    "<crowd-classifier-multi-select name=\"topics\" header=\"What is the letter about?\"",
    "    categories=\"['Weather', 'Money', 'Health', 'Travel']\" exclusion-category=\"{ text: 'None of these' }\">",
    "  <classification-target>The rain kept us at the inn, which cost more than the whole journey.</classification-target>",
    "  <short-instructions header=\"In short\">Choose what fits best.</short-instructions>",
    "  <full-instructions header=\"Instructions\"><p>Look at all of it before you choose.</p></full-instructions>",
    "</crowd-classifier-multi-select>"
  ]
};

class CrowdClassifierMultiSelect extends Classifier {
  static definition = definition;
  static markup = classifierMarkup();
  static styles = classifierStyles;
  static hasMany = true;

  get value() {
    return this.answer();
  }
}

noteControl(CrowdClassifierMultiSelect);
define(CrowdClassifierMultiSelect);
return { definition };
})();

// elements/crowd-classifier.js
const $elements_crowd_classifier = (() => {
const { Classifier, classifierMarkup, classifierStyles } = $parts_classifier;
const { noteControl } = $parts_control;
const { define } = $parts_element;

const definition = {
  "element": "crowd-classifier",
  "summary": "One of several categories for whatever stands in it.",
  "attributes": {
    "name": { "type": "text", "required": true, "about": "Under which name the answer is sent." },
    "header": { "type": "text", "required": true, "about": "What is asked." },
    "categories": { "type": "list", "required": true, "about": "The choices: a list of texts." },
    "disabled": { "type": "boolean", "about": "Shows what is chosen; it cannot be changed." }
  },
  "slots": {
    "classification-target": "what is to be classified",
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when something else is chosen" },
  "answer": "{\"label\": …}",
  "sample": { "sentiment": { "label": "Positive" } },
  "keys": { "1 to 9, 0": "one of the first ten choices, from anywhere on the page" },
  "demo": [
    "<crowd-classifier name=\"sentiment\" header=\"What does the writer feel?\"",
    "    categories=\"['Pleased', 'Displeased', 'Neither', 'Don't know']\">",
    "  <classification-target>Boils two cups in three minutes, and sings while it does.</classification-target>",
    "  <short-instructions header=\"In short\">Choose what fits best.</short-instructions>",
    "  <full-instructions header=\"Instructions\"><p>Look at all of it before you choose.</p></full-instructions>",
    "</crowd-classifier>"
  ]
};

class CrowdClassifier extends Classifier {
  static definition = definition;
  static markup = classifierMarkup();
  static styles = classifierStyles;

  /** The chosen category itself, which pages read when it changes. */
  get value() {
    return this.labels[0];
  }

  set value(category) {
    this.chosen = new Set(category ? [category] : []);
    this.update();
  }
}

noteControl(CrowdClassifier);
define(CrowdClassifier);
return { definition };
})();

// parts/text/entity-list.js
const $parts_text_entity_list = (() => {
const ENTITY_LIST = `<details class="entity-list"><summary></summary><ol></ol></details>`;

const ENTITY_LIST_STYLES = `
  .entity-list summary { padding-block: 0.35rem; cursor: pointer; font-weight: 600; font-variant-numeric: tabular-nums; }
  .entity-list ol { max-height: 40vh; margin: 0; padding: 0; overflow: auto; list-style: none; scrollbar-width: thin; }
  .entity-list li { content-visibility: auto; contain-intrinsic-height: auto 2.25rem; }
  .entity-list button { display: flex; width: 100%; min-height: 2.25rem; align-items: baseline; gap: 0.5rem; padding: 0.3rem 0.5rem;
    border: 0; border-radius: var(--crowd-radius); background: none; color: inherit; font: inherit; text-align: start; cursor: pointer; }
  .entity-list button:hover { background: var(--crowd-sunk); }
  .entity-list button:focus-visible { outline-offset: -2px; }
  .entity-list [aria-current="true"] { background: var(--crowd-accent-wash); }
  .entity-list .sign { flex: none; padding: 0 0.35em; border-radius: 0.3em; font-size: 0.75em; font-weight: 600; }
  .entity-list .what { min-width: 0; overflow-wrap: anywhere; }
  @media (pointer: coarse) { .entity-list button { min-height: 2.75rem; } }`;

class EntityList {
  /** `owner`: lookOf(span), nameOf(span), textOf(span), goTo(span). */
  constructor(place, owner) {
    [this.place, this.owner, this.spans, this.rows] = [place, owner, [], new Map()];
    this.list = place.querySelector("ol");
    place.addEventListener("toggle", () => this.fill());
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("button");
      const span = this.spans.find(({ id }) => row && id === Number(row.value));
      if (span) owner.goTo(span);
    });
  }

  show(spans, chosen) {
    const isOther = this.spans !== spans;
    [this.spans, this.chosen] = [spans, chosen];
    if (isOther || !this.place.querySelector("summary").textContent)
      this.place.querySelector("summary").textContent = `Entities (${spans.length})`;
    this.place.hidden = !spans.length;
    if (this.place.open) this.fill();
  }

  fill() {
    if (!this.place.open) return;
    if (this.filled !== this.spans) {
      this.filled = this.spans;
      const rows = new Map(this.spans.map((span) => [span.id, this.rows.get(span.id) ?? this.row(span)]));
      this.rows = rows;
      const focused = this.list.getRootNode().activeElement;
      this.list.replaceChildren(...rows.values());
      if (focused && this.list.contains(focused)) focused.focus();
    }
    for (const [id, row] of this.rows) {
      const isChosen = id === this.chosen?.id;
      if ((row.firstChild.getAttribute("aria-current") === "true") !== isChosen) row.firstChild.setAttribute("aria-current", isChosen);
    }
  }

  row(span) {
    const [row, button, sign, what] = ["li", "button", "span", "span"].map((tag) => document.createElement(tag));
    const { tag, colour, ink } = this.owner.lookOf(span);
    [button.type, button.value, sign.className, what.className] = ["button", span.id, "sign", "what"];
    [sign.textContent, sign.style.background, sign.style.color] = [tag, colour, ink];
    sign.setAttribute("aria-hidden", "true");
    what.textContent = this.owner.textOf(span);
    button.setAttribute("aria-label", `${this.owner.nameOf(span)}: ${what.textContent}`);
    button.append(sign, what);
    row.append(button);
    return row;
  }
}
return { ENTITY_LIST, ENTITY_LIST_STYLES, EntityList };
})();

// parts/text/label-bar.js
const $parts_text_label_bar = (() => {
const { colourOf, contrasting } = $parts_drawing_palette;
const { NotAList, parseLoosely } = $parts_loose_lists;

const LABEL_BAR = `<div class="label-bar" role="group" aria-label="Labels"></div>`;

const LABEL_BAR_STYLES = `
  .label-bar { display: grid; gap: 0.4rem; }
  .label-button { display: flex; min-height: var(--crowd-control); align-items: center; gap: 0.6rem; padding: 0.3rem 0.7rem;
    border: 1px solid var(--crowd-line-strong); border-radius: var(--crowd-radius); background: var(--crowd-raised);
    color: var(--crowd-ink); font: inherit; text-align: start; cursor: pointer; overflow-wrap: anywhere; }
  .label-button:hover { border-color: var(--crowd-accent); }
  .label-button[aria-pressed="true"] { border-color: var(--crowd-accent); background: var(--crowd-accent-wash);
    box-shadow: inset 0 0 0 1px var(--crowd-accent); font-weight: 600; }
  .label-button:disabled { background: var(--crowd-sunk); color: var(--crowd-soft); cursor: not-allowed; }
  .label-button .text-of-label { min-width: 0; flex: 1; }
  .label-button .sign { display: grid; min-width: 1.5rem; height: 1.5rem; flex: none; place-items: center; padding-inline: 0.3rem;
    border: 1px solid rgb(0 0 0 / 45%); border-radius: 0.3rem; font-size: 0.8125rem; font-weight: 700; line-height: 1; }
  .label-button kbd { font-size: 0.75rem; }
  @media (hover: none) { .label-button kbd { display: none; } }`;

const KEYS = [..."1234567890abcdefghijklmnopqrstuvwxyz"];

/** Labels as the attribute has them, objects or texts: [{label, short, full, colour, ink, key}]. */
function labelsIn(text) {
  let items = [];
  try {
    items = text?.trim() ? [parseLoosely(text)].flat() : [];
  } catch (error) {
    if (!(error instanceof NotAList)) throw error;
  }
  const named = items.map((item) => (item && typeof item === "object" ? item : { label: item }));
  return named.filter(({ label }) => label !== undefined && label !== null && label !== "").map(labelOf);
}

function labelOf({ label, shortDisplayName, fullDisplayName }, index) {
  const colour = colourOf(index);
  const names = [label, shortDisplayName, fullDisplayName].map((name) => (name ? String(name) : String(label)));
  return { label: names[0], short: names[1], full: names[2], colour, ink: contrasting(colour), key: KEYS[index] ?? "" };
}

class LabelBar {
  /** `press(label)` is called for a button, with the label's own name. */
  constructor(place, press) {
    this.place = place;
    place.addEventListener("mousedown", (event) => event.preventDefault());
    place.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) press(button.value);
    });
  }

  show(labels, { pressed, isDisabled, fault }) {
    const made = JSON.stringify([labels, fault]);
    if (made !== this.made) {
      this.made = made;
      this.place.replaceChildren(...labels.map(buttonOf));
      if (!labels.length) this.place.textContent = fault;
    }
    for (const button of this.place.children) {
      button.setAttribute("aria-pressed", button.value === pressed);
      button.disabled = isDisabled;
    }
  }
}

function buttonOf({ label, short, full, colour, ink, key }) {
  const [button, sign, name, pressed] = ["button", "span", "span", "kbd"].map((tag) => document.createElement(tag));
  [button.type, button.value, button.className] = ["button", label, "label-button"];
  [sign.className, name.className] = ["sign", "text-of-label"];
  [sign.style.background, sign.style.color] = [colour, ink];
  sign.textContent = short === full ? "" : short.slice(0, 6);
  sign.setAttribute("aria-hidden", "true");
  name.textContent = full;
  button.append(sign, name);
  if (key) {
    pressed.textContent = key;
    pressed.setAttribute("aria-hidden", "true");
    button.setAttribute("aria-keyshortcuts", key);
    button.append(pressed);
  }
  return button;
}
return { LABEL_BAR, LABEL_BAR_STYLES, labelsIn, LabelBar };
})();

// parts/text/spans.js
const $parts_text_spans = (() => {
let last = 0;

const spanOf = (start, end, label) => ({ start, end, label, id: (last += 1) });

const order = (one, other) =>
  one.start - other.start || one.end - other.end || (one.label < other.label ? -1 : Number(one.label > other.label));

const sorted = (spans) => [...spans].sort(order);

const meets = (one, other) => one.start < other.end && other.start < one.end;
const holds = (outer, inner) => outer.start <= inner.start && inner.end <= outer.end;

/**
 * Put a span in: it takes the place of those that lie in it whole. Gives null where it would cut through one
 * or lie within a larger one: marked text is taken whole or not at all.
 */
function placed(spans, span) {
  const met = spans.filter((other) => meets(other, span));
  if (!met.every((other) => holds(span, other))) return null;
  return sorted([...spans.filter((other) => !met.includes(other)), span]);
}

/** The smallest span around an offset; one that only ends there counts if there is no other. */
function spanAt(spans, offset) {
  const around = spans.filter((span) => span.start <= offset && offset <= span.end);
  const [best] = around.sort((one, other) => (one.end === offset) - (other.end === offset) || size(one) - size(other));
  return best;
}

const size = (span) => span.end - span.start;

/** The spans that meet a range. */
const spansIn = (spans, range) => spans.filter((span) => meets(span, range));

/** A range without the white space at its ends; null if nothing is left. */
function trimmed(text, { start, end }) {
  const part = text.slice(start, end);
  const inner = part.trim();
  if (!inner) return null;
  const from = start + part.indexOf(inner);
  return { start: from, end: from + inner.length };
}

/** The text in pieces, each of one set of spans: [{start, end, spans, ending}]; `ending` are those that end with it. */
function piecesOf(spans, length) {
  const starting = sorted(spans);
  const cuts = [...new Set([0, length, ...spans.flatMap(({ start, end }) => [start, end])])].sort((one, other) => one - other);
  const pieces = [];
  let open = [];
  let next = 0;
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const [start, end] = [cuts[i], cuts[i + 1]];
    open = open.filter((span) => span.end > start);
    while (next < starting.length && starting[next].start <= start) open = [...open, starting[next++]];
    pieces.push({ start, end, spans: open, ending: open.filter((span) => span.end === end) });
  }
  return pieces;
}
return { spanOf, sorted, placed, spanAt, spansIn, trimmed, piecesOf };
})();

// parts/text/marked-text.js
const $parts_text_marked_text = (() => {
const { piecesOf, spanAt } = $parts_text_spans;

const MARKED_STYLES = `
  .text { min-height: 6rem; padding: 1rem; border: 1px solid var(--crowd-line); border-radius: var(--crowd-radius);
    background: var(--crowd-raised); color: var(--crowd-ink); line-height: 2; unicode-bidi: plaintext; white-space: pre-wrap; overflow-wrap: anywhere; }
  .text:focus { outline: 2px solid var(--crowd-accent); outline-offset: 1px; }
  .text ::selection, .text::selection { background: var(--crowd-accent); color: var(--crowd-accent-ink); }
  mark { padding-block: 0.15em; border-bottom: 2px solid var(--of-label); border-radius: 0.2em;
    background: color-mix(in srgb, var(--of-label) 20%, var(--crowd-raised)); color: inherit; cursor: pointer;
    -webkit-box-decoration-break: clone; box-decoration-break: clone; }
  mark.several { border-bottom-style: double; border-bottom-width: 4px; }
  mark[data-tag]::after { margin-inline: 0.25em 0.15em; padding: 0.15em 0.35em; border-radius: 0.3em;
    background: var(--of-tag); color: var(--on-tag); font: 600 0.7em/1 system-ui, sans-serif; unicode-bidi: isolate;
    vertical-align: 0.1em; white-space: nowrap; content: attr(data-tag) / ""; }
  :host(:not([disabled])) mark[data-tag].removable::after { content: attr(data-tag) "\\a0×" / ""; }
  mark.chosen { outline: 2px solid var(--crowd-ink); outline-offset: 1px; }`;

/** How wide the sign that removes is, from the mark's end. */
const REMOVER = { fine: 20, coarse: 30 };

class MarkedText {
  /** `lookOf(span)` gives {tag, colour, ink}; a mark without a tag shows none. */
  constructor(place, lookOf) {
    this.place = place;
    this.lookOf = lookOf;
    this.forget();
  }

  /** The element has been changed by others: make everything anew the next time. */
  forget() {
    this.place.replaceChildren();
    [this.keys, this.nodes, this.pieces] = [[], [], []];
  }

  show(text, spans) {
    const pieces = piecesOf(spans, text.length);
    const keys = pieces.map((piece) => this.keyOf(text, piece));
    let first = 0;
    while (first < keys.length && keys[first] === this.keys[first]) first += 1;
    let [end, endBefore] = [keys.length, this.keys.length];
    while (end > first && endBefore > first && keys[end - 1] === this.keys[endBefore - 1]) [end, endBefore] = [end - 1, endBefore - 1];
    const made = pieces.slice(first, end).map((piece) => this.nodeOf(text, piece));
    const next = this.nodes[endBefore] ?? null;
    for (const node of this.nodes.slice(first, endBefore)) node.remove();
    for (const node of made) this.place.insertBefore(node, next);
    this.nodes.splice(first, endBefore - first, ...made);
    [this.keys, this.pieces, this.spans] = [keys, pieces, spans];
  }

  keyOf(text, { start, end, spans }) {
    const looks = spans.map((span) => `${span.id}${this.lookOf(span).tag}`);
    return [start, ...looks, text.slice(start, end)].join("\u0001");
  }

  nodeOf(text, { start, end, spans, ending }) {
    const part = document.createTextNode(text.slice(start, end));
    if (!spans.length) return part;
    const mark = document.createElement("mark");
    const look = this.lookOf(spans.at(-1));
    const tagged = ending.length ? this.lookOf(ending.at(-1)) : look;
    for (const [name, value] of [["--of-label", look.colour], ["--of-tag", tagged.colour], ["--on-tag", tagged.ink]])
      mark.style.setProperty(name, value);
    mark.className = spans.length > 1 ? "several" : "removable";
    const tags = ending.map((span) => this.lookOf(span).tag).filter(Boolean);
    if (tags.length) mark.dataset.tag = tags.join(" · ");
    mark.append(part);
    return mark;
  }

  /** Show which span is chosen. */
  choose(chosen) {
    for (const mark of this.place.querySelectorAll("mark.chosen")) mark.classList.remove("chosen");
    if (!chosen) return;
    this.pieces.forEach((piece, i) => piece.spans.includes(chosen) && this.nodes[i].classList.add("chosen"));
  }

  /** [node, offset] of an offset into the text. */
  placeOf(offset) {
    const i = this.pieces.findIndex((piece) => offset <= piece.end);
    const node = this.nodes[i];
    if (!node) return [this.place, 0];
    return [node.firstChild ?? node, offset - this.pieces[i].start];
  }

  /** The span whose mark the pointer is on, and whether it is on the sign that removes it. */
  under(event) {
    const mark = event.composedPath()[0];
    const i = mark instanceof Element && mark.localName === "mark" ? this.nodes.indexOf(mark) : -1;
    if (i < 0) return {};
    const span = spanAt(this.pieces[i].spans, this.pieces[i].start);
    return { span, isRemover: mark.matches(".removable[data-tag]") && isAtEnd(mark, event) };
  }

  scrollTo(span) {
    this.nodes[this.pieces.findIndex((piece) => piece.spans.includes(span))]?.scrollIntoView({ block: "nearest" });
  }
}

/** Whether the pointer is at the end of what stands behind the mark's text, whichever way it is read. */
function isAtEnd(mark, { clientX, clientY, pointerType }) {
  const text = document.createRange();
  text.selectNodeContents(mark);
  const written = [...text.getClientRects()].at(-1);
  const whole = [...mark.getClientRects()].at(-1);
  if (!written || !whole || clientY < whole.top || clientY > whole.bottom) return false;
  const width = REMOVER[pointerType === "touch" ? "coarse" : "fine"];
  const isLeftward = written.left - whole.left > whole.right - written.right; // or the tag stands on a line of its own
  if (clientX >= written.left && clientX <= written.right && written.bottom > whole.top) return false;
  return isLeftward ? clientX < whole.left + width : clientX > whole.right - width;
}
return { MARKED_STYLES, MarkedText };
})();

// parts/text/offsets.js
const $parts_text_offsets = (() => {
class Offsets {
  constructor(text) {
    this.pairs = [];
    for (const { index } of text.matchAll(/[\u{10000}-\u{10FFFF}]/gu)) this.pairs.push(index);
  }

  /** Code points before a unit. */
  points(unit) {
    return unit - this.count((pair) => pair < unit);
  }

  /** Units before a code point. */
  units(point) {
    return point + this.count((pair, i) => pair - i < point);
  }

  /** How many of the pairs satisfy a condition that holds for the first of them only. */
  count(holds) {
    let [low, high] = [0, this.pairs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(this.pairs[middle], middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
return { Offsets };
})();

// parts/text/selection.js
const $parts_text_selection = (() => {
function rangeIn(root) {
  const selection = document.getSelection();
  if (selection.getComposedRanges) return selection.getComposedRanges({ shadowRoots: [root] })[0];
  const own = root.getSelection?.() ?? selection; // Chromium's, before it had the other
  return own.rangeCount ? own.getRangeAt(0) : undefined;
}

/** Text before a place in the element; before and after the element, none and all of it. */
function offsetOf(element, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(element);
  if (!element.contains(node)) {
    const isBefore = element.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING;
    return isBefore ? 0 : range.toString().length;
  }
  range.setEnd(node, offset);
  return range.toString().length;
}

/** {start, end}, or null if the selection is elsewhere. */
function selectionIn(root, element) {
  const range = rangeIn(root);
  if (!range || !(element.contains(range.startContainer) || element.contains(range.endContainer))) return null;
  const start = offsetOf(element, range.startContainer, range.startOffset);
  return { start, end: range.collapsed ? start : offsetOf(element, range.endContainer, range.endOffset) };
}

/** Put the caret, or a selection, where [node, offset] say. */
function select(root, from, to = from) {
  const selection = document.getSelection().getComposedRanges ? document.getSelection() : (root.getSelection?.() ?? document.getSelection());
  selection.setBaseAndExtent(...from, ...to);
}
return { selectionIn, select };
})();

// parts/text/text-marker.js
const $parts_text_text_marker = (() => {
const { History } = $parts_drawing_history;
const { MarkedText } = $parts_text_marked_text;
const { select, selectionIn } = $parts_text_selection;
const { placed, sorted, spanAt, spanOf, spansIn, trimmed } = $parts_text_spans;

const MOVES = /^(Arrow|Home$|End$|Page)/;
const ONLY_TOUCH = window.matchMedia("(hover: none) and (pointer: coarse)");

class TextMarker {
  /**
   * `owner`: lookOf(span), selected({isByTouch, isTap}) when a selection is made, changed() when spans are others,
   * noted() when what is selected or chosen is, press(key) for keys pressed in the text, isDisabled; placed(spans,
   * span), if another rule than that of spans.js says what becomes of spans that a new one meets.
   */
  constructor(root, place, owner) {
    [this.root, this.place, this.owner] = [root, place, owner];
    [this.text, this.spans, this.pending, this.chosen] = ["", [], null, null];
    this.marked = new MarkedText(place, (span) => owner.lookOf(span));
    this.history = new History();
    this.onSelection = this.onSelection.bind(this);
    place.addEventListener("pointerdown", (event) => this.onPointer(event));
    place.addEventListener("keydown", (event) => this.onKey(event));
    for (const kind of ["beforeinput", "dragstart", "drop"]) place.addEventListener(kind, (event) => event.preventDefault());
    place.addEventListener("compositionend", () => (this.marked.forget(), this.show())); // which nobody can prevent
  }

  connect() {
    document.addEventListener("selectionchange", this.onSelection);
  }

  disconnect() {
    document.removeEventListener("selectionchange", this.onSelection);
  }

  /** Begin with this text and these spans; nothing before it can be undone. */
  begin(text, spans) {
    if (text !== this.text) this.marked.forget();
    [this.text, this.spans, this.pending, this.chosen] = [text, sorted(spans), null, null];
    this.history.clear();
    this.show();
  }

  show() {
    const { place, owner } = this;
    const isField = !owner.isDisabled && !ONLY_TOUCH.matches;
    const attributes = { contenteditable: String(isField), role: isField ? "textbox" : "group", tabindex: "0",
      "aria-multiline": isField ? "true" : null, "aria-readonly": isField ? "true" : null };
    for (const [name, value] of Object.entries(attributes))
      if (value === null) place.removeAttribute(name);
      else if (place.getAttribute(name) !== value) place.setAttribute(name, value);
    this.marked.show(this.text, this.spans);
    this.marked.choose(this.chosen);
  }

  // ---- What is selected -----------------------------------------------------------------------------

  read() {
    const range = selectionIn(this.root, this.place);
    return range && { ...range, inner: trimmed(this.text, range) };
  }

  onSelection() {
    const range = this.read();
    const pending = range?.inner ?? null;
    const isSame = pending?.start === this.pending?.start && pending?.end === this.pending?.end;
    this.pending = pending;
    if (this.isByKeys && range) this.choose(range.start === range.end ? (spanAt(this.spans, range.start) ?? null) : null);
    else if (!isSame) this.owner.noted();
  }

  onPointer(event) {
    this.isByKeys = false;
    const act = (up) => setTimeout(() => this.onRelease(up, event.pointerType)); // the selection is settled then
    document.addEventListener("mouseup", act, { once: true });
  }

  onRelease(event, pointerType) {
    const range = this.read();
    const { span, isRemover } = this.marked.under(Object.assign(pathOf(event, this.root), { pointerType }));
    const isByTouch = pointerType === "touch";
    if (span && isRemover && !this.owner.isDisabled) this.owner.unmark([span]);
    else if (range?.inner) this.choose(null) || (event.detail < 3 && this.owner.selected({ isByTouch }));
    else if (span) this.choose(span);
    else if (range) this.choose(null) || (isByTouch && this.tapWord(range.start));
  }

  /** A tap on a word selects it, if the owner has a use for that. */
  tapWord(offset) {
    if (!this.owner.takesTaps || typeof Intl.Segmenter !== "function") return;
    const from = Math.max(0, offset - 200);
    const word = [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(this.text.slice(from, offset + 200))].find(
      ({ index, segment }) => from + index <= offset && offset < from + index + segment.length,
    );
    if (!word?.isWordLike) return;
    this.pending = { start: from + word.index, end: from + word.index + word.segment.length };
    this.owner.selected({ isByTouch: false });
  }

  choose(span) {
    const isOther = this.chosen !== span;
    this.chosen = span;
    if (isOther) this.marked.choose(span);
    this.owner.noted();
  }

  /** Bring a span into sight, choose it, and put the caret to its beginning. */
  goTo(span) {
    this.isByKeys = false;
    this.marked.scrollTo(span);
    this.place.focus({ preventScroll: true });
    select(this.root, this.marked.placeOf(span.start + 1));
    this.choose(span);
  }

  /** The span after (1) or before (-1) the caret or the chosen one. */
  neighbour(step) {
    const at = this.chosen ? this.spans.indexOf(this.chosen) + step : step > 0 ? 0 : this.spans.length - 1;
    return this.spans[(at + this.spans.length) % this.spans.length];
  }

  // ---- Keys -------------------------------------------------------------------------------------------

  onKey(event) {
    const key = event.crowdKey ?? event.key;
    if (event.isComposing || event.altKey || key === "Tab") return;
    if (!MOVES.test(key)) this.onSelection(); // the browser tells of moves a little later
    this.isByKeys = MOVES.test(key);
    if (this.isByKeys) return;
    if (event.ctrlKey || event.metaKey) {
      if (this.pressWithControl(key, event.shiftKey)) event.preventDefault();
      return;
    }
    if (this.owner.isDisabled) return;
    this.owner.press(key);
    if ([...key].length === 1 || ["Enter", "Backspace", "Delete"].includes(key)) event.preventDefault();
  }

  pressWithControl(key, isShifted) {
    if (this.owner.isDisabled || !/^[zy]$/i.test(key)) return false;
    if (/y/i.test(key) || isShifted) this.owner.redo();
    else this.owner.undo();
    return true;
  }

  // ---- What is done to spans --------------------------------------------------------------------------

  /** Have other spans, as a step that can be undone. */
  become(spans, chosen = null) {
    const before = this.spans;
    const set = (to, choice) => {
      [this.spans, this.chosen] = [to, choice];
      this.show();
      this.owner.changed();
    };
    this.history.note(() => set(before, null), () => set(spans, null));
    set(spans, chosen);
  }

  /** Label what is selected; null where it cuts through what is labelled. Gives the span. */
  label(label) {
    const { start, end } = this.pending;
    const span = spanOf(start, end, label);
    const spans = this.owner.placed ? this.owner.placed(this.spans, span) : placed(this.spans, span);
    if (!spans) return null;
    this.pending = null;
    const hadFocus = this.root.activeElement === this.place;
    this.become(spans);
    if (hadFocus) select(this.root, this.marked.placeOf(end));
    else document.getSelection().removeAllRanges();
    return span;
  }

  relabel(label) {
    const { start, end } = this.chosen;
    const now = spanOf(start, end, label);
    this.become(sorted(this.spans.map((span) => (span === this.chosen ? now : span))), now);
    return now;
  }

  without(spans) {
    this.become(this.spans.filter((span) => !spans.includes(span)));
    if (this.root.activeElement === this.place && spans.length) select(this.root, this.marked.placeOf(spans[0].start));
  }

  /** What Delete is for: the spans that are selected, or the chosen one. */
  meant() {
    if (this.pending) return spansIn(this.spans, this.pending);
    return this.chosen ? [this.chosen] : [];
  }
}

/** What a later reader needs of an event whose path is gone by then. */
function pathOf({ clientX, clientY }, root) {
  return { clientX, clientY, composedPath: () => [root.elementFromPoint(clientX, clientY)] };
}
return { TextMarker };
})();

// elements/crowd-entity-annotation.js
const $elements_crowd_entity_annotation = (() => {
const { listIn } = $parts_answers;
const { noteControl } = $parts_control;
const { contrasting, colourOf } = $parts_drawing_palette;
const { define } = $parts_element;
const { frameMarkup, frameStyles } = $parts_frame;
const { FullScreenControl } = $parts_full_screen;
const { NotAList, parseLoosely } = $parts_loose_lists;
const { EntityList, ENTITY_LIST, ENTITY_LIST_STYLES } = $parts_text_entity_list;
const { LABEL_BAR, LABEL_BAR_STYLES, LabelBar, labelsIn } = $parts_text_label_bar;
const { MARKED_STYLES } = $parts_text_marked_text;
const { Offsets } = $parts_text_offsets;
const { spanOf } = $parts_text_spans;
const { TextMarker } = $parts_text_text_marker;

const definition = {
  "element": "crowd-entity-annotation",
  "summary": "Words and phrases of a text are marked with labels. It stands by itself, without crowd-form: it has a form and a submit button of its own, to which further questions are added by `element.shadowRoot.querySelector('crowd-form').form.append(…)`. In a crowd-form all the same, it is one of that form's fields. What is marked never overlaps: a selection takes the place of entities that lie in it whole, and may not cut through one; white space at its ends is left out. Only an `initial-value` can bring overlaps, which are kept.",
  "attributes": {
    "name": { "type": "text", "required": true, "about": "Under which name the answer is sent." },
    "header": { "type": "text", "about": "What is asked." },
    "labels": { "type": "list", "required": true, "about": "Objects with `label`, and, if they are shown by other names, `shortDisplayName` (3 or 4 signs, at the entity) and `fullDisplayName` (in the list of labels); or texts." },
    "text": { "type": "text", "required": true, "about": "The text. Line breaks are kept; HTML makes each of them one sign." },
    "initial-value": { "type": "list", "about": "What is marked to begin with: objects with `label`, `startOffset`, `endOffset`. Other labels than those of `labels`, and offsets beyond the text, are left out." },
    "disabled": { "type": "boolean", "about": "Shows what is marked; it cannot be changed." }
  },
  "slots": {
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when something else is marked" },
  "answer": "{\"entities\": [{\"endOffset\", \"label\", \"startOffset\"}, …]}, in the order of the text. Offsets count Unicode code points from 0, as Python's strings do (an emoji is one); `endOffset` is that of the first sign after the entity. With an `initial-value` also `initialValueModified`. Sent in `taskAnswers`.",
  "sample": { "myAnnotatedResult": { "entities": [{ "endOffset": 54, "label": "person", "startOffset": 47 }, { "endOffset": 97, "label": "event", "startOffset": 93 }] } },
  "keys": { "1 to 9, 0, a to z": "label what is selected, or the chosen entity; else choose the label for what will be selected", "Shift and arrows": "select in the text", "Enter": "gives what is selected the chosen label", ". and ,": "next and previous entity", "Delete": "removes the chosen entity, or those that are selected", "Ctrl+Z, Ctrl+Y": "undo, redo", "Esc": "lets go" },
  "demo": [
    "<crowd-entity-annotation name=\"found\" header=\"Mark the people and the places\"",
    "    labels=\"[{label: 'person', shortDisplayName: 'per', fullDisplayName: 'Person'}, {label: 'place', shortDisplayName: 'pla', fullDisplayName: 'Place'}]\"",
    "    text=\"Ada Bell left Lisbon on the morning boat; Bruno Vidal stayed behind in Porto.\"",
    "    initial-value=\"[{label: 'person', startOffset: 0, endOffset: 8}]\">",
    "  <short-instructions header=\"In short\">Whole names, without titles.</short-instructions>",
    "  <full-instructions header=\"Instructions\"><p>Select a name, then choose its label.</p></full-instructions>",
    "</crowd-entity-annotation>"
  ]
};

const UNKNOWN = colourOf(-1);
const MIDDLE = `
  <p class="hint" id="hint"></p>
  <div class="text" aria-label="The text" aria-describedby="hint" spellcheck="false" data-gramm="false" autocapitalize="off"></div>
  <crowd-form class="own"></crowd-form>`;
const SIDE = `
  <h2 class="side-title">Labels</h2>${LABEL_BAR}
  <div class="acts" role="toolbar" aria-label="Edit">
    <button class="button undoes" type="button" aria-keyshortcuts="Control+Z">Undo</button>
    <button class="button redoes" type="button" aria-keyshortcuts="Control+Y">Redo</button>
    <button class="button removes" type="button" aria-keyshortcuts="Delete">Remove</button>
  </div>
  ${ENTITY_LIST}
  <p class="unseen said" role="status"></p>`;

class CrowdEntityAnnotation extends FullScreenControl {
  static definition = definition;
  static markup = frameMarkup(MIDDLE, SIDE);
  static styles = `
    :host { display: block; margin-block: 0.5rem; }
    ${frameStyles} ${MARKED_STYLES} ${LABEL_BAR_STYLES} ${ENTITY_LIST_STYLES}
    .hint { min-height: 1.5em; margin: 0 0 0.5rem; color: var(--crowd-soft); overflow-wrap: anywhere; }
    :host([disabled]) .hint:empty { display: none; }
    .side-title { margin: 0 0 0.5rem; font-size: 1rem; }
    .category-picker-wrapper { position: sticky; top: 1rem; align-self: flex-start; max-height: calc(100vh - 6rem); overflow: auto; padding: 0.25rem; }
    .acts { display: flex; flex-wrap: wrap; gap: 0.4rem; margin-block: 0.75rem; }
    .acts .button { min-height: 2.25rem; padding: 0.2rem 0.7rem; font-weight: 400; }
    @media (pointer: coarse) { .acts .button { min-height: 2.75rem; } }
    @media (max-width: 48rem) {
      .category-picker-wrapper { position: sticky; z-index: 1; top: auto; bottom: 3.5rem; align-self: stretch; max-height: 45vh;
        margin-inline: -0.75rem; padding: 0.5rem 0.75rem; border-top: 1px solid var(--crowd-line); background: var(--crowd-paper); }
      .side-title { display: none; }
      .label-bar { display: flex; flex-wrap: wrap; }
      .label-button { min-height: 2.75rem; padding: 0.2rem 0.6rem; }
      .acts { margin-block: 0.5rem 0; }
    }`;

  constructor() {
    super();
    this.marker = new TextMarker(this.root, this.part$(".text"), this);
    this.labelBar = new LabelBar(this.part$(".label-bar"), (label) => this.useLabel(label));
    this.list = new EntityList(this.part$(".entity-list"), this);
    for (const [selector, act] of [[".undoes", () => this.undo()], [".redoes", () => this.redo()], [".removes", () => this.unmark(this.marker.meant())]])
      this.part$(selector).addEventListener("click", act);
    this.part$(".acts").addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    this.root.addEventListener("crowd-form-ready", (event) => event.target.adopt(this));
  }

  connectedCallback() {
    super.connectedCallback();
    this.marker.connect();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.marker.disconnect();
  }

  get anchor() {
    return this.part$(".text");
  }

  get labels() {
    return labelsIn(this.getAttribute("labels"));
  }

  set labels(labels) {
    this.setAttribute("labels", typeof labels === "string" ? labels : JSON.stringify(labels));
  }

  get value() {
    return this.answer();
  }

  // ---- What is shown ----------------------------------------------------------------------------------

  update(name) {
    this.labelled = new Map(this.labels.map((label) => [label.label, label]));
    const text = this.getAttribute("text") ?? "";
    const isUntouched = !this.isEntered && !this.marker.history.canUndo && !this.marker.history.canRedo;
    const isOther = ["labels", "initial-value"].includes(name) && isUntouched;
    if (!this.offsets || text !== this.marker.text || isOther) this.begin(text);
    else this.marker.show();
    super.update();
    this.frame.listKeys([...this.labels.filter(({ key }) => key).map(({ key, full }) => [key, full]), ["Shift+arrows", "Select by keyboard"],
      [". and ,", "Next and previous entity"], ["Delete", "Remove it"], ["Ctrl+Z, Ctrl+Y", "Undo, redo"], ["Esc", "Let go"]]);
    this.noted();
  }

  begin(text) {
    this.offsets = new Offsets(text);
    const spans = this.spansIn(this.initialEntities(), text).filter(({ label }) => this.labelled.has(label));
    this.initial = this.entitiesOf(spans);
    this.marker.begin(text, this.waiting && text ? this.spansIn(this.waiting, text) : spans);
    if (text) this.waiting = undefined;
  }

  initialEntities() {
    const list = this.getAttribute("initial-value");
    try {
      return list ? [parseLoosely(list)].flat() : [];
    } catch (error) {
      if (error instanceof NotAList) return [];
      throw error;
    }
  }

  lookOf({ label }) {
    const known = this.labelled.get(label);
    return known ? { tag: known.short, colour: known.colour, ink: known.ink } : { tag: label, colour: UNKNOWN, ink: contrasting(UNKNOWN) };
  }

  nameOf({ label }) {
    return this.labelled.get(label)?.full ?? label;
  }

  textOf({ start, end }) {
    const text = this.marker.text.slice(start, end).replace(/\s+/g, " ");
    return text.length > 60 ? `${text.slice(0, 57)}…` : text;
  }

  /** Show what is selected or chosen. */
  noted() {
    const { marker, isDisabled } = this;
    const pressed = marker.chosen?.label ?? this.active;
    const fault = this.getAttribute("labels") ? "This task's list of labels cannot be read." : "This task has no labels.";
    this.labelBar.show(this.labels, { pressed, isDisabled, fault });
    this.part$(".hint").textContent = this.hint();
    const can = { ".undoes": marker.history.canUndo, ".redoes": marker.history.canRedo, ".removes": marker.meant().length > 0 };
    for (const [selector, isPossible] of Object.entries(can)) this.part$(selector).disabled = isDisabled || !isPossible;
    this.part$(".acts").hidden = isDisabled;
    this.list.show(marker.spans, marker.chosen);
  }

  hint() {
    const { chosen, pending } = this.marker;
    if (chosen) return `“${this.textOf(chosen)}” is ${this.nameOf(chosen)}.`;
    if (this.isDisabled) return "";
    if (pending) return `Choose a label for “${this.textOf(pending)}”.`;
    if (this.active !== undefined) return `What you select becomes ${this.nameOf({ label: this.active })}.`;
    return "Select words in the text and choose their label, or choose a label first.";
  }

  say(sentence) {
    this.part$(".said").textContent = sentence;
  }

  // ---- What a worker does -------------------------------------------------------------------------------

  get takesTaps() {
    return this.active !== undefined && !this.isDisabled;
  }

  /** Something has been selected: it is labelled at once if a label is chosen; where the selection is by touch it may still grow. */
  selected({ isByTouch }) {
    if (this.active !== undefined && !isByTouch && !this.isDisabled) this.mark(this.active);
    else this.noted();
  }

  useLabel(label) {
    if (this.isDisabled) return;
    if (this.marker.pending) this.mark(label);
    else if (this.marker.chosen) this.relabel(label);
    else {
      this.active = this.active === label ? undefined : label;
      this.say(this.hint());
      this.noted();
    }
  }

  mark(label) {
    const span = this.marker.label(label);
    if (span) this.say(`“${this.textOf(span)}” is ${this.nameOf(span)}. ${this.count()}`);
    else this.say("That would cut through an entity. Select all of it, or none of it.");
    if (!span) this.part$(".hint").textContent = this.part$(".said").textContent;
  }

  relabel(label) {
    const span = this.marker.relabel(label);
    this.say(`“${this.textOf(span)}” is now ${this.nameOf(span)}.`);
  }

  unmark(spans) {
    if (!spans.length) return;
    this.marker.without(spans);
    this.say(`${spans.length === 1 ? `${this.nameOf(spans[0])} “${this.textOf(spans[0])}”` : `${spans.length} entities`} removed. ${this.count()}`);
  }

  undo() {
    if (this.marker.history.undo()) this.say(`Undone. ${this.count()}`);
  }

  redo() {
    if (this.marker.history.redo()) this.say(`Done again. ${this.count()}`);
  }

  count() {
    const { length } = this.marker.spans;
    return length === 1 ? "1 entity." : `${length} entities.`;
  }

  goTo(span) {
    this.marker.goTo(span);
    this.say(this.hint());
  }

  press(key) {
    const label = this.labels.find((one) => one.key === key.toLowerCase());
    const span = /^[.,]$/.test(key) && this.marker.neighbour(key === "." ? 1 : -1);
    if (label) this.useLabel(label.label);
    else if (span) this.goTo(span);
    else if (key === "Delete" || key === "Backspace") this.unmark(this.marker.meant());
    else if (key === "Enter" && this.active !== undefined && this.marker.pending) this.mark(this.active);
    else if (key === "Escape") this.letGo();
    else return false;
    return true;
  }

  letGo() {
    if (!this.marker.chosen && !this.marker.pending) this.active = undefined;
    if (this.marker.pending) document.getSelection().removeAllRanges();
    [this.marker.pending] = [null];
    this.marker.choose(null);
  }

  /** The marker's spans are others. */
  changed() {
    this.validate();
    this.noted();
    this.announce("input", "change");
  }

  // ---- The answer -----------------------------------------------------------------------------------------

  spansIn(entities, text) {
    const places = entities.filter(Boolean).map(({ startOffset, endOffset, label }) => [Number(startOffset), Number(endOffset), String(label)]);
    return places
      .filter(([start, end]) => Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end)
      .map(([start, end, label]) => spanOf(this.offsets.units(start), this.offsets.units(end), label))
      .filter(({ end }) => end <= text.length);
  }

  entitiesOf(spans) {
    return spans.map(({ start, end, label }) => ({ endOffset: this.offsets.points(end), label, startOffset: this.offsets.points(start) }));
  }

  answer() {
    const entities = this.offsets ? this.entitiesOf(this.marker.spans) : [];
    if (!this.hasAttribute("initial-value")) return { entities };
    const text = (list) => JSON.stringify(list.map((entity) => JSON.stringify(entity)).sort());
    return { entities, initialValueModified: text(entities) !== text(this.initial) };
  }

  sent() {
    return JSON.stringify(this.answer());
  }

  enter(taken) {
    this.isEntered = true;
    const entities = listIn(taken("entities"));
    this.waiting = this.marker.text ? undefined : entities; // for a text that a script sets later
    this.marker.begin(this.marker.text, this.spansIn(entities, this.marker.text));
    this.validate();
    this.noted();
  }

  reset() {
    [this.isEntered, this.waiting] = [false, undefined];
    this.begin(this.marker.text);
    this.validate();
    this.noted();
  }
}

noteControl(CrowdEntityAnnotation);
define(CrowdEntityAnnotation);
return { definition };
})();

// parts/icon-button.js
const $parts_icon_button = (() => {
const { CrowdElement } = $parts_element;
const { iconOf } = $parts_icons;

class IconButton extends CrowdElement {
  static takesFocus = true;
  static markup = `<button class="button icon" type="button"></button><slot></slot>`;

  constructor() {
    super();
    this.button = this.part$("button");
  }

  /** What the button is called: its tooltip, or what its icon is called. */
  update() {
    const [icon, label, title] = ["icon", "label", "title"].map((name) => this.getAttribute(name) ?? "");
    this.button.replaceChildren(iconOf(icon) ?? label.slice(0, 1));
    this.button.disabled = this.hasAttribute("disabled");
    this.button.setAttribute("aria-label", this.getAttribute("aria-label") || title || label || icon.split(":").at(-1) || "Button");
  }

  /** A disabled button hears nothing. */
  click() {
    if (!this.hasAttribute("disabled")) super.click();
  }
}
return { IconButton };
})();

// elements/crowd-fab.js
const $elements_crowd_fab = (() => {
const { define } = $parts_element;
const { IconButton } = $parts_icon_button;

const definition = {
  "element": "crowd-fab",
  "summary": "A round, raised button.",
  "attributes": {
    "icon": { "type": "text", "about": "The name of an icon or the address of a picture." },
    "label": { "type": "text", "about": "One character, where there is no icon." },
    "title": { "type": "text", "about": "What it is called; shown when it is pointed at." },
    "disabled": { "type": "boolean", "about": "Cannot be pressed." }
  },
  "slots": { "": "shown beside: of a tag written `<crowd-fab />` browsers take what follows for its content" },
  "events": { "click": "when it is pressed" },
  "answer": "none",
  "demo": [
    "<crowd-fab icon=\"add\" title=\"Add a row\"></crowd-fab>",
    "<crowd-fab label=\"?\" title=\"Help\"></crowd-fab>",
    "<crowd-fab icon=\"delete\" title=\"Nothing to delete\" disabled></crowd-fab>"
  ]
};

class CrowdFab extends IconButton {
  static definition = definition;
  static styles = `
    :host { display: inline-block; vertical-align: middle; }
    :host([disabled]) { pointer-events: none; }
    .button.icon { width: 3.5rem; height: 3.5rem; border-color: var(--crowd-accent); background: var(--crowd-accent);
      box-shadow: var(--crowd-shadow); color: var(--crowd-accent-ink); font-size: 1.25rem; }
    .button.icon:hover { background: var(--crowd-accent-hover); color: var(--crowd-accent-ink); }
    .button.icon:disabled { border-color: var(--crowd-line); background: var(--crowd-sunk); color: var(--crowd-soft); }
    .picture { width: 1.5em; height: 1.5em; }`;
}

define(CrowdFab);
return { definition };
})();

// parts/native-controls.js
const $parts_native_controls = (() => {
const { isTrue, listIn } = $parts_answers;

const NATIVE = "input, select, textarea";
const UNSENT = ["submit", "button", "reset", "image"];
const BOXES = ["radio", "checkbox"];
const setter = (prototype, name) => Object.getOwnPropertyDescriptor(prototype, name).set;
const setValue = new Map([
  ["INPUT", setter(HTMLInputElement.prototype, "value")], // frameworks put their own before it
  ["TEXTAREA", setter(HTMLTextAreaElement.prototype, "value")],
  ["SELECT", setter(HTMLSelectElement.prototype, "value")],
]);

const isBox = (control) => BOXES.includes(control.type);
const isSent = (control) => !UNSENT.includes(control.type) && !control.matches(":disabled");

/** What a native control has to say. */
function answerOf(control) {
  if (isBox(control)) return { [control.value]: control.checked };
  if (control.type === "select-multiple") return [...control.selectedOptions].map((option) => option.value);
  if (control.type === "file") return [...control.files].map((file) => file.name).join("|");
  return control.value;
}

function announce(control) {
  for (const kind of ["input", "change"]) control.dispatchEvent(new Event(kind, { bubbles: true }));
}

/** Enter again what was there; `taken` gives it by path. */
function enter(control, taken) {
  if (isBox(control)) {
    const isTicked = isTrue(taken(control.value));
    // A click, for pages that listen to nothing else; nobody takes back a radio button's choice.
    if (control.checked !== isTicked && (isTicked || control.type === "checkbox")) control.click();
  } else if (control.type === "select-multiple") {
    const chosen = listIn(taken());
    for (const option of control.options) option.selected = chosen.includes(option.value);
    announce(control);
  } else if (control.type !== "file") {
    const value = String(taken() ?? "");
    const isMissing = control.tagName === "SELECT" && ![...control.options].some((option) => option.value === value);
    if (isMissing || control.value === value) return;
    setValue.get(control.tagName).call(control, value);
    announce(control);
  }
}
return { NATIVE, isBox, isSent, answerOf, enter };
})();

// parts/readiness.js
const $parts_readiness = (() => {
const { whenParsed } = $parts_element;

const waiting = [];

/** Hold the event up until this promise is kept. */
const waitFor = (promise) => waiting.push(promise);

whenParsed(async () => {
  await null; // elements further down in this file are made first
  await Promise.all(waiting);
  document.dispatchEvent(new CustomEvent("all-crowd-elements-ready", { bubbles: true, composed: true }));
});
return { waitFor };
})();

// elements/crowd-form.js
const $elements_crowd_form = (() => {
const { add, Entered, fieldsOf, jsonOf } = $parts_answers;
const { controlsSelector } = $parts_control;
const { CrowdElement, define, whenParsed } = $parts_element;
const { Frame, frameMarkup, frameStyles } = $parts_frame;
const { answerOf, enter, isBox, isSent, NATIVE } = $parts_native_controls;
const { waitFor } = $parts_readiness;

const definition = {
  "element": "crowd-form",
  "summary": "Collects the answers of everything in it and submits them.",
  "attributes": {
    "answer-format": { "type": "text", "values": ["flatten-objects"], "about": "flatten-objects sends a field for each leaf; else there is one, taskAnswers." }
  },
  "slots": {
    "": "anything; a submit button is added if there is none",
    "short-instructions": "shown at the side",
    "full-instructions": "shown in a dialog"
  },
  "events": { "submit": "before anything is sent; may be prevented" },
  "answer": "a field taskAnswers: a JSON list with one object; keys sorted, nothing that is empty",
  "sample": { "taskAnswers": "[{\"magicWord\":\"please\"}]" },
  "keys": { "Enter": "in a field submits" },
  "demo": [
    "<crowd-form>",
    "  <crowd-input name=\"magicWord\" label=\"The magic word\" required></crowd-input>",
    "  <label>A field of HTML's own <input name=\"native\"></label>",
    "</crowd-form>"
  ]
};

const MUST_ACCEPT = "You must ACCEPT the HIT before you can submit the results.";
const SENT = Symbol("sent by a handler of submit");
const FLAT = "flatten-objects";
const PREVIEW = "ASSIGNMENT_ID_NOT_AVAILABLE";
const SUBMITS = "input[type=submit], input[type=image], button:not([type=button], [type=reset]), crowd-button[form-action=submit]";
// Fields may be called "children" or "submit" and hide the form's own properties: ask the prototypes.
const childrenOf = (form) => Object.getOwnPropertyDescriptor(Element.prototype, "children").get.call(form);
const nodesOf = (form) => Object.getOwnPropertyDescriptor(Node.prototype, "childNodes").get.call(form);
const tell = (form, event) => EventTarget.prototype.dispatchEvent.call(form, event);
const goesElsewhere = (form) => form.getAttribute("action") || form.getAttribute("method") === "dialog";
const nameOf = (control) => control.answerName ?? control.getAttribute("name");
const UNSEEN = ["SCRIPT", "STYLE", "LINK", "META", "TEMPLATE", "TITLE", "BASE"];

class CrowdForm extends CrowdElement {
  static definition = definition;
  static markup = `
    <div id="errors-box" role="alert"></div><div id="answers-box" role="status" hidden></div><form id="helper" hidden></form>
    <div id="crowd-form-content"><div class="plain"><slot></slot></div></div>
    <template class="framed">${frameMarkup("<slot></slot>", "")}</template>`;
  static styles = `
    :host { display: block; color: var(--crowd-ink); }
    ${frameStyles}
    #errors-box:not(:empty), #answers-box { margin-block: 0.5rem; padding: 0.75rem 1rem;
      border: 1px solid var(--crowd-bad); border-radius: var(--crowd-radius); background: var(--crowd-bad-wash); color: var(--crowd-ink); }
    #answers-box { border-color: var(--crowd-line-strong); background: var(--crowd-sunk); overflow-wrap: anywhere;
      white-space: pre-wrap; font-family: ui-monospace, Menlo, Consolas, monospace; }`;

  constructor() {
    super();
    this._submitHelperForm = this.part$("#helper");
    this.edited = new WeakSet();
    this.adopted = [];
    this.isReady = new Promise((resolve) => (this.tellReady = resolve));
    this.onFormSubmit = this.onFormSubmit.bind(this);
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.form) return;
    waitFor(this.isReady);
    whenParsed(() => this.isConnected && !this.form && this.setUp());
  }

  disconnectedCallback() {
    this.tellReady(); // nobody waits for what is gone
  }

  // ---- Setting up ---------------------------------------------------------------------------------

  setUp() {
    const outer = this.getRootNode().host?.closest("crowd-form");
    if (outer) return this.standFor(outer);
    const { searchParams } = new URL(location.href);
    this.assignmentId = searchParams.get("assignmentId");
    const submitTo = searchParams.get("turkSubmitTo");
    this.address = submitTo ? `${submitTo.replace(/\/+$/, "")}/mturk/externalSubmit` : "";
    this.form = this.makeForm();
    this.addEventListener("submit", this.onFormSubmit, true);
    this.watchEdits();
    this.placeSubmit();
    if (this.assignmentId === PREVIEW) this.hold(MUST_ACCEPT);
    if (this.whyHeld) this.hold(this.whyHeld);
    if (this.entered) this.startEntering();
    this.tellReady();
    this.dispatchEvent(new CustomEvent("crowd-form-ready", { bubbles: true, composed: true }));
    return undefined;
  }

  /** In an element that brings a form of its own, and stands in a form all the same: that one does everything. */
  async standFor(outer) {
    await outer.isReady;
    this.form = outer.form;
    this.tellReady();
  }

  /** Collect a control that is not among the form's own markup, and give it the submit button. */
  adopt(control) {
    if (this.adopted.includes(control)) return;
    this.adopted.push(control);
    this.watchEdits(control);
    this.submitButton?.remove();
    this.submitButton = this.submitButtonFor(control);
    control.append(this.submitButton);
    control.toggleAttribute("data-whole-page", true);
    control.frame.showSubmit(true);
    if (this.whyHeld) this.hold(this.whyHeld);
    if (this.entered) this.enterNow(true);
  }

  submitButtonFor(widget) {
    const button = document.createElement("crowd-button");
    for (const [name, value] of [["form-action", "submit"], ["variant", "primary"], ["data-testid", "crowd-submit"]])
      button.setAttribute(name, value);
    button.textContent = "Submit";
    button.crowdForm = this;
    if (widget) button.slot = "crowd-submit";
    return button;
  }

  makeForm() {
    const form = document.createElement("form");
    form.method = this.address ? "post" : "";
    form.setAttribute("action", this.address);
    form.noValidate = true; // submit() validates, and says what is wrong
    const regions = [...this.children].filter((child) => /^(short|full)-instructions$/.test(child.localName));
    const others = [...this.childNodes].filter((node) => !regions.includes(node));
    form.append(...others);
    this.append(form);
    if (regions.length) this.frameIt();
    return form;
  }

  /** With instructions of its own it has the whole frame itself. */
  frameIt() {
    const framed = this.part$(".framed").content.cloneNode(true);
    this.part$(".plain").replaceWith(framed);
    this.toggleAttribute("data-whole-page", true);
    this.frame = new Frame(this);
    this.frame.connect();
  }

  /** Who has no way to submit gets a button: in the frame, at the foot of the only element, or at the end. */
  placeSubmit() {
    if (this.querySelector(SUBMITS)) return;
    const only = this.onlyWidget();
    const widget = this.frame ? this : only;
    this.submitButton = this.submitButtonFor(widget);
    if (!widget) {
      Element.prototype.append.call(this.form, this.submitButton);
      return;
    }
    widget.append(this.submitButton);
    if (only) widget.toggleAttribute("data-whole-page", true);
    widget.frame.showSubmit(true);
  }

  onlyWidget() {
    const seen = [...childrenOf(this.form)].filter(
      (child) => !UNSEEN.includes(child.tagName) && !child.hidden && child.type !== "hidden",
    );
    const isOnly = seen.length === 1 && seen[0].constructor.isFullScreen;
    const texts = [...nodesOf(this.form)].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    return isOnly && !texts && !this.frame ? seen[0] : null;
  }

  // ---- Submitting -----------------------------------------------------------------------------------

  /** The form's own submit, by a button, Enter or a script: stopped, since it would send the wrong thing. */
  onFormSubmit(event) {
    const { form, told } = this;
    if (event === told || (event.target !== form && goesElsewhere(event.target))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.submit(event.submitter);
  }

  /** Validate, let handlers of `submit` have their say, and send. */
  submit(submitter = null) {
    if (!this.form) return this.isReady.then(() => this.submit(submitter));
    if (this.told) return this.sendOnce(); // by a handler of submit, which has had its say
    if (this.whyHeld) return this.say(this.whyHeld);
    if (!this.isValid()) return undefined;
    this.say("");
    const event = new SubmitEvent("submit", { bubbles: true, cancelable: true, composed: true, submitter });
    this.told = event;
    const isAllowed = tell(this.form, event);
    const isSentBefore = this.told !== event;
    this.told = undefined;
    if (isAllowed && !isSentBefore) this.send();
    return undefined;
  }

  /** Whether everything is as it should be; else what is not is shown, and has the focus. */
  isValid() {
    const [first] = this.everyControl().filter((control) => control.willValidate && !control.checkValidity());
    if (!first) return true;
    if (first instanceof CrowdElement) {
      first.focus();
      first.scrollIntoView({ block: "nearest" });
    } else first.reportValidity();
    return false;
  }

  sendOnce() {
    if (this.told !== SENT) this.send();
    this.told = SENT;
  }

  send() {
    const fields = this.answerFields();
    if (!this.address) return this.show(fields);
    const helper = this._submitHelperForm;
    if (!(helper instanceof HTMLFormElement)) return helper.submit(); // a host has put its own in its place
    helper.setAttribute("method", "post");
    helper.setAttribute("action", this.address);
    Element.prototype.replaceChildren.call(helper);
    for (const [name, value] of [["assignmentId", this.assignmentId ?? ""], ...fields]) {
      const field = document.createElement("input");
      [field.type, field.name, field.value] = ["hidden", name, value];
      Element.prototype.append.call(helper, field);
    }
    return HTMLFormElement.prototype.submit.call(helper);
  }

  /** Opened as a file, or shown somewhere that takes no answers. */
  show(fields) {
    const box = this.part$("#answers-box");
    box.hidden = false;
    box.textContent = ["Nothing was sent: this page was opened without a place to send answers to. It would be", "",
      ...fields.map(([name, value]) => `${name} = ${value}`)].join("\n");
    box.scrollIntoView?.({ block: "nearest" });
  }

  say(sentence) {
    this.part$("#errors-box").textContent = sentence;
  }

  /** Keep everything from being sent, and say why on the buttons that would. */
  hold(why) {
    this.whyHeld = why;
    const placed = this.submitButton?.isConnected ? [this.submitButton] : [];
    const buttons = [...new Set([...this.querySelectorAll(SUBMITS), ...placed])];
    for (const button of buttons) {
      button.disabled = true;
      button.title = why;
      if (buttons.length > 1) continue;
      if (button.tagName === "INPUT") button.value = why;
      else button.textContent = why;
    }
  }

  /** What has been sent is there to be looked at. */
  lock() {
    this.isLocked = true;
    for (const control of this.controls()) control.disabled = true;
  }

  // ---- What is in it ----------------------------------------------------------------------------------

  /** The named controls in the page's own markup, however deep, in its order. */
  controls() {
    return this.everyControl().filter(nameOf);
  }

  everyControl() {
    return [...new Set([...this.adopted, ...this.querySelectorAll(`${NATIVE}, ${controlsSelector()}`)])];
  }

  answer() {
    const answer = new Map();
    const isFlat = this.getAttribute("answer-format") === FLAT;
    for (const control of this.controls()) {
      const isOurs = control instanceof CrowdElement;
      if (isOurs ? control.isDisabled : !isSent(control)) continue;
      if (control.type === "file" && isFlat) continue; // its name would be its file's
      add(answer, nameOf(control), isOurs ? control.answer() : answerOf(control));
    }
    // What a draft has for controls that are not there yet stays in it.
    for (const [name, value] of this.entered?.left() ?? []) if (!answer.has(name)) answer.set(name, value);
    return answer;
  }

  answerFields() {
    return fieldsOf(this.answer(), this.getAttribute("answer-format"));
  }

  /** As the original's: hosts of such pages read what would be sent. */
  _serializeForm() {
    return Object.fromEntries(this.answerFields());
  }

  // ---- Entering it again ------------------------------------------------------------------------------

  watchEdits(place = this) {
    // Our elements tell of a worker's edits by events of their own making; before the page is there these may be anybody's.
    const isWorkers = (event) => event.isTrusted || document.readyState === "complete";
    const isAnswer = ({ target }, [inner] = []) => target === inner || !inner?.closest?.("[data-no-answer]");
    const note = (event) => {
      if (!this.isEntering && isWorkers(event) && isAnswer(event, event.composedPath())) this.edited.add(event.target);
    };
    for (const kind of ["input", "change"]) place.addEventListener(kind, note, true);
  }

  /** Enter what was kept or sent: now, and in controls that scripts make later. */
  enterAgain(fields) {
    this.entered = new Entered(fields);
    if (this.form) this.startEntering(); // else when it is set up
  }

  startEntering() {
    this.done = new WeakSet();
    this.enterNow(true);
    this.watch ??= new MutationObserver(() => this.enterNow(false));
    this.watch.observe(this, { childList: true, subtree: true });
  }

  enterNow(isFirst) {
    this.isEntering = true;
    for (const control of this.controls()) {
      if (this.done.has(control) || this.edited.has(control)) continue;
      this.done.add(control);
      this.enterInto(control, nameOf(control), isFirst);
    }
    this.isEntering = false;
    if (this.isLocked) this.lock();
  }

  enterInto(control, name, isFirst) {
    const { entered } = this;
    const isOurs = control instanceof CrowdElement;
    if (!entered.has(name)) {
      // Nothing is sent of what is empty; boxes, hidden fields and what comes later stay as the page made them.
      const isText = isOurs ? control.localName.match(/^crowd-(input|text-area)$/) : !isBox(control) && control.type !== "hidden";
      if (!isFirst || !isText || control.tagName === "SELECT") return;
    }
    const taken = (...path) => entered.take(name, ...path);
    if (!isOurs) enter(control, taken);
    else {
      const before = jsonOf(control.answer() ?? null);
      control.enter(taken);
      if (jsonOf(control.answer() ?? null) !== before) control.announce("input", "change");
    }
  }
}

define(CrowdForm);
return { definition };
})();

// elements/crowd-google-static-map.js
const $elements_crowd_google_static_map = (() => {
const { CrowdElement, define } = $parts_element;

const definition = {
  "element": "crowd-google-static-map",
  "summary": "Of this one nobody has written down more than its name. It shows nothing, so that a template which has it works otherwise.",
  "attributes": {},
  "slots": {},
  "events": {},
  "answer": "none",
  "demo": ["<crowd-google-static-map></crowd-google-static-map>"]
};

class CrowdGoogleStaticMap extends CrowdElement {
  static definition = definition;
  static markup = "";
  static styles = ":host { display: none; }";
}

define(CrowdGoogleStaticMap);
return { definition };
})();

// elements/crowd-icon-button.js
const $elements_crowd_icon_button = (() => {
const { define } = $parts_element;
const { IconButton } = $parts_icon_button;

const definition = {
  "element": "crowd-icon-button",
  "summary": "A button with an icon.",
  "attributes": {
    "icon": { "type": "text", "about": "The name of an icon or the address of a picture." },
    "disabled": { "type": "boolean", "about": "Cannot be pressed." }
  },
  "slots": {},
  "events": { "click": "when it is pressed" },
  "answer": "none",
  "demo": [
    "<crowd-icon-button icon=\"search\" aria-label=\"Search\"></crowd-icon-button>",
    "<crowd-icon-button icon=\"favorite\" aria-label=\"Keep\"></crowd-icon-button>",
    "<crowd-icon-button icon=\"delete\" aria-label=\"Delete\" disabled></crowd-icon-button>"
  ]
};

class CrowdIconButton extends IconButton {
  static definition = definition;
  static styles = `
    :host { display: inline-block; vertical-align: middle; }
    :host([disabled]) { pointer-events: none; }
    .picture { width: 1.5em; height: 1.5em; }`;
}

define(CrowdIconButton);
return { definition };
})();

// parts/overlay.js
const $parts_overlay = (() => {
const { colourOf, contrasting } = $parts_drawing_palette;
const { NotAList, parseLoosely } = $parts_loose_lists;

const COVER = 140; // of 255: how much of a mask is seen
const OVERLAY = `<div class="overlay" aria-hidden="true" hidden></div>`;
const OVERLAY_LEGEND = `<div class="overlay-legend" data-no-answer hidden>
  <label><input type="checkbox" checked aria-keyshortcuts="o">Show what was drawn <kbd>o</kbd></label><ul></ul><p class="overlay-fault"></p></div>`;

const OVERLAY_STYLES = `
  .overlay, .overlay .mask { position: absolute; width: 100%; height: 100%; inset: 0; pointer-events: none; }
  .overlay { overflow: clip; }
  .overlay .mask { image-rendering: pixelated; }
  .overlay img.mask { mix-blend-mode: multiply; opacity: 0.8; }
  .overlay .drawn { position: absolute; border: 3px solid; box-shadow: 0 0 0 1px #fff, inset 0 0 0 1px #fff; }
  .overlay .drawn span { position: absolute; top: -3px; left: -3px; max-width: 12em; padding: 0 0.4em; overflow: hidden;
    font-size: 0.8125rem; font-weight: 600; line-height: 1.5; text-overflow: ellipsis; white-space: nowrap; }
  .overlay-legend { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 1.25rem; margin-top: 0.5rem; text-align: start; }
  .overlay-legend label { display: inline-flex; min-height: 2rem; align-items: center; gap: 0.5rem; cursor: pointer; }
  .overlay-legend input { width: 1.15rem; height: 1.15rem; margin: 0; accent-color: var(--crowd-accent); }
  .overlay-legend ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; margin: 0; padding: 0; list-style: none; }
  .overlay-legend li { display: inline-flex; align-items: center; gap: 0.4rem; }
  .overlay-legend i { width: 0.9rem; height: 0.9rem; flex: none; border: 1px solid var(--crowd-line-strong); border-radius: 0.2rem; }
  .overlay-fault { margin: 0; color: var(--crowd-bad); font-weight: 600; overflow-wrap: anywhere; }
  .overlay-fault:empty { display: none; }
  @media (hover: none) { .overlay-legend kbd { display: none; } }`;

const textsOf = (list) => (Array.isArray(list) ? list.map(String) : []);
const listOf = (list) => (Array.isArray(list) ? list.filter((item) => item && typeof item === "object") : []);

/** What an attribute holds, in one shape for all three: {boxes, src, legend: [[label, colour, how many], …]}. */
function overlayIn(text) {
  const { boundingBox, semanticSegmentation, instanceSegmentation } = Object(parseLoosely(text));
  if (boundingBox) return boxesIn(boundingBox);
  if (semanticSegmentation) return masksIn(semanticSegmentation, Object.entries(Object(semanticSegmentation.labelMappings)));
  if (!instanceSegmentation) throw new NotAList("Neither boundingBox nor semanticSegmentation nor instanceSegmentation");
  return masksIn(instanceSegmentation, listOf(instanceSegmentation.instances).map((one) => [one.label, one]));
}

function boxesIn({ labels, value }) {
  const known = textsOf(labels);
  const numbers = ["left", "top", "width", "height"];
  const boxes = listOf(value)
    .filter((box) => numbers.every((name) => Number.isFinite(Number(box[name]))))
    .map((box) => ({ ...box, label: String(box.label ?? ""), colour: colourOf(known.indexOf(String(box.label))) }));
  const names = [...new Set([...known, ...boxes.map(({ label }) => label)])];
  const countOf = (name) => boxes.filter(({ label }) => label === name).length;
  return { boxes, src: "", legend: names.map((name) => [name, colourOf(known.indexOf(name)), `(${countOf(name)})`]) };
}

function masksIn({ src }, pairs) {
  const legend = pairs.map(([label, told]) => [String(label ?? ""), String(told?.color ?? ""), ""]);
  return { boxes: [], src: String(src ?? ""), legend };
}

/** Shows an overlay on the picture of a shadow root. */
class Overlay {
  constructor(root) {
    [this.place, this.below] = [".overlay", ".overlay-legend"].map((one) => root.querySelector(one));
    [this.box, this.list, this.fault] = ["input", "ul", ".overlay-fault"].map((one) => this.below.querySelector(one));
    for (const kind of ["input", "change"]) this.box.addEventListener(kind, (event) => event.stopPropagation());
    this.box.addEventListener("change", () => this.show());
  }

  /** Draw what the attribute holds over a picture, which is loaded (`size` is its own) or not (null). */
  draw(text, image) {
    this.made = text ? this.read(text) : null;
    this.below.hidden = !text;
    this.list.replaceChildren(...(this.made?.legend ?? []).map(lineOf));
    const { naturalWidth: width, naturalHeight: height } = image;
    const isThere = this.made && width > 0 && !image.hidden;
    this.place.replaceChildren(...(isThere ? this.made.boxes.map((box) => boxOf(box, width, height)) : []));
    if (isThere && this.made.src) this.drawMask(this.made.src);
    this.show();
  }

  read(text) {
    this.fault.textContent = "";
    try {
      return overlayIn(text);
    } catch (error) {
      if (!(error instanceof NotAList)) throw error;
      this.fault.textContent = `What was drawn cannot be read: ${error.message}.`;
      return null;
    }
  }

  show() {
    this.place.hidden = !this.box.checked || !this.made;
    this.box.parentElement.hidden = !this.made;
  }

  toggle() {
    this.box.checked = !this.box.checked;
    this.show();
  }

  /** Where a mask's pixels may be read its white ground is clear; else it is laid over as it is. */
  drawMask(src) {
    const { made } = this;
    const image = new Image();
    image.crossOrigin = "anonymous";
    image.addEventListener("load", () => made === this.made && this.put(clearOf(image) ?? imageOf(src)));
    image.addEventListener("error", () => made === this.made && this.put(imageOf(src)));
    image.src = src;
  }

  put(mask) {
    mask.className = "mask";
    mask.addEventListener("error", () => (this.fault.textContent = "What was drawn could not be loaded."));
    this.place.replaceChildren(mask);
  }
}

function imageOf(src) {
  const image = new Image();
  image.src = src;
  return image;
}

function clearOf(image) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  try {
    context.drawImage(image, 0, 0);
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    const { data } = pixels;
    for (let at = 0; at < data.length; at += 4) {
      const isGround = data[at] + data[at + 1] + data[at + 2] === 765;
      data[at + 3] = isGround ? 0 : Math.min(data[at + 3], COVER);
    }
    context.putImageData(pixels, 0, 0);
    return canvas;
  } catch {
    return null; // its host does not let pages read it, as with pictures opened from a disk
  }
}

function boxOf({ left, top, width, height, label, colour }, across, down) {
  const [box, name] = ["div", "span"].map((tag) => document.createElement(tag));
  box.className = "drawn";
  const share = (part, whole) => `${(100 * Number(part)) / whole}%`;
  Object.assign(box.style, { left: share(left, across), top: share(top, down), width: share(width, across),
    height: share(height, down), borderColor: colour });
  Object.assign(name.style, { background: colour, color: contrasting(colour) });
  name.textContent = label;
  box.append(...(label ? [name] : []));
  return box;
}

function lineOf([label, colour, count]) {
  const [line, swatch] = ["li", "i"].map((tag) => document.createElement(tag));
  swatch.style.background = colour;
  line.append(swatch, `${label} ${count}`.trim());
  return line;
}
return { OVERLAY, OVERLAY_LEGEND, OVERLAY_STYLES, overlayIn, Overlay };
})();

// parts/picture.js
const $parts_picture = (() => {
const PICTURE = `<div class="picture-place"><img class="seen" alt="The picture of this task">
  <p class="lost" role="alert" hidden>The picture could not be loaded. <button class="button" type="button">Try again</button></p></div>`;

const PICTURE_STYLES = `
  .picture-place { position: relative; display: inline-block; max-width: 100%; }
  .seen { display: block; max-width: 100%; max-height: 80vh; object-fit: contain; }
  .lost { margin: 0; padding: 1rem; border: 1px solid var(--crowd-bad); border-radius: var(--crowd-radius); background: var(--crowd-bad-wash); }`;

class Picture {
  constructor(root) {
    this.image = root.querySelector(".seen");
    this.lost = root.querySelector(".lost");
    this.image.addEventListener("error", () => this.show(false));
    this.image.addEventListener("load", () => this.show(true));
    this.lost.querySelector("button").addEventListener("click", () => this.load(this.address));
  }

  show(isThere) {
    this.image.hidden = !isThere;
    this.lost.hidden = isThere;
    this.onShown?.(isThere);
  }

  /** Show the picture at an address, if it is not shown already. */
  at(address) {
    if (address !== this.address) this.load(address);
  }

  load(address) {
    this.address = address;
    this.lost.hidden = true;
    if (address) this.image.src = address;
    else this.image.removeAttribute("src");
    this.image.hidden = !address;
  }
}
return { PICTURE, PICTURE_STYLES, Picture };
})();

// parts/image-classifier.js
const $parts_image_classifier = (() => {
const { Classifier, classifierMarkup, classifierStyles } = $parts_classifier;
const { Overlay, OVERLAY, OVERLAY_LEGEND, OVERLAY_STYLES } = $parts_overlay;
const { Picture, PICTURE, PICTURE_STYLES } = $parts_picture;

const COMMENT = `<div class="comment" hidden><button class="button link" type="button" aria-expanded="false"></button>
  <label hidden><span class="label"></span><textarea class="field" rows="3"></textarea></label></div>`;

const imageClassifierMarkup = classifierMarkup(
  `${PICTURE.replace("</div>", `${OVERLAY}</div>`)}${OVERLAY_LEGEND}<slot></slot>`, COMMENT);

const imageClassifierStyles = `${classifierStyles} ${PICTURE_STYLES} ${OVERLAY_STYLES}
  .comment { margin-top: 1rem; }
  .target { text-align: center; }
  textarea { line-height: 1.5; resize: vertical; }`;

class ImageClassifier extends Classifier {
  constructor() {
    super();
    this.picture = new Picture(this.root);
    this.earlier = new Overlay(this.root);
    this.picture.onShown = () => this.drawOverlay();
    this.comment = this.part$(".comment textarea");
    this.comment.addEventListener("input", () => this.validate());
    this.comment.addEventListener("change", () => this.announce("change"));
    this.part$(".comment button").addEventListener("click", () => this.openComment());
    this.frame.onArranged = () => this.arrangeComment();
  }

  update() {
    super.update();
    this.picture.at(this.getAttribute("src") ?? "");
    this.comment.disabled = this.isDisabled;
    if (this.drawn !== this.getAttribute("overlay")) this.drawOverlay();
  }

  drawOverlay() {
    this.drawn = this.getAttribute("overlay");
    this.earlier.draw(this.drawn, this.picture.image);
  }

  keyLines() {
    const lines = super.keyLines();
    return this.getAttribute("overlay") ? [...lines, ["o", "Show or hide what was drawn"]] : lines;
  }

  press(key) {
    if (key !== "o" || !this.getAttribute("overlay")) return super.press(key);
    this.earlier.toggle();
    return true;
  }

  arrangeComment() {
    const region = this.frame.region("worker-comment");
    const [place, link, label] = [".comment", ".comment button", ".comment label"].map((one) => this.part$(one));
    place.hidden = !region;
    if (!region) return;
    link.textContent = region.getAttribute("link-text") || "Add a comment";
    label.querySelector(".label").textContent = region.getAttribute("header") || "Add a comment";
    this.comment.placeholder = region.getAttribute("placeholder") ?? "";
  }

  openComment(isFocused = true) {
    this.part$(".comment label").hidden = false;
    this.part$(".comment button").hidden = true;
    if (isFocused) this.comment.focus();
  }

  answer() {
    const answer = super.answer();
    return this.comment.value ? { ...answer, workerComment: this.comment.value } : answer;
  }

  enter(taken) {
    this.comment.value = taken("workerComment") ?? "";
    if (this.comment.value) this.openComment(false);
    super.enter(taken);
  }

  reset() {
    this.comment.value = "";
    super.reset();
  }
}
return { imageClassifierMarkup, imageClassifierStyles, ImageClassifier };
})();

// elements/crowd-image-classifier-multi-select.js
const $elements_crowd_image_classifier_multi_select = (() => {
const { noteControl } = $parts_control;
const { define } = $parts_element;
const { ImageClassifier, imageClassifierMarkup, imageClassifierStyles } = $parts_image_classifier;

const definition = {
  "element": "crowd-image-classifier-multi-select",
  "summary": "All categories that apply to a picture.",
  "attributes": {
    "name": { "type": "text", "required": true, "about": "Under which name the answer is sent." },
    "header": { "type": "text", "required": true, "about": "What is asked." },
    "categories": { "type": "list", "required": true, "about": "The choices: a list of texts." },
    "exclusion-category": { "type": "list", "about": "A choice that leaves out all others: { text: 'None of these' }." },
    "src": { "type": "text", "required": true, "about": "The address of the picture." },
    "overlay": { "type": "object", "about": "What earlier work has drawn, shown over the picture: an object with boundingBox, semanticSegmentation or instanceSegmentation." },
    "disabled": { "type": "boolean", "about": "Shows what is chosen; it cannot be changed." }
  },
  "slots": {
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header",
    "worker-comment": "adds a field for a comment; its attributes: header, link-text, placeholder"
  },
  "events": { "change": "when something else is chosen" },
  "answer": "the chosen ones as a list, in the order of the categories: {\"labels\": […]}; with workerComment if there is one",
  "sample": { "attributes": { "labels": ["Cat", "Dog"] } },
  "keys": { "1 to 9, 0": "one of the first ten choices, from anywhere on the page", "o": "shows or hides what was drawn" },
  "demo": [
    "<crowd-image-classifier-multi-select name=\"seen\" src=\"pictures/street.svg\" header=\"What is in the picture?\"",
    "    categories=\"['Car', 'Person', 'Dog', 'Bicycle']\" exclusion-category=\"{ text: 'Nothing of these' }\">",
    "  <short-instructions header=\"In short\">Choose what fits best.</short-instructions>",
    "  <full-instructions header=\"Instructions\"><p>Look at all of it before you choose.</p></full-instructions>",
    "</crowd-image-classifier-multi-select>"
  ]
};

class CrowdImageClassifierMultiSelect extends ImageClassifier {
  static definition = definition;
  static markup = imageClassifierMarkup;
  static styles = imageClassifierStyles;
  static hasMany = true;

  get value() {
    return this.answer();
  }
}

noteControl(CrowdImageClassifierMultiSelect);
define(CrowdImageClassifierMultiSelect);
return { definition };
})();

// elements/crowd-image-classifier.js
const $elements_crowd_image_classifier = (() => {
const { noteControl } = $parts_control;
const { define } = $parts_element;
const { ImageClassifier, imageClassifierMarkup, imageClassifierStyles } = $parts_image_classifier;

const definition = {
  "element": "crowd-image-classifier",
  "summary": "One of several categories for a picture.",
  "attributes": {
    "name": { "type": "text", "required": true, "about": "Under which name the answer is sent." },
    "header": { "type": "text", "required": true, "about": "What is asked." },
    "categories": { "type": "list", "required": true, "most": 10, "about": "The choices: a list of texts." },
    "src": { "type": "text", "required": true, "about": "The address of the picture." },
    "overlay": { "type": "object", "about": "What earlier work has drawn, shown over the picture: an object with boundingBox, semanticSegmentation or instanceSegmentation." },
    "disabled": { "type": "boolean", "about": "Shows what is chosen; it cannot be changed." }
  },
  "slots": {
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header",
    "worker-comment": "adds a field for a comment; its attributes: header, link-text, placeholder"
  },
  "events": { "change": "when something else is chosen" },
  "answer": "{\"label\": …}; with workerComment if there is one",
  "sample": { "category": { "label": "Cat", "workerComment": "Blurry." } },
  "keys": { "1 to 9, 0": "one of the first ten choices, from anywhere on the page", "o": "shows or hides what was drawn" },
  "demo": [
    "<crowd-image-classifier name=\"quality\" src=\"pictures/street.svg\" header=\"Are the boxes where they should be?\"",
    "    categories=\"['Yes', 'Nearly', 'No']\"",
    "    overlay=\"{ boundingBox: { labels: ['Car', 'Person'], value: [",
    "      { label: 'Car', left: 86, top: 398, width: 276, height: 124 },",
    "      { label: 'Person', left: 520, top: 300, width: 60, height: 190 } ] } }\">",
    "  <worker-comment header=\"What is wrong?\" link-text=\"Say what is wrong\"></worker-comment>",
    "  <short-instructions header=\"In short\">Choose what fits best.</short-instructions>",
    "  <full-instructions header=\"Instructions\"><p>Look at all of it before you choose.</p></full-instructions>",
    "</crowd-image-classifier>"
  ]
};

class CrowdImageClassifier extends ImageClassifier {
  static definition = definition;
  static markup = imageClassifierMarkup;
  static styles = imageClassifierStyles;

  get value() {
    return this.answer();
  }
}

noteControl(CrowdImageClassifier);
define(CrowdImageClassifier);
return { definition };
})();

// parts/text-control.js
const $parts_text_control = (() => {
const { CrowdControl } = $parts_control;

class TextControl extends CrowdControl {
  static takesFocus = true;

  constructor() {
    super();
    this.field = this.part$(".field");
    this.field.addEventListener("input", (event) => this.onInput(event));
    this.field.addEventListener("change", () => this.announce("change"));
    this.field.addEventListener("compositionend", () => this.onInput({ isComposing: false }));
    this.field.addEventListener("blur", () => this.hasAttribute("auto-validate") && this.checkValidity());
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.hasAttribute("auto-focus")) this.focus({ preventScroll: true });
  }

  get anchor() {
    return this.field;
  }

  get value() {
    return this.field.value;
  }

  set value(value) {
    this.field.value = value ?? "";
    this.changed();
  }

  answer() {
    return this.value === "" ? undefined : this.value;
  }

  sent() {
    return this.value;
  }

  enter(taken) {
    this.value = taken() ?? "";
  }

  reset() {
    this.value = this.getAttribute("value");
  }

  attributeChangedCallback(name, before, now) {
    if (name === "value" && before !== now) this.value = now;
    super.attributeChangedCallback(name, before, now);
  }

  update() {
    const { field } = this;
    const label = this.getAttribute("label");
    this.part$(".label").textContent = label ?? "";
    this.part$(".label").hidden = !label;
    for (const [name, native] of [["placeholder"], ["max-length", "maxlength"], ["rows"]]) this.pass(name, native);
    field.disabled = this.isDisabled;
    field.setAttribute("aria-required", this.hasAttribute("required"));
    if (label) field.removeAttribute("aria-label");
    else field.setAttribute("aria-label", this.spokenName || this.getAttribute("placeholder") || "Text");
    this.changed();
  }

  pass(name, native = name) {
    const value = this.getAttribute(name);
    if (value === null || value === "") this.field.removeAttribute(native);
    else this.field.setAttribute(native, value);
  }

  onInput(event) {
    if (!event.isComposing) this.dropForbidden();
    this.changed();
  }

  /** With auto-validate, signs that allowed-pattern does not allow vanish as they are typed. */
  dropForbidden() {
    const allowed = this.hasAttribute("auto-validate") && patternOf(this.getAttribute("allowed-pattern"));
    if (!allowed) return;
    const { value, selectionStart } = this.field;
    const kept = [...value].filter((sign) => allowed.test(sign)).join("");
    if (kept === value) return;
    const before = [...value.slice(0, selectionStart ?? value.length)].filter((sign) => allowed.test(sign)).join("");
    this.field.value = kept;
    if (selectionStart !== null) this.field.setSelectionRange(before.length, before.length);
  }

  changed() {
    this.validate();
  }

  fault() {
    const { validity, validationMessage, value } = this.field;
    const least = Number(this.getAttribute("min-length")) || 0;
    const said = this.getAttribute("error-message");
    if (this.hasAttribute("required") && value === "") return said || "Fill this in.";
    if (value && value.length < least) return said || `Write at least ${least} characters; there are ${value.length}.`;
    return validity.valid ? "" : said || validationMessage;
  }

  faultShown(sentence) {
    super.faultShown(sentence);
    this.field.setAttribute("aria-invalid", Boolean(sentence));
  }
}

function patternOf(text) {
  try {
    return text ? new RegExp(text, "u") : null;
  } catch {
    return null; // a pattern that is none allows all
  }
}
return { TextControl };
})();

// elements/crowd-input.js
const $elements_crowd_input = (() => {
const { noteControl } = $parts_control;
const { define } = $parts_element;
const { TextControl } = $parts_text_control;

const definition = {
  "element": "crowd-input",
  "summary": "A line of text, a number, a date, …",
  "attributes": {
    "name": { "type": "text", "about": "Under which name the answer is sent." },
    "label": { "type": "text", "about": "What stands above the field." },
    "type": { "type": "text", "default": "text", "values": ["text", "email", "number", "date", "datetime-local", "month", "week", "time", "url", "tel", "search", "password", "color", "range", "file"],
      "about": "A type of HTML's input, such as number, date, email or file." },
    "value": { "type": "text", "about": "What is in the field at the start; sent if nobody changes it." },
    "placeholder": { "type": "text", "about": "What an empty field shows." },
    "required": { "type": "boolean", "about": "Nothing can be submitted while the field is empty." },
    "min-length": { "type": "number", "about": "How many characters there have to be, if there are any." },
    "max-length": { "type": "number", "about": "More characters cannot be typed or pasted." },
    "allowed-pattern": { "type": "text", "about": "A regular expression; with auto-validate other characters vanish as they are typed." },
    "auto-validate": { "type": "boolean", "about": "What is wrong is said when the field is left." },
    "error-message": { "type": "text", "about": "What is said then." },
    "min": { "type": "text", "about": "The least number or date." },
    "max": { "type": "text", "about": "The greatest number or the last date." },
    "step": { "type": "text", "about": "What lies between two numbers." },
    "pattern": { "type": "text", "about": "A regular expression that the whole text has to match." },
    "accept": { "type": "text", "about": "Which files are taken: kinds or endings, as in HTML." },
    "multiple": { "type": "boolean", "about": "Takes several files." },
    "autocomplete": { "type": "text", "about": "What the browser may fill in, as in HTML." },
    "inputmode": { "type": "text", "about": "Which keyboard a phone shows, as in HTML." },
    "auto-focus": { "type": "boolean", "about": "The field has the focus when the page opens." },
    "disabled": { "type": "boolean", "about": "Can be read, not changed, and is not sent." }
  },
  "slots": {},
  "events": { "input": "as it is typed", "change": "when it is done" },
  "answer": "the text; left out when empty; of files the names, and the files go beside it (flattened, only the files)",
  "sample": { "magicWord": "please" },
  "demo": [
    "<crowd-input name=\"website\" label=\"The address of the page\" type=\"url\" placeholder=\"https://\" required></crowd-input>",
    "<crowd-input name=\"count\" label=\"How many?\" type=\"number\" min=\"0\" max=\"20\" value=\"3\"></crowd-input>",
    "<crowd-input name=\"code\" label=\"Three digits\" allowed-pattern=\"[0-9]\" auto-validate",
    "    max-length=\"3\" min-length=\"3\" error-message=\"Three digits, please.\"></crowd-input>",
    "<crowd-input name=\"photo\" label=\"A photo\" type=\"file\" accept=\"image/*\"></crowd-input>"
  ]
};

const TYPES = definition.attributes.type.values;

class CrowdInput extends TextControl {
  static definition = definition;
  static markup = `<label><span class="label"></span><input class="field"></label><p class="fault" role="alert"></p>`;
  static styles = `:host { display: block; margin-block: 0.5rem 1rem; }`;

  update() {
    const type = (this.getAttribute("type") ?? "").toLowerCase();
    const wanted = TYPES.includes(type) ? type : "text";
    if (this.field.type !== wanted) this.field.type = wanted;
    for (const name of ["min", "max", "step", "pattern", "accept", "autocomplete", "inputmode"]) this.pass(name);
    this.field.multiple = this.hasAttribute("multiple");
    super.update();
  }

  /** As the field has it: "text" for what is no type. */
  get type() {
    return this.field.type;
  }

  set type(type) {
    this.setAttribute("type", type);
  }

  get isOfFiles() {
    return this.field.type === "file";
  }

  /** What is chosen, where files are asked for; a list made elsewhere may be put in, as into HTML's own. */
  get files() {
    return this.field.files;
  }

  set files(list) {
    this.field.files = list;
    this.changed();
  }

  get value() {
    return this.isOfFiles ? [...this.files].map((file) => file.name).join("|") : this.field.value;
  }

  /** Browsers let nobody name a file into a field; nothing takes it out. */
  set value(value) {
    if (this.isOfFiles) value = "";
    if (String(value ?? "") === "" || this.field.type !== "number" || !Number.isNaN(Number(value)))
      this.field.value = value ?? "";
    this.changed();
  }

  /** To a plain form files go as they are. */
  sent() {
    const name = this.getAttribute("name");
    if (!this.isOfFiles || !name) return super.sent();
    const data = new FormData();
    for (const file of this.files) data.append(name, file);
    return data;
  }

  /** Of a file an answer has the name; the page around puts files back, if it keeps them. */
  enter(taken) {
    if (!this.isOfFiles) super.enter(taken);
  }
}

noteControl(CrowdInput);
define(CrowdInput);
return { definition };
})();

// parts/drawing/mask-brushes.js
const $parts_drawing_mask_brushes = (() => {
const SIZES = [1, 2, 3, 5, 8, 12, 18, 27, 40, 60, 90, 135, 200, 300, 450];
const KINDS = ["brush", "eraser", "polygon", "area"];

const SHARE = 30; // of the smaller side, for the brush to begin with
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const [NEAR, FAR] = [4, 40]; // CSS pixels that an arrow goes
const APART = 6; // CSS pixels between corners of a line drawn by hand
const CLOSE = 12; // CSS pixels from the first corner that close a polygon
const FEWEST = 3;

class Brushes {
  constructor(tool) {
    this.tool = tool;
    [this.kind, this.level] = ["brush", 4];
    this.corners = [];
    [this.pointer, this.last, this.isKeyed, this.isDown] = [null, null, false, false];
  }

  get size() {
    return SIZES[this.level];
  }

  get isRound() {
    return this.kind === "brush" || this.kind === "eraser";
  }

  fitTo({ width, height }) {
    const wanted = Math.min(width, height) / SHARE;
    this.level = Math.max(2, SIZES.findLastIndex((size) => size <= wanted));
  }

  choose(kind) {
    this.lift();
    this.leaveOff();
    this.kind = kind;
  }

  /** Forget what was begun: the mask that it was for is gone. */
  forget() {
    [this.corners, this.last, this.isDown, this.isFreehand] = [[], null, false, false];
  }

  resize(level) {
    this.level = Math.max(0, Math.min(SIZES.length - 1, level));
  }

  // ---- By pointer -------------------------------------------------------------------------------------------

  began(point, event) {
    const { tool } = this;
    this.lift();
    [this.pointer, this.isKeyed] = [point, false];
    if (!tool.canPaint) return;
    if (this.kind === "area") tool.fillArea(point);
    else if (this.kind === "polygon") this.addCorner(point);
    else this.startStroke(point, event.shiftKey && this.last);
  }

  moved(point, event) {
    const several = event.getCoalescedEvents?.() ?? [];
    const points = several.length ? several.map((one) => this.tool.stage.toPicture(one)) : [point];
    this.pointer = point;
    if (this.isDown) this.goAlong(points);
    else if (this.kind === "polygon" && this.corners.length) this.follow(point);
    this.tool.stage.redraw();
  }

  ended(point) {
    if (this.isDown) this.endStroke([point]);
    if (this.kind === "polygon" && this.isFreehand) this.close();
  }

  /** A second finger has come: what the first has painted was not meant. */
  cancelled() {
    if (this.isDown) this.tool.cancelStroke();
    else if (this.kind === "polygon") this.corners.pop();
    [this.isDown, this.isFreehand] = [false, false];
    this.tool.stage.redraw();
  }

  hovered(point) {
    [this.pointer, this.isKeyed] = [point, false];
    this.tool.stage.redraw();
  }

  left() {
    if (!this.isKeyed) this.pointer = null;
    this.tool.stage.redraw();
  }

  // ---- Strokes -----------------------------------------------------------------------------------------------

  startStroke(point, from) {
    if (!this.tool.startStroke(this.kind === "eraser")) return;
    this.isDown = true;
    this.tool.paintTo(from || point, point, this.size);
    [this.last, this.middle] = [point, point];
  }

  /** Through the middles between the points that are known, so that what is drawn quickly has no corners. */
  goAlong(points) {
    for (const point of points) {
      const middle = { x: (this.last.x + point.x) / 2, y: (this.last.y + point.y) / 2 };
      this.bend(this.middle, this.last, middle);
      [this.last, this.middle] = [point, middle];
    }
  }

  bend(from, by, to) {
    const far = Math.hypot(by.x - from.x, by.y - from.y) + Math.hypot(to.x - by.x, to.y - by.y);
    const steps = Math.max(1, Math.min(16, Math.ceil(far / Math.max(2, this.size / 4))));
    let before = from;
    for (let i = 1; i <= steps; i += 1) {
      const [a, b, c] = [(1 - i / steps) ** 2, (2 * i * (steps - i)) / steps ** 2, (i / steps) ** 2];
      const point = { x: a * from.x + b * by.x + c * to.x, y: a * from.y + b * by.y + c * to.y };
      this.tool.paintTo(before, point, this.size);
      before = point;
    }
  }

  endStroke(points = []) {
    this.goAlong(points);
    this.tool.paintTo(this.middle, this.last, this.size);
    this.isDown = false;
    this.tool.endStroke();
  }

  /** Take the brush up that the keyboard has put down. */
  lift() {
    if (this.isDown) this.endStroke();
  }

  // ---- Polygons -----------------------------------------------------------------------------------------------

  addCorner(point) {
    if (this.isNearFirst(point)) return this.close();
    this.corners.push(point);
    this.said = this.corners.length;
    return this.tool.cornersChanged(`Corner ${this.corners.length}: ${this.sayPlace(point)}`);
  }

  isNearFirst(point) {
    const [first] = this.corners;
    const { scale } = this.tool.stage.view;
    return this.corners.length >= FEWEST && Math.hypot(point.x - first.x, point.y - first.y) * scale <= CLOSE;
  }

  /** While the button is down, corners come by themselves. */
  follow(point) {
    if (!this.tool.stage.gestures.down.size) return;
    const last = this.corners.at(-1);
    if (Math.hypot(point.x - last.x, point.y - last.y) * this.tool.stage.view.scale < APART) return;
    this.corners.push(point);
    this.isFreehand = this.corners.length > this.said + 2;
  }

  close() {
    const { corners } = this;
    this.isFreehand = false;
    if (corners.length < FEWEST) return this.tool.say(`A polygon has at least ${FEWEST} corners.`);
    this.corners = [];
    return this.tool.fillPolygon(corners);
  }

  takeBack() {
    this.corners.pop();
    this.tool.cornersChanged(this.corners.length ? `${this.corners.length} corners` : "Nothing is being drawn.");
  }

  leaveOff() {
    if (!this.corners.length) return false;
    this.corners = [];
    this.tool.cornersChanged("Left off.");
    return true;
  }

  // ---- By keyboard ----------------------------------------------------------------------------------------------

  press(key, event) {
    const arrow = ARROWS[key];
    if (arrow) return this.moveCursor(arrow, event.shiftKey);
    if (key === "Enter" && this.kind === "polygon" && this.corners.length) return this.close() ?? true;
    if (key === " " || key === "Enter") return this.act();
    return false;
  }

  sayPlace({ x, y }) {
    return `${Math.floor(x)} across, ${Math.floor(y)} down`;
  }

  /** Where the cursor is; if it was not shown, the middle of what is seen of the picture. */
  cursor() {
    const { view, room } = this.tool.stage;
    return this.pointer ?? this.held({ x: (room.width / 2 - view.x) / view.scale, y: (room.height / 2 - view.y) / view.scale });
  }

  held({ x, y }) {
    const { width, height } = this.tool.size;
    const within = (at, most) => Math.max(0, Math.min(most - 1, Math.floor(at))) + 0.5;
    return { x: within(x, width), y: within(y, height) };
  }

  moveCursor([across, down], isFar) {
    const { tool } = this;
    if (!tool.stage.isOpen) return false;
    const by = Math.max(1, Math.round((isFar ? FAR : NEAR) / tool.stage.view.scale));
    const from = this.cursor();
    const to = this.held({ x: from.x + across * by, y: from.y + down * by });
    if (this.isDown) {
      tool.paintTo(from, to, this.size);
      [this.last, this.middle] = [to, to];
    }
    [this.pointer, this.isKeyed] = [to, true];
    tool.stage.reveal(to);
    tool.stage.redraw();
    tool.say(`${this.sayPlace(to)}${tool.sayThere(to)}`);
    return true;
  }

  /** The first press only shows the cursor. */
  act() {
    const { tool } = this;
    if (!tool.canPaint) return false;
    const isShown = this.pointer !== null;
    const at = this.held(this.cursor());
    [this.pointer, this.isKeyed] = [at, true];
    tool.stage.redraw();
    if (!isShown) tool.say(`${this.sayPlace(at)}${tool.sayThere(at)}`);
    else if (this.isDown) this.lift();
    else if (this.kind === "area") tool.fillArea(at);
    else if (this.kind === "polygon") this.addCorner(at);
    else this.putDown(at);
    return true;
  }

  putDown(at) {
    this.startStroke(at);
    if (this.isDown) this.tool.say(`${this.kind === "eraser" ? "Eraser" : "Brush"} down: arrows paint, Space lifts it.`);
  }

  // ---- Drawing --------------------------------------------------------------------------------------------------

  /** Draw the brush's outline, and the polygon as it is so far. */
  draw(context, stage, colour) {
    if (this.pointer && this.isRound) this.drawBrush(context, stage, colour);
    if (this.kind === "polygon") this.drawPolygon(context, stage, colour);
    if (this.pointer && this.isKeyed && !this.isRound) this.drawCross(context, stage.toScreen(this.pointer));
  }

  drawBrush(context, stage, colour) {
    const { x, y } = stage.toScreen(this.pointer);
    const radius = Math.max(2, (this.size / 2) * stage.view.scale);
    this.outline(context, (path) => path.arc(x, y, radius, 0, 2 * Math.PI), this.isDown ? colour : "#ffffff");
    if (radius > 6) this.drawCross(context, { x, y }, 3);
  }

  drawPolygon(context, stage, colour) {
    const points = this.corners.map((corner) => stage.toScreen(corner));
    if (!points.length) return;
    const next = this.pointer && stage.toScreen(this.pointer);
    this.outline(context, (path) => {
      for (const { x, y } of [...points, next ?? points[0]]) path.lineTo(x, y);
    }, colour);
    const isClosing = this.pointer && this.isNearFirst(this.pointer);
    this.outline(context, (path) => path.arc(points[0].x, points[0].y, isClosing ? 8 : 5, 0, 2 * Math.PI), "#ffffff");
  }

  drawCross(context, { x, y }, arm = 10) {
    this.outline(context, (path) => {
      path.moveTo(x - arm, y);
      path.lineTo(x + arm, y);
      path.moveTo(x, y - arm);
      path.lineTo(x, y + arm);
    }, "#ffffff");
  }

  /** A line that is seen on whatever is below. */
  outline(context, draw, colour) {
    context.beginPath();
    draw(context);
    for (const [style, width] of [["rgb(0 0 0 / 75%)", 3.5], [colour, 1.5]]) {
      context.strokeStyle = style;
      context.lineWidth = width;
      context.stroke();
    }
  }
}
return { SIZES, KINDS, Brushes };
})();

// parts/drawing/mask-look.js
const $parts_drawing_mask_look = (() => {
const { SIZES } = $parts_drawing_mask_brushes;
const { toolMarkup, toolStyles } = $parts_drawing_tool_look;
const { toolButton } = $parts_drawing_toolbar;

const range = (name, what, most, keys, sign) => `<label class="range" title="${what}${keys}"><span class="unseen">${what}</span><span aria-hidden="true">${sign}</span>
  <input type="range" min="0" max="${most}" data-range="${name}"><output aria-hidden="true"></output></label>`;

const maskMarkup = (extra = "") =>
  toolMarkup(
    `${toolButton("brush", "Brush", { icon: "brush", key: "B", isToggle: true })}
    ${toolButton("eraser", "Eraser", { icon: "eraser", key: "E", isToggle: true })}
    ${toolButton("polygon", "Polygon: click its corners, Enter fills it", { icon: "polygon", key: "P", isToggle: true })}
    ${toolButton("area", "Fill an area", { icon: "format-color-fill", key: "G", isToggle: true })}
    ${toolButton("finish", "Fill the polygon", { icon: "check", key: "Enter" })}</span><span class="tools">
    ${range("size", "Size of the brush", SIZES.length - 1, ", [ and ]", "●")}</span><span class="tools">
    ${range("opacity", "Opacity of the mask", 100, "", "◐")}
    ${toolButton("hide", "Hide the mask", { icon: "visibility", key: "V", isToggle: true })}
    ${toolButton("names", "Show the labels", { icon: "label", key: "L", isToggle: true })}
    ${toolButton("careful", "Keep what is painted: paint only where nothing is", { icon: "lock", key: "K", isToggle: true })}
    ${extra}`,
  ).replace('<p class="how"', '<p class="mask-note" role="alert" hidden><span></span> <button class="button" type="button">Try again</button></p><p class="how"');

const maskStyles = `${toolStyles}
  .range { display: inline-flex; align-items: center; gap: 0.35rem; padding-inline: 0.25rem; color: var(--crowd-soft); font-size: 0.875rem; }
  .range input { width: 5.5rem; min-height: 2.25rem; margin: 0; accent-color: var(--crowd-accent); }
  .range output { min-width: 2.6rem; font-variant-numeric: tabular-nums; }
  .range:has(:focus-visible) { outline: 2px solid var(--crowd-accent); border-radius: var(--crowd-radius); }
  .range input:focus-visible { outline: none; }
  .stage[data-tool] { cursor: none; }
  .stage[data-tool="polygon"], .stage[data-tool="area"] { cursor: crosshair; }
  .mask-note { margin: 0; padding: 0.5rem 0.75rem; border: 1px solid var(--crowd-warn); border-radius: var(--crowd-radius); background: var(--crowd-warn-wash); }
  .mask-note .button { min-height: 2rem; padding-block: 0.1rem; }
  @media (max-width: 30rem) { .range input { width: 4rem; } .range output { display: none; } }`;
return { maskMarkup, maskStyles };
})();

// parts/drawing/mask-colours.js
const $parts_drawing_mask_colours = (() => {
const { colourOf } = $parts_drawing_palette;

/** What a pixel has that shows nothing. */
const NOTHING = "#ffffff";

const GOLDEN = 137.508; // degrees; the next hue is far from all before
const FIRST = 10;
const [STRENGTHS, LIGHTS] = [[0.85, 0.6, 0.95], [0.42, 0.62, 0.3, 0.75]];

function made(at) {
  const [hue, strength, light] = [(at * GOLDEN) % 360, STRENGTHS[at % STRENGTHS.length], LIGHTS[at % LIGHTS.length]];
  const part = (n) => {
    const k = (n + hue / 30) % 12;
    return light - strength * Math.min(light, 1 - light) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  };
  return hexOf([part(0), part(8), part(4)].map((value) => Math.round(value * 255)));
}

const hexOf = (parts) => `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;

const numberOf = (colour) => parseInt(colour.slice(1), 16);

/** A colour that is not taken: those that people tell apart best come first. */
function freshColour(taken) {
  for (let at = 0; ; at += 1) {
    const colour = at < FIRST ? colourOf(at) : made(at);
    if (colour !== NOTHING && !taken.has(colour)) return colour;
  }
}
return { NOTHING, hexOf, numberOf, freshColour };
})();

// parts/drawing/mask-shapes.js
const $parts_drawing_mask_shapes = (() => {
const firstFrom = (left) => Math.ceil(left - 0.5);
const endOf = (right) => Math.floor(right - 0.5) + 1;

function takeWithin(size, take, y, left, right) {
  const [from, to] = [Math.max(0, firstFrom(left)), Math.min(size.width, endOf(right))];
  if (from < to) take(y, from, to);
}

const rowsBetween = (size, top, bottom) => [Math.max(0, firstFrom(top)), Math.min(size.height, endOf(bottom))];

/** The pixels that a round brush covers on its way from one point to another. */
function runsOfStroke(size, from, to, radius, take) {
  const [top, bottom] = rowsBetween(size, Math.min(from.y, to.y) - radius, Math.max(from.y, to.y) + radius);
  const sides = sidesOf(from, to, radius);
  for (let y = top; y < bottom; y += 1) {
    const middle = y + 0.5;
    let [left, right] = [Infinity, -Infinity];
    for (const end of [from, to]) {
      const half = Math.sqrt(radius ** 2 - (middle - end.y) ** 2); // NaN beside the circle, which compares as false
      if (half >= 0) [left, right] = [Math.min(left, end.x - half), Math.max(right, end.x + half)];
    }
    for (const [one, other] of sides) {
      if (middle < one.y || middle > other.y) continue;
      const x = one.x + ((other.x - one.x) * (middle - one.y)) / (other.y - one.y);
      [left, right] = [Math.min(left, x), Math.max(right, x)];
    }
    if (left <= right) takeWithin(size, take, y, left, right);
  }
}

/** The two straight sides of a stroke, each from its upper end; a level one covers no row's middle by itself. */
function sidesOf(from, to, radius) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (!length) return [];
  const [dx, dy] = [((to.y - from.y) / length) * radius, ((from.x - to.x) / length) * radius];
  return [1, -1]
    .map((side) => [from, to].map(({ x, y }) => ({ x: x + side * dx, y: y + side * dy })))
    .filter(([one, other]) => one.y !== other.y)
    .map(([one, other]) => (one.y < other.y ? [one, other] : [other, one]));
}

/** The pixels within a polygon, however often its border crosses itself. */
function runsOfPolygon(size, points, take) {
  const edges = points.map((point, i) => edgeOf(point, points[(i + 1) % points.length])).filter(Boolean);
  if (!edges.length) return;
  edges.sort((one, other) => one.top - other.top);
  const [top, bottom] = rowsBetween(size, edges[0].top, Math.max(...edges.map((edge) => edge.bottom)));
  let active = [];
  let next = 0;
  for (let y = top; y < bottom; y += 1) {
    const middle = y + 0.5;
    while (next < edges.length && edges[next].top <= middle) active.push(edges[next++]);
    active = active.filter((edge) => edge.bottom > middle);
    const crossings = active.map(({ x, top: from, slope, turn }) => ({ x: x + slope * (middle - from), turn }));
    crossings.sort((one, other) => one.x - other.x);
    let winding = 0;
    crossings.forEach(({ x, turn }, i) => {
      winding += turn;
      if (winding && i + 1 < crossings.length) takeWithin(size, take, y, x, crossings[i + 1].x);
    });
  }
}

function edgeOf(one, other) {
  if (one.y === other.y) return null;
  const [upper, lower] = one.y < other.y ? [one, other] : [other, one];
  const slope = (lower.x - upper.x) / (lower.y - upper.y);
  return { top: upper.y, bottom: lower.y, x: upper.x, slope, turn: one.y < other.y ? 1 : -1 };
}

/**
 * The pixels that hang together with one and are of its kind: `isSame(y, x)`. Each run has to be changed
 * by `take`, so that it is not of the kind any more.
 */
function runsOfArea(size, start, isSame, take) {
  const waiting = [[start.y, start.x, start.x + 1]];
  while (waiting.length) {
    const [y, from, to] = waiting.pop();
    for (let x = from; x < to; x += 1) {
      if (!isSame(y, x)) continue;
      let [left, right] = [x, x + 1];
      while (left > 0 && isSame(y, left - 1)) left -= 1;
      while (right < size.width && isSame(y, right)) right += 1;
      take(y, left, right);
      if (y > 0) waiting.push([y - 1, left, right]);
      if (y + 1 < size.height) waiting.push([y + 1, left, right]);
      x = right;
    }
  }
}
return { runsOfStroke, runsOfPolygon, runsOfArea };
})();

// parts/drawing/mask.js
const $parts_drawing_mask = (() => {
const { runsOfArea, runsOfPolygon, runsOfStroke } = $parts_drawing_mask_shapes;

const SQUARE = 64;
const MOST_THINGS = 255;

class Mask {
  constructor(width, height) {
    [this.width, this.height] = [width, height];
    this.cells = new Uint8Array(width * height);
    this.counts = new Uint32Array(MOST_THINGS + 1); // how many pixels show each thing, by its number
    this.counts[0] = this.cells.length;
    this.across = Math.ceil(width / SQUARE);
    this.watchers = [];
  }

  /** Call `act` with the rectangle of each change: {left, top, right, bottom}, the latter two exclusive. */
  watch(act) {
    this.watchers.push(act);
  }

  /** What a pixel shows; 0 outside of the picture. */
  at(x, y) {
    const isInside = x >= 0 && y >= 0 && x < this.width && y < this.height;
    return isInside ? this.cells[Math.floor(y) * this.width + Math.floor(x)] : 0;
  }

  // ---- Changes --------------------------------------------------------------------------------------------

  begin() {
    this.before = new Map();
  }

  /** Give what changed since `begin`, to be swapped; null if nothing did. */
  end() {
    const squares = new Map();
    for (const [index, cells] of this.before) {
      const box = this.boxOf(index);
      if (!this.isAs(cells, box)) squares.set(index, packed(cells));
    }
    this.before = undefined;
    if (!squares.size) return null;
    const bytes = [...squares.values()].reduce((sum, runs) => sum + runs.length + 64, 0);
    return { squares, bytes };
  }

  /** Undo a change, or do again what was undone. */
  swap(change) {
    for (const [index, runs] of change.squares) {
      const box = this.boxOf(index);
      const now = packed(this.copyOf(box));
      this.write(box, unpacked(runs, (box.right - box.left) * (box.bottom - box.top)));
      change.squares.set(index, now);
      this.tell(box);
    }
  }

  /** Paint along a line with a round brush. */
  stroke(from, to, diameter, number) {
    const place = diameter < 3 ? ({ x, y }) => ({ x: Math.floor(x) + 0.5, y: Math.floor(y) + 0.5 }) : (point) => point;
    this.fill(number, (take) => runsOfStroke(this, place(from), place(to), diameter / 2, take));
  }

  polygon(points, number) {
    this.fill(number, (take) => runsOfPolygon(this, points, take));
  }

  /** Fill what hangs together around a point and shows the same. */
  area(point, number) {
    const [x, y] = [Math.floor(point.x), Math.floor(point.y)];
    const same = this.at(x, y);
    const isInside = x >= 0 && y >= 0 && x < this.width && y < this.height;
    if (!isInside || same === number || (same && number && this.isCareful)) return;
    const isSame = (row, column) => this.cells[row * this.width + column] === same;
    this.fill(number, (take) => runsOfArea(this, { x, y }, isSame, take));
  }

  /** Let everything that shows one thing show nothing. */
  erase(old) {
    const { cells, width } = this;
    this.fill(0, (take) => {
      for (let at = cells.indexOf(old); at !== -1; at = cells.indexOf(old, at)) {
        const [from, y] = [at, Math.floor(at / width)];
        const end = (y + 1) * width;
        while (at < end && cells[at] === old) at += 1;
        take(y, from - y * width, at - y * width);
      }
    });
  }

  /** Set a run of a row: for who reads a mask, before anything is recorded or shown. */
  set(y, from, to, number) {
    const { cells, counts } = this;
    const end = y * this.width + to;
    for (let i = end - to + from; i < end; i += 1) counts[cells[i]] -= 1;
    counts[number] += to - from;
    cells.fill(number, end - to + from, end);
  }

  /** Paint runs; with `isCareful` only where nothing is. */
  fill(number, runs) {
    const box = { left: this.width, top: this.height, right: 0, bottom: 0 };
    const paint = (y, from, to) => {
      this.record(y, from, to);
      this.set(y, from, to, number);
      if (from < box.left) box.left = from;
      if (to > box.right) box.right = to;
      if (y < box.top) box.top = y;
      if (y >= box.bottom) box.bottom = y + 1;
    };
    runs(this.isCareful && number ? (y, from, to) => this.eachEmpty(y, from, to, paint) : paint);
    if (box.left < box.right) this.tell(box);
  }

  eachEmpty(y, from, to, take) {
    const row = this.cells.subarray(y * this.width, (y + 1) * this.width);
    for (let x = from; x < to; ) {
      while (x < to && row[x]) x += 1;
      const start = x;
      while (x < to && !row[x]) x += 1;
      if (start < x) take(y, start, x);
    }
  }

  tell(box) {
    for (const act of this.watchers) act(box);
  }

  /** The same in another size. */
  resized(width, height) {
    const other = new Mask(width, height);
    for (let y = 0; y < height; y += 1) {
      const row = Math.floor((y * this.height) / height) * this.width;
      for (let x = 0; x < width; x += 1) {
        const number = this.cells[row + Math.floor((x * this.width) / width)];
        if (number) other.set(y, x, x + 1, number);
      }
    }
    return other;
  }

  // ---- Squares ------------------------------------------------------------------------------------------------

  record(y, from, to) {
    if (!this.before) return;
    const row = Math.floor(y / SQUARE) * this.across;
    const last = row + Math.floor((to - 1) / SQUARE);
    for (let index = row + Math.floor(from / SQUARE); index <= last; index += 1)
      if (!this.before.has(index)) this.before.set(index, this.copyOf(this.boxOf(index)));
  }

  boxOf(index) {
    const [left, top] = [(index % this.across) * SQUARE, Math.floor(index / this.across) * SQUARE];
    return { left, top, right: Math.min(left + SQUARE, this.width), bottom: Math.min(top + SQUARE, this.height) };
  }

  *rowsOf({ left, top, right, bottom }) {
    for (let y = top; y < bottom; y += 1) yield this.cells.subarray(y * this.width + left, y * this.width + right);
  }

  copyOf(box) {
    const across = box.right - box.left;
    const copy = new Uint8Array(across * (box.bottom - box.top));
    let at = 0;
    for (const row of this.rowsOf(box)) copy.set(row, (at += across) - across);
    return copy;
  }

  write(box, cells) {
    let at = 0;
    for (const number of cells) this.counts[number] += 1;
    for (const row of this.rowsOf(box)) {
      for (const number of row) this.counts[number] -= 1;
      row.set(cells.subarray(at, (at += row.length)));
    }
  }

  isAs(cells, box) {
    let at = 0;
    for (const row of this.rowsOf(box)) for (const number of row) if (number !== cells[at++]) return false;
    return true;
  }
}

/** Cells as pairs of a number and how often it stands, less one, in a byte each. */
function packed(cells) {
  const runs = [];
  for (let at = 0; at < cells.length; ) {
    const from = at;
    while (at < cells.length && at - from < 256 && cells[at] === cells[from]) at += 1;
    runs.push(cells[from], at - from - 1);
  }
  return Uint8Array.from(runs);
}

function unpacked(runs, length) {
  const cells = new Uint8Array(length);
  let at = 0;
  for (let i = 0; i < runs.length; i += 2) cells.fill(runs[i], at, (at += runs[i + 1] + 1));
  return cells;
}
return { MOST_THINGS, Mask };
})();

// parts/drawing/png-inflate.js
const $parts_drawing_png_inflate = (() => {
const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCES = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
const distanceBits = (code) => Math.max(0, Math.floor(code / 2) - 1);
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const END_OF_BLOCK = 256;
const LONGEST_CODE = 15;

class NotPacked extends Error {}

class Bits {
  constructor(bytes) {
    [this.bytes, this.at, this.held, this.count] = [bytes, 0, 0, 0];
  }

  take(count) {
    while (this.count < count) {
      if (this.at >= this.bytes.length) throw new NotPacked("the data ends too early");
      this.held |= this.bytes[this.at++] << this.count;
      this.count += 8;
    }
    const value = this.held & ((1 << count) - 1);
    this.held >>>= count;
    this.count -= count;
    return value;
  }

  wholeByte() {
    [this.held, this.count] = [0, 0];
  }
}

/** Codes of such lengths, as how many there are of each and the symbols in the order of their codes. */
function codes(lengths) {
  const counts = new Uint16Array(LONGEST_CODE + 1);
  for (const length of lengths) counts[length] += 1;
  counts[0] = 0;
  const places = new Uint16Array(LONGEST_CODE + 2);
  for (let i = 1; i <= LONGEST_CODE; i += 1) places[i + 1] = places[i] + counts[i];
  const symbols = new Uint16Array(lengths.length);
  lengths.forEach((length, symbol) => length && (symbols[places[length]++] = symbol));
  return { counts, symbols };
}

function symbolOf(bits, { counts, symbols }) {
  let [code, first, index] = [0, 0, 0];
  for (let length = 1; length <= LONGEST_CODE; length += 1) {
    code |= bits.take(1);
    const count = counts[length];
    if (code - count < first) return symbols[index + code - first];
    index += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  throw new NotPacked("a code is not known");
}

const FIXED = {
  literals: codes(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))),
  distances: codes(Array(30).fill(5)),
};

function ownCodes(bits) {
  const [literals, distances, count] = [bits.take(5) + 257, bits.take(5) + 1, bits.take(4) + 4];
  const short = Array(ORDER.length).fill(0);
  for (let i = 0; i < count; i += 1) short[ORDER[i]] = bits.take(3);
  const shortCodes = codes(short);
  const lengths = [];
  while (lengths.length < literals + distances) {
    const symbol = symbolOf(bits, shortCodes);
    if (symbol < 16) lengths.push(symbol);
    else if (symbol === 16) lengths.push(...Array(3 + bits.take(2)).fill(lengths.at(-1) ?? 0));
    else lengths.push(...Array(symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7)).fill(0));
  }
  return { literals: codes(lengths.slice(0, literals)), distances: codes(lengths.slice(literals, literals + distances)) };
}

class Inflater {
  constructor(bytes, size) {
    this.bits = new Bits(bytes);
    this.out = new Uint8Array(size);
    this.at = 0;
  }

  room(length) {
    if (this.at + length > this.out.length) throw new NotPacked("there is more data than the picture has");
  }

  run() {
    const { bits } = this;
    if ((bits.take(8) & 15) !== 8 || bits.take(8) & 32) throw new NotPacked("it is packed in an unknown way");
    for (let isLast = 0; !isLast; ) {
      isLast = bits.take(1);
      const kind = bits.take(2);
      if (kind === 0) this.asItIs();
      else if (kind === 3) throw new NotPacked("a block is of no known kind");
      else this.block(kind === 1 ? FIXED : ownCodes(bits));
    }
    if (this.at < this.out.length) throw new NotPacked("the data ends too early");
    return this.out;
  }

  asItIs() {
    const { bits } = this;
    bits.wholeByte();
    const length = bits.take(16);
    bits.take(16);
    this.room(length);
    if (bits.at + length > bits.bytes.length) throw new NotPacked("the data ends too early");
    this.out.set(bits.bytes.subarray(bits.at, (bits.at += length)), this.at);
    this.at += length;
  }

  block({ literals, distances }) {
    for (;;) {
      const symbol = symbolOf(this.bits, literals);
      if (symbol === END_OF_BLOCK) return;
      if (symbol < END_OF_BLOCK) {
        this.room(1);
        this.out[this.at++] = symbol;
      } else this.repeat(symbol - END_OF_BLOCK - 1, distances);
    }
  }

  repeat(lengthCode, distances) {
    const { bits, out } = this;
    const length = LENGTHS[lengthCode] + bits.take(LENGTH_BITS[lengthCode]);
    const code = symbolOf(bits, distances);
    const distance = DISTANCES[code] + bits.take(distanceBits(code));
    if (!(distance <= this.at)) throw new NotPacked("it points before its beginning");
    this.room(length);
    const from = this.at - distance;
    if (distance >= length) out.copyWithin(this.at, from, from + length);
    else for (let i = 0; i < length; i += 1) out[this.at + i] = out[from + i]; // it repeats what it writes
    this.at += length;
  }
}

/** Give the so many bytes that were packed; throws NotPacked, which says what is wrong. */
const inflated = (bytes, size) => new Inflater(bytes, size).run();
return { NotPacked, inflated };
})();

// parts/drawing/png-in.js
const $parts_drawing_png_in = (() => {
const { inflated, NotPacked } = $parts_drawing_png_inflate;

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
const SAMPLES = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }; // of a pixel, by the kind of colour
const [GREY, INDEXED, WITH_ALPHA] = [0, 3, 4];
const MOST_PIXELS = 2 ** 28;
// Of interlaced pictures: where each pass begins, and how far its pixels are apart.
const PASSES = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]];
const WHOLE = [[0, 0, 1, 1]];

/** What a pixel that cannot be seen has for a colour. */
const CLEAR = -1;

class NotAPicture extends Error {}

function chunksOf(bytes) {
  if (!SIGNATURE.every((byte, i) => bytes[i] === byte)) throw new NotAPicture("it is no PNG");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = { IDAT: [] };
  for (let at = SIGNATURE.length; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at);
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (kind === "IDAT") found.IDAT.push(data);
    else found[kind] ??= data;
    at += 12 + length;
  }
  return found;
}

function headOf(data) {
  if (data?.length !== 13) throw new NotAPicture("it has no size");
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, kind, , , interlaced] = data.subarray(8);
  if (!width || !height || width * height > MOST_PIXELS) throw new NotAPicture("it has no size that can be shown");
  if (!(kind in SAMPLES) || ![1, 2, 4, 8, 16].includes(depth)) throw new NotAPicture("its colours are of no known kind");
  return { width, height, depth, kind, passes: interlaced ? PASSES : WHOLE };
}

/**
 * Read the file: {width, height, read}. `read(take)` calls `take(y, x, step, colours)` for each row, or part of
 * one: the colours, 0xrrggbb or CLEAR, of the pixels at x, x + step, …; they are only lent.
 */
function readPng(bytes) {
  const { IHDR, PLTE, tRNS, IDAT } = chunksOf(bytes);
  const head = headOf(IHDR);
  const passes = head.passes
    .map(([x, y, dx, dy]) => ({ x, y, dx, dy, across: Math.ceil((head.width - x) / dx), down: Math.ceil((head.height - y) / dy) }))
    .filter(({ across, down }) => across > 0 && down > 0);
  const bytesOf = (across) => Math.ceil((across * head.depth * SAMPLES[head.kind]) / 8);
  const size = passes.reduce((sum, { across, down }) => sum + (bytesOf(across) + 1) * down, 0);
  const data = unpacked(IDAT, size);
  const coloursOf = coloursIn(head, PLTE, tRNS);
  const read = (take) => {
    let at = 0;
    for (const { x, y, dx, dy, across, down } of passes) {
      const length = bytesOf(across);
      const colours = new Int32Array(across);
      for (let row = 0; row < down; row += 1, at += length + 1) {
        unfilter(data, at, length, row ? length + 1 : 0, Math.max(1, (head.depth * SAMPLES[head.kind]) >> 3));
        coloursOf(data, at + 1, colours);
        take(y + row * dy, x, dx, colours);
      }
    }
  };
  return { width: head.width, height: head.height, read };
}

function unpacked(parts, size) {
  const packed = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) packed.set(part, (at += part.length) - part.length);
  try {
    return inflated(packed, size);
  } catch (error) {
    throw error instanceof NotPacked ? new NotAPicture(error.message) : error;
  }
}

/** Undo a row's filter, where it lies: `up` bytes before is the same byte of the row above, if there is one. */
function unfilter(data, at, length, up, back) {
  const [filter, end] = [data[at], at + length];
  if (filter === 1) for (let i = at + 1 + back; i <= end; i += 1) data[i] += data[i - back];
  if (filter === 2 && up) for (let i = at + 1; i <= end; i += 1) data[i] += data[i - up];
  if (filter < 3) return;
  for (let i = at + 1; i <= end; i += 1) {
    const left = i - back > at ? data[i - back] : 0;
    const above = up ? data[i - up] : 0;
    if (filter === 3) data[i] += (left + above) >> 1;
    else data[i] += nearest(left, above, up && i - back > at ? data[i - up - back] : 0);
  }
}

function nearest(left, above, corner) {
  const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}

/** A function that reads a row's colours. */
function coloursIn({ depth, kind }, palette, clear) {
  if (kind === INDEXED) {
    const known = Int32Array.from({ length: 256 }, (_, i) =>
      clear?.[i] === 0 ? CLEAR : ((palette?.[i * 3] ?? 0) << 16) | ((palette?.[i * 3 + 1] ?? 0) << 8) | (palette?.[i * 3 + 2] ?? 0));
    return (data, at, colours) => eachNumber(data, at, depth, colours, (number) => known[number]);
  }
  if (kind === GREY && depth < 8) {
    const step = 255 / ((1 << depth) - 1);
    return (data, at, colours) => eachNumber(data, at, depth, colours, (number) => (number * step) * 0x10101);
  }
  const [samples, wide] = [SAMPLES[kind], depth >> 3];
  const isGrey = samples < 3;
  return (data, at, colours) => {
    for (let i = 0; i < colours.length; i += 1, at += samples * wide) {
      const [green, blue] = isGrey ? [at, at] : [at + wide, at + 2 * wide];
      const isClear = kind >= WITH_ALPHA && data[at + (samples - 1) * wide] === 0;
      colours[i] = isClear ? CLEAR : (data[at] << 16) | (data[green] << 8) | data[blue];
    }
  };
}

function eachNumber(data, at, depth, colours, colourOf) {
  const each = 8 / depth;
  for (let i = 0; i < colours.length; i += 1) {
    const shift = 8 - depth * (1 + (i % each));
    colours[i] = colourOf((data[at + Math.floor(i / each)] >> shift) & ((1 << depth) - 1));
  }
}
return { CLEAR, NotAPicture, readPng };
})();

// parts/drawing/mask-in.js
const $parts_drawing_mask_in = (() => {
const { Mask } = $parts_drawing_mask;
const { CLEAR, NotAPicture, readPng } = $parts_drawing_png_in;

/** The bytes of a PNG that stands in an answer as text, with or without what a data: address begins with. */
function bytesOfText(text) {
  let plain;
  try {
    plain = atob(String(text).replace(/^data:[^,]*,/, ""));
  } catch {
    throw new NotAPicture("it is no base64");
  }
  const bytes = new Uint8Array(plain.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = plain.charCodeAt(i);
  return bytes;
}

/**
 * The mask of a PNG: {mask, unknown}. `numbers` maps colours (0xrrggbb) to what they stand for; pixels of other
 * colours show nothing, and those that are neither clear nor white are counted as unknown.
 */
function maskIn(bytes, numbers) {
  const { width, height, read } = readPng(bytes);
  const mask = new Mask(width, height);
  let unknown = 0;
  read((y, x, step, colours) => {
    for (let i = 0; i < colours.length; ) {
      const [from, colour] = [i, colours[i]];
      while (i < colours.length && colours[i] === colour) i += 1;
      const number = numbers.get(colour);
      if (number === undefined && colour !== CLEAR && colour !== 0xffffff) unknown += i - from;
      if (!number) continue;
      if (step === 1) mask.set(y, x + from, x + i, number);
      else for (let j = from; j < i; j += 1) mask.set(y, x + j * step, x + j * step + 1, number);
    }
  });
  return { mask, unknown };
}
return { bytesOfText, maskIn };
})();

// parts/drawing/mask-source.js
const $parts_drawing_mask_source = (() => {
const { bytesOfText, maskIn } = $parts_drawing_mask_in;
const { NotAPicture } = $parts_drawing_png_in;

const UNREACHED = "it cannot be fetched (its server has to allow it to other sites)";

/** The bytes at an address; rejects with NotAPicture, which says why. */
async function fetched(address) {
  let response;
  try {
    response = await fetch(address);
  } catch {
    throw new NotAPicture(UNREACHED);
  }
  if (!response.ok) throw new NotAPicture(`its server answers ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Read a mask, or give the sentence that says why it cannot be read. */
function read(bytes, numbers) {
  try {
    return maskIn(typeof bytes === "string" ? bytesOfText(bytes) : bytes, numbers);
  } catch (error) {
    if (error instanceof NotAPicture) return error.message;
    throw error;
  }
}
return { fetched, read };
})();

// parts/drawing/png-checks.js
const $parts_drawing_png_checks = (() => {
const TABLE = Uint32Array.from({ length: 256 }, (_, number) => {
  let value = number;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});
const PRIME = 65521;
const MOST_AT_ONCE = 3000; // sums of so many bytes stay below 2 ** 32

function crc32(bytes) {
  let value = 0xffffffff;
  for (let i = 0; i < bytes.length; i += 1) value = TABLE[(value ^ bytes[i]) & 255] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

function adler32(bytes) {
  let [a, b] = [1, 0];
  for (let i = 0; i < bytes.length; ) {
    const end = Math.min(i + MOST_AT_ONCE, bytes.length);
    for (; i < end; i += 1) b += a += bytes[i];
    [a, b] = [a % PRIME, b % PRIME];
  }
  return { a, b, length: bytes.length };
}

/** The checksum of two parts, one after the other, from those of each. */
function joinedAdler32(one, other) {
  const a = (one.a + other.a - 1 + PRIME) % PRIME;
  const b = (one.b + other.b + (other.length % PRIME) * ((one.a - 1 + PRIME) % PRIME)) % PRIME;
  return { a, b, length: one.length + other.length };
}
return { crc32, adler32, joinedAdler32 };
})();

// parts/drawing/png-deflate.js
const $parts_drawing_png_deflate = (() => {
const LONGEST = 258;
const SHORTEST = 3;
const DISTANCE_BITS = 5; // distance 1 is code 0

const END = Uint8Array.of(3, 0);

const reversed = (code, bits) => {
  let value = 0;
  for (let i = 0; i < bits; i += 1) value |= ((code >> i) & 1) << (bits - 1 - i);
  return value;
};

/** The code of a literal, an end (256) or a length's class, as [bits to write, how many]. */
function codeOf(symbol) {
  if (symbol < 144) return [reversed(0x30 + symbol, 8), 8];
  if (symbol < 256) return [reversed(0x190 + symbol - 144, 9), 9];
  if (symbol < 280) return [reversed(symbol - 256, 7), 7];
  return [reversed(0xc0 + symbol - 280, 8), 8];
}

const CODES = Array.from({ length: 288 }, (_, symbol) => codeOf(symbol));

/** What stands for a run of this length after its first byte: the class, its extra bits, distance 1. */
function runOf(length) {
  const [symbol, extra, bits] = classOf(length);
  const [code, size] = CODES[symbol];
  return [code | (extra << size), size + bits + DISTANCE_BITS];
}

function classOf(length) {
  if (length === LONGEST) return [285, 0, 0];
  if (length < 11) return [254 + length, 0, 0];
  const bits = Math.floor(Math.log2(length - 3)) - 2;
  const place = length - 3 - (4 << bits);
  return [261 + bits * 4 + (place >> bits), place & ((1 << bits) - 1), bits];
}

const RUNS = Array.from({ length: LONGEST + 1 }, (_, length) => (length < SHORTEST ? null : runOf(length)));

class Bits {
  constructor(room) {
    this.bytes = new Uint8Array(room);
    [this.at, this.held, this.count] = [0, 0, 0];
  }

  put([bits, count]) {
    this.held |= bits << this.count;
    this.count += count;
    for (; this.count >= 8; this.count -= 8) {
      this.bytes[this.at++] = this.held & 255;
      this.held >>>= 8;
    }
  }
}

/** Pack a part. Nine bits at most stand for a byte, and a few bytes around. */
function deflatedPart(data) {
  const out = new Bits(Math.ceil((data.length * 9) / 8) + 16);
  out.put([2, 3]); // not the last block; fixed codes
  for (let at = 0; at < data.length; ) {
    const from = at;
    while (at < data.length && data[at] === data[from]) at += 1;
    putRun(out, data[from], at - from);
  }
  out.put(CODES[256]);
  out.put([0, 3]); // an empty block of bytes as they are, which begins at a whole byte
  if (out.count) out.put([0, 8 - out.count]);
  for (const byte of [0, 0, 255, 255]) out.put([byte, 8]);
  return out.bytes.slice(0, out.at);
}

function putRun(out, byte, length) {
  out.put(CODES[byte]);
  let left = length - 1;
  for (; left >= SHORTEST; ) {
    const some = Math.min(left, LONGEST);
    out.put(RUNS[some]);
    left -= some;
  }
  for (; left > 0; left -= 1) out.put(CODES[byte]);
}
return { END, deflatedPart };
})();

// parts/drawing/png-out.js
const $parts_drawing_png_out = (() => {
const { adler32, crc32, joinedAdler32 } = $parts_drawing_png_checks;
const { deflatedPart, END } = $parts_drawing_png_deflate;

const BAND = 64;
const SIGNATURE = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
const ZLIB_HEAD = Uint8Array.of(0x78, 1);
const [FILTER_NONE, FILTER_UP] = [0, 2];
const INDEXED = 3;
const AT_ONCE = 0x6000; // bytes whose text is made at once; a multiple of 3

const number32 = (value) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) whole.set(part, (at += part.length) - part.length);
  return whole;
}

function chunk(kind, data) {
  const named = joined([Uint8Array.from(kind, (sign) => sign.charCodeAt(0)), data]);
  return joined([number32(data.length), named, number32(crc32(named))]);
}

const bitsFor = (count) => [1, 2, 4].find((bits) => count <= 1 << bits) ?? 8;

class PngWriter {
  constructor(mask) {
    this.mask = mask;
    this.bands = [];
    mask.watch(({ top, bottom }) => {
      this.text = undefined;
      for (let y = Math.floor(top / BAND) * BAND; y < bottom; y += BAND) delete this.bands[y / BAND];
    });
  }

  /** The file's bytes; `colours` are "#rrggbb", one for each number of the mask. */
  bytes(colours) {
    const { width, height } = this.mask;
    this.useBits(bitsFor(colours.length));
    const palette = colours.flatMap((colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)));
    const head = Uint8Array.from([...number32(width), ...number32(height), this.bits, INDEXED, 0, 0, 0]);
    const data = [];
    let sum = { a: 1, b: 0, length: 0 };
    for (let i = 0; i * BAND < height; i += 1) {
      const band = (this.bands[i] ??= this.packedBand(i * BAND));
      data.push(band.chunk);
      sum = joinedAdler32(sum, band.sum);
    }
    const tail = joined([END, number32(sum.b * 65536 + sum.a)]);
    return joined([
      SIGNATURE, chunk("IHDR", head), chunk("PLTE", Uint8Array.from(palette)), ...data, chunk("IDAT", tail), chunk("IEND", []),
    ]);
  }

  /** Pack bands while there is time; true if none is left to be packed. */
  prepare(colours, hasTime) {
    this.useBits(bitsFor(colours.length));
    for (let i = 0; i * BAND < this.mask.height; i += 1) {
      if (this.bands[i]) continue;
      if (!hasTime()) return false;
      this.bands[i] = this.packedBand(i * BAND);
    }
    return true;
  }

  /** The file as text, as answers have it. */
  base64(colours) {
    const key = colours.join();
    if (this.text !== undefined && this.key === key) return this.text;
    const bytes = this.bytes(colours);
    [this.text, this.key] = ["", key];
    for (let at = 0; at < bytes.length; at += AT_ONCE) this.text += btoa(String.fromCharCode(...bytes.subarray(at, at + AT_ONCE)));
    return this.text;
  }

  useBits(bits) {
    if (bits !== this.bits) this.bands = [];
    this.bits = bits;
  }

  packedBand(top) {
    const { height } = this.mask;
    const data = this.filtered(top, Math.min(top + BAND, height));
    const packed = deflatedPart(data);
    return { sum: adler32(data), chunk: chunk("IDAT", top ? packed : joined([ZLIB_HEAD, packed])) };
  }

  /** A band's rows: the first as it is, so that bands do not need each other, the others less the one above. */
  filtered(top, bottom) {
    const { mask, bits } = this;
    const across = Math.ceil((mask.width * bits) / 8);
    const data = new Uint8Array((across + 1) * (bottom - top));
    let [above, row] = [new Uint8Array(across), new Uint8Array(across)];
    for (let y = top; y < bottom; y += 1) {
      const start = (y - top) * (across + 1);
      pack(mask.cells.subarray(y * mask.width, (y + 1) * mask.width), bits, row);
      data[start] = y === top ? FILTER_NONE : FILTER_UP;
      for (let i = 0; i < across; i += 1) data[start + 1 + i] = row[i] - (y === top ? 0 : above[i]);
      [above, row] = [row, above];
    }
    return data;
  }
}

/** Put a row's numbers into as many bits each, the first in the highest. */
function pack(cells, bits, row) {
  if (bits === 8) {
    row.set(cells);
    return;
  }
  row.fill(0);
  const each = 8 / bits;
  for (let i = 0; i < cells.length; i += 1)
    if (cells[i]) row[Math.floor(i / each)] |= cells[i] << (8 - bits * (1 + (i % each)));
}
return { PngWriter };
})();

// parts/drawing/raster.js
const $parts_drawing_raster = (() => {
const FIRM = 0.45; // how much less can be seen through borders

class Raster {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.context = this.canvas.getContext("2d", { willReadFrequently: true }); // it is written by us alone, in memory
    [this.inner, this.edge] = [new Uint32Array(256), new Uint32Array(256)];
    this.forget();
  }

  /** Make everything anew with the next paint. */
  forget() {
    [this.key, this.dirty] = ["", null];
  }

  /** What shows a thing, by its number: [red, green, blue, how much of what is below is hidden (0 to 1)]. */
  use(shown) {
    const key = shown.join("|");
    if (key === this.used) return;
    this.used = key;
    shown.forEach(([red, green, blue, opacity], number) => {
      this.inner[number] = packed([red, green, blue], number ? opacity : 0);
      this.edge[number] = packed([red, green, blue], number && opacity ? Math.min(1, opacity + FIRM) : 0);
    });
    this.forget();
  }

  /** A rectangle of the mask is another. */
  changed(box) {
    const { dirty } = this;
    this.dirty = dirty
      ? { left: Math.min(dirty.left, box.left), top: Math.min(dirty.top, box.top), right: Math.max(dirty.right, box.right), bottom: Math.max(dirty.bottom, box.bottom) }
      : { ...box };
  }

  paint(context, mask, view, room) {
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(room.width * ratio), Math.round(room.height * ratio)];
    if (!width || !height) return;
    const key = [view.scale, view.x, view.y, width, height, mask.width, mask.height].join();
    const whole = { left: 0, top: 0, right: width, bottom: height };
    if (key !== this.key) this.make(mask, { scale: view.scale * ratio, x: view.x * ratio, y: view.y * ratio }, whole, key);
    else if (this.dirty) this.make(mask, this.at, this.onScreen(this.dirty, whole), key);
    this.dirty = null;
    context.drawImage(this.canvas, 0, 0, width / ratio, height / ratio);
  }

  onScreen(box, whole) {
    const { scale, x, y } = this.at;
    return {
      left: Math.max(0, Math.floor(box.left * scale + x) - 2),
      top: Math.max(0, Math.floor(box.top * scale + y) - 2),
      right: Math.min(whole.right, Math.ceil(box.right * scale + x) + 2),
      bottom: Math.min(whole.bottom, Math.ceil(box.bottom * scale + y) + 2),
    };
  }

  /** Fill a rectangle of the screen; `at` counts in the screen's own pixels. */
  make(mask, at, { left, top, right, bottom }, key) {
    if (key !== this.key) this.measure(right, bottom);
    [this.key, this.at] = [key, at];
    if (left >= right || top >= bottom) return;
    const image = this.context.createImageData(right - left, bottom - top);
    const out = new Uint32Array(image.data.buffer);
    const columns = placesOf(left - 1, right, at.x, at.scale, mask.width);
    const rows = placesOf(top - 1, bottom, at.y, at.scale, mask.height);
    const across = right - left;
    const [from, to] = insideOf(columns);
    for (let i = 1; i < rows.length; i += 1)
      if (rows[i] >= 0) this.makeRow(mask, rows[i], rows[i - 1], columns, out, (i - 1) * across, Math.max(1, from), to);
    this.context.putImageData(image, left, top);
  }

  makeRow(mask, row, above, columns, out, start, from, to) {
    const { cells, width } = mask;
    const { inner, edge } = this;
    const [at, up] = [row * width, (above < 0 ? row : above) * width];
    let before = columns[from - 1] < 0 ? cells[at + columns[from]] : cells[at + columns[from - 1]];
    for (let i = from; i < to; i += 1) {
      const number = cells[at + columns[i]];
      const isEdge = number !== before || number !== cells[up + columns[i]];
      // A border belongs to whichever of the two is something.
      if (isEdge) out[start + i - 1] = edge[number || before || cells[up + columns[i]]];
      else if (number) out[start + i - 1] = inner[number];
      before = number;
    }
  }

  measure(width, height) {
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
  }
}

/** Which of the mask's columns or rows the middle of each of the screen's is in; -1 outside. */
function placesOf(from, to, offset, scale, most) {
  const places = new Int32Array(to - from);
  for (let i = 0; i < places.length; i += 1) {
    const place = Math.floor((from + i + 0.5 - offset) / scale);
    places[i] = place < 0 || place >= most ? -1 : place;
  }
  return places;
}

function insideOf(places) {
  let [from, to] = [0, places.length];
  while (from < to && places[from] < 0) from += 1;
  while (to > from && places[to - 1] < 0) to -= 1;
  return [from, to];
}

const isLittle = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

function packed([red, green, blue], opacity) {
  const alpha = Math.round(opacity * 255);
  const bytes = isLittle ? [alpha, blue, green, red] : [red, green, blue, alpha];
  return bytes.reduce((whole, byte) => whole * 256 + byte, 0);
}
return { Raster };
})();

// parts/drawing/mask-answer.js
const $parts_drawing_mask_answer = (() => {
const { jsonOf } = $parts_answers;
const { freshColour, hexOf, NOTHING, numberOf } = $parts_drawing_mask_colours;
const { Mask, MOST_THINGS } = $parts_drawing_mask;
const { fetched, read } = $parts_drawing_mask_source;
const { partsOf } = $parts_drawing_palette;
const { NotAPicture } = $parts_drawing_png_in;
const { PngWriter } = $parts_drawing_png_out;
const { Raster } = $parts_drawing_raster;
const { DrawingTool } = $parts_drawing_tool;

const LATEST = 2000; // milliseconds until what is sent is told to a form, however busy the browser is
const SPARE = 4; // milliseconds of its leisure that a band of the PNG needs
const whenIdle = window.requestIdleCallback ?? ((act) => setTimeout(() => act({ didTimeout: true }), 200));

class MaskAnswer extends DrawingTool {
  constructor() {
    super();
    [this.mask, this.things] = [null, new Map()];
    this.raster = new Raster();
    this.part$(".mask-note button").addEventListener("click", () => this.fetchInitial());
    this.onFormData = this.onFormData.bind(this);
  }

  formAssociatedCallback(form) {
    this.formBefore?.removeEventListener("formdata", this.onFormData);
    form?.addEventListener("formdata", this.onFormData);
    this.formBefore = form;
  }

  // ---- Colours -----------------------------------------------------------------------------------------------

  /** The colour of each number, for the PNG. */
  get colours() {
    const most = Math.max(0, ...this.things.keys());
    return Array.from({ length: most + 1 }, (_, number) => this.things.get(number)?.colour ?? NOTHING);
  }

  /** Put a thing to the others; gives its number, 0 if there are too many. */
  addThing(label, wanted = "") {
    const taken = new Set([...this.things.values()].map(({ colour }) => colour));
    const kept = new Set([...taken, ...(this.wanted ?? [])]);
    const free = Array.from({ length: MOST_THINGS }, (_, i) => i + 1).find((number) => !this.things.has(number)) ?? 0;
    const parts = partsOf(wanted);
    const colour = parts && hexOf(parts);
    const isFit = colour && colour !== NOTHING && !taken.has(colour);
    if (free) this.things.set(free, { label, colour: isFit ? colour : freshColour(kept) });
    return free;
  }

  /** Put things to the others; the colours that came with them, or with what is left out, are nobody else's. */
  addThings(things, colours = []) {
    this.wanted = colours.map((colour) => partsOf(colour)).filter(Boolean).map(hexOf);
    for (const { label, colour } of things) this.addThing(label, colour);
    this.wanted = undefined;
  }

  // ---- Forms without crowd-form -------------------------------------------------------------------------------

  /** After each stroke; a large picture's PNG takes longer than a frame, so it is written by bands, at leisure. */
  tellForm() {
    this.isUntold = true;
    if (this.isDisabled || !this.mask) this.tellFormNow();
    else this.idle ??= whenIdle((deadline) => this.atLeisure(deadline), { timeout: LATEST });
  }

  atLeisure(deadline) {
    this.idle = undefined;
    const isWritten = deadline.didTimeout || !this.mask ||
      this.writer.prepare(this.colours, () => deadline.timeRemaining() > SPARE);
    if (!this.isUntold) return;
    if (isWritten) this.tellFormNow();
    else this.tellForm();
  }

  tellFormNow() {
    this.isUntold = false;
    super.tellForm();
  }

  /** A form is being read before there was leisure. */
  onFormData({ formData }) {
    const name = this.getAttribute("name");
    if (!this.isUntold || !name || this.isDisabled) return;
    this.tellFormNow();
    formData.set(name, this.sent() ?? "");
  }

  // ---- The answer --------------------------------------------------------------------------------------------

  contents() {
    const pngImageData = this.mask ? this.writer.base64(this.colours) : this.unread;
    return { ...this.mapping(), labeledImage: { pngImageData } };
  }

  /** Put a mask in place of what is painted; there is none until the picture's size is known. */
  put(mask) {
    this.mask = mask;
    this.raster.forget();
    this.places = undefined;
    if (!mask) return;
    this.writer = new PngWriter(mask);
    mask.watch((box) => this.raster.changed(box));
  }

  take(contents, isInitial) {
    this.things = new Map();
    this.unread = undefined;
    this.put(null);
    this.note("");
    this.addThings(this.thingsIn(contents, isInitial), this.coloursIn(contents));
    if (isInitial) this.fetchInitial(contents);
    else this.enterMask(contents);
    if (this.stage.isOpen) this.fitMask();
  }

  enterMask(contents) {
    const text = contents.labeledImage?.pngImageData;
    if (!text) return;
    const found = read(String(text), this.numbersByColour());
    if (typeof found === "string") this.note(`What was painted before cannot be shown: ${found}.`);
    else this.put(found.mask);
  }

  numbersByColour() {
    return new Map([...this.things].map(([number, { colour }]) => [numberOf(colour), number]));
  }

  /** Fetch the mask of the initial value; nothing can be painted or sent until it is there, or known to be lost. */
  async fetchInitial(contents = this.initial) {
    this.initial = contents;
    const address = typeof contents?.src === "string" ? contents.src.trim() : "";
    const run = (this.run = Symbol(address));
    this.isFetching = address !== "";
    if (!address) return;
    this.note("Loading the mask to begin with …", false);
    const bytes = await fetched(address).catch((error) => (error instanceof NotAPicture ? error.message : Promise.reject(error)));
    if (run !== this.run) return;
    const numbers = this.isEntered ? undefined : this.numbersByColour();
    this.isFetching = false;
    const found = typeof bytes === "string" ? bytes : read(bytes, numbers ?? new Map());
    if (typeof found === "string") this.note(`The mask to begin with cannot be shown: ${found}.`, true);
    else this.begin(found, bytes);
    this.refresh();
    this.validate();
  }

  begin({ mask, unknown }, bytes) {
    this.note(unknown ? `${unknown.toLocaleString()} pixels of the mask to begin with have a colour of no label; they are left out.` : "");
    if (this.isEntered) this.initialContents = this.contentsOfInitial(bytes);
    else {
      this.put(mask);
      if (this.stage.isOpen) this.fitMask();
      this.initialContents = jsonOf(this.contents());
    }
  }

  /** What the initial value is as an answer, while something else is painted. */
  contentsOfInitial(bytes) {
    const now = [this.things, this.mask, this.writer];
    this.things = new Map();
    this.addThings(this.thingsIn(this.initial, true), this.coloursIn(this.initial));
    const { mask } = read(bytes, this.numbersByColour());
    const size = this.size ?? mask;
    this.put(mask.width === size.width && mask.height === size.height ? mask : mask.resized(size.width, size.height));
    const contents = jsonOf(this.contents());
    [this.things, this.mask, this.writer] = now;
    this.raster.forget();
    return contents;
  }

  fault() {
    return super.fault() || (this.isFetching ? "The mask to begin with is not there yet. Wait for it." : "");
  }

  /** Say what is wrong with a mask from elsewhere, and offer to try again. */
  note(sentence, canTry = false) {
    const place = this.part$(".mask-note");
    place.hidden = !sentence;
    place.firstElementChild.textContent = sentence;
    place.querySelector("button").hidden = !canTry;
  }

  ready() {
    this.fitMask();
    super.ready();
  }

  /** A mask of the picture's size: an empty one, or the one that there is in that size. */
  fitMask() {
    const { width, height } = this.size;
    const { mask } = this;
    if (mask?.width === width && mask.height === height) return;
    this.put(mask ? mask.resized(width, height) : new Mask(width, height));
    if (!mask && !this.isEntered && !this.isFetching) this.initialContents = jsonOf(this.contents());
  }
}
return { MaskAnswer };
})();

// parts/drawing/mask-tags.js
const $parts_drawing_mask_tags = (() => {
const { shortened } = $parts_drawing_labels_shown;
const { contrasting } = $parts_drawing_palette;

const SAMPLES = 100_000;
const [FONT, HEIGHT, INDENT] = ["600 13px system-ui, sans-serif", 20, 6];

/** A place within each thing, near its middle, by its number: {x, y}; things too small to be met have none. */
function placesIn(mask) {
  const { width, height, cells } = mask;
  const step = Math.max(1, Math.ceil(Math.sqrt((width * height) / SAMPLES)));
  const sums = new Map();
  each(width, height, step, (x, y) => {
    const number = cells[y * width + x];
    if (!number) return;
    const sum = sums.get(number) ?? { x: 0, y: 0, count: 0 };
    sums.set(number, { x: sum.x + x, y: sum.y + y, count: sum.count + 1 });
  });
  const places = new Map();
  each(width, height, step, (x, y) => {
    const sum = sums.get(cells[y * width + x]);
    if (!sum) return;
    const far = (x - sum.x / sum.count) ** 2 + (y - sum.y / sum.count) ** 2;
    const number = cells[y * width + x];
    if (!(places.get(number)?.far <= far)) places.set(number, { x: x + 0.5, y: y + 0.5, far });
  });
  return places;
}

function each(width, height, step, act) {
  for (let y = step >> 1; y < height; y += step) for (let x = step >> 1; x < width; x += step) act(x, y);
}

/** Draw tags, [{point (on the screen), text, colour, isChosen}]. */
function paintTags(context, tags) {
  context.font = FONT;
  context.textBaseline = "middle";
  for (const { point, text: whole, colour, isChosen } of tags) {
    const text = shortened(whole);
    const width = context.measureText(text).width + 2 * INDENT;
    const [left, top] = [point.x - width / 2, point.y - HEIGHT / 2];
    context.fillStyle = colour;
    context.strokeStyle = contrasting(colour);
    context.lineWidth = isChosen ? 2 : 1;
    context.beginPath();
    context.roundRect(left, top, width, HEIGHT, 5);
    context.fill();
    context.stroke();
    context.fillStyle = contrasting(colour);
    context.fillText(text, left + INDENT, point.y + 0.5);
  }
}
return { placesIn, paintTags };
})();

// parts/drawing/mask-tool.js
const $parts_drawing_mask_tool = (() => {
const { MaskAnswer } = $parts_drawing_mask_answer;
const { Brushes, KINDS } = $parts_drawing_mask_brushes;
const { MOST_THINGS } = $parts_drawing_mask;
const { paintTags, placesIn } = $parts_drawing_mask_tags;
const { partsOf } = $parts_drawing_palette;

const MOST_KEPT = 64 * 2 ** 20; // bytes of what can be undone
const KEYS = [
  ["B, E, P, G", "Brush, eraser, polygon, fill an area"],
  ["[, ]", "A smaller, a larger brush"],
  ["Shift+click", "A straight line from where the brush was last"],
  ["Enter, Backspace, Esc", "Fill the polygon, take its last corner back, leave off"],
  ["V, L, K", "Hide the mask, show the labels, keep what is painted"],
  ["Arrow keys", "On the picture: move the cursor; with Shift further"],
  ["Space", "On the picture: put the brush down, lift it; set a corner; fill"],
];
const BY_KEYS = "Keys: arrows move a cursor over the picture, Space puts the brush down there and lifts it again; with other " +
  "tools it sets a corner, or fills. The button Shortcuts lists all keys.";
const ACTS = { b: "brush", e: "eraser", p: "polygon", g: "area", v: "hide", l: "names", k: "careful" };

class MaskTool extends MaskAnswer {
  constructor() {
    super();
    [this.opacity, this.isHidden, this.hasNames, this.isCareful] = [0.5, false, true, false];
    this.brushes = new Brushes(this);
    for (const kind of KINDS) this.acts[kind] = () => this.takeBrush(kind);
    this.acts.finish = () => this.brushes.close();
    this.acts.hide = () => this.toggle("isHidden", "hide", "The mask is hidden.", "The mask is shown.");
    this.acts.names = () => this.toggle("hasNames", "names", "Labels are shown.", "Labels are hidden.");
    this.acts.careful = () => this.toggle("isCareful", "careful", "What is painted is kept.", "What is painted can be painted over.");
    this.part$("#by-keys").textContent = BY_KEYS;
    this.watchRanges();
  }

  keyLines() {
    return KEYS;
  }

  ready() {
    super.ready();
    this.brushes.fitTo(this.size);
    this.showRanges();
  }

  fault() {
    const isBegun = this.brushes?.corners.length > 1;
    return super.fault() || (isBegun ? "The polygon that you are drawing is not filled: press Enter, or Esc to leave it off." : "");
  }

  take(contents, isInitial) {
    this.brushes.forget();
    super.take(contents, isInitial);
  }

  // ---- Painting -----------------------------------------------------------------------------------------------

  get canPaint() {
    return this.canDraw && this.mask !== null && !this.isFetching;
  }

  startStroke(isErasing = false) {
    this.number = isErasing ? 0 : this.current();
    if (!isErasing && !this.number) {
      this.say(`There can be no more than ${MOST_THINGS}.`);
      return false;
    }
    if (this.isHidden) this.acts.hide();
    this.mask.isCareful = this.isCareful && !isErasing;
    this.mask.begin();
    this.stage.redraw();
    return true;
  }

  paintTo(from, to, size) {
    this.mask.stroke(from, to, size, this.number);
    this.stage.redraw();
  }

  cancelStroke() {
    const change = this.mask.end();
    if (change) this.mask.swap(change);
    this.ended(false);
    this.refresh();
  }

  endStroke() {
    const change = this.mask.end();
    this.places = undefined;
    const thing = this.things.get(this.number);
    const besides = this.ended(Boolean(change));
    if (!change) return this.stage.redraw();
    this.remember(change, ...besides);
    return this.changed(thing ? `Painted: ${this.sayThing(this.number)}` : "Erased.");
  }

  /** Remember a change of the mask, with what undoes and redoes what has changed besides. */
  remember(change, undo = () => {}, redo = () => {}) {
    const { history, mask } = this;
    history.note(
      () => (change && mask.swap(change), undo()),
      () => (change && mask.swap(change), redo()),
    );
    if (!history.past.length) return;
    history.past.at(-1).bytes = change?.bytes ?? 0;
    let kept = history.past.reduce((sum, { bytes = 0 }) => sum + bytes, 0);
    while (kept > MOST_KEPT && history.past.length > 1) kept -= history.past.shift().bytes ?? 0;
  }

  fillPolygon(corners) {
    if (!this.startStroke()) return;
    this.mask.polygon(corners, this.number);
    this.endStroke();
    this.refreshTools();
    this.validate();
  }

  fillArea(point) {
    if (!this.startStroke()) return;
    this.mask.area(point, this.number);
    this.endStroke();
  }

  /** Take away everything of a thing. */
  eraseThing(number) {
    this.brushes.lift(); // else two changes would be recorded as one
    this.mask.begin();
    this.mask.erase(number);
    this.places = undefined;
    return this.mask.end();
  }

  /** After each change of the mask: what else it did is undone and redone by the functions given, if any are. */
  ended() {
    return [];
  }

  // ---- What is said and listed ----------------------------------------------------------------------------------

  shareOf(number) {
    const share = (100 * (this.mask?.counts[number] ?? 0)) / (this.mask?.cells.length || 1);
    return share > 0 && share < 0.1 ? "< 0.1 %" : `${share < 10 ? share.toFixed(1) : Math.round(share)} %`;
  }

  nameOf(number) {
    return this.things.get(number)?.label ?? "";
  }

  sayThing(number) {
    return `${this.nameOf(number)}, ${this.shareOf(number)} of the picture`;
  }

  sayThere(point) {
    const name = this.mask && this.nameOf(this.mask.at(point.x, point.y));
    return name ? `, ${name}` : "";
  }

  // ---- Tools ------------------------------------------------------------------------------------------------------

  takeBrush(kind) {
    if (this.isDisabled) return;
    this.takeHand(false);
    this.brushes.choose(kind);
    this.refreshTools();
    this.stage.redraw();
    this.say(this.part$(`[data-act="${kind}"]`).getAttribute("aria-label"));
  }

  takeHand(isHand) {
    super.takeHand(isHand);
    this.refreshTools();
  }

  toggle(property, act, onceOn, onceOff) {
    this[property] = !this[property];
    this.toolbar.press(act, this[property]);
    this.stage.redraw();
    this.say(this[property] ? onceOn : onceOff);
  }

  cornersChanged(said) {
    this.refreshTools();
    this.validate();
    this.stage.redraw();
    this.say(said);
  }

  watchRanges() {
    for (const range of this.root.querySelectorAll("[data-range]")) {
      const take = (event) => {
        event.stopPropagation(); // it is no part of the answer
        if (range.dataset.range === "size") this.brushes.resize(Number(range.value));
        else this.opacity = Number(range.value) / 100;
        this.showRanges();
        this.stage.redraw();
      };
      range.addEventListener("input", take);
      range.addEventListener("change", take);
    }
    this.showRanges();
  }

  showRanges() {
    const shown = { size: [this.brushes.level, `${this.brushes.size} px`], opacity: [Math.round(this.opacity * 100)] };
    for (const range of this.root.querySelectorAll("[data-range]")) {
      const [value, text = `${value} %`] = shown[range.dataset.range];
      range.value = value;
      range.setAttribute("aria-valuetext", text);
      range.nextElementSibling.textContent = text;
    }
  }

  resizeBrush(by) {
    this.brushes.resize(this.brushes.level + by);
    this.showRanges();
    this.stage.redraw();
    this.say(`Brush of ${this.brushes.size} pixel${this.brushes.size === 1 ? "" : "s"}.`);
  }

  refreshTools() {
    super.refreshTools();
    const { brushes, isDisabled } = this;
    if (!brushes) return; // still being made
    const { isHand } = this.stage.gestures;
    for (const kind of KINDS) {
      this.toolbar.enable(kind, !isDisabled);
      this.toolbar.press(kind, !isHand && brushes.kind === kind);
    }
    this.toolbar.enable("careful", !isDisabled);
    for (const act of ["hide", "names", "careful"]) this.toolbar.press(act, this[{ hide: "isHidden", names: "hasNames", careful: "isCareful" }[act]]);
    this.toolbar.enable("finish", brushes.corners.length > 2);
    if (brushes.corners.length && !isDisabled) for (const act of ["undo", "remove"]) this.toolbar.enable(act, true);
    this.part$('[data-range="size"]').disabled = isDisabled;
    const { place } = this.stage;
    if (isHand || isDisabled) place.removeAttribute("data-tool");
    else place.dataset.tool = brushes.kind;
  }

  step(act) {
    this.brushes.lift();
    if (act === "undo" && this.brushes.corners.length) return this.brushes.takeBack();
    this.places = undefined;
    return super.step(act);
  }

  // ---- Keys and pointers ----------------------------------------------------------------------------------------------

  press(key, event) {
    if (key === "[" || key === "]") this.resizeBrush(key === "[" ? -1 : 1);
    else if (key === "Enter" && !this.isOnStage(event) && this.isNowhere(event) && this.brushes.corners.length) this.brushes.close();
    else if (ACTS[key.toLowerCase()]) this.acts[ACTS[key.toLowerCase()]]();
    else return super.press(key, event);
    return true;
  }

  /** Whether a key was pressed while nothing has the focus, so that it means no button. */
  isNowhere(event) {
    return event.composedPath()[0] === document.body;
  }

  pressTool(key, event) {
    return this.brushes.press(key, event);
  }

  pressView(key, event) {
    const act = this.isDisabled && ACTS[key.toLowerCase()];
    if (act === "hide" || act === "names") this.acts[act]();
    else return super.pressView(key, event);
    return true;
  }

  escape() {
    const wasDown = this.brushes.isDown;
    this.brushes.lift();
    return wasDown || this.brushes.leaveOff();
  }

  /** Delete: the last corner of what is being drawn; else what a subclass has selected. */
  discard(number) {
    if (this.isDisabled || number !== undefined || !this.brushes.corners.length) return false;
    this.brushes.takeBack();
    return true;
  }

  /** Where nothing can be painted, a click tells what is there. */
  pointerBegan(point, event) {
    const there = this.isDisabled && this.mask?.at(point.x, point.y);
    if (this.things.has(there)) this.select(there);
    else this.brushes.began(point, event);
  }

  pointerMoved(point, event) {
    this.brushes.moved(point, event);
  }

  pointerEnded(point) {
    this.brushes.ended(point);
  }

  pointerCancelled() {
    this.brushes.cancelled();
  }

  pointerHovered(point) {
    this.brushes.hovered(point);
  }

  pointerLeft() {
    this.brushes.left();
  }

  // ---- Drawing ------------------------------------------------------------------------------------------------------

  draw(context, view, room) {
    const { mask } = this;
    if (!mask || mask.width !== this.stage.size.width) return;
    this.raster.use(this.colours.map((colour, number) => [...partsOf(colour), this.opacityOf(number)]));
    if (!this.isHidden) this.raster.paint(context, mask, view, room);
    if (this.hasNames && !this.isHidden) this.drawNames(context);
    const chosen = this.things.get(this.number ?? 0)?.colour ?? "#ffffff";
    if (this.canPaint) this.brushes.draw(context, this.stage, chosen);
  }

  opacityOf() {
    return this.opacity;
  }

  /** While something is painted the names rest: where they would stand is another place with each stroke. */
  drawNames(context) {
    if (!this.brushes.isDown) this.places ??= placesIn(this.mask);
    const tags = [...(this.places ?? [])].filter(([number]) => this.things.has(number)).map(([number, place]) => ({
      point: this.stage.toScreen(place), text: this.nameOf(number), colour: this.things.get(number).colour,
      isChosen: number === this.selected,
    }));
    paintTags(context, tags);
  }
}
return { MaskTool };
})();

// elements/crowd-instance-segmentation.js
const $elements_crowd_instance_segmentation = (() => {
const { listIn } = $parts_answers;
const { noteControl } = $parts_control;
const { maskMarkup, maskStyles } = $parts_drawing_mask_look;
const { MaskTool } = $parts_drawing_mask_tool;
const { toolButton } = $parts_drawing_toolbar;
const { define } = $parts_element;

const definition = {
  "element": "crowd-instance-segmentation",
  "summary": "Paints each thing in a picture, with a label and a colour of its own. A picture without paint is a valid answer.",
  "attributes": {
    "name": { "type": "text", "required": true, "about": "Under which name the answer is sent." },
    "header": { "type": "text", "about": "What is asked." },
    "labels": { "type": "list", "required": true, "about": "The labels: a list of texts. Keys 1 to 9 and 0 begin a new thing of one of the first ten." },
    "src": { "type": "text", "required": true, "about": "The address of the picture." },
    "initial-value": { "type": "list", "about": "{instances, src}: a mask to begin with, a PNG at an address that other sites may fetch, and the colour and label of each thing; one with an unknown label is left out." },
    "disabled": { "type": "boolean", "about": "Shows what is painted; it cannot be changed." }
  },
  "slots": {
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when something was painted, changed or deleted" },
  "answer": "labeledImage.pngImageData, a PNG of the picture's size as base64, white where nothing is; instances, the colour and label of each thing; the size; with initial-value also initialValueModified",
  "sample": {
    "annotatedResult": {
      "inputImageProperties": { "height": 533, "width": 800 },
      "instances": [{ "color": "#0072b2", "label": "Cat" }, { "color": "#e69f00", "label": "Cat" }],
      "labeledImage": { "pngImageData": "iVBORw0KGgoAAAANSUhEUg…" }
    }
  },
  "keys": { "1 to 9, 0": "choose a label", "Ctrl+Z, Ctrl+Shift+Z": "undo and redo", "+, -, F": "zoom in, zoom out, show the whole picture" },
  "demo": [
    "<crowd-instance-segmentation name=\"annotatedResult\" src=\"pictures/street.svg\" header=\"Paint each house in a colour of its own\"",
    "    labels=\"['House', 'Car']\">",
    "  <short-instructions header=\"In short\">What is half hidden counts too.</short-instructions>",
    "  <full-instructions header=\"Instructions\"><p>Keep close to the edges of what you see.</p></full-instructions>",
    "</crowd-instance-segmentation>"
  ]
};

const OF_NO_THING = "#808080"; // of labels: each thing has a colour of its own
const BEHIND = 0.6;
const BUTTONS = `</span><span class="tools">${toolButton("add", "Add an instance", { icon: "add", key: "N" })}
  ${toolButton("relabel", "Change the label of what is selected", { icon: "create", key: "R", isToggle: true })}`;
const KEYS = [
  ["1 to 9, 0", "A new instance of a label; it is there once something is painted"],
  ["N", "A new instance of the same label"],
  ["R, then a label's key", "Change the label of the selected instance"],
  ["Page Down, Page Up", "Select the next, the one before"],
  ["Delete", "Delete the selected instance"],
];

class CrowdInstanceSegmentation extends MaskTool {
  static definition = definition;
  static markup = maskMarkup(BUTTONS);
  static styles = maskStyles;
  static nouns = "instances";
  static how = "Choose a label and paint one instance of it; choose again for the next. Keys: N next, R change label, B brush, E eraser, P polygon, G fill.";

  constructor() {
    super();
    this.acts.add = () => this.addAnother();
    this.acts.relabel = () => this.askLabel();
    // Choosing the same label once more begins another instance of it.
    this.part$(".labels").addEventListener("click", ({ target }) => target.value === this.label && this.chooseLabel(this.label));
  }

  keyLines() {
    return [...KEYS, ...super.keyLines()];
  }

  keysOfLabels() {
    return [];
  }

  colourOf() {
    return OF_NO_THING;
  }

  opacityOf(number) {
    return this.selected === null || number === this.selected ? this.opacity : this.opacity * BEHIND;
  }

  // ---- The answer --------------------------------------------------------------------------------------------

  get painted() {
    const all = [...this.things].sort(([one], [other]) => one - other);
    return all.filter(([number]) => this.mask?.counts[number]);
  }

  mapping() {
    return { instances: this.painted.map(([, { label, colour }]) => ({ color: colour, label })) };
  }

  thingsIn(contents, isInitial) {
    const all = listIn(contents?.instances).filter((one) => one?.label !== undefined);
    const things = all.map(({ color, label }) => ({ label: String(label), colour: color ?? "" }));
    return isInitial ? things.filter(({ label }) => this.known.includes(label)) : things;
  }

  coloursIn(contents) {
    return listIn(contents?.instances).map((one) => one?.color);
  }

  contentsFrom(taken) {
    return { instances: listIn(taken("instances")), labeledImage: { pngImageData: taken("labeledImage", "pngImageData") } };
  }

  take(contents, isInitial) {
    [this.selected, this.isRelabelling, this.begun] = [null, false, undefined];
    super.take(contents, isInitial);
  }

  // ---- Instances -----------------------------------------------------------------------------------------------

  items() {
    const all = [...this.things].sort(([one], [other]) => one - other);
    return all.map(([id, { label, colour }]) => ({ id, label, colour, text: this.mask?.counts[id] ? label : `${label} (nothing left)` }));
  }

  nameOf(number) {
    const at = this.items().findIndex(({ id }) => id === number);
    return at < 0 ? "" : `${at + 1}. ${this.things.get(number).label}`;
  }

  /** The selected instance; without one a new one, which is kept if something is painted. */
  current() {
    if (this.selected !== null) return this.selected;
    const number = this.addThing(this.label);
    if (number) [this.begun, this.selected] = [number, number];
    return number;
  }

  ended(isPainted) {
    const number = this.begun;
    this.begun = undefined;
    if (!number) return [];
    const thing = this.things.get(number);
    if (!isPainted) this.drop(number);
    return [() => this.drop(number), () => this.things.set(number, thing)];
  }

  drop(number) {
    this.things.delete(number);
    if (this.selected === number) this.selected = null;
  }

  select(number) {
    if (!this.things.has(number)) return;
    this.brushes.lift();
    [this.selected, this.label, this.isRelabelling] = [number, this.things.get(number).label, false];
    this.refresh();
    this.say(`Selected: ${this.sayThing(number)}`);
  }

  addAnother() {
    if (this.isDisabled) return;
    this.chooseLabel(this.label);
  }

  labelChosen(label) {
    this.brushes.lift();
    if (this.isRelabelling) return this.relabel(label);
    this.selected = null;
    if (this.brushes.kind === "eraser") this.brushes.choose("brush");
    return this.say(`A new instance of ${label}: paint it.`);
  }

  askLabel() {
    if (this.isDisabled || this.selected === null) return this.say("Select an instance first.");
    this.isRelabelling = !this.isRelabelling;
    this.refresh();
    return this.say(this.isRelabelling ? `Choose the label of ${this.nameOf(this.selected)}` : "The label stays.");
  }

  relabel(label) {
    const [number, before] = [this.selected, this.things.get(this.selected)];
    const put = (thing) => () => this.things.has(number) && this.things.set(number, thing);
    this.isRelabelling = false;
    if (label === before.label) return this.refresh();
    const now = { ...before, label };
    put(now)();
    this.remember(null, put(before), put(now));
    return this.changed(`Now: ${this.sayThing(number)}`);
  }

  discard(wanted) {
    if (this.isDisabled || (wanted === undefined && super.discard())) return !this.isDisabled;
    const number = wanted ?? this.selected;
    const thing = this.things.get(number);
    if (!thing) return false;
    this.brushes.lift();
    const said = `Deleted: ${this.nameOf(number)}`;
    const change = this.eraseThing(number);
    this.drop(number);
    this.remember(change, () => this.things.set(number, thing), () => this.drop(number));
    this.changed(said);
    return true;
  }

  get labelTitle() {
    if (this.isDisabled) return "Labels";
    return this.isRelabelling ? `Label of ${this.nameOf(this.selected)}` : "Add an instance of";
  }

  refreshTools() {
    super.refreshTools();
    if (!this.brushes) return;
    this.toolbar.enable("add", !this.isDisabled);
    this.toolbar.enable("relabel", !this.isDisabled && this.selected !== null);
    this.toolbar.press("relabel", Boolean(this.isRelabelling));
  }

  // ---- Keys ------------------------------------------------------------------------------------------------------

  press(key, event) {
    if (key === "n" || key === "N") this.addAnother();
    else if (key === "r" || key === "R") this.askLabel();
    else return super.press(key, event);
    return true;
  }

  pressTool(key, event) {
    const step = { PageDown: 1, PageUp: -1 }[key];
    return step ? this.selectNext(step) : super.pressTool(key, event);
  }

  selectNext(step) {
    const items = this.items();
    if (!items.length) return false;
    const at = items.findIndex(({ id }) => id === this.selected);
    this.select(items[((at < 0 && step < 0 ? 0 : at) + step + items.length) % items.length].id);
    return true;
  }

  escape() {
    if (super.escape()) return true;
    if (this.isRelabelling) this.askLabel();
    else if (this.selected === null) return false;
    else this.addAnother();
    return true;
  }
}

noteControl(CrowdInstanceSegmentation);
define(CrowdInstanceSegmentation);
return { definition };
})();

// parts/opener.js
const $parts_opener = (() => {
const { CrowdElement } = $parts_element;

const dialogMarkup = (body) => `
  <button class="button opener" type="button"></button>
  <dialog class="awsui-modal-dialog" aria-labelledby="title">
    <div class="dialog-head"><h2 class="dialog-title" id="title"></h2>
      <button class="button icon closes" type="button" aria-label="Close">
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18"></path></svg></button></div>
    <div class="dialog-body">${body}</div>
  </dialog>`;

class Opener extends CrowdElement {
  static title = "";
  static linkText = "Open";

  constructor() {
    super();
    this.dialog = this.part$("dialog");
    this.part$(".opener").addEventListener("click", () => this.open());
    this.part$(".closes").addEventListener("click", () => this.close());
    // A press beside the dialog closes it.
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.close());
    this.dialog.addEventListener("close", () => this.closed());
  }

  update() {
    const text = this.getAttribute("link-text") || this.constructor.linkText;
    this.part$(".opener").textContent = text;
    this.part$(".opener").classList.toggle("link", this.getAttribute("link-type") !== "button");
    this.part$(".dialog-title").textContent = this.constructor.title || text;
    if (this.hasAttribute("opened") !== this.dialog.open) (this.hasAttribute("opened") ? this.open() : this.close());
  }

  get opened() {
    return this.dialog.open;
  }

  set opened(isOpen) {
    if (isOpen) this.open();
    else this.close();
  }

  open() {
    if (this.dialog.open || !this.isConnected) return;
    this.dialog.showModal();
    this.setAttribute("opened", "");
    this.dispatchEvent(new Event("open"));
  }

  close() {
    if (this.dialog.open) this.dialog.close();
  }

  closed() {
    this.removeAttribute("opened");
    this.dispatchEvent(new Event("close"));
  }
}
return { dialogMarkup, Opener };
})();

// parts/tabs.js
const $parts_tabs = (() => {
const TAB_STYLES = `
  [role="tablist"] { display: flex; gap: 0.25rem; overflow-x: auto; border-bottom: 1px solid var(--crowd-line-strong); }
  [role="tab"] { min-height: var(--crowd-control); flex: none; padding: 0.4rem 1rem; border: 0;
    border-bottom: 3px solid transparent; background: none; color: var(--crowd-soft); font: inherit; font-weight: 600;
    cursor: pointer; }
  [role="tab"]:hover { color: var(--crowd-ink); background: var(--crowd-accent-wash); }
  [role="tab"]:focus-visible { outline-offset: -2px; }
  [role="tab"][aria-selected="true"] { border-bottom-color: var(--crowd-accent); color: var(--crowd-accent); }`;

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

class TabRow {
  constructor(list, onChosen) {
    this.list = list;
    this.onChosen = onChosen;
    this.names = [];
    list.addEventListener("click", ({ target }) => target.role === "tab" && this.choose(this.buttons.indexOf(target)));
    list.addEventListener("keydown", (event) => this.onKey(event));
  }

  get buttons() {
    return [...this.list.children];
  }

  /** Show these names; the same one stays open. */
  show(names) {
    if (names.join("\n") === this.names.join("\n")) return;
    this.names = names;
    this.list.replaceChildren(
      ...names.map((name) => {
        const button = document.createElement("button");
        [button.type, button.role, button.textContent] = ["button", "tab", name];
        return button;
      }),
    );
    this.choose(Math.min(this.chosen ?? 0, names.length - 1));
  }

  choose(index) {
    this.chosen = Math.max(index, 0);
    this.buttons.forEach((button, i) => {
      button.setAttribute("aria-selected", i === this.chosen);
      button.tabIndex = i === this.chosen ? 0 : -1;
    });
    this.onChosen(this.chosen);
  }

  onKey(event) {
    const { length } = this.names;
    const step = event.key in STEPS ? (this.chosen + STEPS[event.key] + length) % length : undefined;
    const next = { Home: 0, End: length - 1 }[event.key] ?? step;
    if (next === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.choose(next);
    this.buttons[next].focus();
  }
}
return { TAB_STYLES, TabRow };
})();

// elements/crowd-instructions.js
const $elements_crowd_instructions = (() => {
const { define, whenParsed } = $parts_element;
const { dialogMarkup, Opener } = $parts_opener;
const { TAB_STYLES, TabRow } = $parts_tabs;

const definition = {
  "element": "crowd-instructions",
  "summary": "Instructions in a dialog, with tabs for a summary, the details and examples.",
  "attributes": {
    "link-text": { "type": "text", "default": "Click for instructions", "about": "What the link says." },
    "link-type": { "type": "text", "values": ["link", "button"], "default": "link", "about": "link or button." },
    "opened": { "type": "boolean", "about": "Open." }
  },
  "slots": {
    "short-summary": "the first tab",
    "detailed-instructions": "the second tab",
    "positive-example": "in the third tab; any number",
    "negative-example": "in the third tab; any number"
  },
  "events": { "open": "when it has been opened", "close": "when it has been closed" },
  "answer": "none",
  "keys": { "Arrows": "the next tab and the one before", "Esc": "closes it" },
  "demo": [
    "<crowd-instructions link-text=\"How to do it\" link-type=\"button\">",
    "  <short-summary><p>Write down what the sign says.</p></short-summary>",
    "  <detailed-instructions><p>Keep its lines; leave out what nobody can read.</p></detailed-instructions>",
    "  <positive-example><p>Grand Café<br>since 1876</p></positive-example>",
    "  <negative-example><p>A sign of a café</p></negative-example>",
    "</crowd-instructions>"
  ]
};

const TABS = [
  ["short-summary", "Summary"],
  ["detailed-instructions", "Detailed Instructions"],
  ["examples", "Examples"],
];
const KINDS = ["positive-example", "negative-example"];

class CrowdInstructions extends Opener {
  static definition = definition;
  static title = "Instructions";
  static linkText = "Click for instructions";
  static markup = dialogMarkup(`
    <div role="tablist"></div>
    <div class="panel" role="tabpanel" data-of="short-summary" aria-label="Summary"><slot name="short-summary"></slot></div>
    <div class="panel" role="tabpanel" data-of="detailed-instructions" aria-label="Detailed Instructions"><slot name="detailed-instructions"></slot></div>
    <div class="panel" role="tabpanel" data-of="examples" aria-label="Examples"><div class="examples">
      <div class="positive-example"><h3>Good examples</h3></div><div class="negative-example"><h3>Bad examples</h3></div></div></div>`);
  static styles = `
    :host { display: block; margin-block: 0.5rem; }
    ${TAB_STYLES}
    .panel { padding-block: 1rem; overflow-wrap: anywhere; }
    .examples { display: grid; gap: 1rem; grid-template-columns: 1fr 1fr; }
    h3 { margin: 0 0 0.5rem; font-size: 1rem; }
    .positive-example h3 { color: var(--crowd-good); }
    .negative-example h3 { color: var(--crowd-bad); }
    @media (max-width: 34rem) { .examples { grid-template-columns: 1fr; } }`;

  constructor() {
    super();
    this.row = new TabRow(this.part$("[role=tablist]"), () => this.showChosen());
    this.watch = new MutationObserver(() => this.arrange());
  }

  connectedCallback() {
    super.connectedCallback();
    this.watch.observe(this, { childList: true });
    whenParsed(() => this.arrange());
  }

  disconnectedCallback() {
    this.watch.disconnect();
  }

  /** Put each region where it belongs; every example has a place of its own. */
  arrange() {
    const counts = { "positive-example": 0, "negative-example": 0 };
    for (const child of this.children) {
      const name = child.localName;
      const slot = KINDS.includes(name) ? `${name}-${counts[name]++}` : name;
      if (child.slot !== slot) child.slot = slot;
    }
    for (const kind of KINDS) this.makePlaces(kind, counts[kind]);
    const has = (name) => (name === "examples" ? counts[KINDS[0]] + counts[KINDS[1]] > 0 : this.querySelector(`:scope > ${name}`));
    this.there = TABS.filter(([name]) => has(name));
    this.row.show(this.there.map(([, title]) => title));
    this.showChosen();
  }

  makePlaces(kind, count) {
    const column = this.part$(`.${kind}`);
    column.hidden = count === 0;
    const places = column.querySelectorAll("slot");
    for (let i = places.length; i < count; i += 1) {
      const slot = document.createElement("slot");
      slot.name = `${kind}-${i}`;
      column.append(slot);
    }
  }

  showChosen() {
    const open = this.there?.[this.row.chosen]?.[0];
    for (const panel of this.root.querySelectorAll(".panel")) panel.hidden = panel.dataset.of !== open;
  }
}

define(CrowdInstructions);
return { definition };
})();

// elements/crowd-keypoint.js
const $elements_crowd_keypoint = (() => {
const { noteControl } = $parts_control;
const { KEYPOINT } = $parts_drawing_kinds;
const { ShapeTool } = $parts_drawing_shape_tool;
const { toolMarkup, toolStyles } = $parts_drawing_tool_look;
const { TAGS } = $parts_drawing_toolbar;
const { define } = $parts_element;

const definition = {
  "element": "crowd-keypoint",
  "summary": "Points in a picture, each with a label. A picture without a point is a valid answer.",
  "attributes": {
    "name": { "type": "text", "required": true, "about": "Under which name the answer is sent." },
    "header": { "type": "text", "about": "What is asked." },
    "labels": { "type": "list", "required": true, "most": 10, "about": "The labels: a list of texts. Keys 1 to 9 and 0 choose the first ten." },
    "src": { "type": "text", "required": true, "about": "The address of the picture." },
    "initial-value": { "type": "list", "about": "Points to begin with, as in the answer; one with an unknown label is not drawn." },
    "disabled": { "type": "boolean", "about": "Shows what is drawn; it cannot be changed." }
  },
  "slots": {
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when something was drawn, changed or deleted" },
  "answer": "keypoints in whole pixels of the picture, and its size; with initial-value also initialValueModified",
  "sample": {
    "annotatedResult": {
      "inputImageProperties": { "height": 3456, "width": 5184 },
      "keypoints": [{ "label": "nose", "x": 2408, "y": 1297 }]
    }
  },
  "keys": { "1 to 9, 0": "choose a label", "Ctrl+Z, Ctrl+Shift+Z": "undo and redo", "+, -, F": "zoom in, zoom out, show the whole picture", "Delete": "removes what is selected" },
  "demo": [
    "<crowd-keypoint name=\"annotatedResult\" src=\"pictures/street.svg\" header=\"Put a point on each wheel and each head\"",
    "    initial-value=\"[{ label: 'Wheel', x: 156, y: 496 }]\"",
    "    labels=\"['Wheel', 'Head']\">",
    "  <short-instructions header=\"In short\">What is half hidden counts too.</short-instructions>",
    "  <full-instructions header=\"Instructions\"><p>Keep close to the edges of what you see.</p></full-instructions>",
    "</crowd-keypoint>"
  ]
};

class CrowdKeypoint extends ShapeTool {
  static definition = definition;
  static kind = KEYPOINT;
  static markup = toolMarkup(TAGS);
  static styles = toolStyles;
}

noteControl(CrowdKeypoint);
define(CrowdKeypoint);
return { definition };
})();

// elements/crowd-line.js
const $elements_crowd_line = (() => {
const { noteControl } = $parts_control;
const { LINE } = $parts_drawing_kinds;
const { ShapeTool } = $parts_drawing_shape_tool;
const { toolMarkup, toolStyles } = $parts_drawing_tool_look;
const { TAGS } = $parts_drawing_toolbar;
const { define } = $parts_element;

const definition = {
  "element": "crowd-line",
  "summary": "Straight lines in a picture, each with a label. A picture without a line is a valid answer.",
  "attributes": {
    "name": { "type": "text", "required": true, "about": "Under which name the answer is sent." },
    "header": { "type": "text", "about": "What is asked." },
    "labels": { "type": "list", "required": true, "most": 10, "about": "The labels: a list of texts. Keys 1 to 9 and 0 choose the first ten." },
    "label-colors": { "type": "list", "about": "Colours such as #ff7f0e, one for each label; else our own, told apart by all eyes." },
    "src": { "type": "text", "required": true, "about": "The address of the picture." },
    "initial-value": { "type": "list", "about": "Lines to begin with, as in the answer ({lines: […]} or the list); one with an unknown label is not drawn." },
    "disabled": { "type": "boolean", "about": "Shows what is drawn; it cannot be changed." }
  },
  "slots": {
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when something was drawn, changed or deleted" },
  "answer": "lines, each with the two vertices, in whole pixels of the picture, and its size; with initial-value also initialValueModified",
  "sample": {
    "annotatedResult": {
      "inputImageProperties": { "height": 3456, "width": 5184 },
      "lines": [{ "label": "Edge", "vertices": [{ "x": 27, "y": 154 }, { "x": 2331, "y": 3023 }] }]
    }
  },
  "keys": { "1 to 9, 0": "choose a label", "Ctrl+Z, Ctrl+Shift+Z": "undo and redo", "+, -, F": "zoom in, zoom out, show the whole picture", "Delete": "removes what is selected" },
  "demo": [
    "<crowd-line name=\"annotatedResult\" src=\"pictures/street.svg\" header=\"Draw a line along each edge of the roof\"",
    "    initial-value=\"{ lines: [{ label: 'Roof', vertices: [{ x: 20, y: 180 }, { x: 125, y: 96 }] }] }\"",
    "    labels=\"['Roof', 'Pavement']\">",
    "  <short-instructions header=\"In short\">What is half hidden counts too.</short-instructions>",
    "  <full-instructions header=\"Instructions\"><p>Keep close to the edges of what you see.</p></full-instructions>",
    "</crowd-line>"
  ]
};

class CrowdLine extends ShapeTool {
  static definition = definition;
  static kind = LINE;
  static markup = toolMarkup(TAGS);
  static styles = toolStyles;
}

noteControl(CrowdLine);
define(CrowdLine);
return { definition };
})();

// elements/crowd-modal.js
const $elements_crowd_modal = (() => {
const { define } = $parts_element;
const { dialogMarkup, Opener } = $parts_opener;

const definition = {
  "element": "crowd-modal",
  "summary": "A dialog, and the link or button that opens it.",
  "attributes": {
    "link-text": { "type": "text", "default": "Click to open modal", "about": "What the link says." },
    "link-type": { "type": "text", "values": ["link", "button"], "default": "link", "about": "link or button." },
    "opened": { "type": "boolean", "about": "Open; methods open() and close() do the same." }
  },
  "slots": { "": "anything" },
  "events": { "open": "when it has been opened", "close": "when it has been closed" },
  "answer": "none",
  "keys": { "Esc": "closes it" },
  "demo": [
    "<crowd-modal link-text=\"Why we ask\" link-type=\"button\">",
    "  <p>The answers help people who cannot see the pictures.</p>",
    "</crowd-modal>"
  ]
};

class CrowdModal extends Opener {
  static definition = definition;
  static linkText = "Click to open modal";
  static markup = dialogMarkup("<slot></slot>");
  static styles = `:host { display: inline-block; vertical-align: middle; }`;
}

define(CrowdModal);
return { definition };
})();

// elements/crowd-polygon.js
const $elements_crowd_polygon = (() => {
const { noteControl } = $parts_control;
const { POLYGON } = $parts_drawing_kinds;
const { ShapeTool } = $parts_drawing_shape_tool;
const { toolMarkup, toolStyles } = $parts_drawing_tool_look;
const { END, TAGS } = $parts_drawing_toolbar;
const { define } = $parts_element;

const definition = {
  "element": "crowd-polygon",
  "summary": "Outlines of things in a picture, each with a label. A picture without one is a valid answer.",
  "attributes": {
    "name": { "type": "text", "required": true, "about": "Under which name the answer is sent." },
    "header": { "type": "text", "about": "What is asked." },
    "labels": { "type": "list", "required": true, "most": 10, "about": "The labels: a list of texts. Keys 1 to 9 and 0 choose the first ten." },
    "src": { "type": "text", "required": true, "about": "The address of the picture." },
    "initial-value": { "type": "list", "about": "Polygons to begin with, as in the answer; one with an unknown label is not drawn." },
    "disabled": { "type": "boolean", "about": "Shows what is drawn; it cannot be changed." }
  },
  "slots": {
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when something was drawn, changed or deleted" },
  "answer": "polygons in whole pixels of the picture, and its size; with initial-value also initialValueModified",
  "sample": {
    "annotatedResult": {
      "inputImageProperties": { "height": 3456, "width": 5184 },
      "polygons": [{ "label": "Cat", "vertices": [{ "x": 570, "y": 239 }, { "x": 603, "y": 513 }, { "x": 823, "y": 645 }] }]
    }
  },
  "keys": { "1 to 9, 0": "choose a label", "Ctrl+Z, Ctrl+Shift+Z": "undo and redo", "+, -, F": "zoom in, zoom out, show the whole picture", "Delete": "removes what is selected", "Enter": "closes the outline" },
  "demo": [
    "<crowd-polygon name=\"annotatedResult\" src=\"pictures/street.svg\" header=\"Outline the houses and the trees\"",
    "    initial-value=\"[{ label: 'House', vertices: [{ x: 30, y: 440 }, { x: 30, y: 180 }, { x: 125, y: 96 }, { x: 220, y: 180 }, { x: 220, y: 440 }] }]\"",
    "    labels=\"['House', 'Tree']\">",
    "  <short-instructions header=\"In short\">What is half hidden counts too.</short-instructions>",
    "  <full-instructions header=\"Instructions\"><p>Keep close to the edges of what you see.</p></full-instructions>",
    "</crowd-polygon>"
  ]
};

class CrowdPolygon extends ShapeTool {
  static definition = definition;
  static kind = POLYGON;
  static markup = toolMarkup(TAGS + END);
  static styles = toolStyles;
}

noteControl(CrowdPolygon);
define(CrowdPolygon);
return { definition };
})();

// elements/crowd-polyline.js
const $elements_crowd_polyline = (() => {
const { noteControl } = $parts_control;
const { POLYLINE } = $parts_drawing_kinds;
const { ShapeTool } = $parts_drawing_shape_tool;
const { toolMarkup, toolStyles } = $parts_drawing_tool_look;
const { END, TAGS } = $parts_drawing_toolbar;
const { define } = $parts_element;

const definition = {
  "element": "crowd-polyline",
  "summary": "Lines through several points of a picture, each with a label. A picture without a line is a valid answer.",
  "attributes": {
    "name": { "type": "text", "required": true, "about": "Under which name the answer is sent." },
    "header": { "type": "text", "about": "What is asked." },
    "labels": { "type": "list", "required": true, "most": 10, "about": "The labels: a list of texts. Keys 1 to 9 and 0 choose the first ten." },
    "label-colors": { "type": "list", "about": "Colours such as #ff7f0e, one for each label; else our own, told apart by all eyes." },
    "src": { "type": "text", "required": true, "about": "The address of the picture." },
    "initial-value": { "type": "list", "about": "Lines to begin with, as in the answer ({polylines: […]} or the list); one with an unknown label is not drawn." },
    "disabled": { "type": "boolean", "about": "Shows what is drawn; it cannot be changed." }
  },
  "slots": {
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when something was drawn, changed or deleted" },
  "answer": "polylines in whole pixels of the picture, and its size; with initial-value also initialValueModified",
  "sample": {
    "annotatedResult": {
      "inputImageProperties": { "height": 3456, "width": 5184 },
      "polylines": [{ "label": "Lane", "vertices": [{ "x": 570, "y": 229 }, { "x": 1340, "y": 871 }, { "x": 2018, "y": 902 }] }]
    }
  },
  "keys": { "1 to 9, 0": "choose a label", "Ctrl+Z, Ctrl+Shift+Z": "undo and redo", "+, -, F": "zoom in, zoom out, show the whole picture", "Delete": "removes what is selected", "Enter": "ends the line" },
  "demo": [
    "<crowd-polyline name=\"annotatedResult\" src=\"pictures/street.svg\" header=\"Follow the hills and the dog’s lead\"",
    "    initial-value=\"{ polylines: [{ label: 'Hills', vertices: [{ x: 230, y: 320 }, { x: 390, y: 210 }, { x: 540, y: 330 }] }] }\"",
    "    labels=\"['Hills', 'Lead']\">",
    "  <short-instructions header=\"In short\">What is half hidden counts too.</short-instructions>",
    "  <full-instructions header=\"Instructions\"><p>Keep close to the edges of what you see.</p></full-instructions>",
    "</crowd-polyline>"
  ]
};

class CrowdPolyline extends ShapeTool {
  static definition = definition;
  static kind = POLYLINE;
  static markup = toolMarkup(TAGS + END);
  static styles = toolStyles;
}

noteControl(CrowdPolyline);
define(CrowdPolyline);
return { definition };
})();

// parts/text/beside-form.js
const $parts_text_beside_form = (() => {
const { whenParsed } = $parts_element;

/** Have the control collected by the form that it names, unless it stands in one. */
function joinForm(control) {
  whenParsed(async () => {
    const id = control.getAttribute("crowd-form-element-id");
    const form = id && !control.closest("crowd-form") && document.getElementById(id);
    if (form?.localName !== "crowd-form") return;
    await customElements.whenDefined("crowd-form");
    await form.isReady;
    if (control.isConnected) form.adopt(control);
  });
}

/** Show the instructions of the attribute, as they are written, line by line. */
function showInstructions(control) {
  const place = control.part$(".told");
  const lines = (control.getAttribute("instructions") ?? "").split("\n").map((line) => line.trim());
  place.textContent = lines.join("\n").trim();
  place.hidden = !place.textContent;
}

const TOLD = `<p class="told" hidden></p>`;
const TOLD_STYLES = `.told { margin: 0 0 1rem; color: var(--crowd-soft); white-space: pre-line; }`;
return { joinForm, showInstructions, TOLD, TOLD_STYLES };
})();

// parts/text/question-pair.js
const $parts_text_question_pair = (() => {
const { colourOf, contrasting } = $parts_drawing_palette;

const PAIR_STYLES = `
  .pair { min-width: 0; margin: 0 0 1rem; padding: 0.75rem; border: 1px solid var(--crowd-line-strong);
    border-inline-start: 6px solid var(--of-pair); border-radius: var(--crowd-radius); background: var(--crowd-raised); }
  .pair.active { box-shadow: 0 0 0 2px var(--crowd-accent); }
  .pair legend { padding: 0; }
  .pair .number { display: inline-grid; min-width: 1.6rem; height: 1.6rem; place-items: center; border-radius: 0.3rem;
    background: var(--of-pair); color: var(--on-pair); font-weight: 700; }
  .pair .entry { display: block; margin-top: 0.5rem; }
  .pair textarea { min-height: 2.5rem; line-height: 1.5; resize: vertical; field-sizing: content; }
  .pair .words { color: var(--crowd-soft); font-size: 0.8125rem; font-weight: 400; }
  .tags { display: flex; flex-wrap: wrap; gap: 0.35rem; margin-top: 0.5rem; }
  .tags:empty { display: none; }
  .tag { min-height: 2rem; padding: 0.1rem 0.7rem; border: 1px solid var(--crowd-line-strong); border-radius: 1rem;
    background: var(--crowd-raised); color: var(--crowd-ink); font: inherit; cursor: pointer; }
  .tag[aria-pressed="true"] { border-color: var(--crowd-accent); background: var(--crowd-accent); color: var(--crowd-accent-ink); }
  .tag:disabled { cursor: not-allowed; }
  .pair .row { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem; margin-top: 0.5rem; }
  .pair .row .button { min-height: 2.25rem; padding: 0.2rem 0.7rem; font-weight: 400; }
  .pair .row .field { width: auto; min-width: 6rem; min-height: 2.25rem; flex: 1; }
  .references { margin: 0; color: var(--crowd-soft); }
  @media (pointer: coarse) { .tag, .pair .row .button, .pair .row .field { min-height: 2.75rem; } }`;

const wordsIn = (text) => text.trim().split(/\s+/).filter(Boolean).length;

const made = (tag, properties = {}) => Object.assign(document.createElement(tag), properties);

class QuestionPair {
  /** `owner`: tags, allowsOwnTags, limitsOf(kind), edited(), activate(pair), refer(pair), removePair(pair). */
  constructor(owner, id, { question = "", answer = "", tags = [] } = {}) {
    Object.assign(this, { owner, id, tags: new Set(tags) });
    this.group = made("fieldset", { className: "pair" });
    this.number = made("span", { className: "number" });
    const legend = made("legend");
    legend.append(this.number);
    [this.question, this.answer] = [["Question", question], ["Answer", answer]].map(([name, text]) => this.entry(name, text));
    this.tagPlace = made("div", { className: "tags" });
    this.tagPlace.setAttribute("role", "group");
    this.tagPlace.setAttribute("aria-label", "Tags");
    this.tagPlace.addEventListener("click", ({ target }) => target.localName === "button" && this.toggle(target.value));
    this.group.append(legend, this.question.whole, this.answer.whole, this.tagPlace, this.ownTag(), this.foot());
    this.group.addEventListener("focusin", () => owner.activate(this));
  }

  entry(name, text) {
    const [whole, label, title, field, words] = [made("div", { className: "entry" }), made("label"), made("span", { className: "label", textContent: name }),
      made("textarea", { className: "field", rows: 2, value: text }), made("span", { className: "words", id: `words-${name}-${this.id}` })];
    field.setAttribute("aria-describedby", words.id);
    field.addEventListener("input", () => this.owner.edited());
    label.append(title, field);
    whole.append(label, words);
    return { whole, field, words };
  }

  ownTag() {
    const [row, field, button] = [made("div", { className: "row own-tag" }), made("input", { className: "field", placeholder: "A tag of your own" }),
      made("button", { type: "button", className: "button", textContent: "Add tag" })];
    field.setAttribute("aria-label", "A tag of your own");
    const add = () => {
      const tag = field.value.trim();
      field.value = "";
      if (tag && !this.tags.has(tag)) this.toggle(tag);
    };
    button.addEventListener("click", add);
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      add();
    });
    row.append(field, button);
    return row;
  }

  foot() {
    const [row, refers, removes] = [made("div", { className: "row" }), made("button", { type: "button", className: "button refers", textContent: "Refer to the selected text" }),
      made("button", { type: "button", className: "button removes-pair", textContent: "Remove" })];
    this.references = made("p", { className: "references" });
    refers.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    refers.addEventListener("click", () => this.owner.refer(this));
    removes.addEventListener("click", () => this.owner.removePair(this));
    row.append(refers, removes);
    const whole = made("div");
    whole.append(this.references, row);
    [this.refers, this.removes] = [refers, removes];
    return whole;
  }

  toggle(tag) {
    if (this.tags.has(tag)) this.tags.delete(tag);
    else this.tags.add(tag);
    this.owner.edited();
  }

  show({ index, isActive, isDisabled, references, canRefer }) {
    const { group, owner } = this;
    group.classList.toggle("active", isActive);
    group.style.setProperty("--of-pair", colourOf(index));
    group.style.setProperty("--on-pair", contrasting(colourOf(index)));
    this.number.textContent = index + 1;
    group.setAttribute("aria-label", `Question ${index + 1}`);
    for (const [entry, kind] of [[this.question, "question"], [this.answer, "answer"]]) {
      entry.field.readOnly = isDisabled;
      entry.words.textContent = `${wordsIn(entry.field.value)} ${owner.limitsOf(kind).told}`;
    }
    this.showTags(isDisabled);
    group.querySelector(".own-tag").hidden = isDisabled || !owner.allowsOwnTags;
    this.references.textContent = references.length ? `Refers to ${references.map((text) => `“${text}”`).join(", ")}.` : "Refers to the whole text.";
    [this.refers.disabled, this.refers.hidden, this.removes.hidden] = [!canRefer, isDisabled, isDisabled];
  }

  showTags(isDisabled) {
    const tags = [...new Set([...this.owner.tags, ...this.tags])];
    const key = JSON.stringify([tags, isDisabled]);
    if (this.shown !== key) {
      this.shown = key;
      this.tagPlace.replaceChildren(...tags.map((tag) => made("button", { type: "button", className: "tag", value: tag, textContent: tag, disabled: isDisabled })));
    }
    for (const button of this.tagPlace.children) button.setAttribute("aria-pressed", this.tags.has(button.value));
  }
}
return { PAIR_STYLES, wordsIn, QuestionPair };
})();

// elements/crowd-question-answer-generation.js
const $elements_crowd_question_answer_generation = (() => {
const { listIn } = $parts_answers;
const { noteControl } = $parts_control;
const { colourOf, contrasting } = $parts_drawing_palette;
const { define } = $parts_element;
const { frameMarkup, frameStyles } = $parts_frame;
const { FullScreenControl } = $parts_full_screen;
const { NotAList, textsIn } = $parts_loose_lists;
const { joinForm, showInstructions, TOLD, TOLD_STYLES } = $parts_text_beside_form;
const { MARKED_STYLES } = $parts_text_marked_text;
const { Offsets } = $parts_text_offsets;
const { PAIR_STYLES, QuestionPair, wordsIn } = $parts_text_question_pair;
const { sorted, spanOf } = $parts_text_spans;
const { TextMarker } = $parts_text_text_marker;

const definition = {
  "element": "crowd-question-answer-generation",
  "summary": "Questions about a text are written with their answers, each with tags and with references to parts of the text. What is selected in the text belongs to the question that one is at.",
  "attributes": {
    "name": { "type": "text", "about": "Under which name the answer is sent. Without it `questionAnswers` itself is the name." },
    "header": { "type": "text", "about": "What is asked." },
    "text": { "type": "text", "required": true, "about": "The text." },
    "min-questions": { "type": "number", "default": "1", "about": "How many questions there have to be." },
    "max-questions": { "type": "number", "about": "How many there may be." },
    "question-min-words": { "type": "number", "default": "1", "about": "Words of a question, at least." },
    "question-max-words": { "type": "number", "about": "Words of a question, at most." },
    "answer-min-words": { "type": "number", "default": "1", "about": "Words of an answer, at least." },
    "answer-max-words": { "type": "number", "about": "Words of an answer, at most." },
    "question-tags": { "type": "list", "about": "Tags to choose from: a list of texts." },
    "allow-custom-question-tags": { "type": "text", "values": ["true", "false"], "about": "Whether workers may add tags of their own." },
    "allow-custom-tags": { "type": "text", "values": ["true", "false"], "about": "The same, as templates of the first version have it." },
    "instructions": { "type": "text", "about": "What workers are told, line by line." },
    "crowd-form-element-id": { "type": "text", "about": "The id of its crowd-form, if it stands beside that." },
    "disabled": { "type": "boolean", "about": "Shows what was written; it cannot be changed." }
  },
  "slots": {
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when something is written, tagged or referred to" },
  "answer": "{\"questionAnswers\": [{\"answer\", \"question\", \"questionTags\", \"textReferences\": [{\"endOffset\", \"startOffset\", \"text\"}]}, …]}. What the original sends is written down nowhere, so this form is our choice; offsets are those of crowd-entity-annotation.",
  "sample": { "qa": { "questionAnswers": [{ "answer": "In Rome.", "question": "Where?", "questionTags": ["Where"], "textReferences": [{ "endOffset": 16, "startOffset": 12, "text": "Rome" }] }] } },
  "keys": { "Shift and arrows": "select in the text", "Enter": "in the text: the question refers to what is selected", "Delete": "in the text: removes a reference" },
  "demo": [
    "<crowd-question-answer-generation name=\"qa\" min-questions=\"1\" max-questions=\"3\" question-max-words=\"20\"",
    "    text=\"The lighthouse was built in 1868 and has been unmanned since 1986.\"",
    "    question-tags=\"['When', 'Who', 'Why']\" allow-custom-question-tags=\"true\">",
    "  <short-instructions header=\"In short\">Ask what the text answers.</short-instructions>",
    "</crowd-question-answer-generation>"
  ]
};

const MIDDLE = `${TOLD}
  <div class="text" aria-label="The text" spellcheck="false" data-gramm="false" autocapitalize="off"></div>`;
const SIDE = `<div class="pairs"></div><button class="button adds" type="button">Add a question</button><p class="unseen said" role="status"></p>`;

class CrowdQuestionAnswerGeneration extends FullScreenControl {
  static definition = definition;
  static usualName = "questionAnswers";
  static markup = frameMarkup(MIDDLE, SIDE);
  static styles = `
    :host { display: block; margin-block: 0.5rem; }
    ${frameStyles} ${TOLD_STYLES} ${MARKED_STYLES} ${PAIR_STYLES}
    .annotation-area .target { flex: 1.2; }
    .category-picker-wrapper { width: auto; min-width: 18rem; flex: 1; }
    @media (max-width: 48rem) { .category-picker-wrapper { min-width: 0; } }`;

  constructor() {
    super();
    [this.pairs, this.lastId] = [[], 0];
    this.marker = new TextMarker(this.root, this.part$(".text"), {
      lookOf: (span) => this.lookOf(span),
      placed: (spans, span) => this.placed(spans, span),
      selected: ({ isByTouch }) => (isByTouch || !this.active ? this.noted() : this.refer(this.active)),
      changed: () => this.edited(),
      noted: () => this.noted(),
      press: (key) => this.pressInText(key),
      unmark: (spans) => this.forget(spans),
      undo: () => this.marker.history.undo(),
      redo: () => this.marker.history.redo(),
      isDisabled: false,
    });
    this.part$(".adds").addEventListener("click", () => this.add().question.field.focus());
  }

  connectedCallback() {
    super.connectedCallback();
    this.marker.connect();
    joinForm(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.marker.disconnect();
  }

  get anchor() {
    return this.part$(".pairs textarea") ?? this.part$(".adds");
  }

  get value() {
    return this.answer();
  }

  get tags() {
    try {
      return textsIn(this.getAttribute("question-tags"));
    } catch (error) {
      if (error instanceof NotAList) return [];
      throw error;
    }
  }

  get allowsOwnTags() {
    const asked = this.getAttribute("allow-custom-question-tags") ?? this.getAttribute("allow-custom-tags");
    return asked !== null && asked !== "false";
  }

  number(name, usual) {
    const number = parseInt(this.getAttribute(name) ?? "", 10);
    return Number.isNaN(number) ? usual : number;
  }

  /** How many words a question or an answer may have. */
  limitsOf(kind) {
    const [least, most] = [this.number(`${kind}-min-words`, 1), this.number(`${kind}-max-words`, Infinity)];
    return { least, most, told: most === Infinity ? `words, at least ${least}` : `words of ${least} to ${most}` };
  }

  // ---- What is shown ----------------------------------------------------------------------------------

  update() {
    const text = this.getAttribute("text") ?? "";
    showInstructions(this);
    this.marker.owner.isDisabled = this.isDisabled;
    if (!this.offsets || text !== this.marker.text) {
      this.offsets = new Offsets(text);
      this.marker.begin(text, []);
    } else this.marker.show();
    if (!this.pairs.length && !this.isDisabled) this.pairs.push(this.newPair());
    super.update();
    this.frame.listKeys([["Shift+arrows", "Select by keyboard"], ["Enter", "Refer to what is selected"], ["Delete", "Remove a reference"]]);
    this.noted();
  }

  newPair(kept) {
    return new QuestionPair(this, String((this.lastId += 1)), kept);
  }

  lookOf({ label }) {
    const index = this.pairs.findIndex(({ id }) => id === label);
    return { tag: String(index + 1), colour: colourOf(index), ink: contrasting(colourOf(index)) };
  }

  noted() {
    const { pairs, isDisabled, marker } = this;
    const place = this.part$(".pairs");
    if (place.children.length !== pairs.length || pairs.some(({ group }, i) => place.children[i] !== group)) place.replaceChildren(...pairs.map(({ group }) => group));
    pairs.forEach((pair, index) => {
      const references = this.referencesOf(pair).map(({ start, end }) => marker.text.slice(start, end));
      pair.show({ index, isActive: pair === this.active && pairs.length > 1, isDisabled, references, canRefer: Boolean(marker.pending) });
    });
    this.part$(".adds").hidden = isDisabled || pairs.length >= this.number("max-questions", Infinity);
  }

  referencesOf({ id }) {
    return this.marker.spans.filter(({ label }) => label === id);
  }

  // ---- What a worker does -------------------------------------------------------------------------------

  get active() {
    return this.pairs.find(({ id }) => id === this.activeId) ?? this.pairs.at(-1);
  }

  activate(pair) {
    if (this.activeId === pair.id) return;
    this.activeId = pair.id;
    this.noted();
  }

  add() {
    const pair = this.newPair();
    this.pairs.push(pair);
    this.activeId = pair.id;
    this.edited();
    return pair;
  }

  removePair(pair) {
    this.pairs = this.pairs.filter((other) => other !== pair);
    this.marker.begin(this.marker.text, this.marker.spans.filter(({ label }) => label !== pair.id));
    if (!this.pairs.length) this.pairs.push(this.newPair());
    this.edited();
    this.active.question.field.focus();
  }

  /** A reference is one with those of its question that it meets; those of others may lie across it. */
  placed(spans, span) {
    const met = spans.filter(({ label, start, end }) => label === span.label && start <= span.end && span.start <= end);
    const [start, end] = [Math.min(span.start, ...met.map((one) => one.start)), Math.max(span.end, ...met.map((one) => one.end))];
    return sorted([...spans.filter((other) => !met.includes(other)), spanOf(start, end, span.label)]);
  }

  refer(pair) {
    if (!this.marker.pending || this.isDisabled) return;
    const span = this.marker.label(pair.id);
    this.part$(".said").textContent = `Question ${this.pairs.indexOf(pair) + 1} refers to “${this.marker.text.slice(span.start, span.end)}”.`;
  }

  forget(spans) {
    if (spans.length) this.marker.without(spans);
  }

  pressInText(key) {
    if (key === "Enter") this.refer(this.active);
    else if (key === "Delete" || key === "Backspace") this.forget(this.marker.meant());
  }

  edited() {
    this.validate();
    this.noted();
    this.marker.show();
    this.announce("input", "change");
  }

  // ---- The answer -----------------------------------------------------------------------------------------

  get written() {
    return this.pairs.filter((pair) => pair.question.field.value.trim() || pair.answer.field.value.trim());
  }

  fault() {
    const { written } = this;
    const least = this.number("min-questions", 1);
    for (const pair of written)
      for (const kind of ["question", "answer"]) {
        const limits = this.limitsOf(kind);
        const words = wordsIn(pair[kind].field.value);
        const number = this.pairs.indexOf(pair) + 1;
        if (words < limits.least) return `The ${kind} ${number} has too few words: at least ${limits.least}.`;
        if (words > limits.most) return `The ${kind} ${number} has too many words: at most ${limits.most}.`;
      }
    if (written.length >= least) return "";
    return least === 1 ? "Write a question and its answer." : `Write at least ${least} questions and their answers.`;
  }

  answer() {
    const all = this.written.map((pair) => ({
      answer: pair.answer.field.value,
      question: pair.question.field.value,
      questionTags: [...pair.tags],
      textReferences: this.referencesOf(pair).map(({ start, end }) => ({
        endOffset: this.offsets.points(end), startOffset: this.offsets.points(start), text: this.marker.text.slice(start, end),
      })),
    }));
    if (!all.length) return undefined;
    return this.getAttribute("name") ? { questionAnswers: all } : all;
  }

  sent() {
    return JSON.stringify(this.answer() ?? null);
  }

  enter(taken) {
    const kept = listIn(this.getAttribute("name") ? taken("questionAnswers") : taken()).filter((one) => one && typeof one === "object");
    const spans = [];
    this.pairs = kept.map(({ question, answer, questionTags, textReferences }) => {
      const pair = this.newPair({ question, answer, tags: listIn(questionTags) });
      for (const { startOffset, endOffset } of listIn(textReferences))
        spans.push(spanOf(this.offsets.units(Number(startOffset)), this.offsets.units(Number(endOffset)), pair.id));
      return pair;
    });
    this.marker.begin(this.marker.text, spans.filter(({ start, end }) => start >= 0 && start < end && end <= this.marker.text.length));
    this.update();
  }

  reset() {
    this.pairs = [];
    this.marker.begin(this.marker.text, []);
    this.update();
  }
}

noteControl(CrowdQuestionAnswerGeneration);
define(CrowdQuestionAnswerGeneration);
return { definition };
})();

// elements/crowd-radio-button.js
const $elements_crowd_radio_button = (() => {
const { BoxControl } = $parts_box_control;
const { noteControl } = $parts_control;
const { define } = $parts_element;

const definition = {
  "element": "crowd-radio-button",
  "summary": "One of several choices in a crowd-radio-group; what stands in it is its label.",
  "attributes": {
    "name": { "type": "text", "about": "Under which name the answer is sent: each button of a group needs its own." },
    "value": { "type": "text", "default": "on", "about": "The key in the answer." },
    "checked": { "type": "boolean", "about": "Chosen at the start." },
    "disabled": { "type": "boolean", "about": "Can be read, not changed, and is not sent." }
  },
  "slots": { "": "the label" },
  "events": { "input": "when it is chosen", "change": "the same" },
  "answer": "an object: value to true or false",
  "sample": { "btn1": { "yes": true }, "btn2": { "no": false } },
  "keys": { "Arrows": "choose the next one or the one before", "Space": "chooses it" },
  "demo": [
    "<crowd-radio-group>",
    "  <crowd-radio-button name=\"yes\">Yes</crowd-radio-button>",
    "  <crowd-radio-button name=\"no\">No</crowd-radio-button>",
    "  <crowd-radio-button name=\"unsure\" disabled>Cannot be told yet</crowd-radio-button>",
    "</crowd-radio-group>"
  ]
};

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

class CrowdRadioButton extends BoxControl {
  static definition = definition;
  static role = "radio";
  static markup = `<span class="row"><span class="box" aria-hidden="true"></span><span class="text"><slot></slot></span></span>`;
  static styles = `
    :host { display: inline-block; margin-block: 0.15rem; margin-inline-end: 1rem; outline-offset: 3px; cursor: pointer; }
    :host([aria-disabled="true"]) { cursor: not-allowed; }
    :host(:focus-visible) { outline: 2px solid var(--crowd-accent); border-radius: 0.25rem; }
    .row { display: inline-flex; min-height: 1.75rem; align-items: flex-start; gap: 0.6rem; padding-block: 0.1rem; }
    .box { width: 1.25rem; height: 1.25rem; flex: none; margin-top: 0.15rem;
      border: 2px solid var(--crowd-line-strong); border-radius: 50%; background: var(--crowd-raised); }
    .on .box { border: 0.4rem solid var(--crowd-accent); }
    .off-duty { color: var(--crowd-soft); }
    .off-duty .box { border-color: var(--crowd-line-strong); background: var(--crowd-sunk); }`;

  get group() {
    return this.closest("crowd-radio-group");
  }

  set checked(isOn) {
    if (isOn) this.others().forEach((other) => other.checked && (other.checked = false));
    super.checked = isOn;
    this.group?.refresh?.();
  }

  get checked() {
    return super.checked;
  }

  others() {
    return this.group ? [...this.group.querySelectorAll("crowd-radio-button")].filter((other) => other !== this) : [];
  }

  /** A choice can be taken back by another only; outside of a group these are boxes to be ticked. */
  press() {
    this.choose(this.group ? true : !this.checked);
  }

  /** For scripts that read it; as an attribute it would mean nothing on a radio button. */
  get ariaSelected() {
    return String(this.checked);
  }

  /** A group is one stop of the Tab key: the chosen button, or else the first. */
  tabStop(isDisabled) {
    const { group } = this;
    if (isDisabled) return -1;
    return !group?.tabStop || group.tabStop() === this ? 0 : -1;
  }

  onKey(event) {
    super.onKey(event);
    const step = STEPS[event.key];
    if (!step || event.target !== this || !this.group || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const open = [...this.group.querySelectorAll("crowd-radio-button")].filter((button) => !button.isDisabled);
    const next = open[(open.indexOf(this) + step + open.length) % open.length];
    next.focus();
    next.choose(true);
  }
}

noteControl(CrowdRadioButton);
define(CrowdRadioButton);
return { definition };
})();

// elements/crowd-radio-group.js
const $elements_crowd_radio_group = (() => {
const { CrowdElement, define, whenParsed } = $parts_element;

const definition = {
  "element": "crowd-radio-group",
  "summary": "Of the radio buttons in it, however deep, one can be chosen.",
  "attributes": {},
  "slots": { "": "crowd-radio-buttons, and whatever stands between them" },
  "events": { "change": "of its buttons" },
  "answer": "none; each button has its own",
  "keys": { "Tab": "stops once at the group", "Arrows": "choose the next one or the one before" },
  "demo": [
    "<crowd-radio-group>",
    "  <p>Which of the two is older?</p>",
    "  <crowd-radio-button name=\"older\" value=\"left\">The left one</crowd-radio-button>",
    "  <crowd-radio-button name=\"older\" value=\"right\">The right one</crowd-radio-button>",
    "</crowd-radio-group>"
  ]
};

class CrowdRadioGroup extends CrowdElement {
  static definition = definition;
  static styles = `:host { display: block; margin-block: 0.25rem 0.75rem; }`;

  connectedCallback() {
    super.connectedCallback();
    if (!this.hasAttribute("role")) this.setAttribute("role", "radiogroup");
    whenParsed(() => this.refresh());
    this.watch ??= new MutationObserver(() => this.refresh());
    this.watch.observe(this, { childList: true, subtree: true });
  }

  disconnectedCallback() {
    this.watch.disconnect();
  }

  get buttons() {
    return [...this.querySelectorAll("crowd-radio-button")];
  }

  /** The button that the Tab key stops at. */
  tabStop() {
    const open = this.buttons.filter((button) => !button.isDisabled);
    return open.find((button) => button.checked) ?? open[0];
  }

  refresh() {
    const stop = this.tabStop();
    for (const button of this.buttons) button.setAttribute("tabindex", button === stop ? 0 : -1);
  }
}

define(CrowdRadioGroup);
return { definition };
})();

// elements/crowd-rekognition-detect-moderation-labels.js
const $elements_crowd_rekognition_detect_moderation_labels = (() => {
const { listIn } = $parts_answers;
const { noteControl } = $parts_control;
const { define } = $parts_element;
const { ImageClassifier, imageClassifierMarkup, imageClassifierStyles } = $parts_image_classifier;
const { NotAList, parseLoosely } = $parts_loose_lists;

const definition = {
  "element": "crowd-rekognition-detect-moderation-labels",
  "summary": "All categories that apply to a picture which a program has looked at before (Augmented AI). Its own samples say “If no categories apply, choose None” and name no such category: so there is one, called None, unless `exclusion-category` calls it otherwise.",
  "attributes": {
    "name": { "type": "text", "default": "AWS/Rekognition/DetectModerationLabels/Image/V3", "about": "Under which name the answer is sent." },
    "header": { "type": "text", "about": "What is asked." },
    "categories": { "type": "list", "required": true, "about": "The choices: texts, or objects with `name`, which come back whole." },
    "exclusion-category": { "type": "list", "about": "What the choice is called that leaves out all others: { text: 'None of these' }." },
    "src": { "type": "text", "required": true, "about": "The address of the picture." },
    "disabled": { "type": "boolean", "about": "Shows what is chosen; it cannot be changed." }
  },
  "slots": {
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when something else is chosen" },
  "answer": "{\"ModerationLabels\": […]}: the chosen texts or objects, in the order of the categories; none of them if the choice that leaves out all others is chosen",
  "sample": { "AWS/Rekognition/DetectModerationLabels/Image/V3": { "ModerationLabels": [{ "name": "Gore", "parentName": "Violence" }] } },
  "keys": { "1 to 9, 0": "one of the first ten choices, from anywhere on the page" },
  "demo": [
    "<crowd-rekognition-detect-moderation-labels header=\"What is in the picture?\"",
    "    categories=\"[{name: 'Smoking', parentName: 'Tobacco'}, {name: 'Drinking', parentName: 'Alcohol'}]\"",
    "    src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='320' height='200'%3E%3Crect width='320' height='200' fill='%238ab'/%3E%3C/svg%3E\">",
    "  <short-instructions header=\"In short\">Choose all that apply.</short-instructions>",
    "</crowd-rekognition-detect-moderation-labels>"
  ]
};

class CrowdRekognitionDetectModerationLabels extends ImageClassifier {
  static definition = definition;
  static markup = imageClassifierMarkup;
  static styles = imageClassifierStyles;
  static hasMany = true;
  static usualName = "AWS/Rekognition/DetectModerationLabels/Image/V3";

  /** What the attribute holds: texts and objects. */
  get items() {
    try {
      const text = this.getAttribute("categories");
      return text?.trim() ? [parseLoosely(text)].flat().filter((item) => nameOf(item)) : [];
    } catch (error) {
      if (error instanceof NotAList) return [];
      throw error;
    }
  }

  get categories() {
    return [...new Set(this.items.map(nameOf))];
  }

  set categories(categories) {
    super.categories = categories;
  }

  get exclusion() {
    return super.exclusion || (this.items.length ? "None" : "");
  }

  get value() {
    return this.answer();
  }

  answer() {
    const chosen = new Set(this.labels);
    const { exclusion } = this;
    return { ModerationLabels: this.items.filter((item) => chosen.has(nameOf(item)) && nameOf(item) !== exclusion) };
  }

  enter(taken) {
    const kept = taken("ModerationLabels");
    const names = listIn(kept).map(nameOf);
    this.chosen = new Set(names.length || kept === undefined ? names : [this.exclusion]);
    this.update();
  }
}

const nameOf = (item) => String((item && typeof item === "object" ? item.name : item) ?? "");

noteControl(CrowdRekognitionDetectModerationLabels);
define(CrowdRekognitionDetectModerationLabels);
return { definition };
})();

// elements/crowd-semantic-segmentation.js
const $elements_crowd_semantic_segmentation = (() => {
const { noteControl } = $parts_control;
const { maskMarkup, maskStyles } = $parts_drawing_mask_look;
const { MaskTool } = $parts_drawing_mask_tool;
const { define } = $parts_element;

const definition = {
  "element": "crowd-semantic-segmentation",
  "summary": "Paints what each part of a picture shows: one colour for each label. A picture without paint is a valid answer.",
  "attributes": {
    "name": { "type": "text", "required": true, "about": "Under which name the answer is sent." },
    "header": { "type": "text", "about": "What is asked." },
    "labels": { "type": "list", "required": true, "about": "The labels: a list of texts. Keys 1 to 9 and 0 choose the first ten." },
    "src": { "type": "text", "required": true, "about": "The address of the picture." },
    "initial-value": { "type": "list", "about": "{labelMappings, src}: a mask to begin with, a PNG at an address that other sites may fetch, and its labels' colours." },
    "disabled": { "type": "boolean", "about": "Shows what is painted; it cannot be changed." }
  },
  "slots": {
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when something was painted or taken away" },
  "answer": "labeledImage.pngImageData, a PNG of the picture's size as base64, white where nothing is; labelMappings, the colour of each label; the size; with initial-value also initialValueModified",
  "sample": {
    "annotatedResult": {
      "inputImageProperties": { "height": 533, "width": 800 },
      "labelMappings": { "Cat": { "color": "#0072b2" }, "Dog": { "color": "#e69f00" } },
      "labeledImage": { "pngImageData": "iVBORw0KGgoAAAANSUhEUg…" }
    }
  },
  "keys": { "1 to 9, 0": "choose a label", "Ctrl+Z, Ctrl+Shift+Z": "undo and redo", "+, -, F": "zoom in, zoom out, show the whole picture" },
  "demo": [
    "<crowd-semantic-segmentation name=\"annotatedResult\" src=\"pictures/street.svg\" header=\"Paint what is road and what is sky\"",
    "    labels=\"['Road', 'Sky']\">",
    "  <short-instructions header=\"In short\">What is half hidden counts too.</short-instructions>",
    "  <full-instructions header=\"Instructions\"><p>Keep close to the edges of what you see.</p></full-instructions>",
    "</crowd-semantic-segmentation>"
  ]
};

class CrowdSemanticSegmentation extends MaskTool {
  static definition = definition;
  static markup = maskMarkup();
  static styles = maskStyles;
  static nouns = "painted labels";
  static how = "Choose a label, then paint. Keys: B brush, E eraser, P polygon, G fill, [ and ] size.";

  update(name) {
    super.update(name);
    const missing = this.known.filter((label) => !this.numberOf(label)); // a script has set others
    this.addThings(missing.map((label) => ({ label })));
    if (missing.length) this.refresh();
  }

  numberOf(label) {
    for (const [number, thing] of this.things) if (thing.label === label) return number;
    return 0;
  }

  colourOf(label) {
    return this.things.get(this.numberOf(label))?.colour ?? super.colourOf(label);
  }

  current() {
    return this.numberOf(this.label);
  }

  // ---- The answer --------------------------------------------------------------------------------------------

  mapping() {
    const there = [...this.things].filter(([number, { label }]) => this.known.includes(label) || this.mask?.counts[number]);
    return { labelMappings: Object.fromEntries(there.map(([, { label, colour }]) => [label, { color: colour }])) };
  }

  /** Labels of an answer are there whether the task knows them or not; those of an initial value are the task's. */
  thingsIn(contents, isInitial) {
    const mappings = Object.entries(contents?.labelMappings ?? {});
    const colours = new Map(mappings.map(([label, one]) => [label, one?.color]));
    const labels = isInitial ? this.known : [...new Set([...this.known, ...colours.keys()])];
    return labels.map((label) => ({ label, colour: colours.get(label) ?? this.given[this.known.indexOf(label)] ?? "" }));
  }

  coloursIn(contents) {
    return Object.values(contents?.labelMappings ?? {}).map((one) => one?.color);
  }

  /** What flattened fields have of other labels than the task's cannot be asked for. */
  contentsFrom(taken) {
    const colours = this.known.map((label) => [label, taken("labelMappings", label, "color")]).filter(([, color]) => color);
    const flat = Object.fromEntries(colours.map(([label, color]) => [label, { color }]));
    return {
      labelMappings: taken("labelMappings") ?? flat,
      labeledImage: { pngImageData: taken("labeledImage", "pngImageData") },
    };
  }

  // ---- What is painted -----------------------------------------------------------------------------------------

  items() {
    const painted = [...this.things].filter(([number]) => this.mask?.counts[number]);
    return painted.map(([id, { label, colour }]) => ({ id, label, colour, text: `${label}, ${this.shareOf(id)}` }));
  }

  select(number) {
    this.chooseLabel(this.things.get(number).label);
  }

  labelChosen(label) {
    if (this.brushes.kind === "eraser") this.brushes.choose("brush");
    this.say(`Label: ${label}`);
  }

  discard(number) {
    if (number === undefined || this.isDisabled) return super.discard(number);
    this.remember(this.eraseThing(number));
    this.changed(`Erased: everything of ${this.nameOf(number)}.`);
    return true;
  }
}

noteControl(CrowdSemanticSegmentation);
define(CrowdSemanticSegmentation);
return { definition };
})();

// elements/crowd-slider.js
const $elements_crowd_slider = (() => {
const { CrowdControl, noteControl } = $parts_control;
const { define } = $parts_element;

const definition = {
  "element": "crowd-slider",
  "summary": "A number chosen on a line; it always has one.",
  "attributes": {
    "name": { "type": "text", "about": "Under which name the answer is sent." },
    "min": { "type": "number", "default": "0", "about": "The least number." },
    "max": { "type": "number", "default": "100", "about": "The greatest number." },
    "step": { "type": "number", "default": "1", "about": "What lies between two numbers." },
    "value": { "type": "number", "about": "Where it stands at the start; else at the least." },
    "pin": { "type": "boolean", "about": "Shows the number above the line." },
    "editable": { "type": "boolean", "about": "The number can be typed too." },
    "secondary-progress": { "type": "number", "about": "A second mark on the line." },
    "required": { "type": "boolean", "about": "Always satisfied: there is a number from the start." },
    "disabled": { "type": "boolean", "about": "Can be read, not changed, and is not sent." }
  },
  "slots": { "": "shown below: of a tag written `<crowd-slider />` browsers take what follows for its content" },
  "events": { "input": "as it is moved", "change": "when it is let go" },
  "answer": "a number",
  "sample": { "howMuch": 3 },
  "keys": { "Arrows": "one step", "Page Up, Page Down": "several", "Home, End": "the least and the greatest" },
  "demo": [
    "<label for=\"fluency\">How fluent is it?</label>",
    "<crowd-slider id=\"fluency\" name=\"fluency\" min=\"1\" max=\"5\" pin></crowd-slider>",
    "<label for=\"share\">Which part of it, in percent?</label>",
    "<crowd-slider id=\"share\" name=\"share\" step=\"5\" value=\"50\" editable></crowd-slider>"
  ]
};

class CrowdSlider extends CrowdControl {
  static definition = definition;
  static takesFocus = true;
  static markup = `<span class="row"><input type="range"><output aria-hidden="true" hidden></output>
    <input class="field" type="number" hidden></span><slot></slot>`;
  static styles = `
    :host { display: block; max-width: 100%; margin-block: 0.25rem 0.75rem; }
    .row { display: flex; min-height: var(--crowd-control); align-items: center; gap: 0.75rem; }
    input[type="range"] { width: 12.5rem; max-width: 100%; min-width: 0; height: 1.75rem; flex: 0 1 20rem; accent-color: var(--crowd-accent); cursor: pointer; }
    input[type="range"]:disabled { cursor: not-allowed; }
    .marked { background: linear-gradient(var(--crowd-accent), var(--crowd-accent)) 0 85% / var(--mark) 3px no-repeat; }
    output { min-width: 2.5rem; padding: 0.1rem 0.5rem; border-radius: 1rem; background: var(--crowd-accent-wash);
      color: var(--crowd-ink); font-weight: 600; font-variant-numeric: tabular-nums; text-align: center; }
    .field { width: 6rem; }`;

  constructor() {
    super();
    [this.range, this.field] = this.root.querySelectorAll("input");
    this.range.addEventListener("input", () => this.show());
    this.range.addEventListener("change", () => this.announce("change"));
    this.field.addEventListener("change", () => this.take(this.field.value));
    this.field.addEventListener("input", (event) => event.stopPropagation()); // half a number is none
  }

  get anchor() {
    return this.range;
  }

  get value() {
    return this.isConnected ? Number(this.range.value) : Number(this.wanted ?? this.getAttribute("value") ?? 0);
  }

  set value(value) {
    this.wanted = value === null || value === "" || Number.isNaN(Number(value)) ? undefined : Number(value);
    this.update();
  }

  get secondaryProgress() {
    return Number(this.getAttribute("secondary-progress"));
  }

  set secondaryProgress(value) {
    this.setAttribute("secondary-progress", value);
  }

  answer() {
    return this.value;
  }

  sent() {
    return String(this.value);
  }

  enter(taken) {
    this.value = taken();
  }

  reset() {
    this.value = this.getAttribute("value");
  }

  take(typed) {
    this.wanted = typed === "" ? this.value : Number(typed);
    this.update();
    this.announce("input", "change");
  }

  attributeChangedCallback(name, before, now) {
    if (name === "value" && before !== now) this.wanted = undefined;
    super.attributeChangedCallback(name, before, now);
  }

  update() {
    const least = numberOr(this.getAttribute("min"), 0);
    const most = numberOr(this.getAttribute("max"), 100);
    for (const field of [this.range, this.field]) {
      [field.min, field.max, field.step] = [least, most, numberOr(this.getAttribute("step"), 1) || "any"];
      field.disabled = this.isDisabled;
      field.setAttribute("aria-label", this.spokenName || "Slider");
    }
    const standing = this.wanted ?? numberOr(this.getAttribute("value"), least);
    this.range.value = standing;
    this.wanted = standing;
    this.part$("output").hidden = !this.hasAttribute("pin");
    this.field.hidden = !this.hasAttribute("editable");
    this.range.classList.toggle("marked", this.hasAttribute("secondary-progress"));
    this.range.style.setProperty("--mark", `${(100 * (this.secondaryProgress - least)) / (most - least || 1)}%`);
    this.show();
  }

  show() {
    this.wanted = Number(this.range.value);
    this.part$("output").value = this.range.value;
    this.field.value = this.range.value;
    this.validate();
  }
}

function numberOr(text, other) {
  const number = Number(text);
  return text === null || text === "" || Number.isNaN(number) ? other : number;
}

noteControl(CrowdSlider);
define(CrowdSlider);
return { definition };
})();

// elements/crowd-tab.js
const $elements_crowd_tab = (() => {
const { CrowdElement, define } = $parts_element;

const definition = {
  "element": "crowd-tab",
  "summary": "One of the tabs in a crowd-tabs.",
  "attributes": { "header": { "type": "text", "about": "What the tab is called." } },
  "slots": { "": "anything" },
  "events": {},
  "answer": "none",
  "demo": [
    "<crowd-tabs>",
    "  <crowd-tab header=\"Before\"><p>The street as it was.</p></crowd-tab>",
    "  <crowd-tab header=\"After\"><p>The street as it is.</p></crowd-tab>",
    "</crowd-tabs>"
  ]
};

class CrowdTab extends CrowdElement {
  static definition = definition;
  static styles = `:host { display: block; }`;

  update() {
    this.setAttribute("role", "tabpanel");
    const header = this.getAttribute("header");
    if (header && this.getAttribute("aria-label") !== header) this.setAttribute("aria-label", header);
    this.parentElement?.refresh?.();
  }
}

define(CrowdTab);
return { definition };
})();

// elements/crowd-tabs.js
const $elements_crowd_tabs = (() => {
const { CrowdElement, define, whenParsed } = $parts_element;
const { TAB_STYLES, TabRow } = $parts_tabs;

const definition = {
  "element": "crowd-tabs",
  "summary": "Shows one of the tabs in it at a time; what stands in the others counts all the same.",
  "attributes": {},
  "slots": { "": "crowd-tab" },
  "events": { "change": "when another tab is opened by the worker" },
  "answer": "none",
  "keys": { "Arrows": "the next tab and the one before", "Home, End": "the first and the last" },
  "demo": [
    "<crowd-tabs>",
    "  <crowd-tab header=\"First\"><crowd-input name=\"first\" label=\"What is first?\"></crowd-input></crowd-tab>",
    "  <crowd-tab header=\"Second\"><crowd-input name=\"second\" label=\"What comes then?\"></crowd-input></crowd-tab>",
    "</crowd-tabs>"
  ]
};

class CrowdTabs extends CrowdElement {
  static definition = definition;
  static markup = `<div role="tablist"></div><div class="panels"><slot></slot></div>`;
  static styles = `:host { display: block; margin-block: 0.5rem; } ${TAB_STYLES} .panels { padding-block: 0.75rem; }`;

  constructor() {
    super();
    this.row = new TabRow(this.part$("[role=tablist]"), () => this.showChosen());
    this.part$("slot").addEventListener("slotchange", () => this.refresh());
    // Something wrong in a tab that is not open would not be seen.
    this.addEventListener("invalid", (event) => this.openFor(event.target), true);
  }

  connectedCallback() {
    super.connectedCallback();
    whenParsed(() => this.refresh());
  }

  get tabs() {
    return [...this.children].filter((child) => child.localName === "crowd-tab");
  }

  refresh() {
    const names = this.tabs.map((tab, i) => tab.getAttribute("header") || `${i + 1}`);
    this.row.show(names);
    this.showChosen();
  }

  showChosen() {
    this.tabs.forEach((tab, i) => (tab.hidden = i !== this.row.chosen));
  }

  openFor(element) {
    const index = this.tabs.findIndex((tab) => tab.contains(element));
    const isOtherShown = this.tabs[this.row.chosen]?.querySelector(":invalid");
    if (index >= 0 && index !== this.row.chosen && !isOtherShown) this.row.choose(index);
  }
}

define(CrowdTabs);
return { definition };
})();

// elements/crowd-text-area.js
const $elements_crowd_text_area = (() => {
const { noteControl } = $parts_control;
const { define } = $parts_element;
const { TextControl } = $parts_text_control;

const definition = {
  "element": "crowd-text-area",
  "summary": "Text of several lines.",
  "attributes": {
    "name": { "type": "text", "about": "Under which name the answer is sent." },
    "label": { "type": "text", "about": "What stands above the field." },
    "value": { "type": "text", "about": "What is in the field at the start; sent if nobody changes it." },
    "placeholder": { "type": "text", "about": "What an empty field shows." },
    "rows": { "type": "number", "default": "2", "about": "How many lines the field has at least." },
    "max-rows": { "type": "number", "about": "From how many lines on it is scrolled instead of growing." },
    "required": { "type": "boolean", "about": "Nothing can be submitted while the field is empty." },
    "max-length": { "type": "number", "about": "More characters cannot be typed or pasted." },
    "char-counter": { "type": "boolean", "about": "Shows how many characters there are." },
    "allowed-pattern": { "type": "text", "about": "A regular expression; with auto-validate other characters vanish as they are typed." },
    "auto-validate": { "type": "boolean", "about": "What is wrong is said when the field is left." },
    "error-message": { "type": "text", "about": "What is said then." },
    "auto-focus": { "type": "boolean", "about": "The field has the focus when the page opens." },
    "disabled": { "type": "boolean", "about": "Can be read, not changed, and is not sent." }
  },
  "slots": {},
  "events": { "input": "as it is typed", "change": "when it is done" },
  "answer": "the text, lines ended by \\n; left out when empty",
  "sample": { "essay": "The first line.\nThe second." },
  "demo": [
    "<crowd-text-area name=\"essay\" label=\"What happens here?\" rows=\"3\" max-rows=\"8\" max-length=\"300\"",
    "    char-counter required></crowd-text-area>"
  ]
};

class CrowdTextArea extends TextControl {
  static definition = definition;
  static markup = `<label><span class="label"></span><textarea class="field"></textarea></label>
    <p class="count" hidden></p><p class="fault" role="alert"></p>`;
  static styles = `
    :host { display: block; margin-block: 0.5rem 1rem; }
    textarea { display: block; line-height: 1.5; resize: vertical; }
    .count { margin: 0.25rem 0 0; color: var(--crowd-soft); font-size: 0.875em; font-variant-numeric: tabular-nums; text-align: end; }`;

  update() {
    super.update();
    if (!this.field.hasAttribute("rows")) this.field.rows = 2;
    this.part$(".count").hidden = !this.hasAttribute("char-counter");
  }

  changed() {
    super.changed();
    const most = this.getAttribute("max-length");
    this.part$(".count").textContent = most ? `${this.value.length} / ${most}` : `${this.value.length}`;
    this.grow();
  }

  /** As high as its text, up to max-rows. */
  grow() {
    const { field } = this;
    if (!this.isConnected || !field.clientHeight) return;
    field.style.height = "auto";
    const frame = field.offsetHeight - field.clientHeight;
    const style = getComputedStyle(field);
    const padding = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
    const rows = Number(this.getAttribute("max-rows")) || Infinity;
    const most = rows * parseFloat(style.lineHeight) + padding;
    if (field.scrollHeight > field.clientHeight || most < field.scrollHeight)
      field.style.height = `${Math.min(field.scrollHeight, most) + frame}px`;
  }
}

noteControl(CrowdTextArea);
define(CrowdTextArea);
return { definition };
})();

// parts/text/ranks.js
const $parts_text_ranks = (() => {
const RANKS_STYLES = `
  .dimension { min-width: 0; margin: 0 0 1.25rem; padding: 0; border: 0; }
  .dimension legend { padding: 0; font-weight: 600; }
  .dimension .tie { margin: 0 0 0.5rem; color: var(--crowd-soft); font-size: 0.875em; }
  .rank-row { display: flex; flex-wrap: wrap; align-items: center; gap: 0.35rem; padding-block: 0.3rem; border-top: 1px solid var(--crowd-line); }
  .rank-row .of { min-width: 6.5rem; flex: 1; }
  .rank { position: relative; display: grid; width: 2.5rem; height: 2.5rem; place-items: center; border: 1px solid var(--crowd-line-strong);
    border-radius: 50%; background: var(--crowd-raised); font-variant-numeric: tabular-nums; cursor: pointer; }
  .rank:hover { border-color: var(--crowd-accent); }
  .rank:has(:checked) { border-color: var(--crowd-accent); background: var(--crowd-accent); color: var(--crowd-accent-ink); font-weight: 700; }
  .rank:has(:focus-visible) { outline: 2px solid var(--crowd-accent); outline-offset: 2px; }
  .rank:has(:disabled) { cursor: not-allowed; }
  .rank:has(:disabled):not(:has(:checked)) { background: var(--crowd-sunk); color: var(--crowd-soft); }
  .rank input { position: absolute; inset: 0; margin: 0; opacity: 0; cursor: inherit; }`;

function ranksOf({ name, allowTie }, dimension, count) {
  const [group, legend, tie] = ["fieldset", "legend", "p"].map((tag) => document.createElement(tag));
  [group.className, tie.className] = ["dimension", "tie"];
  legend.textContent = name;
  tie.textContent = allowTie ? "1 is the best. Responses may share a rank." : "1 is the best. Each rank once.";
  group.append(legend, tie, ...Array.from({ length: count }, (_, response) => rowOf(name, dimension, response, count)));
  return group;
}

function rowOf(name, dimension, response, count) {
  const [row, title] = ["div", "span"].map((tag) => document.createElement(tag));
  [row.className, title.className] = ["rank-row", "of"];
  title.textContent = `Response ${response + 1}`;
  row.setAttribute("role", "radiogroup");
  row.setAttribute("aria-label", `${name}: ${title.textContent}`);
  row.append(title, ...Array.from({ length: count }, (_, at) => rankOf(dimension, response, at + 1)));
  return row;
}

function rankOf(dimension, response, rank) {
  const [label, box] = ["label", "input"].map((tag) => document.createElement(tag));
  label.className = "rank";
  [box.type, box.name, box.value] = ["radio", `${dimension}-${response}`, rank];
  [box.dataset.dimension, box.dataset.response] = [dimension, response];
  label.append(box, String(rank));
  return label;
}
return { RANKS_STYLES, ranksOf };
})();

// elements/crowd-text-ranking.js
const $elements_crowd_text_ranking = (() => {
const { listIn } = $parts_answers;
const { noteControl } = $parts_control;
const { define } = $parts_element;
const { frameMarkup, frameStyles } = $parts_frame;
const { FullScreenControl } = $parts_full_screen;
const { NotAList, parseLoosely, textsIn } = $parts_loose_lists;
const { joinForm, showInstructions, TOLD, TOLD_STYLES } = $parts_text_beside_form;
const { RANKS_STYLES, ranksOf } = $parts_text_ranks;

const definition = {
  "element": "crowd-text-ranking",
  "summary": "Responses to a text are ranked, 1 being the best, by one or more dimensions. All have to be ranked. Where ties are not allowed, a rank that is given to another response changes places.",
  "attributes": {
    "name": { "type": "text", "about": "Under which name the answer is sent. Without it `ordinalRankingDimensions` itself is the name, as in templates of the first version." },
    "header": { "type": "text", "about": "What is asked." },
    "text": { "type": "text", "required": true, "about": "What the responses are to." },
    "responses": { "type": "list", "required": true, "about": "The responses: a list of texts." },
    "ordinal-ranking-dimensions": { "type": "list", "required": true, "about": "By what: objects with `name` and `allowTie`." },
    "instructions": { "type": "text", "about": "What workers are told, line by line." },
    "crowd-form-element-id": { "type": "text", "about": "The id of its crowd-form, if it stands beside that." },
    "disabled": { "type": "boolean", "about": "Shows the ranks; they cannot be changed." }
  },
  "slots": {
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when a rank is given" },
  "answer": "{\"ordinalRankingDimensions\": [{\"allowTie\", \"name\", \"responseRankings\"}, …]}: the rank of each response, in the order of the responses, as the code of public samples reads it. That there is `allowTie` too is our choice.",
  "sample": { "textRanking": { "ordinalRankingDimensions": [{ "allowTie": true, "name": "Clarity", "responseRankings": [2, 1] }] } },
  "demo": [
    "<crowd-text-ranking name=\"ranking\" text=\"Why is the sea salty?\"",
    "    ordinal-ranking-dimensions=\"[{name: 'Clarity', allowTie: true}, {name: 'Correctness', allowTie: false}]\"",
    "    responses=\"['Rivers carry salts from the rocks, and only water leaves.', 'Because of the fish.']\">",
    "  <short-instructions header=\"In short\">1 is the best.</short-instructions>",
    "</crowd-text-ranking>"
  ]
};

const MIDDLE = `${TOLD}<div class="prompt"></div><ol class="responses"></ol>`;
const SIDE = `<div class="dimensions"></div>`;

class CrowdTextRanking extends FullScreenControl {
  static definition = definition;
  static usualName = "ordinalRankingDimensions";
  static markup = frameMarkup(MIDDLE, SIDE);
  static styles = `
    :host { display: block; margin-block: 0.5rem; }
    ${frameStyles} ${TOLD_STYLES} ${RANKS_STYLES}
    .prompt { padding: 0.75rem 1rem; border-inline-start: 4px solid var(--crowd-accent); background: var(--crowd-sunk);
      font-weight: 600; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
    .responses { display: grid; gap: 0.75rem; margin: 1rem 0 0; padding: 0; list-style: none; counter-reset: response; }
    .responses li { padding: 0.75rem 1rem; border: 1px solid var(--crowd-line); border-radius: var(--crowd-radius);
      background: var(--crowd-raised); white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
    .responses strong { display: block; }
    .category-picker-wrapper { position: sticky; top: 1rem; align-self: flex-start; width: 22rem; max-height: calc(100vh - 6rem); overflow: auto; }
    @media (max-width: 48rem) { .category-picker-wrapper { position: static; width: auto; max-height: none; } }`;

  constructor() {
    super();
    this.ranks = new Map();
    this.part$(".dimensions").addEventListener("change", (event) => this.onRank(event));
  }

  connectedCallback() {
    super.connectedCallback();
    joinForm(this);
  }

  get anchor() {
    return this.part$(".dimensions input") ?? undefined;
  }

  get dimensions() {
    const items = this.read("ordinal-ranking-dimensions", (text) => [parseLoosely(text)].flat());
    return items.filter(Boolean).map((item) => (typeof item === "object" ? item : { name: item }))
      .map(({ name, allowTie }) => ({ name: String(name), allowTie: allowTie === true || allowTie === "true" }));
  }

  get responseTexts() {
    return this.read("responses", textsIn);
  }

  read(attribute, parse) {
    const text = this.getAttribute(attribute) ?? "";
    try {
      return text.trim() ? parse(text) : [];
    } catch (error) {
      if (error instanceof NotAList) return [];
      throw error;
    }
  }

  get value() {
    return this.answer();
  }

  update() {
    showInstructions(this);
    this.part$(".prompt").textContent = this.getAttribute("text") ?? "";
    const { dimensions, responseTexts } = this;
    const made = JSON.stringify([dimensions, responseTexts]);
    if (made !== this.made) {
      this.made = made;
      this.part$(".responses").replaceChildren(...responseTexts.map(responseOf));
      this.part$(".dimensions").replaceChildren(...dimensions.map((one, i) => ranksOf(one, i, responseTexts.length)));
      if (!dimensions.length || !responseTexts.length) this.part$(".dimensions").textContent = "This task's responses or dimensions cannot be read.";
    }
    for (const box of this.root.querySelectorAll(".dimensions input")) {
      box.checked = this.ranksIn(Number(box.dataset.dimension))[box.dataset.response] === Number(box.value);
      box.disabled = this.isDisabled;
    }
    super.update();
  }

  ranksIn(dimension) {
    if (!this.ranks.has(dimension)) this.ranks.set(dimension, []);
    return this.ranks.get(dimension);
  }

  onRank(event) {
    event.stopPropagation();
    const { value, dataset } = event.target;
    const [dimension, response, rank] = [dataset.dimension, dataset.response, value].map(Number);
    const ranks = this.ranksIn(dimension);
    const other = this.dimensions[dimension].allowTie ? -1 : ranks.indexOf(rank);
    if (other >= 0 && other !== response) ranks[other] = ranks[response];
    ranks[response] = rank;
    this.update();
    this.announce("input", "change");
  }

  fault() {
    const { length } = this.responseTexts;
    const lacking = length && this.dimensions.find((_, i) => Array.from({ length }, (__, at) => this.ranksIn(i)[at]).some((rank) => !rank));
    return lacking ? `Rank every response by ${lacking.name}.` : "";
  }

  answer() {
    const { length } = this.responseTexts;
    const all = this.dimensions.map((dimension, i) => ({
      ...dimension,
      responseRankings: Array.from({ length }, (_, at) => this.ranksIn(i)[at] ?? null),
    }));
    const isBegun = all.some(({ responseRankings }) => responseRankings.some(Boolean));
    if (!isBegun) return undefined;
    return this.getAttribute("name") ? { ordinalRankingDimensions: all } : all;
  }

  sent() {
    return JSON.stringify(this.answer() ?? null);
  }

  enter(taken) {
    const kept = listIn(this.getAttribute("name") ? taken("ordinalRankingDimensions") : taken());
    const byName = new Map(kept.filter(Boolean).map(({ name, responseRankings }) => [name, listIn(responseRankings)]));
    this.ranks = new Map(this.dimensions.map(({ name }, i) => [i, (byName.get(name) ?? []).map((rank) => Number(rank) || undefined)]));
    this.update();
  }

  reset() {
    this.ranks = new Map();
    this.update();
  }
}

function responseOf(text, index) {
  const [item, title] = ["li", "strong"].map((tag) => document.createElement(tag));
  title.textContent = `Response ${index + 1}`;
  item.append(title, text);
  return item;
}

noteControl(CrowdTextRanking);
define(CrowdTextRanking);
return { definition };
})();

// parts/text/form-blocks.js
const $parts_text_form_blocks = (() => {
const lower = (name) => name.charAt(0).toLowerCase() + name.slice(1);

/** The same with names that begin with small letters. */
function lowered(value) {
  if (Array.isArray(value)) return value.map(lowered);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [lower(name), lowered(part)]));
}

const listOf = (value) => (Array.isArray(value) ? value : []);
const idsOf = (block, type) =>
  listOf(block?.relationships).filter((one) => one?.type === type).flatMap(({ ids }) => listOf(ids).map(String));

function textOf(block, byId) {
  if (typeof block?.text === "string") return block.text;
  const children = idsOf(block, "CHILD").map((id) => byId.get(id));
  const texts = children.map((child) => child?.text ?? (child?.selectionStatus === "SELECTED" ? "X" : ""));
  return texts.filter(Boolean).join(" ");
}

/** [{id, key, value, keyBlock, valueBlock}, …] of all blocks that are keys. */
function pairsIn(blocks) {
  const all = lowered(listOf(blocks)).filter((block) => block && typeof block === "object");
  const byId = new Map(all.map((block) => [String(block.id), block]));
  const keys = all.filter((block) => block.blockType === "KEY_VALUE_SET" && listOf(block.entityTypes).includes("KEY"));
  return keys.map((keyBlock) => {
    const values = idsOf(keyBlock, "VALUE").map((id) => byId.get(id)).filter(Boolean);
    const value = values.map((block) => textOf(block, byId)).filter(Boolean).join(" ");
    return { id: String(keyBlock.id), key: textOf(keyBlock, byId), value, keyBlock, valueBlock: values[0] };
  });
}

/** Keys that somebody has to look for, [{name, others}, …]. */
function importantKeys(items) {
  const named = listOf(items).filter(Boolean).map((item) => (typeof item === "object" ? item : { importantFormKey: item }));
  return named
    .filter(({ importantFormKey }) => importantFormKey)
    .map(({ importantFormKey, importantFormKeyAliases }) => ({ name: String(importantFormKey), others: listOf(importantFormKeyAliases).map(String) }));
}

const plain = (text) => text.trim().replace(/[:\s]+$/, "").toLowerCase();

const isCalled = ({ name, others }, key) => [name, ...others].some((one) => plain(one) === plain(key));

/** Both blocks of a pair, as they are sent. */
function blocksOf({ id, key, value, keyBlock, valueBlock }) {
  const valueId = String(valueBlock?.id ?? `${id}-value`);
  const others = listOf(keyBlock?.relationships).filter((one) => one?.type !== "VALUE");
  const relationships = [...others, { ids: [valueId], type: "VALUE" }];
  return [
    { blockType: "KEY_VALUE_SET", entityTypes: ["KEY"], id, relationships, text: key },
    { blockType: "KEY_VALUE_SET", entityTypes: ["VALUE"], id: valueId, relationships: listOf(valueBlock?.relationships), text: value },
  ];
}

/** Where a block is, in parts of the page: {left, top, width, height}; null if it does not say. */
function boxOf(block) {
  const box = block?.geometry?.boundingBox;
  const sides = ["left", "top", "width", "height"].map((name) => [name, Number(box?.[name])]);
  return box && sides.every(([, number]) => Number.isFinite(number)) ? Object.fromEntries(sides) : null;
}
return { pairsIn, importantKeys, isCalled, blocksOf, boxOf };
})();

// elements/crowd-textract-analyze-document.js
const $elements_crowd_textract_analyze_document = (() => {
const { listIn } = $parts_answers;
const { noteControl } = $parts_control;
const { define } = $parts_element;
const { frameMarkup, frameStyles } = $parts_frame;
const { FullScreenControl } = $parts_full_screen;
const { NotAList, parseLoosely } = $parts_loose_lists;
const { Picture, PICTURE, PICTURE_STYLES } = $parts_picture;
const { blocksOf, boxOf, importantKeys, isCalled, pairsIn } = $parts_text_form_blocks;

const definition = {
  "element": "crowd-textract-analyze-document",
  "summary": "Keys and values that a program has read from a document are reviewed and corrected (Augmented AI). Where they are on the page is shown, and cannot be changed.",
  "attributes": {
    "name": { "type": "text", "default": "AWS/Textract/AnalyzeDocument/Forms/V1", "about": "Under which name the answer is sent." },
    "header": { "type": "text", "about": "What is asked." },
    "src": { "type": "text", "required": true, "about": "The address of the document's picture." },
    "initial-value": { "type": "list", "about": "What was read: blocks as Textract gives them, their names beginning with capitals or not." },
    "keys": { "type": "list", "about": "Keys to look for that may not have been read: objects with `importantFormKey` and `importantFormKeyAliases`, or texts." },
    "block-types": { "type": "list", "about": "What is reviewed: `['KEY_VALUE_SET']`, which is all there is." },
    "no-key-edit": { "type": "boolean", "about": "Keys cannot be changed, only values." },
    "no-geometry-edit": { "type": "boolean", "about": "Places cannot be changed; here they never can." },
    "disabled": { "type": "boolean", "about": "Shows what was reviewed; it cannot be changed." }
  },
  "slots": {
    "short-instructions": "shown at the side, with its header",
    "full-instructions": "shown in a dialog, with its header"
  },
  "events": { "change": "when something is corrected" },
  "answer": "{\"blocks\": [{\"blockType\", \"entityTypes\", \"id\", \"relationships\", \"text\"}, …]}: a block for each key, with the one of its value after it. What is no pair, and keys that were not found, are left out; a value that is blank is an empty text. That it is so is our choice: only a sample of a key is documented.",
  "sample": { "AWS/Textract/AnalyzeDocument/Forms/V1": { "blocks": [{ "blockType": "KEY_VALUE_SET", "entityTypes": ["KEY"], "id": "8c97b240", "relationships": [{ "ids": ["6ee7b7da"], "type": "VALUE" }], "text": "Foo bar baz" }] } },
  "demo": [
    "<crowd-textract-analyze-document header=\"Correct what was read\" no-key-edit no-geometry-edit",
    "    src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='320' height='120'%3E%3Crect width='320' height='120' fill='%23fff'/%3E%3Ctext x='20' y='65' font-size='24'%3EName: Ada Bell%3C/text%3E%3C/svg%3E\"",
    "    initial-value=\"[{blockType: 'KEY_VALUE_SET', id: 'k', entityTypes: ['KEY'], text: 'Name:', relationships: [{type: 'VALUE', ids: ['v']}],",
    "      geometry: {boundingBox: {left: 0.05, top: 0.35, width: 0.22, height: 0.25}}},",
    "      {blockType: 'KEY_VALUE_SET', id: 'v', entityTypes: ['VALUE'], text: 'Ada Bel', geometry: {boundingBox: {left: 0.3, top: 0.35, width: 0.3, height: 0.25}}}]\"",
    "    keys=\"[{importantFormKey: 'Address', importantFormKeyAliases: ['Addr.']}]\">",
    "  <short-instructions header=\"In short\">Correct what does not match.</short-instructions>",
    "</crowd-textract-analyze-document>"
  ]
};

const MIDDLE = PICTURE.replace("</div>", `<div class="boxes"></div></div>`);
const SIDE = `<div class="form-pairs"></div><template class="of-pair"><fieldset class="form-pair">
  <legend></legend>
  <label class="key-entry"><span class="label">Key</span><input class="field key"></label>
  <label><span class="label">Value</span><textarea class="field value" rows="1"></textarea></label>
  <label class="denied"><input type="checkbox" class="deny"> <span></span></label></fieldset></template>`;

class CrowdTextractAnalyzeDocument extends FullScreenControl {
  static definition = definition;
  static usualName = "AWS/Textract/AnalyzeDocument/Forms/V1";
  static markup = frameMarkup(MIDDLE, SIDE);
  static styles = `
    :host { display: block; margin-block: 0.5rem; }
    ${frameStyles} ${PICTURE_STYLES}
    .category-picker-wrapper { width: 22rem; }
    .boxes { position: absolute; inset: 0; pointer-events: none; }
    .boxes span { position: absolute; border: 2px solid #0072b2; background: rgb(0 114 178 / 15%); }
    .boxes span.of-value { border: 2px dashed #c44e00; background: rgb(230 159 0 / 25%); }
    .form-pair { min-width: 0; margin: 0 0 0.75rem; padding: 0.5rem 0.75rem 0.75rem; border: 1px solid var(--crowd-line-strong); border-radius: var(--crowd-radius); background: var(--crowd-raised); }
    .form-pair:focus-within { border-color: var(--crowd-accent); box-shadow: inset 0 0 0 1px var(--crowd-accent); }
    .form-pair legend { padding: 0 0.35rem; font-weight: 600; overflow-wrap: anywhere; }
    .form-pair .label { margin-top: 0.35rem; font-size: 0.875em; }
    .form-pair textarea { line-height: 1.5; resize: vertical; field-sizing: content; }
    .denied { display: flex; align-items: center; gap: 0.5rem; margin-top: 0.5rem; min-height: 2rem; }
    .denied input { width: 1.15rem; height: 1.15rem; accent-color: var(--crowd-accent); }
    @media (max-width: 48rem) { .category-picker-wrapper { width: auto; } }`;

  constructor() {
    super();
    [this.picture, this.pairs] = [new Picture(this.root), []];
    const place = this.part$(".form-pairs");
    place.addEventListener("input", (event) => this.onInput(event));
    place.addEventListener("change", (event) => event.stopPropagation());
    place.addEventListener("focusin", (event) => this.point(this.pairs[event.target.closest("fieldset")?.dataset.at]));
  }

  get anchor() {
    return this.part$(".form-pairs textarea") ?? undefined;
  }

  get value() {
    return this.answer();
  }

  listOf(attribute) {
    const text = this.getAttribute(attribute);
    try {
      return text?.trim() ? [parseLoosely(text)].flat() : [];
    } catch (error) {
      if (error instanceof NotAList) return [];
      throw error;
    }
  }

  update(name) {
    this.picture.at(this.getAttribute("src") ?? "");
    if (!this.isBegun || ["initial-value", "keys"].includes(name)) this.begin();
    for (const field of this.root.querySelectorAll(".form-pairs :is(input, textarea)")) field.disabled = this.isDisabled;
    super.update();
  }

  begin() {
    this.isBegun = true;
    const read = pairsIn(this.listOf("initial-value"));
    const lacking = importantKeys(this.listOf("keys")).filter((important) => !read.some(({ key }) => isCalled(important, key)));
    const added = lacking.map(({ name }, i) => ({ id: `added-${i + 1}`, key: name, value: "", isAdded: true }));
    this.pairs = [...read, ...added];
    this.showPairs();
  }

  showPairs() {
    const place = this.part$(".form-pairs");
    place.replaceChildren(...this.pairs.map((pair, at) => this.fieldsOf(pair, at)));
    if (!this.pairs.length) place.textContent = "Nothing was read in this document.";
  }

  fieldsOf(pair, at) {
    const group = this.part$(".of-pair").content.cloneNode(true).firstElementChild;
    group.dataset.at = at;
    group.querySelector("legend").textContent = pair.key || "Without a key";
    const [key, value, deny] = [".key", ".value", ".deny"].map((one) => group.querySelector(one));
    group.querySelector(".key-entry").hidden = this.hasAttribute("no-key-edit") || Boolean(pair.isAdded);
    [key.value, value.value, deny.checked] = [pair.key, pair.value, Boolean(pair.isDenied)];
    value.placeholder = "Blank";
    group.querySelector(".denied span").textContent = pair.isAdded ? "Key not found" : "Not a key with its value";
    return group;
  }

  onInput(event) {
    event.stopPropagation();
    const pair = this.pairs[event.target.closest("fieldset").dataset.at];
    const { classList } = event.target;
    if (classList.contains("key")) pair.key = event.target.value;
    else if (classList.contains("value")) pair.value = event.target.value;
    else pair.isDenied = event.target.checked;
    this.validate();
    this.announce("input", "change");
  }

  /** Show where a pair is on the page. */
  point(pair) {
    const places = [["of-key", boxOf(pair?.keyBlock)], ["of-value", boxOf(pair?.valueBlock)]].filter(([, box]) => box);
    this.part$(".boxes").replaceChildren(
      ...places.map(([name, box]) => {
        const mark = document.createElement("span");
        mark.className = name;
        for (const [side, part] of Object.entries(box)) mark.style[side] = `${part * 100}%`;
        return mark;
      }),
    );
  }

  answer() {
    return { blocks: this.pairs.filter(({ isDenied }) => !isDenied).flatMap(blocksOf) };
  }

  sent() {
    return JSON.stringify(this.answer());
  }

  enter(taken) {
    const kept = new Map(pairsIn(listIn(taken("blocks"))).map((pair) => [pair.id, pair]));
    for (const pair of this.pairs) {
      const { key, value } = kept.get(pair.id) ?? pair;
      Object.assign(pair, { key, value, isDenied: !kept.has(pair.id) });
    }
    this.showPairs();
    this.update();
  }

  reset() {
    this.begin();
    this.update();
  }
}

noteControl(CrowdTextractAnalyzeDocument);
define(CrowdTextractAnalyzeDocument);
return { definition };
})();

// elements/crowd-toast.js
const $elements_crowd_toast = (() => {
const { CrowdElement, define } = $parts_element;

const definition = {
  "element": "crowd-toast",
  "summary": "A message that goes by itself; one at a time.",
  "attributes": {
    "duration": { "type": "number", "default": "3000", "about": "For how many milliseconds it is shown; 0 until it is closed." },
    "text": { "type": "text", "about": "The message." },
    "opened": { "type": "boolean", "about": "Shown." }
  },
  "slots": { "": "the message, or more of it" },
  "events": {},
  "answer": "none",
  "demo": [
    "<crowd-button id=\"save\">Save</crowd-button>",
    "<crowd-toast id=\"saved\" duration=\"4000\" text=\"Saved.\"></crowd-toast>",
    "<script>",
    "  save.addEventListener(\"click\", () => (saved.opened = true));",
    "<\/script>"
  ]
};

let shown = null;

class CrowdToast extends CrowdElement {
  static definition = definition;
  static markup = `<div role="status"><div class="toast" hidden><span class="text"></span> <slot></slot></div></div>`;
  static styles = `
    :host { position: fixed; z-index: 1000; bottom: 1rem; left: 1rem; max-width: min(36rem, calc(100vw - 2rem)); }
    .toast { padding: 0.8rem 1.2rem; border-radius: var(--crowd-radius);
      background: light-dark(#27251f, #ece7dd); box-shadow: var(--crowd-shadow); color: light-dark(#fffdf9, #1b1a18); overflow-wrap: anywhere; }`;

  update(name) {
    this.part$(".text").textContent = this.getAttribute("text") ?? "";
    if (name === undefined || name === "opened") this.turn();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    if (shown === this) shown = null;
  }

  turn() {
    const isOpen = this.hasAttribute("opened");
    clearTimeout(this.timer);
    this.part$(".toast").hidden = !isOpen;
    if (!isOpen) {
      if (shown === this) shown = null;
      return;
    }
    if (shown !== this) shown?.hide();
    shown = this;
    this.leaveLater();
  }

  /** Whoever still reads it (pointer over it, or focus inside) keeps it. */
  leaveLater() {
    const given = this.getAttribute("duration");
    const milliseconds = given === null || given === "" ? 3000 : Number(given);
    if (!(milliseconds > 0 && milliseconds < 2 ** 31)) return;
    const leave = () => (this.matches(":hover, :focus-within") ? this.leaveLater() : this.hide());
    this.timer = setTimeout(leave, milliseconds);
  }

  show() {
    this.setAttribute("opened", "");
  }

  open() {
    this.show();
  }

  hide() {
    this.removeAttribute("opened");
  }

  close() {
    this.hide();
  }
}

define(CrowdToast);
return { definition };
})();

// elements/crowd-toggle-button.js
const $elements_crowd_toggle_button = (() => {
const { BoxControl } = $parts_box_control;
const { noteControl } = $parts_control;
const { define } = $parts_element;

const definition = {
  "element": "crowd-toggle-button",
  "summary": "A switch.",
  "attributes": {
    "name": { "type": "text", "about": "Under which name the answer is sent." },
    "value": { "type": "text", "default": "on", "about": "The key in the answer." },
    "checked": { "type": "boolean", "about": "On at the start." },
    "required": { "type": "boolean", "about": "Nothing can be submitted until it is on." },
    "invalid": { "type": "boolean", "about": "Looks as if something were wrong." },
    "disabled": { "type": "boolean", "about": "Can be read, not changed, and is not sent." }
  },
  "slots": { "": "a label" },
  "events": { "input": "when it is switched", "change": "the same" },
  "answer": "an object: value to true or false",
  "sample": { "enabled": { "on": true } },
  "keys": { "Space": "switches it" },
  "demo": [
    "<crowd-toggle-button name=\"sound\" checked>Sound can be heard</crowd-toggle-button><br>",
    "<crowd-toggle-button name=\"speech\">Somebody speaks</crowd-toggle-button>"
  ]
};

class CrowdToggleButton extends BoxControl {
  static definition = definition;
  static role = "switch";
  static markup = `<span class="row"><span class="box" aria-hidden="true"></span><slot></slot></span><span class="fault" role="alert"></span>`;
  static styles = `
    :host { display: inline-block; margin-block: 0.25rem; outline-offset: 3px; cursor: pointer; }
    :host([aria-disabled="true"]) { cursor: not-allowed; }
    :host(:focus-visible) { outline: 2px solid var(--crowd-accent); border-radius: 0.75rem; }
    .row { display: inline-flex; min-height: 1.75rem; align-items: center; gap: 0.6rem; }
    .box { position: relative; width: 2.75rem; height: 1.5rem; flex: none;
      border: 2px solid var(--crowd-line-strong); border-radius: 0.75rem; background: var(--crowd-sunk); }
    .box::after { position: absolute; top: 0.15rem; left: 0.15rem; width: 0.95rem; height: 0.95rem;
      border-radius: 50%; background: var(--crowd-line-strong); content: ""; transition: translate 120ms ease-out; }
    .on .box { border-color: var(--crowd-accent); background: var(--crowd-accent); }
    .on .box::after { background: var(--crowd-accent-ink); translate: 1.25rem 0; }
    .off-duty { color: var(--crowd-soft); opacity: 0.75; }
    :host(:is([invalid], [aria-invalid="true"])) .box { border-color: var(--crowd-bad); }
    .fault { display: block; }
    @media (prefers-reduced-motion: reduce) { .box::after { transition: none; } }
    @media (forced-colors: active) { .box::after { background: CanvasText; } }`;

  update() {
    super.update();
    // Its name is its content; without one, its label's or its own.
    if (!this.textContent.trim() && !this.hasAttribute("aria-label") && !this.hasAttribute("aria-labelledby"))
      this.setAttribute("aria-label", this.spokenName || "Switch");
  }

  fault() {
    if (!this.hasAttribute("required") || this.checked) return "";
    return "This has to be on.";
  }
}

noteControl(CrowdToggleButton);
define(CrowdToggleButton);
return { definition };
})();

// elements/iron-icon.js
const $elements_iron_icon = (() => {
const { CrowdElement, define } = $parts_element;
const { iconOf } = $parts_icons;

const definition = {
  "element": "iron-icon",
  "summary": "A small drawing by its name, such as search, close or info.",
  "attributes": {
    "icon": { "type": "text", "about": "The name, with or without a set's name before it, or the address of a picture." },
    "src": { "type": "text", "about": "The address of a picture." }
  },
  "slots": {},
  "events": {},
  "answer": "none",
  "demo": [
    "<iron-icon icon=\"search\"></iron-icon>",
    "<iron-icon icon=\"favorite\"></iron-icon>",
    "<iron-icon icon=\"icons:home\"></iron-icon>",
    "<iron-icon icon=\"warning\"></iron-icon>"
  ]
};

class IronIcon extends CrowdElement {
  static definition = definition;
  static markup = "";
  static styles = `:host { display: inline-flex; width: 1.5rem; height: 1.5rem; align-items: center; justify-content: center; vertical-align: middle; }
    svg, .picture { width: 100%; height: 100%; }`;

  update() {
    const icon = iconOf(this.getAttribute("src") || this.getAttribute("icon"));
    this.root.replaceChildren(...[icon].filter(Boolean));
  }
}

define(IronIcon);
return { definition };
})();
})();
