/*
 * Runs a text whose parts can be marked: what is selected by mouse, touch or keys, which span is chosen, and
 * what has been done, so that it can be undone. Which labels there are is its owner's affair.
 *
 * For a keyboard the text is a field that refuses to be changed: so it has the browser's own caret, with all
 * of its keys, and screen readers read it as they read fields. Where there is only touch it is plain text,
 * and the system's own way of selecting is there without a keyboard on the screen.
 */
import { History } from "../drawing/history.js";
import { MarkedText } from "./marked-text.js";
import { select, selectionIn } from "./selection.js";
import { placed, sorted, spanAt, spanOf, spansIn, trimmed } from "./spans.js";

const MOVES = /^(Arrow|Home$|End$|Page)/;
const ONLY_TOUCH = window.matchMedia("(hover: none) and (pointer: coarse)");

export class TextMarker {
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
