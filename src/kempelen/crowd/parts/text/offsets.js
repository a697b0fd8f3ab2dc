/*
 * Offsets into a text as answers have them: in Unicode code points, so that Python's text[start:end] is what
 * was marked. The browser counts UTF-16 units, of which signs beyond U+FFFF have two.
 */
export class Offsets {
  constructor(text) {
    this.pairs = [];
    for (const { index } of text.matchAll(/[\u{10000}-\u{10FFFF}]/gu)) this.pairs.push(index);
  }

  /** Code points before a unit. */
  points(unit) {
    return unit - this.count((pair) => pair < unit);
  }

  /** Units before a code point. */
  units(point) {
    return point + this.count((pair, i) => pair - i < point);
  }

  /** How many of the pairs satisfy a condition that holds for the first of them only. */
  count(holds) {
    let [low, high] = [0, this.pairs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(this.pairs[middle], middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
