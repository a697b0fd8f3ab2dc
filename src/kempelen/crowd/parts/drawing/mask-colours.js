/* Colours of a mask: each thing has one of its own, and none is that of nothing. */
import { colourOf } from "./palette.js";

/** What a pixel has that shows nothing. */
export const NOTHING = "#ffffff";

const GOLDEN = 137.508; // degrees; the next hue is far from all before
const FIRST = 10;
const [STRENGTHS, LIGHTS] = [[0.85, 0.6, 0.95], [0.42, 0.62, 0.3, 0.75]];

function made(at) {
  const [hue, strength, light] = [(at * GOLDEN) % 360, STRENGTHS[at % STRENGTHS.length], LIGHTS[at % LIGHTS.length]];
  const part = (n) => {
    const k = (n + hue / 30) % 12;
    return light - strength * Math.min(light, 1 - light) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  };
  return hexOf([part(0), part(8), part(4)].map((value) => Math.round(value * 255)));
}

export const hexOf = (parts) => `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;

export const numberOf = (colour) => parseInt(colour.slice(1), 16);

/** A colour that is not taken: those that people tell apart best come first. */
export function freshColour(taken) {
  for (let at = 0; ; at += 1) {
    const colour = at < FIRST ? colourOf(at) : made(at);
    if (colour !== NOTHING && !taken.has(colour)) return colour;
  }
}
