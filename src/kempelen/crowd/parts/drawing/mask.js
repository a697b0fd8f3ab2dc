/*
 * A mask: for each pixel of a picture the number of what it shows, 0 for nothing. One byte each, so that a
 * picture of 4,000 x 3,000 takes 12 MB, and at most 255 things.
 *
 * Changes are recorded between `begin()` and `end()` by squares, packed as run lengths: what `end` gives is
 * undone by `swap`, which turns it into its own opposite. Who shows or encodes the mask watches it.
 */
import { runsOfArea, runsOfPolygon, runsOfStroke } from "./mask-shapes.js";

const SQUARE = 64;
export const MOST_THINGS = 255;

export class Mask {
  constructor(width, height) {
    [this.width, this.height] = [width, height];
    this.cells = new Uint8Array(width * height);
    this.counts = new Uint32Array(MOST_THINGS + 1); // how many pixels show each thing, by its number
    this.counts[0] = this.cells.length;
    this.across = Math.ceil(width / SQUARE);
    this.watchers = [];
  }

  /** Call `act` with the rectangle of each change: {left, top, right, bottom}, the latter two exclusive. */
  watch(act) {
    this.watchers.push(act);
  }

  /** What a pixel shows; 0 outside of the picture. */
  at(x, y) {
    const isInside = x >= 0 && y >= 0 && x < this.width && y < this.height;
    return isInside ? this.cells[Math.floor(y) * this.width + Math.floor(x)] : 0;
  }

  // ---- Changes --------------------------------------------------------------------------------------------

  begin() {
    this.before = new Map();
  }

  /** Give what changed since `begin`, to be swapped; null if nothing did. */
  end() {
    const squares = new Map();
    for (const [index, cells] of this.before) {
      const box = this.boxOf(index);
      if (!this.isAs(cells, box)) squares.set(index, packed(cells));
    }
    this.before = undefined;
    if (!squares.size) return null;
    const bytes = [...squares.values()].reduce((sum, runs) => sum + runs.length + 64, 0);
    return { squares, bytes };
  }

  /** Undo a change, or do again what was undone. */
  swap(change) {
    for (const [index, runs] of change.squares) {
      const box = this.boxOf(index);
      const now = packed(this.copyOf(box));
      this.write(box, unpacked(runs, (box.right - box.left) * (box.bottom - box.top)));
      change.squares.set(index, now);
      this.tell(box);
    }
  }

  /** Paint along a line with a round brush. */
  stroke(from, to, diameter, number) {
    const place = diameter < 3 ? ({ x, y }) => ({ x: Math.floor(x) + 0.5, y: Math.floor(y) + 0.5 }) : (point) => point;
    this.fill(number, (take) => runsOfStroke(this, place(from), place(to), diameter / 2, take));
  }

  polygon(points, number) {
    this.fill(number, (take) => runsOfPolygon(this, points, take));
  }

  /** Fill what hangs together around a point and shows the same. */
  area(point, number) {
    const [x, y] = [Math.floor(point.x), Math.floor(point.y)];
    const same = this.at(x, y);
    const isInside = x >= 0 && y >= 0 && x < this.width && y < this.height;
    if (!isInside || same === number || (same && number && this.isCareful)) return;
    const isSame = (row, column) => this.cells[row * this.width + column] === same;
    this.fill(number, (take) => runsOfArea(this, { x, y }, isSame, take));
  }

  /** Let everything that shows one thing show nothing. */
  erase(old) {
    const { cells, width } = this;
    this.fill(0, (take) => {
      for (let at = cells.indexOf(old); at !== -1; at = cells.indexOf(old, at)) {
        const [from, y] = [at, Math.floor(at / width)];
        const end = (y + 1) * width;
        while (at < end && cells[at] === old) at += 1;
        take(y, from - y * width, at - y * width);
      }
    });
  }

  /** Set a run of a row: for who reads a mask, before anything is recorded or shown. */
  set(y, from, to, number) {
    const { cells, counts } = this;
    const end = y * this.width + to;
    for (let i = end - to + from; i < end; i += 1) counts[cells[i]] -= 1;
    counts[number] += to - from;
    cells.fill(number, end - to + from, end);
  }

  /** Paint runs; with `isCareful` only where nothing is. */
  fill(number, runs) {
    const box = { left: this.width, top: this.height, right: 0, bottom: 0 };
    const paint = (y, from, to) => {
      this.record(y, from, to);
      this.set(y, from, to, number);
      if (from < box.left) box.left = from;
      if (to > box.right) box.right = to;
      if (y < box.top) box.top = y;
      if (y >= box.bottom) box.bottom = y + 1;
    };
    runs(this.isCareful && number ? (y, from, to) => this.eachEmpty(y, from, to, paint) : paint);
    if (box.left < box.right) this.tell(box);
  }

  eachEmpty(y, from, to, take) {
    const row = this.cells.subarray(y * this.width, (y + 1) * this.width);
    for (let x = from; x < to; ) {
      while (x < to && row[x]) x += 1;
      const start = x;
      while (x < to && !row[x]) x += 1;
      if (start < x) take(y, start, x);
    }
  }

  tell(box) {
    for (const act of this.watchers) act(box);
  }

  /** The same in another size. */
  resized(width, height) {
    const other = new Mask(width, height);
    for (let y = 0; y < height; y += 1) {
      const row = Math.floor((y * this.height) / height) * this.width;
      for (let x = 0; x < width; x += 1) {
        const number = this.cells[row + Math.floor((x * this.width) / width)];
        if (number) other.set(y, x, x + 1, number);
      }
    }
    return other;
  }

  // ---- Squares ------------------------------------------------------------------------------------------------

  record(y, from, to) {
    if (!this.before) return;
    const row = Math.floor(y / SQUARE) * this.across;
    const last = row + Math.floor((to - 1) / SQUARE);
    for (let index = row + Math.floor(from / SQUARE); index <= last; index += 1)
      if (!this.before.has(index)) this.before.set(index, this.copyOf(this.boxOf(index)));
  }

  boxOf(index) {
    const [left, top] = [(index % this.across) * SQUARE, Math.floor(index / this.across) * SQUARE];
    return { left, top, right: Math.min(left + SQUARE, this.width), bottom: Math.min(top + SQUARE, this.height) };
  }

  *rowsOf({ left, top, right, bottom }) {
    for (let y = top; y < bottom; y += 1) yield this.cells.subarray(y * this.width + left, y * this.width + right);
  }

  copyOf(box) {
    const across = box.right - box.left;
    const copy = new Uint8Array(across * (box.bottom - box.top));
    let at = 0;
    for (const row of this.rowsOf(box)) copy.set(row, (at += across) - across);
    return copy;
  }

  write(box, cells) {
    let at = 0;
    for (const number of cells) this.counts[number] += 1;
    for (const row of this.rowsOf(box)) {
      for (const number of row) this.counts[number] -= 1;
      row.set(cells.subarray(at, (at += row.length)));
    }
  }

  isAs(cells, box) {
    let at = 0;
    for (const row of this.rowsOf(box)) for (const number of row) if (number !== cells[at++]) return false;
    return true;
  }
}

/** Cells as pairs of a number and how often it stands, less one, in a byte each. */
function packed(cells) {
  const runs = [];
  for (let at = 0; at < cells.length; ) {
    const from = at;
    while (at < cells.length && at - from < 256 && cells[at] === cells[from]) at += 1;
    runs.push(cells[from], at - from - 1);
  }
  return Uint8Array.from(runs);
}

function unpacked(runs, length) {
  const cells = new Uint8Array(length);
  let at = 0;
  for (let i = 0; i < runs.length; i += 2) cells.fill(runs[i], at, (at += runs[i + 1] + 1));
  return cells;
}
