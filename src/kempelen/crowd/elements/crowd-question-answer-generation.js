/* <crowd-question-answer-generation name="…" text="…" min-questions="1" max-questions="5" question-tags="['Who', 'Why']"></…> */
import { listIn } from "../parts/answers.js";
import { noteControl } from "../parts/control.js";
import { colourOf, contrasting } from "../parts/drawing/palette.js";
import { define } from "../parts/element.js";
import { frameMarkup, frameStyles } from "../parts/frame.js";
import { FullScreenControl } from "../parts/full-screen.js";
import { NotAList, textsIn } from "../parts/loose-lists.js";
import { joinForm, showInstructions, TOLD, TOLD_STYLES } from "../parts/text/beside-form.js";
import { MARKED_STYLES } from "../parts/text/marked-text.js";
import { Offsets } from "../parts/text/offsets.js";
import { PAIR_STYLES, QuestionPair, wordsIn } from "../parts/text/question-pair.js";
import { sorted, spanOf } from "../parts/text/spans.js";
import { TextMarker } from "../parts/text/text-marker.js";

export const definition = {
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
