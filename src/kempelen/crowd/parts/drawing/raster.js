/*
 * Shows a mask above its picture: as many pixels as the screen has, each of the colour of what the mask has
 * there, with a firm border where two things meet. Where only some of the mask has changed, only that is made
 * anew; nothing is ever scaled, so that near the pixels are as they will be sent.
 */
const FIRM = 0.45; // how much less can be seen through borders

export class Raster {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.context = this.canvas.getContext("2d", { willReadFrequently: true }); // it is written by us alone, in memory
    [this.inner, this.edge] = [new Uint32Array(256), new Uint32Array(256)];
    this.forget();
  }

  /** Make everything anew with the next paint. */
  forget() {
    [this.key, this.dirty] = ["", null];
  }

  /** What shows a thing, by its number: [red, green, blue, how much of what is below is hidden (0 to 1)]. */
  use(shown) {
    const key = shown.join("|");
    if (key === this.used) return;
    this.used = key;
    shown.forEach(([red, green, blue, opacity], number) => {
      this.inner[number] = packed([red, green, blue], number ? opacity : 0);
      this.edge[number] = packed([red, green, blue], number && opacity ? Math.min(1, opacity + FIRM) : 0);
    });
    this.forget();
  }

  /** A rectangle of the mask is another. */
  changed(box) {
    const { dirty } = this;
    this.dirty = dirty
      ? { left: Math.min(dirty.left, box.left), top: Math.min(dirty.top, box.top), right: Math.max(dirty.right, box.right), bottom: Math.max(dirty.bottom, box.bottom) }
      : { ...box };
  }

  paint(context, mask, view, room) {
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(room.width * ratio), Math.round(room.height * ratio)];
    if (!width || !height) return;
    const key = [view.scale, view.x, view.y, width, height, mask.width, mask.height].join();
    const whole = { left: 0, top: 0, right: width, bottom: height };
    if (key !== this.key) this.make(mask, { scale: view.scale * ratio, x: view.x * ratio, y: view.y * ratio }, whole, key);
    else if (this.dirty) this.make(mask, this.at, this.onScreen(this.dirty, whole), key);
    this.dirty = null;
    context.drawImage(this.canvas, 0, 0, width / ratio, height / ratio);
  }

  onScreen(box, whole) {
    const { scale, x, y } = this.at;
    return {
      left: Math.max(0, Math.floor(box.left * scale + x) - 2),
      top: Math.max(0, Math.floor(box.top * scale + y) - 2),
      right: Math.min(whole.right, Math.ceil(box.right * scale + x) + 2),
      bottom: Math.min(whole.bottom, Math.ceil(box.bottom * scale + y) + 2),
    };
  }

  /** Fill a rectangle of the screen; `at` counts in the screen's own pixels. */
  make(mask, at, { left, top, right, bottom }, key) {
    if (key !== this.key) this.measure(right, bottom);
    [this.key, this.at] = [key, at];
    if (left >= right || top >= bottom) return;
    const image = this.context.createImageData(right - left, bottom - top);
    const out = new Uint32Array(image.data.buffer);
    const columns = placesOf(left - 1, right, at.x, at.scale, mask.width);
    const rows = placesOf(top - 1, bottom, at.y, at.scale, mask.height);
    const across = right - left;
    const [from, to] = insideOf(columns);
    for (let i = 1; i < rows.length; i += 1)
      if (rows[i] >= 0) this.makeRow(mask, rows[i], rows[i - 1], columns, out, (i - 1) * across, Math.max(1, from), to);
    this.context.putImageData(image, left, top);
  }

  makeRow(mask, row, above, columns, out, start, from, to) {
    const { cells, width } = mask;
    const { inner, edge } = this;
    const [at, up] = [row * width, (above < 0 ? row : above) * width];
    let before = columns[from - 1] < 0 ? cells[at + columns[from]] : cells[at + columns[from - 1]];
    for (let i = from; i < to; i += 1) {
      const number = cells[at + columns[i]];
      const isEdge = number !== before || number !== cells[up + columns[i]];
      // A border belongs to whichever of the two is something.
      if (isEdge) out[start + i - 1] = edge[number || before || cells[up + columns[i]]];
      else if (number) out[start + i - 1] = inner[number];
      before = number;
    }
  }

  measure(width, height) {
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
  }
}

/** Which of the mask's columns or rows the middle of each of the screen's is in; -1 outside. */
function placesOf(from, to, offset, scale, most) {
  const places = new Int32Array(to - from);
  for (let i = 0; i < places.length; i += 1) {
    const place = Math.floor((from + i + 0.5 - offset) / scale);
    places[i] = place < 0 || place >= most ? -1 : place;
  }
  return places;
}

function insideOf(places) {
  let [from, to] = [0, places.length];
  while (from < to && places[from] < 0) from += 1;
  while (to > from && places[to - 1] < 0) to -= 1;
  return [from, to];
}

const isLittle = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

function packed([red, green, blue], opacity) {
  const alpha = Math.round(opacity * 255);
  const bytes = isLittle ? [alpha, blue, green, red] : [red, green, blue, alpha];
  return bytes.reduce((whole, byte) => whole * 256 + byte, 0);
}
