/**
 * <preview-desk> keeps the page as the files are: it asks for their state, which is answered when they have
 * changed, and shows it. Rows are gone through by buttons, by number and by keys, also from within the task.
 */
import "./preview-answer.js";
import "./preview-frame.js";

const AGAIN_AFTER_MS = 1000;
const MOST_FAILURES = 3;
const LEVELS = { error: "Error", warning: "Warning", info: "Note" };
const BADGES = { error: "badge badge-bad", warning: "badge badge-warn", info: "badge" };

const made = (tag, text = "", className = "") => Object.assign(document.createElement(tag), { textContent: text, className });

class PreviewDesk extends HTMLElement {
  connectedCallback() {
    this.frame = this.querySelector("preview-frame");
    this.answer = this.querySelector("preview-answer");
    this.row = Number(new URLSearchParams(location.hash.slice(1)).get("row")) || 1;
    this.mode = "work";
    this.chooseThemeOfBefore();
    this.addEventListener("click", (event) => this.step(event.target.closest("[data-step]")?.dataset.step));
    this.addEventListener("change", (event) => this.choose(event.target));
    this.addEventListener("submit", (event) => this.submitRow(event));
    this.addEventListener("tasksubmit", ({ detail }) => this.tellAnswer(detail.fields));
    this.addEventListener("taskheld", () => this.say("Before accepting, nothing can be sent."));
    this.addEventListener("taskkey", ({ detail }) => this.press(detail.key));
    document.addEventListener("keydown", (event) => this.keyDown(event));
    this.follow();
  }

  part(name) {
    return this.querySelector(`[data-part=${name}]`);
  }

  // ---- What the files say ----------------------------------------------------------------------------

  /** Ask again and again; each answer comes when something has changed, or after a while. */
  async follow() {
    let failures = 0;
    for (;;) {
      try {
        const state = await this.ask(this.stamp);
        failures = 0;
        this.part("lost").hidden = true;
        if (state) this.show(state);
      } catch {
        failures += 1;
        this.part("lost").hidden = failures < MOST_FAILURES;
        await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
      }
    }
  }

  /** Ask for the state; null if the person has gone on to another row meanwhile. */
  async ask(since = "") {
    this.asking = new AbortController();
    const { signal } = this.asking;
    const asked = new URLSearchParams({ row: this.row, mode: this.mode, since, sent: this.sentCount ?? 0 });
    try {
      const response = await fetch(`state?${asked}`, { signal });
      if (!response.ok) throw new Error(response.status);
      return await response.json();
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }

  /** Another row or mode: what is being waited for is of no use any more. */
  refresh() {
    this.stamp = undefined;
    this.asking?.abort();
  }

  show(state) {
    const isNew = state.stamp !== this.stamp;
    const isChange = isNew && this.shownStamp && this.shownStamp !== state.stamp;
    [this.stamp, this.shownStamp, this.row] = [state.stamp, state.stamp, state.row];
    this.showSent(state.sent);
    if (!isNew) return;
    document.title = `${state.template} · preview`;
    this.part("template").textContent = state.template;
    this.showRows(state);
    this.showFound(state);
    this.showCells(state);
    this.showProject(state);
    if (isChange) this.say("Shown anew.");
    this.frame.load(state.frame, `${state.row} ${this.mode}`, `The task, with row ${state.row}`);
  }

  showRows({ row, rows }) {
    const form = this.part("rows");
    form.hidden = !rows;
    form.elements.row.value = row;
    this.part("row-count").textContent = `of ${rows.toLocaleString("en")}`;
    form.querySelector("[data-step='-1']").disabled = row <= 1;
    form.querySelector("[data-step='1']").disabled = row >= rows;
    history.replaceState(null, "", row > 1 ? `#row=${row}` : location.pathname);
  }

  showFound({ problems, findings }) {
    const all = [...problems.map((message) => ({ level: "error", line: 0, message })), ...findings];
    this.part("found").replaceChildren(
      ...all.map(({ level, line, message }) => {
        const item = made("li");
        const place = line ? made("span", `Line ${line}`, "strong") : "";
        item.append(made("span", LEVELS[level], BADGES[level]), " ", place, line ? ": " : "", made("span", message));
        return item;
      }),
    );
    this.part("fine").hidden = all.length > 0;
  }

  showCells({ variables, row }) {
    this.part("row-section").hidden = !variables.length;
    this.querySelector("#row-title").textContent = `Row ${row}`;
    this.part("cells").replaceChildren(
      ...variables.map(({ name, value, isUsed }) => this.pair(name, value, isUsed ? "" : "not in the template")),
    );
  }

  showProject({ project }) {
    const section = this.part("project-section");
    section.hidden = !project?.title;
    if (section.hidden) return;
    const pay = `$${project.reward} for each of ${project.assignments * project.hits} assignments: $${project.cost}`;
    this.part("project").replaceChildren(
      this.pair("Title", project.title),
      this.pair("Description", project.description),
      this.pair("Reward", pay),
      this.pair("Time", `${Math.round(project.duration / 60)} min`),
    );
  }

  pair(name, value, note = "") {
    const row = document.createElement("div");
    const term = made("dt", name);
    if (note) term.append(" ", made("span", note, "badge"));
    row.append(term, made("dd", value, value ? "" : "is-empty"));
    return row;
  }

  say(text) {
    this.part("news").textContent = text;
  }

  // ---- Answers ---------------------------------------------------------------------------------------

  async tellAnswer(fields) {
    const response = await fetch("answer", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ row: this.row, fields }),
    });
    const answer = response.ok ? await response.json() : { refused: await response.text() };
    this.answer.show(answer);
    // So that it can be sent again: nothing was.
    this.frame.tell({ kempelen: "refused", faults: answer.faults });
  }

  /** What a page sent by itself, as ExternalQuestions do. */
  showSent({ count, answer }) {
    if (count !== (this.sentCount ?? 0) && answer) this.answer.show(answer);
    this.sentCount = count;
  }

  // ---- What the person does --------------------------------------------------------------------------

  step(by) {
    if (by) this.goTo(this.row + Number(by));
  }

  submitRow(event) {
    event.preventDefault();
    this.goTo(Number(this.part("rows").elements.row.value));
  }

  goTo(row) {
    const last = Number(this.part("row-count").textContent.replace(/\D/g, "")) || 1;
    const wanted = Math.min(Math.max(1, Math.round(row) || this.row), last);
    this.part("rows").elements.row.value = wanted;
    if (wanted === this.row) return;
    this.row = wanted;
    this.answer.clear();
    this.refresh();
  }

  choose({ name, value }) {
    if (name === "row") this.goTo(Number(value));
    if (name === "width") this.dataset.width = value;
    if (name === "mode") {
      this.mode = value;
      this.refresh();
    }
  }

  keyDown(event) {
    const isTyping = event.target.closest("input:not([type=radio]), textarea, select");
    if (event.ctrlKey && event.key === "Enter") this.press("Control+Enter");
    else if (!isTyping && !event.ctrlKey && !event.altKey && !event.metaKey) this.press(event.key);
  }

  press(key) {
    if (key === "n") this.step(1);
    if (key === "p") this.step(-1);
    if (key === "w") this.querySelector("[name=width]:not(:checked)").click();
    if (key === "Control+Enter") this.frame.tell({ kempelen: "send" });
  }

  /** theme-switch.js keeps the choice in a cookie, which on a server writes the page. */
  chooseThemeOfBefore() {
    const theme = /(?:^|; )kempelen_theme=(light|dark)/.exec(document.cookie)?.[1];
    if (!theme) return;
    document.documentElement.dataset.theme = theme;
    this.querySelector(`[name=theme][value=${theme}]`).checked = true;
  }
}
customElements.define("preview-desk", PreviewDesk);
