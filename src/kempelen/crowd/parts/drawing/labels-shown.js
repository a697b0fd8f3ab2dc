/* Labels as they stand on a picture. */
const MOST_SIGNS = 24;

/** A label that does not cover what it is about; the lists beside the picture have it whole. */
export function shortened(text) {
  const signs = [...text];
  return signs.length > MOST_SIGNS ? `${signs.slice(0, MOST_SIGNS - 1).join("")}…` : text;
}
