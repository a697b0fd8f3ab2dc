/*
 * What all elements share: a shadow root with a look, and attributes that are properties too.
 *
 * A class names its markup (`static markup`, a constant without anything of the page's in it), its styles
 * (`static styles`) and its `definition`. `update()` shows the attributes as they are; it is called when
 * the element is put into a page and whenever one of them changes.
 */
import { look, sheetOf } from "./look.js";

const fragments = new Map();

function fragmentOf(markup) {
  if (!fragments.has(markup)) {
    const template = document.createElement("template");
    template.innerHTML = markup;
    fragments.set(markup, template.content);
  }
  return document.importNode(fragments.get(markup), true);
}

export const camelCase = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

export class CrowdElement extends HTMLElement {
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
export function define(Class) {
  addProperties(Class);
  const name = Class.definition.element;
  if (!customElements.get(name)) customElements.define(name, Class);
}

/** Call `act` when the page's markup is there, so that an element has its children. */
export function whenParsed(act) {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", act, { once: true });
  else act();
}
