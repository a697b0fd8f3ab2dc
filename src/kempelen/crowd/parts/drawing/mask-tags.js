/* Names on a mask: where each thing's stands, and drawing them. */
import { shortened } from "./labels-shown.js";
import { contrasting } from "./palette.js";

const SAMPLES = 100_000;
const [FONT, HEIGHT, INDENT] = ["600 13px system-ui, sans-serif", 20, 6];

/** A place within each thing, near its middle, by its number: {x, y}; things too small to be met have none. */
export function placesIn(mask) {
  const { width, height, cells } = mask;
  const step = Math.max(1, Math.ceil(Math.sqrt((width * height) / SAMPLES)));
  const sums = new Map();
  each(width, height, step, (x, y) => {
    const number = cells[y * width + x];
    if (!number) return;
    const sum = sums.get(number) ?? { x: 0, y: 0, count: 0 };
    sums.set(number, { x: sum.x + x, y: sum.y + y, count: sum.count + 1 });
  });
  const places = new Map();
  each(width, height, step, (x, y) => {
    const sum = sums.get(cells[y * width + x]);
    if (!sum) return;
    const far = (x - sum.x / sum.count) ** 2 + (y - sum.y / sum.count) ** 2;
    const number = cells[y * width + x];
    if (!(places.get(number)?.far <= far)) places.set(number, { x: x + 0.5, y: y + 0.5, far });
  });
  return places;
}

function each(width, height, step, act) {
  for (let y = step >> 1; y < height; y += step) for (let x = step >> 1; x < width; x += step) act(x, y);
}

/** Draw tags, [{point (on the screen), text, colour, isChosen}]. */
export function paintTags(context, tags) {
  context.font = FONT;
  context.textBaseline = "middle";
  for (const { point, text: whole, colour, isChosen } of tags) {
    const text = shortened(whole);
    const width = context.measureText(text).width + 2 * INDENT;
    const [left, top] = [point.x - width / 2, point.y - HEIGHT / 2];
    context.fillStyle = colour;
    context.strokeStyle = contrasting(colour);
    context.lineWidth = isChosen ? 2 : 1;
    context.beginPath();
    context.roundRect(left, top, width, HEIGHT, 5);
    context.fill();
    context.stroke();
    context.fillStyle = contrasting(colour);
    context.fillText(text, left + INDENT, point.y + 0.5);
  }
}
