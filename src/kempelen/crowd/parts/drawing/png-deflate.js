/*
 * Packs bytes as a part of a DEFLATE stream (RFC 1951) by their runs only, with the fixed codes: rows of a
 * mask, each less the one above it, are mostly runs of 0. The part ends at a whole byte, so that parts can be
 * packed one by one and put together; `END` ends the stream.
 */
const LONGEST = 258;
const SHORTEST = 3;
const DISTANCE_BITS = 5; // distance 1 is code 0

export const END = Uint8Array.of(3, 0);

const reversed = (code, bits) => {
  let value = 0;
  for (let i = 0; i < bits; i += 1) value |= ((code >> i) & 1) << (bits - 1 - i);
  return value;
};

/** The code of a literal, an end (256) or a length's class, as [bits to write, how many]. */
function codeOf(symbol) {
  if (symbol < 144) return [reversed(0x30 + symbol, 8), 8];
  if (symbol < 256) return [reversed(0x190 + symbol - 144, 9), 9];
  if (symbol < 280) return [reversed(symbol - 256, 7), 7];
  return [reversed(0xc0 + symbol - 280, 8), 8];
}

const CODES = Array.from({ length: 288 }, (_, symbol) => codeOf(symbol));

/** What stands for a run of this length after its first byte: the class, its extra bits, distance 1. */
function runOf(length) {
  const [symbol, extra, bits] = classOf(length);
  const [code, size] = CODES[symbol];
  return [code | (extra << size), size + bits + DISTANCE_BITS];
}

function classOf(length) {
  if (length === LONGEST) return [285, 0, 0];
  if (length < 11) return [254 + length, 0, 0];
  const bits = Math.floor(Math.log2(length - 3)) - 2;
  const place = length - 3 - (4 << bits);
  return [261 + bits * 4 + (place >> bits), place & ((1 << bits) - 1), bits];
}

const RUNS = Array.from({ length: LONGEST + 1 }, (_, length) => (length < SHORTEST ? null : runOf(length)));

class Bits {
  constructor(room) {
    this.bytes = new Uint8Array(room);
    [this.at, this.held, this.count] = [0, 0, 0];
  }

  put([bits, count]) {
    this.held |= bits << this.count;
    this.count += count;
    for (; this.count >= 8; this.count -= 8) {
      this.bytes[this.at++] = this.held & 255;
      this.held >>>= 8;
    }
  }
}

/** Pack a part. Nine bits at most stand for a byte, and a few bytes around. */
export function deflatedPart(data) {
  const out = new Bits(Math.ceil((data.length * 9) / 8) + 16);
  out.put([2, 3]); // not the last block; fixed codes
  for (let at = 0; at < data.length; ) {
    const from = at;
    while (at < data.length && data[at] === data[from]) at += 1;
    putRun(out, data[from], at - from);
  }
  out.put(CODES[256]);
  out.put([0, 3]); // an empty block of bytes as they are, which begins at a whole byte
  if (out.count) out.put([0, 8 - out.count]);
  for (const byte of [0, 0, 255, 255]) out.put([byte, 8]);
  return out.bytes.slice(0, out.at);
}

function putRun(out, byte, length) {
  out.put(CODES[byte]);
  let left = length - 1;
  for (; left >= SHORTEST; ) {
    const some = Math.min(left, LONGEST);
    out.put(RUNS[some]);
    left -= some;
  }
  for (; left > 0; left -= 1) out.put(CODES[byte]);
}
