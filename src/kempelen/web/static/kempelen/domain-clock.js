/**
 * Gives a function that tells the server's time in milliseconds. `now` is what its clock showed when it wrote
 * the page, since the reader's may be wrong. The clock of a sandbox may have been moved, and run faster or not
 * at all: <html data-clock> then has the world's time, the server's at that moment, and its speed.
 */
export function domainClock(now) {
  const [real, domain, rate] = (document.documentElement.dataset.clock ?? "0 0 1").split(" ").map(Number);
  const [entry] = performance.getEntriesByType("navigation");
  // A page that history brought back is older than it says: then only the reader's clock is left.
  if (!now || entry?.type === "back_forward") return () => domain + (Date.now() - real) * rate;
  const shown = Date.parse(now);
  const loaded = Date.now();
  return () => shown + (Date.now() - loaded) * rate;
}
