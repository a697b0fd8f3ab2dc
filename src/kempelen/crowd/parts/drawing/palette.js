/*
 * Colours for labels.
 *   colourOf(index)      the hex colour of a label by its place in the list; repeats after ten
 *   contrasting(colour)  black or white, whichever is read better on it
 *
 * Any two of the ten are at least 0.14 apart in OKLab, also as people with deuteranopia or protanopia see
 * them (Machado's matrices); still, colour never stands alone: shapes carry their label's text or number.
 */
const COLOURS = [
  "#0072b2", "#e69f00", "#33ccb3", "#e6334d", "#9999ff",
  "#e6ff00", "#660066", "#99ffff", "#990000", "#0000cc",
];
const UNKNOWN = "#808080";

export const colourOf = (index) => (index < 0 ? UNKNOWN : COLOURS[index % COLOURS.length]);

/** The red, green and blue (0 to 255) of #rgb or #rrggbb; null of anything else. */
export function partsOf(colour) {
  const [, digits] = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(String(colour).trim()) ?? [];
  if (!digits) return null;
  const all = digits.length === 3 ? [...digits].map((digit) => digit + digit) : digits.match(/../g);
  return all.map((pair) => parseInt(pair, 16));
}

const linear = (part) => (part <= 10.3 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4);

export function contrasting(colour) {
  const [red, green, blue] = (partsOf(colour) ?? [128, 128, 128]).map(linear);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000000" : "#ffffff";
}
