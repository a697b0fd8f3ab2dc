/*
 * The picture, decoded once and kept in halves of its size, so that a view from afar reads no more pixels
 * than it shows. `paint(context, view, room, ratio)` draws what is to be seen of it.
 */
const SMALLEST = 512;

export class Pixels {
  /** Load the picture at an address; rejects if there is none. */
  static async load(address) {
    const image = new Image();
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = () => reject(new Error(`No picture at ${address}`));
      image.src = address;
    });
    // Pictures without a size of their own (some SVG) are as large as browsers show them.
    const size = { width: image.naturalWidth || 300, height: image.naturalHeight || 150 };
    return new Pixels(size, await decoded(image));
  }

  constructor(size, source) {
    this.size = size;
    this.levels = [source];
  }

  /** Free what it holds. */
  close() {
    for (const level of this.levels) level.close?.();
    this.levels = [];
  }

  /** The smallest that has a pixel for each that is shown; those in between are made when first asked for. */
  level(scale) {
    const { width, height } = this.size;
    let at = 0;
    while (scale <= 0.5 ** (at + 1) && Math.max(width, height) * 0.5 ** (at + 1) >= SMALLEST) at += 1;
    while (this.levels.length <= at) this.levels.push(halved(this.levels.at(-1), width, height, this.levels.length));
    return at;
  }

  paint(context, view, room, ratio) {
    const { width, height } = this.size;
    const { scale } = view;
    const left = Math.max(0, Math.floor(-view.x / scale));
    const top = Math.max(0, Math.floor(-view.y / scale));
    const right = Math.min(width, Math.ceil((room.width - view.x) / scale));
    const bottom = Math.min(height, Math.ceil((room.height - view.y) / scale));
    if (right <= left || bottom <= top) return;
    const at = this.level(scale * ratio);
    const source = this.levels[at];
    const [across, down] = at ? [source.width / width, source.height / height] : [1, 1];
    context.imageSmoothingEnabled = scale * ratio < 3; // from near, pixels are what one aims at
    context.drawImage(source, left * across, top * down, (right - left) * across, (bottom - top) * down,
      left * scale + view.x, top * scale + view.y, (right - left) * scale, (bottom - top) * scale);
  }
}

async function decoded(image) {
  try {
    return await createImageBitmap(image);
  } catch {
    return image; // a drawing without a size of its own
  }
}

function halved(source, width, height, level) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * 0.5 ** level));
  canvas.height = Math.max(1, Math.round(height * 0.5 ** level));
  const context = canvas.getContext("2d", { alpha: true });
  context.imageSmoothingQuality = "high";
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}
