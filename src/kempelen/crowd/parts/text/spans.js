/*
 * Labelled spans of a text, {start, end, label, id} in UTF-16 units, end exclusive, and what may be done to a
 * list of them. Lists are never changed: each act gives a new one, so that undoing is going back to the old.
 */
let last = 0;

export const spanOf = (start, end, label) => ({ start, end, label, id: (last += 1) });

const order = (one, other) =>
  one.start - other.start || one.end - other.end || (one.label < other.label ? -1 : Number(one.label > other.label));

export const sorted = (spans) => [...spans].sort(order);

const meets = (one, other) => one.start < other.end && other.start < one.end;
const holds = (outer, inner) => outer.start <= inner.start && inner.end <= outer.end;

/**
 * Put a span in: it takes the place of those that lie in it whole. Gives null where it would cut through one
 * or lie within a larger one: marked text is taken whole or not at all.
 */
export function placed(spans, span) {
  const met = spans.filter((other) => meets(other, span));
  if (!met.every((other) => holds(span, other))) return null;
  return sorted([...spans.filter((other) => !met.includes(other)), span]);
}

/** The smallest span around an offset; one that only ends there counts if there is no other. */
export function spanAt(spans, offset) {
  const around = spans.filter((span) => span.start <= offset && offset <= span.end);
  const [best] = around.sort((one, other) => (one.end === offset) - (other.end === offset) || size(one) - size(other));
  return best;
}

const size = (span) => span.end - span.start;

/** The spans that meet a range. */
export const spansIn = (spans, range) => spans.filter((span) => meets(span, range));

/** A range without the white space at its ends; null if nothing is left. */
export function trimmed(text, { start, end }) {
  const part = text.slice(start, end);
  const inner = part.trim();
  if (!inner) return null;
  const from = start + part.indexOf(inner);
  return { start: from, end: from + inner.length };
}

/** The text in pieces, each of one set of spans: [{start, end, spans, ending}]; `ending` are those that end with it. */
export function piecesOf(spans, length) {
  const starting = sorted(spans);
  const cuts = [...new Set([0, length, ...spans.flatMap(({ start, end }) => [start, end])])].sort((one, other) => one - other);
  const pieces = [];
  let open = [];
  let next = 0;
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const [start, end] = [cuts[i], cuts[i + 1]];
    open = open.filter((span) => span.end > start);
    while (next < starting.length && starting[next].start <= start) open = [...open, starting[next++]];
    pieces.push({ start, end, spans: open, ending: open.filter((span) => span.end === end) });
  }
  return pieces;
}
