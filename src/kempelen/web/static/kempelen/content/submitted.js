/* Tells the work page around that an answer went by MTurk's own way; it asks the server what is true. */
if (window.parent !== window) window.parent.postMessage({ kempelen: "submitted" }, "*");
