/*
 * The document's event `all-crowd-elements-ready`: once the markup is there and every form is set up; a page
 * that loads us late has it then.
 */
import { whenParsed } from "./element.js";

const waiting = [];

/** Hold the event up until this promise is kept. */
export const waitFor = (promise) => waiting.push(promise);

whenParsed(async () => {
  await null; // elements further down in this file are made first
  await Promise.all(waiting);
  document.dispatchEvent(new CustomEvent("all-crowd-elements-ready", { bubbles: true, composed: true }));
});
