/**
 * <preview-frame> shows a task, and shows it anew when its files have changed: the new frame loads behind the
 * old one, and stands where that stood, with what was entered in it. The task is not ours: its messages
 * (content/runtime.js) are hints.
 *
 * Fires `tasksubmit` {fields}, `taskheld` (a submit before accepting) and `taskkey` {key}.
 */
const MOST_A_SECOND = 100;
const SHOWN_AT_LAST_MS = 4000;

class PreviewFrame extends HTMLElement {
  connectedCallback() {
    this.entered = new Map(); // by row, what was entered
    this.uploads = new Map(); // by their number in the task, the files that were chosen
    window.addEventListener("message", (event) => this.hear(event));
  }

  /** Show what is at this address; `row` is whose it is. */
  load({ url, sandbox, height }, row, title) {
    const isSamePlace = this.row === row;
    this.row = row;
    this.coming?.remove();
    const frame = document.createElement("iframe");
    Object.assign(frame, { title, className: "is-coming" });
    frame.setAttribute("sandbox", sandbox);
    if (height) frame.height = height;
    this.place = isSamePlace ? this.scrolled : undefined;
    if (!isSamePlace) this.uploads.clear();
    frame.addEventListener("load", () => this.turnTo(frame), { once: true });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.turnTo(frame), SHOWN_AT_LAST_MS);
    frame.src = url;
    this.coming = frame;
    this.append(frame);
  }

  /** The new frame takes the place of the old one. */
  turnTo(frame) {
    if (frame !== this.coming) return;
    clearTimeout(this.timer);
    const hadFocus = this.frame && document.activeElement === this.frame;
    this.frame?.remove();
    [this.frame, this.coming] = [frame, undefined];
    frame.classList.remove("is-coming");
    this.restore(frame);
    if (hadFocus) frame.contentWindow?.focus();
    this.dataset.shown = this.row;
  }

  restore(frame) {
    const tell = (message) => frame.contentWindow?.postMessage(message, "*");
    if (this.place) tell({ kempelen: "scroll-to", ...this.place });
    const fields = this.entered.get(this.row);
    if (fields) tell({ kempelen: "restore", fields: this.stored(fields) });
  }

  tell(message) {
    this.frame?.contentWindow?.postMessage(message, "*");
  }

  hear(event) {
    const from = [this.frame, this.coming].find((frame) => frame && event.source === frame.contentWindow);
    if (!from || this.isFlood()) return;
    const { data } = event;
    const kind = data?.kempelen;
    if (kind === "ready") this.restore(from);
    if (from !== this.frame) return;
    if (kind === "scroll") this.scrolled = { x: data.x, y: data.y };
    if (kind === "draft" && Array.isArray(data.fields)) this.entered.set(this.row, data.fields);
    if (kind === "files") this.takeFiles(data);
    if (kind === "key") this.pass("taskkey", { key: String(data.key) });
    if (kind === "submit" || kind === "preview") this.tell({ kempelen: "heard" });
    if (kind === "preview") this.pass("taskheld", {});
    if (kind === "submit" && Array.isArray(data.fields)) this.pass("tasksubmit", { fields: this.stored(data.fields) });
  }

  pass(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail, bubbles: true }));
  }

  isFlood() {
    const second = Math.floor(performance.now() / 1000);
    if (second !== this.second) [this.second, this.heard] = [second, 0];
    this.heard += 1;
    return this.heard > MOST_A_SECOND;
  }

  takeFiles({ files, gone }) {
    for (const upload of Array.isArray(gone) ? gone : []) this.uploads.delete(upload);
    for (const { upload, file } of Array.isArray(files) ? files : [])
      if (file instanceof File) this.uploads.set(upload, { file: `PREVIEW${upload}`, name: file.name, size: file.size });
  }

  /** The fields with files as a server would have stored them. */
  stored(fields) {
    return fields
      .filter((pair) => Array.isArray(pair))
      .map(([name, value]) => [name, value?.upload ? this.uploads.get(value.upload) : value])
      .filter(([, value]) => value !== undefined);
  }
}
customElements.define("preview-frame", PreviewFrame);
