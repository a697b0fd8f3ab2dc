/**
 * <work-files url="…" limit="<bytes>" hidden><span role="status"></span> <progress max="1"></progress>
 * </work-files> sends the files that a worker chooses in the task, as they are chosen, and says how far that
 * is. The task hands them over as `taskfiles` events from <task-frame> (content/files.js), which asks here
 * what the server made of each. Sending goes on when the network is back; a file that the server does not
 * take is let go of, in the task too. Fires `filesent` when one has arrived.
 */
import { csrfToken, renewToken } from "../post-json.js";

const AT_ONCE = 2;
const WAITS = [1, 2, 4, 8, 15, 30];
const LONGEST_NAME = 60;
const MOST_FILES = 500;
const KINDS = { "image/*": "images", "audio/*": "sound", "video/*": "videos", "application/pdf": "PDF", "text/*": "text" };

const inShort = (text) => (text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text);
const counted = (count) => `${count} file${count === 1 ? "" : "s"}`;

/** A size as people say it, such as 2.4 MB. */
function sized(bytes) {
  const step = Math.min(3, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${Number((bytes / 1000 ** step).toFixed(1))} ${["bytes", "KB", "MB", "GB"][step]}`;
}

/** What the server said, as an object; empty if it is a page. */
function parsed(request) {
  const isJSON = request.getResponseHeader("Content-Type")?.startsWith("application/json");
  return isJSON ? JSON.parse(request.responseText) : {};
}

class WorkFiles extends HTMLElement {
  connectedCallback() {
    this.files = new Map(); // by their number in the task
    this.listening = new AbortController();
    const { signal } = this.listening;
    document.addEventListener("taskfiles", ({ detail }) => this.take(detail), { signal });
    document.addEventListener("taskunfit", ({ detail }) => this.sayUnfit(detail), { signal });
    document.addEventListener("taskfields", ({ detail }) => this.count(detail.fields), { signal });
    document.addEventListener("taskstate", ({ detail }) => detail.state === "sent" && this.stopAll(), { signal });
    window.addEventListener("online", () => this.hurry(), { signal });
    window.addEventListener("beforeunload", (event) => this.isBusy() && event.preventDefault(), { signal });
  }

  disconnectedCallback() {
    this.listening.abort();
    this.stopAll();
  }

  /** What is still on its way is not part of the answer. */
  stopAll() {
    for (const entry of this.files.values()) this.stop(entry);
    this.files.clear();
  }

  get frame() {
    return document.querySelector("task-frame");
  }

  // ---- What the task says, which is not ours ----------------------------------------------------------

  take({ files = [], gone = [] }) {
    if (!Array.isArray(files) || !Array.isArray(gone)) return;
    for (const upload of gone) this.drop(upload);
    for (const { upload, field, file } of files) {
      const isOne = Number.isInteger(upload) && typeof field === "string" && file instanceof File;
      if (isOne && !this.files.has(upload) && this.files.size < MOST_FILES) this.add({ upload, field, file });
    }
    this.go();
  }

  add(entry) {
    const { upload, file } = entry;
    const limit = Number(this.getAttribute("limit"));
    this.files.set(upload, Object.assign(entry, { state: "waiting", tries: 0, loaded: 0 }));
    if (file.size > limit) {
      this.refuse(entry, `“${inShort(file.name)}” is too large: ${sized(file.size)}. At most ${sized(limit)} are taken.`);
    }
  }

  /** Another file was chosen in its place. */
  drop(upload) {
    const entry = this.files.get(upload);
    if (!entry) return;
    this.stop(entry);
    this.files.delete(upload);
    if (entry.stored) this.discard(entry.stored.file);
    entry.settled?.();
  }

  discard(id) {
    const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
    // What cannot be removed now goes when the work is over.
    fetch(`${this.getAttribute("url")}${id}/remove/`, { method: "POST", headers }).catch(() => undefined);
  }

  sayUnfit({ name, accept }) {
    if (typeof name !== "string" || typeof accept !== "string") return;
    const kinds = accept.split(",").map((kind) => KINDS[kind.trim().toLowerCase()] ?? kind.trim());
    this.say(`“${inShort(name)}” is not what is asked for here: ${inShort(kinds.join(", "))}. Choose another file.`);
  }

  count(fields) {
    this.inFields = Array.isArray(fields) ? fields.filter((pair) => pair?.[1]?.file).length : 0;
    this.show();
  }

  // ---- What <task-frame> asks ---------------------------------------------------------------------------

  /** The fields with files as they are stored; those that are not are left out. */
  stored(fields) {
    if (!Array.isArray(fields)) return fields;
    const known = ([name, value]) => [name, value?.upload ? this.files.get(value.upload)?.stored : value];
    return fields.map(known).filter(([, value]) => value !== undefined);
  }

  areMissing(fields) {
    return fields.some((pair) => pair?.[1]?.upload && !this.files.get(pair[1].upload)?.stored);
  }

  /** The fields when all their files are stored; null if one of them will not be. */
  async whole(fields) {
    const uploads = fields.map((pair) => pair?.[1]?.upload).filter(Boolean);
    const entries = uploads.map((upload) => this.files.get(upload));
    await Promise.all(entries.map((entry) => entry && this.settled(entry)));
    if (entries.every((entry) => entry?.stored)) return this.stored(fields);
    this.say(this.lastProblem ?? "A file of your answer could not be uploaded. Choose it again.");
    return null;
  }

  settled(entry) {
    if (entry.stored || !this.files.has(entry.upload)) return null;
    entry.promise ??= new Promise((resolve) => (entry.settled = resolve));
    return entry.promise;
  }

  // ---- Sending ------------------------------------------------------------------------------------------

  isBusy() {
    return [...this.files.values()].some((entry) => !entry.stored);
  }

  go() {
    const all = [...this.files.values()];
    const room = AT_ONCE - all.filter((entry) => entry.state === "sending").length;
    for (const entry of all.filter(({ state }) => state === "waiting").slice(0, Math.max(0, room))) this.send(entry);
    this.show();
  }

  send(entry) {
    const request = (entry.request = new XMLHttpRequest());
    const form = new FormData();
    form.append("field", entry.field);
    form.append("file", entry.file, entry.file.name);
    request.upload.addEventListener("progress", ({ loaded }) => this.note(entry, loaded));
    request.addEventListener("load", () => this.settle(entry, request));
    request.addEventListener("error", () => this.sendLater(entry));
    request.open("POST", this.getAttribute("url"));
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", csrfToken());
    entry.state = "sending";
    request.send(form);
  }

  note(entry, loaded) {
    entry.loaded = Math.min(loaded, entry.file.size);
    this.show();
  }

  async settle(entry, request) {
    const { status } = request;
    if (status === 403 && !entry.isRenewed && (await renewToken().catch(() => false))) {
      entry.isRenewed = true;
      this.send(entry);
      return;
    }
    const said = parsed(request);
    if (status === 200 && said.file) this.arrive(entry, said);
    else if (status >= 500 || status === 429 || status === 0) this.sendLater(entry);
    else this.refuse(entry, `“${inShort(entry.file.name)}” was not taken. ${said.message ?? this.reason(status)}`);
    this.go();
  }

  reason(status) {
    if (status === 413) return "It is larger than the server takes.";
    return "The server does not know you any more: log in again in another tab, then choose the file again.";
  }

  arrive(entry, stored) {
    Object.assign(entry, { state: "sent", stored, loaded: entry.file.size, request: undefined });
    entry.settled?.();
    this.dispatchEvent(new CustomEvent("filesent", { bubbles: true }));
  }

  sendLater(entry) {
    const seconds = WAITS[Math.min(entry.tries, WAITS.length - 1)];
    Object.assign(entry, { state: "held", tries: entry.tries + 1, loaded: 0 });
    entry.timer = setTimeout(() => this.again(entry), seconds * 1000);
    this.go();
  }

  again(entry) {
    clearTimeout(entry.timer);
    if (entry.state === "held") entry.state = "waiting";
    this.go();
  }

  hurry() {
    for (const entry of this.files.values()) this.again(entry);
  }

  stop(entry) {
    clearTimeout(entry.timer);
    entry.state = "stopped";
    entry.request?.abort();
  }

  refuse(entry, problem) {
    this.lastProblem = problem;
    this.stop(entry);
    this.files.delete(entry.upload);
    this.frame.tell({ kempelen: "unsent", upload: entry.upload });
    this.say(problem);
    entry.settled?.();
  }

  // ---- What is seen of it ------------------------------------------------------------------------------

  say(problem) {
    this.frame.show("file", { message: problem });
  }

  show() {
    const open = [...this.files.values()].filter((entry) => !entry.stored);
    const bar = this.querySelector("progress");
    const isHeld = open.length > 0 && open.every((entry) => entry.state === "held");
    const total = open.reduce((sum, { file }) => sum + file.size, 0);
    bar.value = open.reduce((sum, { loaded }) => sum + loaded, 0) / (total || 1);
    bar.hidden = !open.length || isHeld;
    const state = isHeld ? "held" : open.length ? "sending" : "sent";
    const sent = this.inFields ? `${counted(this.inFields)} uploaded` : "";
    const text = { held: "Offline, files wait", sending: `Uploading ${counted(open.length)}`, sent }[state];
    const status = this.querySelector("span");
    if (status.textContent !== text) status.textContent = text; // it is a live region: say it once
    this.dataset.state = state;
    this.hidden = !text;
  }
}
customElements.define("work-files", WorkFiles);
