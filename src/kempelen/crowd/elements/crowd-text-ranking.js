/* <crowd-text-ranking name="…" text="…" responses="['…', '…']" ordinal-ranking-dimensions="[{name: 'Clarity', allowTie: true}]"></…> */
import { listIn } from "../parts/answers.js";
import { noteControl } from "../parts/control.js";
import { define } from "../parts/element.js";
import { frameMarkup, frameStyles } from "../parts/frame.js";
import { FullScreenControl } from "../parts/full-screen.js";
import { NotAList, parseLoosely, textsIn } from "../parts/loose-lists.js";
import { joinForm, showInstructions, TOLD, TOLD_STYLES } from "../parts/text/beside-form.js";
import { RANKS_STYLES, ranksOf } from "../parts/text/ranks.js";

export const definition = {
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
