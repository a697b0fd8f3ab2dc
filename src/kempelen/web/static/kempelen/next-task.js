/**
 * Turns the work page to the next task without loading it anew: the bar and the frame are exchanged, and
 * scripts, styles and the window stay. Gives false where only a real load will do, since a page's policy
 * (whose frames it shows, what they may use) is fixed as it loads.
 */
const PATIENCE_MS = 15_000;
const PARTS = [".workbar", "main"];
const FIXED = ["sandbox", "allow"];

const frameOf = (page) => page.querySelector("task-frame[submit-url] > iframe");

function hasSamePolicy(next) {
  const [ours, theirs] = [frameOf(document), frameOf(next)];
  if (!ours || !theirs || FIXED.some((name) => ours.getAttribute(name) !== theirs.getAttribute(name))) return false;
  const originOf = (frame) => new URL(frame.getAttribute("src"), location.href).origin;
  return originOf(ours) === originOf(theirs);
}

export async function turnTo(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!response.ok || response.redirected) return false;
  const next = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!hasSamePolicy(next)) return false;
  history.replaceState(null, "", url);
  document.title = next.title;
  const token = 'meta[name="csrf-token"]';
  document.querySelector(token).content = next.querySelector(token).content;
  for (const part of PARTS) document.querySelector(part).replaceWith(document.adoptNode(next.querySelector(part)));
  window.htmx?.process(document.body);
  for (const toast of next.querySelectorAll("toast-list > .toast"))
    document.dispatchEvent(new CustomEvent("toast", { detail: { text: toast.textContent.trim() } }));
  return true;
}
