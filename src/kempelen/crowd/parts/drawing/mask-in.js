/* Reads a mask from a PNG whose colours are known. */
import { Mask } from "./mask.js";
import { CLEAR, NotAPicture, readPng } from "./png-in.js";

/** The bytes of a PNG that stands in an answer as text, with or without what a data: address begins with. */
export function bytesOfText(text) {
  let plain;
  try {
    plain = atob(String(text).replace(/^data:[^,]*,/, ""));
  } catch {
    throw new NotAPicture("it is no base64");
  }
  const bytes = new Uint8Array(plain.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = plain.charCodeAt(i);
  return bytes;
}

/**
 * The mask of a PNG: {mask, unknown}. `numbers` maps colours (0xrrggbb) to what they stand for; pixels of other
 * colours show nothing, and those that are neither clear nor white are counted as unknown.
 */
export function maskIn(bytes, numbers) {
  const { width, height, read } = readPng(bytes);
  const mask = new Mask(width, height);
  let unknown = 0;
  read((y, x, step, colours) => {
    for (let i = 0; i < colours.length; ) {
      const [from, colour] = [i, colours[i]];
      while (i < colours.length && colours[i] === colour) i += 1;
      const number = numbers.get(colour);
      if (number === undefined && colour !== CLEAR && colour !== 0xffffff) unknown += i - from;
      if (!number) continue;
      if (step === 1) mask.set(y, x + from, x + i, number);
      else for (let j = from; j < i; j += 1) mask.set(y, x + j * step, x + j * step + 1, number);
    }
  });
  return { mask, unknown };
}
