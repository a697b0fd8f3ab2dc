/*
 * What earlier work has drawn on a picture, shown over it to be judged: boxes, or a mask whose colours stand
 * for labels. The attribute `overlay` holds one object under the name of the task that it comes from:
 *   { boundingBox: { labels: ['Cat'], value: [{ label, left, top, width, height }] } }   in pixels of the picture
 *   { semanticSegmentation: { labels, labelMappings: { Cat: { color: '#2ca02c' } }, src } }
 *   { instanceSegmentation: { labels, instances: [{ label: 'Cat', color: '#2ca02c' }], src } }
 */
import { colourOf, contrasting } from "./drawing/palette.js";
import { NotAList, parseLoosely } from "./loose-lists.js";

const COVER = 140; // of 255: how much of a mask is seen
export const OVERLAY = `<div class="overlay" aria-hidden="true" hidden></div>`;
export const OVERLAY_LEGEND = `<div class="overlay-legend" data-no-answer hidden>
  <label><input type="checkbox" checked aria-keyshortcuts="o">Show what was drawn <kbd>o</kbd></label><ul></ul><p class="overlay-fault"></p></div>`;

export const OVERLAY_STYLES = `
  .overlay, .overlay .mask { position: absolute; width: 100%; height: 100%; inset: 0; pointer-events: none; }
  .overlay { overflow: clip; }
  .overlay .mask { image-rendering: pixelated; }
  .overlay img.mask { mix-blend-mode: multiply; opacity: 0.8; }
  .overlay .drawn { position: absolute; border: 3px solid; box-shadow: 0 0 0 1px #fff, inset 0 0 0 1px #fff; }
  .overlay .drawn span { position: absolute; top: -3px; left: -3px; max-width: 12em; padding: 0 0.4em; overflow: hidden;
    font-size: 0.8125rem; font-weight: 600; line-height: 1.5; text-overflow: ellipsis; white-space: nowrap; }
  .overlay-legend { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 1.25rem; margin-top: 0.5rem; text-align: start; }
  .overlay-legend label { display: inline-flex; min-height: 2rem; align-items: center; gap: 0.5rem; cursor: pointer; }
  .overlay-legend input { width: 1.15rem; height: 1.15rem; margin: 0; accent-color: var(--crowd-accent); }
  .overlay-legend ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; margin: 0; padding: 0; list-style: none; }
  .overlay-legend li { display: inline-flex; align-items: center; gap: 0.4rem; }
  .overlay-legend i { width: 0.9rem; height: 0.9rem; flex: none; border: 1px solid var(--crowd-line-strong); border-radius: 0.2rem; }
  .overlay-fault { margin: 0; color: var(--crowd-bad); font-weight: 600; overflow-wrap: anywhere; }
  .overlay-fault:empty { display: none; }
  @media (hover: none) { .overlay-legend kbd { display: none; } }`;

const textsOf = (list) => (Array.isArray(list) ? list.map(String) : []);
const listOf = (list) => (Array.isArray(list) ? list.filter((item) => item && typeof item === "object") : []);

/** What an attribute holds, in one shape for all three: {boxes, src, legend: [[label, colour, how many], …]}. */
export function overlayIn(text) {
  const { boundingBox, semanticSegmentation, instanceSegmentation } = Object(parseLoosely(text));
  if (boundingBox) return boxesIn(boundingBox);
  if (semanticSegmentation) return masksIn(semanticSegmentation, Object.entries(Object(semanticSegmentation.labelMappings)));
  if (!instanceSegmentation) throw new NotAList("Neither boundingBox nor semanticSegmentation nor instanceSegmentation");
  return masksIn(instanceSegmentation, listOf(instanceSegmentation.instances).map((one) => [one.label, one]));
}

function boxesIn({ labels, value }) {
  const known = textsOf(labels);
  const numbers = ["left", "top", "width", "height"];
  const boxes = listOf(value)
    .filter((box) => numbers.every((name) => Number.isFinite(Number(box[name]))))
    .map((box) => ({ ...box, label: String(box.label ?? ""), colour: colourOf(known.indexOf(String(box.label))) }));
  const names = [...new Set([...known, ...boxes.map(({ label }) => label)])];
  const countOf = (name) => boxes.filter(({ label }) => label === name).length;
  return { boxes, src: "", legend: names.map((name) => [name, colourOf(known.indexOf(name)), `(${countOf(name)})`]) };
}

function masksIn({ src }, pairs) {
  const legend = pairs.map(([label, told]) => [String(label ?? ""), String(told?.color ?? ""), ""]);
  return { boxes: [], src: String(src ?? ""), legend };
}

/** Shows an overlay on the picture of a shadow root. */
export class Overlay {
  constructor(root) {
    [this.place, this.below] = [".overlay", ".overlay-legend"].map((one) => root.querySelector(one));
    [this.box, this.list, this.fault] = ["input", "ul", ".overlay-fault"].map((one) => this.below.querySelector(one));
    for (const kind of ["input", "change"]) this.box.addEventListener(kind, (event) => event.stopPropagation());
    this.box.addEventListener("change", () => this.show());
  }

  /** Draw what the attribute holds over a picture, which is loaded (`size` is its own) or not (null). */
  draw(text, image) {
    this.made = text ? this.read(text) : null;
    this.below.hidden = !text;
    this.list.replaceChildren(...(this.made?.legend ?? []).map(lineOf));
    const { naturalWidth: width, naturalHeight: height } = image;
    const isThere = this.made && width > 0 && !image.hidden;
    this.place.replaceChildren(...(isThere ? this.made.boxes.map((box) => boxOf(box, width, height)) : []));
    if (isThere && this.made.src) this.drawMask(this.made.src);
    this.show();
  }

  read(text) {
    this.fault.textContent = "";
    try {
      return overlayIn(text);
    } catch (error) {
      if (!(error instanceof NotAList)) throw error;
      this.fault.textContent = `What was drawn cannot be read: ${error.message}.`;
      return null;
    }
  }

  show() {
    this.place.hidden = !this.box.checked || !this.made;
    this.box.parentElement.hidden = !this.made;
  }

  toggle() {
    this.box.checked = !this.box.checked;
    this.show();
  }

  /** Where a mask's pixels may be read its white ground is clear; else it is laid over as it is. */
  drawMask(src) {
    const { made } = this;
    const image = new Image();
    image.crossOrigin = "anonymous";
    image.addEventListener("load", () => made === this.made && this.put(clearOf(image) ?? imageOf(src)));
    image.addEventListener("error", () => made === this.made && this.put(imageOf(src)));
    image.src = src;
  }

  put(mask) {
    mask.className = "mask";
    mask.addEventListener("error", () => (this.fault.textContent = "What was drawn could not be loaded."));
    this.place.replaceChildren(mask);
  }
}

function imageOf(src) {
  const image = new Image();
  image.src = src;
  return image;
}

function clearOf(image) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  try {
    context.drawImage(image, 0, 0);
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    const { data } = pixels;
    for (let at = 0; at < data.length; at += 4) {
      const isGround = data[at] + data[at + 1] + data[at + 2] === 765;
      data[at + 3] = isGround ? 0 : Math.min(data[at + 3], COVER);
    }
    context.putImageData(pixels, 0, 0);
    return canvas;
  } catch {
    return null; // its host does not let pages read it, as with pictures opened from a disk
  }
}

function boxOf({ left, top, width, height, label, colour }, across, down) {
  const [box, name] = ["div", "span"].map((tag) => document.createElement(tag));
  box.className = "drawn";
  const share = (part, whole) => `${(100 * Number(part)) / whole}%`;
  Object.assign(box.style, { left: share(left, across), top: share(top, down), width: share(width, across),
    height: share(height, down), borderColor: colour });
  Object.assign(name.style, { background: colour, color: contrasting(colour) });
  name.textContent = label;
  box.append(...(label ? [name] : []));
  return box;
}

function lineOf([label, colour, count]) {
  const [line, swatch] = ["li", "i"].map((tag) => document.createElement(tag));
  swatch.style.background = colour;
  line.append(swatch, `${label} ${count}`.trim());
  return line;
}
