/* <crowd-textract-analyze-document src="…" initial-value="[{blockType: 'KEY_VALUE_SET', …}]" keys="[…]" no-key-edit no-geometry-edit></…> */
import { listIn } from "../parts/answers.js";
import { noteControl } from "../parts/control.js";
import { define } from "../parts/element.js";
import { frameMarkup, frameStyles } from "../parts/frame.js";
import { FullScreenControl } from "../parts/full-screen.js";
import { NotAList, parseLoosely } from "../parts/loose-lists.js";
import { Picture, PICTURE, PICTURE_STYLES } from "../parts/picture.js";
import { blocksOf, boxOf, importantKeys, isCalled, pairsIn } from "../parts/text/form-blocks.js";

export const definition = {
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
