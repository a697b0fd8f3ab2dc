/* What all full-screen elements share: the frame around them, its header, and keys for the whole page. */
import { CrowdControl } from "./control.js";
import { Frame } from "./frame.js";

const TYPING =
  "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, " +
  "[contenteditable]:not([contenteditable=false])";

const there = new Set();

export class FullScreenControl extends CrowdControl {
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
