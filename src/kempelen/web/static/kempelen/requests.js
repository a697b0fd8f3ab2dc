/** What every htmx request of ours carries, and what people hear when one fails. */

const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";
const say = (text) =>
  document.dispatchEvent(new CustomEvent("toast", { detail: { text, level: "error" } }));

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = token();
});

// A refusal brings its own toast (kempelen.web.refusals); everything else that fails is said here.
document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  if (status === 409) return;
  if (status === 403) say("The server refused this. Reload the page, log in if it asks, and try again.");
  else if (status === 404) say("This is no longer there. Reload the page to see what is.");
  else say("The server could not do this. It is not your fault; try again in a moment.");
});

document.addEventListener("htmx:sendError", () => {
  say("The server cannot be reached. Check your connection and try again.");
});
