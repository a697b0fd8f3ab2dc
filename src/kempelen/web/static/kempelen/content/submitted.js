/*
 * Tells the work page around that an answer went by MTurk's own way, until it has heard (it may still be
 * loading); it asks the server what is true.
 */
if (window.parent !== window) {
  const tell = () => window.parent.postMessage({ kempelen: "submitted" }, "*");
  const repeating = setInterval(tell, 500);
  window.addEventListener("message", ({ source, data }) => {
    if (source === window.parent && data?.kempelen === "heard") clearInterval(repeating);
  });
  tell();
}
