/* <crowd-instructions link-text="Instructions"><short-summary>…</short-summary> …</crowd-instructions> */
import { define, whenParsed } from "../parts/element.js";
import { dialogMarkup, Opener } from "../parts/opener.js";
import { TAB_STYLES, TabRow } from "../parts/tabs.js";

export const definition = {
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
