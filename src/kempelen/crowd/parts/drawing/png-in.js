/*
 * Reads any PNG's pixels exactly as they are written, at once: what a canvas gives back may be mixed with
 * transparency or changed by colour profiles and by browsers that hide what they are. Checksums are not
 * looked at: what was sent to us over a network has others.
 */
import { inflated, NotPacked } from "./png-inflate.js";

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
const SAMPLES = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }; // of a pixel, by the kind of colour
const [GREY, INDEXED, WITH_ALPHA] = [0, 3, 4];
const MOST_PIXELS = 2 ** 28;
// Of interlaced pictures: where each pass begins, and how far its pixels are apart.
const PASSES = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]];
const WHOLE = [[0, 0, 1, 1]];

/** What a pixel that cannot be seen has for a colour. */
export const CLEAR = -1;

export class NotAPicture extends Error {}

function chunksOf(bytes) {
  if (!SIGNATURE.every((byte, i) => bytes[i] === byte)) throw new NotAPicture("it is no PNG");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = { IDAT: [] };
  for (let at = SIGNATURE.length; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at);
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (kind === "IDAT") found.IDAT.push(data);
    else found[kind] ??= data;
    at += 12 + length;
  }
  return found;
}

function headOf(data) {
  if (data?.length !== 13) throw new NotAPicture("it has no size");
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, kind, , , interlaced] = data.subarray(8);
  if (!width || !height || width * height > MOST_PIXELS) throw new NotAPicture("it has no size that can be shown");
  if (!(kind in SAMPLES) || ![1, 2, 4, 8, 16].includes(depth)) throw new NotAPicture("its colours are of no known kind");
  return { width, height, depth, kind, passes: interlaced ? PASSES : WHOLE };
}

/**
 * Read the file: {width, height, read}. `read(take)` calls `take(y, x, step, colours)` for each row, or part of
 * one: the colours, 0xrrggbb or CLEAR, of the pixels at x, x + step, …; they are only lent.
 */
export function readPng(bytes) {
  const { IHDR, PLTE, tRNS, IDAT } = chunksOf(bytes);
  const head = headOf(IHDR);
  const passes = head.passes
    .map(([x, y, dx, dy]) => ({ x, y, dx, dy, across: Math.ceil((head.width - x) / dx), down: Math.ceil((head.height - y) / dy) }))
    .filter(({ across, down }) => across > 0 && down > 0);
  const bytesOf = (across) => Math.ceil((across * head.depth * SAMPLES[head.kind]) / 8);
  const size = passes.reduce((sum, { across, down }) => sum + (bytesOf(across) + 1) * down, 0);
  const data = unpacked(IDAT, size);
  const coloursOf = coloursIn(head, PLTE, tRNS);
  const read = (take) => {
    let at = 0;
    for (const { x, y, dx, dy, across, down } of passes) {
      const length = bytesOf(across);
      const colours = new Int32Array(across);
      for (let row = 0; row < down; row += 1, at += length + 1) {
        unfilter(data, at, length, row ? length + 1 : 0, Math.max(1, (head.depth * SAMPLES[head.kind]) >> 3));
        coloursOf(data, at + 1, colours);
        take(y + row * dy, x, dx, colours);
      }
    }
  };
  return { width: head.width, height: head.height, read };
}

function unpacked(parts, size) {
  const packed = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) packed.set(part, (at += part.length) - part.length);
  try {
    return inflated(packed, size);
  } catch (error) {
    throw error instanceof NotPacked ? new NotAPicture(error.message) : error;
  }
}

/** Undo a row's filter, where it lies: `up` bytes before is the same byte of the row above, if there is one. */
function unfilter(data, at, length, up, back) {
  const [filter, end] = [data[at], at + length];
  if (filter === 1) for (let i = at + 1 + back; i <= end; i += 1) data[i] += data[i - back];
  if (filter === 2 && up) for (let i = at + 1; i <= end; i += 1) data[i] += data[i - up];
  if (filter < 3) return;
  for (let i = at + 1; i <= end; i += 1) {
    const left = i - back > at ? data[i - back] : 0;
    const above = up ? data[i - up] : 0;
    if (filter === 3) data[i] += (left + above) >> 1;
    else data[i] += nearest(left, above, up && i - back > at ? data[i - up - back] : 0);
  }
}

function nearest(left, above, corner) {
  const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}

/** A function that reads a row's colours. */
function coloursIn({ depth, kind }, palette, clear) {
  if (kind === INDEXED) {
    const known = Int32Array.from({ length: 256 }, (_, i) =>
      clear?.[i] === 0 ? CLEAR : ((palette?.[i * 3] ?? 0) << 16) | ((palette?.[i * 3 + 1] ?? 0) << 8) | (palette?.[i * 3 + 2] ?? 0));
    return (data, at, colours) => eachNumber(data, at, depth, colours, (number) => known[number]);
  }
  if (kind === GREY && depth < 8) {
    const step = 255 / ((1 << depth) - 1);
    return (data, at, colours) => eachNumber(data, at, depth, colours, (number) => (number * step) * 0x10101);
  }
  const [samples, wide] = [SAMPLES[kind], depth >> 3];
  const isGrey = samples < 3;
  return (data, at, colours) => {
    for (let i = 0; i < colours.length; i += 1, at += samples * wide) {
      const [green, blue] = isGrey ? [at, at] : [at + wide, at + 2 * wide];
      const isClear = kind >= WITH_ALPHA && data[at + (samples - 1) * wide] === 0;
      colours[i] = isClear ? CLEAR : (data[at] << 16) | (data[green] << 8) | data[blue];
    }
  };
}

function eachNumber(data, at, depth, colours, colourOf) {
  const each = 8 / depth;
  for (let i = 0; i < colours.length; i += 1) {
    const shift = 8 - depth * (1 + (i % each));
    colours[i] = colourOf((data[at + Math.floor(i / each)] >> shift) & ((1 << depth) - 1));
  }
}
