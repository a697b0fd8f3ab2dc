/** Posts JSON to our server with the page's CSRF token, a new one if need be; gives the response. */
const PATIENCE_MS = 30_000;
// A slow line, in characters a millisecond: 10 MB of polygons are on their way for minutes there.
const SLOW = 40;

const meta = () => document.querySelector('meta[name="csrf-token"]');

const send = (url, body, keepalive) =>
  fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": meta().content },
    body,
    keepalive,
    signal: AbortSignal.timeout(PATIENCE_MS + Math.round(body.length / SLOW)),
  });

/** The token that a request of this page's has to carry. */
export const csrfToken = () => meta().content;

/** Who logged in meanwhile in another tab has a new token: take it from this page as it is now. */
export async function renewToken() {
  const page = await fetch(location.href, { signal: AbortSignal.timeout(PATIENCE_MS) });
  const parsed = new DOMParser().parseFromString(await page.text(), "text/html");
  const fresh = parsed.querySelector('meta[name="csrf-token"]')?.content;
  if (!page.ok || page.redirected || !fresh) return false;
  meta().content = fresh;
  return true;
}

/** Throws where asking again may help: the network fails, the server is in trouble or asks for patience. */
export async function postJSON(url, body, { keepalive = false } = {}) {
  let response = await send(url, body, keepalive);
  if (response.status === 403 && !keepalive && (await renewToken())) response = await send(url, body, keepalive);
  if (response.status >= 500 || response.status === 429) throw new Error(`${response.status}`);
  return response;
}

/** What the response says, as an object; empty if it is a page. */
export async function jsonOf(response) {
  const isJSON = response.headers.get("Content-Type")?.startsWith("application/json");
  return isJSON ? response.json() : {};
}
