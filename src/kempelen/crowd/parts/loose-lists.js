/*
 * Attributes that hold lists are JavaScript-like, not JSON: single quotes, bare keys, trailing commas,
 * comments, and what loops of templates leave behind. Nothing of it is ever run.
 *
 * A quote ends its text only before a comma, colon, closing bracket, comment or the end, so that
 * ['Don't know', 'Yes'] is understood, whose text came in by a variable.
 */
const ESCAPES = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v", 0: "\0" };
const WORDS = new Map([["true", true], ["false", false], ["null", null], ["undefined", undefined]]);
const PLAIN = /(?:true|false|null|undefined|[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(?=\s*(?:[,\]};]|\/[*/]|$))/iy;
const DEEPEST = 200;

export class NotAList extends Error {}

class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
    this.depth = 0;
  }

  fail(what) {
    throw new NotAList(`${what} at character ${this.at + 1}`);
  }

  skipSpace() {
    const space = /(?:[\s\uFEFF]|\/\*[^]*?\*\/|\/\/[^\n\r]*)*/y;
    space.lastIndex = this.at;
    space.test(this.text);
    this.at = space.lastIndex;
  }

  peek() {
    this.skipSpace();
    return this.text[this.at];
  }

  value() {
    const sign = this.peek();
    if (sign === "[") return this.list();
    if (sign === "{") return this.record();
    if (sign === "'" || sign === '"' || sign === "`") return this.quoted();
    return this.bare();
  }

  nested(end, act) {
    this.at += 1;
    if ((this.depth += 1) > DEEPEST) this.fail("Brackets too deep");
    for (;;) {
      const sign = this.peek();
      if (sign === undefined) this.fail(`A missing ${end}`);
      if (sign === end) break;
      if (sign === ",") this.at += 1;
      else act();
    }
    this.at += 1;
    this.depth -= 1;
  }

  list() {
    const items = [];
    this.nested("]", () => items.push(this.value()));
    return items;
  }

  record() {
    const pairs = [];
    this.nested("}", () => {
      const sign = this.peek();
      const key = sign === "'" || sign === '"' || sign === "`" ? this.quoted() : this.run(/[^\s:,{}[\]'"`]+/y);
      if (this.peek() !== ":") this.fail("A missing colon");
      this.at += 1;
      pairs.push([key, this.value()]);
    });
    return Object.fromEntries(pairs);
  }

  quoted() {
    const quote = this.text[this.at];
    let text = "";
    for (let at = this.at + 1; at < this.text.length; at += 1) {
      const sign = this.text[at];
      if (sign === "\\") [text, at] = this.escaped(text, at + 1);
      else if (sign === quote && this.endsAfter(at)) {
        this.at = at + 1;
        return text;
      } else text += sign;
    }
    return this.fail(`A missing ${quote}`);
  }

  endsAfter(at) {
    const rest = /[\s\uFEFF]*(?:[,:\]}]|\/\*|\/\/|$)/y;
    rest.lastIndex = at + 1;
    return rest.test(this.text);
  }

  /** The text with the escape that begins at a place, and the place where it ends. */
  escaped(text, at) {
    const code = /(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2}))/iy;
    code.lastIndex = at;
    const match = code.exec(this.text);
    const number = match && parseInt(match[1] ?? match[2] ?? match[3], 16);
    if (match && number <= 0x10ffff) return [text + String.fromCodePoint(number), code.lastIndex - 1];
    const sign = this.text[at] ?? "";
    if (sign === "\n") return [text, at];
    return [text + (ESCAPES[sign] ?? sign), at];
  }

  run(pattern) {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (!match) this.fail("Something unexpected");
    this.at = pattern.lastIndex;
    return match[0];
  }

  /** A number, true, false, null, or words without quotes up to the next comma or bracket. */
  bare() {
    PLAIN.lastIndex = this.at;
    const [plain] = PLAIN.exec(this.text) ?? [];
    if (plain === undefined) return this.run(/[^,[\]{}'"`]+/y).trim();
    this.at += plain.length;
    return WORDS.has(plain.toLowerCase()) ? WORDS.get(plain.toLowerCase()) : Number(plain);
  }
}

/** Read a value; throws NotAList, which says where and why. */
export function parseLoosely(text) {
  const reader = new Reader(String(text));
  const value = reader.value();
  if (reader.peek() !== undefined && reader.text[reader.at] !== ";") reader.fail("Something after the end");
  return value;
}

/** Read a list of texts; what is no list is a list of one, and nothing an empty one. */
export function textsIn(text) {
  if (text === null || text.trim() === "") return [];
  const value = parseLoosely(text);
  const items = Array.isArray(value) ? value : [value];
  return items.filter((item) => item !== null && item !== undefined).map(String);
}
