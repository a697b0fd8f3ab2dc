/*
 * Writes a mask as a PNG of its own kind: indexed colours, so that each pixel is exactly one of them, in as
 * few bits as they need. A canvas would write four bytes for each pixel, mixes colours where it scales, and
 * some browsers change what is read from it.
 *
 * It is written by bands of rows; those that did not change are kept packed, so that an answer is there at
 * once, also while somebody paints in a large picture.
 */
import { adler32, crc32, joinedAdler32 } from "./png-checks.js";
import { deflatedPart, END } from "./png-deflate.js";

const BAND = 64;
const SIGNATURE = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
const ZLIB_HEAD = Uint8Array.of(0x78, 1);
const [FILTER_NONE, FILTER_UP] = [0, 2];
const INDEXED = 3;
const AT_ONCE = 0x6000; // bytes whose text is made at once; a multiple of 3

const number32 = (value) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) whole.set(part, (at += part.length) - part.length);
  return whole;
}

function chunk(kind, data) {
  const named = joined([Uint8Array.from(kind, (sign) => sign.charCodeAt(0)), data]);
  return joined([number32(data.length), named, number32(crc32(named))]);
}

const bitsFor = (count) => [1, 2, 4].find((bits) => count <= 1 << bits) ?? 8;

export class PngWriter {
  constructor(mask) {
    this.mask = mask;
    this.bands = [];
    mask.watch(({ top, bottom }) => {
      this.text = undefined;
      for (let y = Math.floor(top / BAND) * BAND; y < bottom; y += BAND) delete this.bands[y / BAND];
    });
  }

  /** The file's bytes; `colours` are "#rrggbb", one for each number of the mask. */
  bytes(colours) {
    const { width, height } = this.mask;
    this.useBits(bitsFor(colours.length));
    const palette = colours.flatMap((colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)));
    const head = Uint8Array.from([...number32(width), ...number32(height), this.bits, INDEXED, 0, 0, 0]);
    const data = [];
    let sum = { a: 1, b: 0, length: 0 };
    for (let i = 0; i * BAND < height; i += 1) {
      const band = (this.bands[i] ??= this.packedBand(i * BAND));
      data.push(band.chunk);
      sum = joinedAdler32(sum, band.sum);
    }
    const tail = joined([END, number32(sum.b * 65536 + sum.a)]);
    return joined([
      SIGNATURE, chunk("IHDR", head), chunk("PLTE", Uint8Array.from(palette)), ...data, chunk("IDAT", tail), chunk("IEND", []),
    ]);
  }

  /** Pack bands while there is time; true if none is left to be packed. */
  prepare(colours, hasTime) {
    this.useBits(bitsFor(colours.length));
    for (let i = 0; i * BAND < this.mask.height; i += 1) {
      if (this.bands[i]) continue;
      if (!hasTime()) return false;
      this.bands[i] = this.packedBand(i * BAND);
    }
    return true;
  }

  /** The file as text, as answers have it. */
  base64(colours) {
    const key = colours.join();
    if (this.text !== undefined && this.key === key) return this.text;
    const bytes = this.bytes(colours);
    [this.text, this.key] = ["", key];
    for (let at = 0; at < bytes.length; at += AT_ONCE) this.text += btoa(String.fromCharCode(...bytes.subarray(at, at + AT_ONCE)));
    return this.text;
  }

  useBits(bits) {
    if (bits !== this.bits) this.bands = [];
    this.bits = bits;
  }

  packedBand(top) {
    const { height } = this.mask;
    const data = this.filtered(top, Math.min(top + BAND, height));
    const packed = deflatedPart(data);
    return { sum: adler32(data), chunk: chunk("IDAT", top ? packed : joined([ZLIB_HEAD, packed])) };
  }

  /** A band's rows: the first as it is, so that bands do not need each other, the others less the one above. */
  filtered(top, bottom) {
    const { mask, bits } = this;
    const across = Math.ceil((mask.width * bits) / 8);
    const data = new Uint8Array((across + 1) * (bottom - top));
    let [above, row] = [new Uint8Array(across), new Uint8Array(across)];
    for (let y = top; y < bottom; y += 1) {
      const start = (y - top) * (across + 1);
      pack(mask.cells.subarray(y * mask.width, (y + 1) * mask.width), bits, row);
      data[start] = y === top ? FILTER_NONE : FILTER_UP;
      for (let i = 0; i < across; i += 1) data[start + 1 + i] = row[i] - (y === top ? 0 : above[i]);
      [above, row] = [row, above];
    }
    return data;
  }
}

/** Put a row's numbers into as many bits each, the first in the highest. */
function pack(cells, bits, row) {
  if (bits === 8) {
    row.set(cells);
    return;
  }
  row.fill(0);
  const each = 8 / bits;
  for (let i = 0; i < cells.length; i += 1)
    if (cells[i]) row[Math.floor(i / each)] |= cells[i] << (8 - bits * (1 + (i % each)));
}
