/* <crowd-button form-action="submit">Send</crowd-button>: a real button, or a link. */
import { CrowdElement, define } from "../parts/element.js";
import { iconOf } from "../parts/icons.js";

export const definition = {
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
