/* Unpacks a zlib stream (RFC 1950, 1951) at once; browsers have this only as something to be waited for. */
const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCES = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
const distanceBits = (code) => Math.max(0, Math.floor(code / 2) - 1);
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const END_OF_BLOCK = 256;
const LONGEST_CODE = 15;

export class NotPacked extends Error {}

class Bits {
  constructor(bytes) {
    [this.bytes, this.at, this.held, this.count] = [bytes, 0, 0, 0];
  }

  take(count) {
    while (this.count < count) {
      if (this.at >= this.bytes.length) throw new NotPacked("the data ends too early");
      this.held |= this.bytes[this.at++] << this.count;
      this.count += 8;
    }
    const value = this.held & ((1 << count) - 1);
    this.held >>>= count;
    this.count -= count;
    return value;
  }

  wholeByte() {
    [this.held, this.count] = [0, 0];
  }
}

/** Codes of such lengths, as how many there are of each and the symbols in the order of their codes. */
function codes(lengths) {
  const counts = new Uint16Array(LONGEST_CODE + 1);
  for (const length of lengths) counts[length] += 1;
  counts[0] = 0;
  const places = new Uint16Array(LONGEST_CODE + 2);
  for (let i = 1; i <= LONGEST_CODE; i += 1) places[i + 1] = places[i] + counts[i];
  const symbols = new Uint16Array(lengths.length);
  lengths.forEach((length, symbol) => length && (symbols[places[length]++] = symbol));
  return { counts, symbols };
}

function symbolOf(bits, { counts, symbols }) {
  let [code, first, index] = [0, 0, 0];
  for (let length = 1; length <= LONGEST_CODE; length += 1) {
    code |= bits.take(1);
    const count = counts[length];
    if (code - count < first) return symbols[index + code - first];
    index += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  throw new NotPacked("a code is not known");
}

const FIXED = {
  literals: codes(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))),
  distances: codes(Array(30).fill(5)),
};

function ownCodes(bits) {
  const [literals, distances, count] = [bits.take(5) + 257, bits.take(5) + 1, bits.take(4) + 4];
  const short = Array(ORDER.length).fill(0);
  for (let i = 0; i < count; i += 1) short[ORDER[i]] = bits.take(3);
  const shortCodes = codes(short);
  const lengths = [];
  while (lengths.length < literals + distances) {
    const symbol = symbolOf(bits, shortCodes);
    if (symbol < 16) lengths.push(symbol);
    else if (symbol === 16) lengths.push(...Array(3 + bits.take(2)).fill(lengths.at(-1) ?? 0));
    else lengths.push(...Array(symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7)).fill(0));
  }
  return { literals: codes(lengths.slice(0, literals)), distances: codes(lengths.slice(literals, literals + distances)) };
}

class Inflater {
  constructor(bytes, size) {
    this.bits = new Bits(bytes);
    this.out = new Uint8Array(size);
    this.at = 0;
  }

  room(length) {
    if (this.at + length > this.out.length) throw new NotPacked("there is more data than the picture has");
  }

  run() {
    const { bits } = this;
    if ((bits.take(8) & 15) !== 8 || bits.take(8) & 32) throw new NotPacked("it is packed in an unknown way");
    for (let isLast = 0; !isLast; ) {
      isLast = bits.take(1);
      const kind = bits.take(2);
      if (kind === 0) this.asItIs();
      else if (kind === 3) throw new NotPacked("a block is of no known kind");
      else this.block(kind === 1 ? FIXED : ownCodes(bits));
    }
    if (this.at < this.out.length) throw new NotPacked("the data ends too early");
    return this.out;
  }

  asItIs() {
    const { bits } = this;
    bits.wholeByte();
    const length = bits.take(16);
    bits.take(16);
    this.room(length);
    if (bits.at + length > bits.bytes.length) throw new NotPacked("the data ends too early");
    this.out.set(bits.bytes.subarray(bits.at, (bits.at += length)), this.at);
    this.at += length;
  }

  block({ literals, distances }) {
    for (;;) {
      const symbol = symbolOf(this.bits, literals);
      if (symbol === END_OF_BLOCK) return;
      if (symbol < END_OF_BLOCK) {
        this.room(1);
        this.out[this.at++] = symbol;
      } else this.repeat(symbol - END_OF_BLOCK - 1, distances);
    }
  }

  repeat(lengthCode, distances) {
    const { bits, out } = this;
    const length = LENGTHS[lengthCode] + bits.take(LENGTH_BITS[lengthCode]);
    const code = symbolOf(bits, distances);
    const distance = DISTANCES[code] + bits.take(distanceBits(code));
    if (!(distance <= this.at)) throw new NotPacked("it points before its beginning");
    this.room(length);
    const from = this.at - distance;
    if (distance >= length) out.copyWithin(this.at, from, from + length);
    else for (let i = 0; i < length; i += 1) out[this.at + i] = out[from + i]; // it repeats what it writes
    this.at += length;
  }
}

/** Give the so many bytes that were packed; throws NotPacked, which says what is wrong. */
export const inflated = (bytes, size) => new Inflater(bytes, size).run();
