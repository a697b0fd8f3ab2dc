/*
 * A text with marked spans in it. Only pieces that have changed are made anew, so that a book's worth of text
 * with a thousand spans is quick to mark. A mark's tag, with the sign that removes it, is drawn by CSS: nothing
 * but the text itself is in the element, for carets, copying and offsets.
 */
import { piecesOf, spanAt } from "./spans.js";

export const MARKED_STYLES = `
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

export class MarkedText {
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
