/* What crowd-fab and crowd-icon-button share: a round button with an icon. */
import { CrowdElement } from "./element.js";
import { iconOf } from "./icons.js";

export class IconButton extends CrowdElement {
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
