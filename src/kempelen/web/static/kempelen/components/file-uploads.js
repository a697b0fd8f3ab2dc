/**
 * <file-uploads> around a form with a file field: what is chosen or dropped, whole folders too, goes to the
 * server file by file with a bar of how far it is, each under its path within the folder. What the server
 * does not take is listed; then the list of files (#files) comes anew. Without a script the form is sent.
 */
class FileUploads extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.querySelector("input[type=file]");
    this.querySelector("[data-plain]").hidden = true;
    this.input.addEventListener("change", () => this.take(this.chosen()));
    const drop = this.querySelector(".drop");
    drop.addEventListener("dragover", (event) => event.preventDefault());
    drop.addEventListener("dragenter", () => this.setAttribute("data-over", ""));
    drop.addEventListener("dragleave", () => this.removeAttribute("data-over"));
    drop.addEventListener("drop", (event) => this.onDrop(event));
    this.form.addEventListener("submit", (event) => event.preventDefault());
  }

  chosen() {
    const found = [...this.input.files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
    this.input.value = "";
    return found;
  }

  async onDrop(event) {
    event.preventDefault();
    this.removeAttribute("data-over");
    // They have to be asked for before the first pause: the browser then forgets what was dropped.
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const found = [];
    for (const entry of entries) await this.walk(entry, found);
    this.take(found);
  }

  async walk(entry, found) {
    const path = entry.fullPath.replace(/^\//, "");
    if (entry.isFile) {
      const file = await new Promise((done, failed) => entry.file(done, failed));
      found.push({ file, path });
      return;
    }
    const reader = entry.createReader();
    const some = () => new Promise((done, failed) => reader.readEntries(done, failed));
    // A folder is told in pieces; what systems hide in it is nobody's.
    for (let part = await some(); part.length; part = await some()) {
      for (const child of part) if (!child.name.startsWith(".")) await this.walk(child, found);
    }
  }

  async take(found) {
    if (!found.length || this.isBusy) return;
    this.isBusy = true;
    this.querySelector("progress").hidden = false;
    const problems = [];
    for (const [index, one] of found.entries()) {
      this.tell(`Uploading ${index + 1} of ${found.length}: ${one.path}`, index / found.length);
      problems.push(...(await this.send(one, (part) => this.tell("", (index + part) / found.length))));
    }
    this.isBusy = false;
    this.done(found.length - problems.length, problems);
  }

  send({ file, path }, moved) {
    const fields = new FormData(this.form);
    fields.delete("file");
    fields.append("path", path);
    fields.append("file", file);
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.upload.addEventListener("progress", ({ loaded, total }) => moved(total ? loaded / total : 0));
      request.addEventListener("load", () => done(this.problemsOf(request, path)));
      request.addEventListener("error", () => done([`${path}: the server cannot be reached.`]));
      request.open("POST", this.form.action);
      request.setRequestHeader("Accept", "application/json");
      request.send(fields);
    });
  }

  problemsOf(request, path) {
    if (request.status < 300) return [];
    if (request.status === 413) return [`${path} is larger than this server takes.`];
    try {
      return JSON.parse(request.responseText).problems;
    } catch {
      return [`${path} was not taken. Reload the page and try again.`];
    }
  }

  tell(text, part) {
    const sending = this.querySelector("[data-sending]");
    sending.hidden = false;
    if (text) sending.querySelector("[role=status]").textContent = text;
    sending.querySelector("progress").value = part;
  }

  done(count, problems) {
    this.tell(count ? `Saved: ${count} of ${count + problems.length}.` : "Nothing is saved.", 1);
    this.querySelector("progress").hidden = true;
    const list = this.querySelector("[data-problems]");
    list.hidden = !problems.length;
    list.replaceChildren(...problems.map((text) => this.line(text)));
    window.htmx.ajax("GET", location.pathname, { target: "#files", swap: "outerHTML" });
  }

  line(text) {
    const line = document.createElement("li");
    line.className = "finding finding-error";
    const words = document.createElement("span");
    words.textContent = text;
    line.append(words);
    return line;
  }
}
customElements.define("file-uploads", FileUploads);
